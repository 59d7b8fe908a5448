import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Panel, Target } from '../driver/types.ts';

export const SAVE: Target = { role: 'dialog', name: 'Back up everything' };
export const RESTORE: Target = { role: 'dialog', name: 'Restore a backup' };
export const SETTINGS: Target = { role: 'dialog', name: 'Settings' };

export async function openSettings(panel: Panel): Promise<void> {
  await panel.click('button', 'Settings');
  await panel.waitFor('dialog', 'Settings', { text: 'The history takes' });
}

/** The size of the backup that was made last, as the browser keeps it. */
function madeSize(panel: Panel): Promise<number> {
  return panel.evaluate(`async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('backups');
    for await (const handle of folder.values()) return (await handle.getFile()).size;
    return -1;
  }`);
}

/** Saves a backup from its dialog, and gives its bytes. @param downloads where the browser saves files */
export async function backUp(panel: Panel, downloads: string): Promise<Buffer> {
  await panel.click('button', 'Save file', { within: SAVE });
  const { text } = await panel.waitFor('status', '', { text: /Saved as request-workbench-/ }, { within: SAVE });
  const path = join(downloads, /request-workbench-[\d-]+\.tar/.exec(text)?.[0] ?? '');
  const size = await madeSize(panel);
  await expect
    .poll(
      () =>
        stat(path).then(
          (found) => found.size,
          () => -1,
        ),
      { timeout: 10_000 },
    )
    .toBe(size);
  const bytes = await readFile(path);
  await rm(path);
  await panel.click('button', 'Close', { within: SAVE });
  return bytes;
}

/** Gives the settings' file field an archive, as the browser's dialog would. */
export async function chooseBackup(panel: Panel, archive: Buffer): Promise<void> {
  await panel.evaluate((base64: string) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const chosen = new DataTransfer();
    chosen.items.add(new File([bytes], 'backup.tar'));
    const field = document.querySelector<HTMLInputElement>('.backup-file');
    if (field === null) throw new Error('There is no file field');
    field.files = chosen.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }, archive.toString('base64'));
}

/** Milliseconds after which a question to a page is taken for lost. */
const UNANSWERED = 3000;

/**
 * Does something that makes every panel begin anew, and waits until all of these have.
 * @param timeout milliseconds
 */
export async function throughReload(
  panels: readonly Panel[],
  act: () => Promise<void>,
  timeout = 60_000,
): Promise<void> {
  for (const panel of panels) await panel.evaluate(() => void Object.assign(window, { isOld: true }));
  await act();
  for (const panel of panels) {
    // A page that goes away takes the question with it, and an answer may never come.
    const isNew = (): Promise<boolean> =>
      Promise.race([
        panel.evaluate(() => !('isOld' in window) && document.querySelector('#app > *') !== null).catch(() => false),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(false), UNANSWERED)),
      ]);
    await expect.poll(isNew, { timeout }).toBe(true);
  }
}
