import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildExtension } from './build.mjs';
import { ensureBrowser, ensureDependencies, isMain, runTool } from './setup.mjs';
import { run, SetupError } from './setup/run.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * Sets up, builds, and opens the workbench in a browser; see tools/start/main.ts for what happens there.
 * @param {string} browser
 */
async function start(browser) {
  if (browser !== 'chromium' && browser !== 'firefox') {
    throw new SetupError(`--browser is chromium or firefox, not ${browser}.`);
  }
  await ensureDependencies();
  const program = await ensureBrowser(browser);
  await buildExtension([browser === 'chromium' ? 'chrome' : 'firefox']);
  // Control+C reaches the child as well: it closes the browser, and this process waits for that.
  process.on('SIGINT', () => {});
  const env = { ...process.env, [browser.toUpperCase()]: program };
  return run(process.execPath, ['--import', 'tsx', 'tools/start/main.ts', browser], { cwd: root, env });
}

if (isMain(import.meta.url)) {
  await runTool(() => {
    const { values } = parseArgs({ options: { browser: { type: 'string', default: 'chromium' } } });
    return start(values.browser);
  });
}
