import { expect } from 'vitest';
import type { Panel, Target } from '../driver/types.ts';
import type { Stage } from './browsers.ts';
import { importFile, openCollections, TREE } from './collections.ts';

const DIALOG: Target = { role: 'dialog', name: 'Folder of “Shop”' };
const IMPORT: Target = { role: 'dialog', name: 'Import a collection' };
const SHOP = JSON.stringify({
  format: 'request-workbench-collection',
  version: 1,
  id: 'shop',
  name: 'Shop',
  items: [{ kind: 'request', id: 'items', name: 'Items', url: 'http://shop.test/items' }],
});

/** The browser's own dialog cannot be driven: whoever asks gets a private folder, which is a folder like any other. */
const CHOOSE = `() => {
  window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('team', { create: true });
}`;
/** The file that the folder holds; empty when there is none. */
const READ = `async () => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('team');
  try {
    return await (await (await folder.getFileHandle('Shop.json')).getFile()).text();
  } catch {
    return '';
  }
}`;
/** As a pull would. */
const WRITE = `async (text) => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('team');
  const file = await (await folder.getFileHandle('Shop.json')).createWritable();
  await file.write(text);
  await file.close();
}`;
const read = (panel: Panel): Promise<string> => panel.evaluate<string>(READ);

async function importShop(panel: Panel): Promise<void> {
  await openCollections(panel);
  await importFile(panel, 'shop.json', SHOP);
  await panel.click('button', 'Import', { within: IMPORT });
  await panel.waitFor('status', '', { text: 'Imported: 2 added' }, { within: IMPORT });
  await panel.click('button', 'Close', { within: IMPORT });
  await panel.waitUntilGone('dialog', 'Import a collection');
}

async function openFolder(panel: Panel): Promise<void> {
  await panel.click('treeitem', /^Shop/, { within: TREE });
  await panel.click('button', 'Folder on disk');
  await panel.waitFor('dialog', 'Folder of “Shop”');
}

async function close(panel: Panel): Promise<void> {
  await panel.click('button', 'Close', { within: DIALOG });
  await panel.waitUntilGone('dialog', 'Folder of “Shop”');
}

/** A collection and its file follow each other, and nobody's work is written over. */
export async function keepInAFolder({ bench, panel }: Stage): Promise<void> {
  await importShop(panel);
  await openFolder(panel);
  await panel.waitFor('dialog', 'Folder of “Shop”', { text: /DevTools give no access.*in a tab/ });
  await close(panel);

  const tab = await bench.openPanelTab();
  await tab.evaluate(CHOOSE);
  await openCollections(tab);
  await openFolder(tab);
  await tab.click('button', 'Choose a folder…', { within: DIALOG });
  await tab.waitFor('status', '', { text: 'are the same' }, { within: DIALOG });
  await close(tab);
  const first = await read(tab);
  expect(JSON.parse(first)).toMatchObject({ id: 'shop', name: 'Shop', items: [{ name: 'Items' }] });

  // What is changed here goes to the disk, after a restart too.
  await tab.close();
  const again = await bench.openPanelTab();
  await openCollections(again);
  await openFolder(again);
  await again.waitFor('status', '', { text: 'are the same' }, { within: DIALOG });
  await close(again);
  await again.click('button', 'New folder');
  await again.fill('textbox', 'Name', 'Ours', { within: TREE });
  await again.press('Enter');
  await expect.poll(() => read(again), { timeout: 20_000 }).toContain('"Ours"');

  // What is changed on the disk is offered, never written over.
  const pulled = first.replace('"Items"', '"Pulled"');
  await again.evaluate(WRITE, pulled);
  await openFolder(again);
  await again.click('button', 'Read again', { within: DIALOG });
  await again.waitFor('status', '', { text: 'was changed on disk' }, { within: DIALOG });
  expect(await read(again)).toBe(pulled);
  await again.click('button', 'Take in…', { within: DIALOG });
  await again.waitFor('radio', 'Merge', { checked: true }, { within: IMPORT });
  await again.click('button', 'Import', { within: IMPORT });
  await again.waitFor('status', '', { text: 'Imported: 0 added, 2 changed, 0 deleted' }, { within: IMPORT });
  await again.click('button', 'Close', { within: IMPORT });
  await again.waitFor('treeitem', /Pulled/, {}, { within: TREE });
  // Merged: what was only here is there again.
  await expect.poll(() => read(again), { timeout: 20_000 }).toMatch(/"Pulled"[^]*"Ours"/);

  await again.evaluate(WRITE, `<<<<<<< HEAD\n${pulled}=======\n${first}>>>>>>> theirs\n`);
  await openFolder(again);
  await again.click('button', 'Read again', { within: DIALOG });
  await again.waitFor('status', '', { text: 'git has left conflict markers' }, { within: DIALOG });
  expect(await again.exists('button', 'Take in…', { within: DIALOG })).toBe(false);
  await again.click('button', 'Write ours over it', { within: DIALOG });
  await again.waitFor('status', '', { text: 'are the same' }, { within: DIALOG });
  expect(await read(again)).toMatch(/"Pulled"[^]*"Ours"/);
  await again.click('button', 'Unbind', { within: DIALOG });
  await again.waitFor('button', 'Choose a folder…', {}, { within: DIALOG });
  await close(again);
  await again.close();
}

/** Where the browser has no folders for extensions, the dialog says what to do instead. */
export async function shareWithoutAFolder({ bench, panel }: Stage): Promise<void> {
  await importShop(panel);
  const tab = await bench.openPanelTab();
  await openCollections(tab);
  await openFolder(tab);
  await tab.waitFor('dialog', 'Folder of “Shop”', { text: /no access to folders.*Export and Import/ });
  expect(await tab.exists('button', 'Choose a folder…', { within: DIALOG })).toBe(false);
  await close(tab);
  await tab.close();
}
