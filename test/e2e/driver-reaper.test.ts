import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const driverModule = fileURLToPath(new URL('driver/index.ts', import.meta.url));

/** A driver that opens a browser, tells its process id and goes on for ever. */
const driver = `
  import { openWorkbench } from ${JSON.stringify(driverModule)};
  console.log('starting');
  await openWorkbench(process.argv[1], { extension: 'test/fixtures/probe-extension' });
  console.log('open');
  setInterval(() => undefined, 1000);
`;

/** Processes whose command line names the folder. */
async function processesOf(folder: string): Promise<string[]> {
  const list = spawn('ps', ['-eo', 'pid,args'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of list.stdout) text += String(chunk);
  return text.split('\n').filter((line) => line.includes(folder));
}

// A killed test worker, Ctrl+C, a crash: in no case may a browser or its profile stay behind.
it.each([
  ['chromium', 'SIGKILL', 'open'],
  ['chromium', 'SIGINT', 'open'],
  ['firefox', 'SIGKILL', 'open'],
  ['firefox', 'SIGKILL', 'starting'],
] as const)('leaves nothing of %s behind after %s while it is %s', async (browser, signal, stage) => {
  const folder = await mkdtemp(join(tmpdir(), 'wb-'));
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', driver, browser], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) if (line === stage) break;
  await expect.poll(async () => (await processesOf(folder)).length, { timeout: 10_000 }).toBeGreaterThan(0);
  child.kill(signal);
  await expect.poll(() => processesOf(folder), { timeout: 10_000 }).toEqual([]);
  const left = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => /workbench|chrom|moz/i.test(name));
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
  await rm(folder, { recursive: true });
});
