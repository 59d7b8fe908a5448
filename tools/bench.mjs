import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { buildExtension } from './build.mjs';
import { ensureEverything, isMain, runTool } from './setup.mjs';

if (isMain(import.meta.url)) {
  await runTool(async () => {
    const { chromium, firefox } = await ensureEverything();
    await buildExtension();
    const env = { ...process.env, CHROMIUM: chromium, FIREFOX: firefox };
    const args = ['--import', 'tsx', 'test/bench/main.ts', ...process.argv.slice(2)];
    return spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1;
  });
}
