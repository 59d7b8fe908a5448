import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds. */
const EVERY = 500;

/** Follows the memory of a browser from now on. Linux only: it reads /proc. */
export interface MemoryWatch {
  /** What it had at most beyond what it had at the start, in bytes, all its processes together. */
  stop(): number;
}

/** @param profile the folder of the profile, by which the browser is known */
export function watchMemory(profile: string): MemoryWatch {
  const start = memoryOf(profile);
  if (start === 0) throw new Error('No process has this profile');
  let most = start;
  const timer = setInterval(() => (most = Math.max(most, memoryOf(profile))), EVERY);
  return {
    stop() {
      clearInterval(timer);
      return most - start;
    },
  };
}

/** Bytes: shared pages count once (the proportional set size). */
function memoryOf(profile: string): number {
  const children = new Map<number, number[]>();
  const roots: number[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
    if (read(`/proc/${pid}/cmdline`).includes(profile)) roots.push(pid);
  }
  const all = new Set(roots);
  for (const pid of all) for (const child of children.get(pid) ?? []) all.add(child);
  let kib = 0;
  for (const pid of all) kib += Number(/^Pss:\s*(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  return kib * 1024;
}

/** Processes come and go. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
