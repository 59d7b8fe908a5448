import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';

/**
 * Runs beside the driver and listens on its standard input: to the temporary folder, the browser's process id, and `done`,
 * which means that all was ended in good order. The bare end means that the driver died (Ctrl+C, a killed test worker, an
 * uncaught error). A browser that was just being started is known by its temporary folder alone.
 */
const SCRIPT = `
const kill = (id) => { try { process.kill(id, 'SIGKILL'); } catch {} };
let said = '';
process.stdin.on('data', (data) => { said += data; });
process.stdin.on('end', () => {
  if (said.endsWith('done')) return;
  const [folder, id] = said.split('\\n');
  const pid = Number(id);
  const clean = () => require('node:fs').rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  if (pid > 1) for (const id of [-pid, pid]) kill(id);
  const late = pid > 1 ? undefined : require('node:child_process').spawn('pkill', ['-KILL', '-f', '--', folder]);
  late?.on('error', () => undefined);
  setTimeout(clean, 300);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
`;

export interface Reaper {
  /** Names the browser's process, the leader of its group. */
  watch(pid: number): void;
  /** All was ended in good order. */
  dismiss(): void;
}

/**
 * Guarantees that a browser ends with this process, however this process ends, and that its temporary folder goes.
 * Must be called before the browser is started with files in that folder.
 */
export function startReaper(folder: string): Reaper {
  const child = spawn(process.execPath, ['-e', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.unref();
  child.on('error', () => undefined);
  const { stdin } = child;
  stdin.on('error', () => undefined);
  stdin.write(`${folder}\n`);
  // The pipe must not keep this process running.
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return {
    watch: (pid) => void stdin.write(`${pid}\n`),
    dismiss: () => void stdin.end('done'),
  };
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

/** Removes temporary files; the last of the browser's processes may still be writing there. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
