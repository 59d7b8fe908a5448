import { watch } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Panel } from '../driver/types.ts';

/** Milliseconds. */
const PATIENCE = 60_000;

/**
 * Presses `Save as` and waits until the file is there in this size; gives its bytes and removes it.
 * @param name as the browser is to name it
 */
export async function save(panel: Panel, folder: string, name: string, size: number): Promise<Buffer> {
  const path = join(folder, name);
  const complete = waitForSize(path, folder, size);
  try {
    await Promise.all([complete, panel.click('button', 'Save as')]);
    return await readFile(path);
  } finally {
    await rm(path, { force: true });
  }
}

async function waitForSize(path: string, folder: string, size: number): Promise<void> {
  const aborter = new AbortController();
  let seen = -1;
  try {
    await new Promise<void>((resolve, reject) => {
      const bound = setTimeout(() => reject(new Error(`${path} has ${seen} bytes instead of ${size}`)), PATIENCE);
      aborter.signal.addEventListener('abort', () => clearTimeout(bound));
      const check = async (): Promise<void> => {
        // Not there yet, or under its working name.
        seen = (await stat(path).catch(() => null))?.size ?? -1;
        if (seen === size) resolve();
      };
      watch(folder, { signal: aborter.signal }, () => void check());
    });
  } finally {
    aborter.abort();
  }
}
