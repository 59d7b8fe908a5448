import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';

/**
 * Runs beside the browser and waits for the end of its standard input. `done` means that the browser was closed in
 * good order; the bare end means that the driver died (Ctrl+C, a killed test worker, an uncaught error).
 */
const SCRIPT = `
const [pid, folder] = process.argv.slice(1);
let said = '';
process.stdin.on('data', (data) => { said += data; });
process.stdin.on('end', () => {
  if (said.includes('done')) return;
  for (const id of [-pid, +pid]) try { process.kill(id, 'SIGKILL'); } catch {}
  if (folder) setTimeout(() => require('node:fs').rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }), 200);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
`;

/**
 * Guarantees that a browser's process group ends with this process, however this process ends, and that its temporary
 * profile (if any) goes too. Call the result once the browser has been closed in good order.
 */
export function reap(pid: number, folder: string | undefined): () => void {
  const child = spawn(process.execPath, ['-e', SCRIPT, String(pid), folder ?? ''], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.unref();
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  return () => child.stdin.end('done');
}

/** Kills a process group at once; nothing happens if it is gone. */
export function killGroup(pid: number): void {
  for (const id of [-pid, pid]) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }
}

/** Removes a temporary profile; the last of the browser's processes may still be writing into it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
