import type { Panel, Target, Workbench } from '../driver/types.ts';
import { chooseBackup, openSettings, RESTORE, SAVE, SETTINGS } from './backup.ts';
import { importFile, LISTS, TREE } from './collections.ts';

const FILE = JSON.stringify({
  format: 'request-workbench-collection',
  version: 1,
  id: 'tour',
  name: 'Shop API',
  notes:
    '# Shop API\n\nWhat the shop *offers*:\n\n- `GET /items`\n- `POST /orders`\n\n| field | means |\n| --- | --- |\n| id | its number |',
  headers: [{ name: 'X-Tenant', value: 'north' }],
  auth: { type: 'bearer', token: '{{token}}' },
  items: [
    {
      kind: 'folder',
      name: 'Items',
      items: [
        { kind: 'request', name: 'All items', url: 'http://shop.test/items' },
        {
          kind: 'request',
          name: 'A name that is much longer than a narrow list has room for',
          method: 'DELETE',
          url: 'http://shop.test/items/1',
        },
      ],
    },
    { kind: 'request', name: 'Order', method: 'POST', url: 'http://shop.test/orders' },
  ],
});

const dialog = (name: string): Target => ({ role: 'dialog', name });

/** Lists stand in a drawer where there is no room for them. */
async function showTree(panel: Panel): Promise<void> {
  if (!(await panel.exists('tablist', 'Lists'))) await panel.click('button', 'Open the lists');
  await panel.click('tab', 'Collections', { within: LISTS });
  await panel.waitFor('tree', 'Collections');
}

/**
 * Opens the tree and each of its dialogs, and those of backups, one after the other.
 * @param at is called when each is there
 */
export async function tourCollections({ panel }: Workbench, at: (name: string) => Promise<void>): Promise<void> {
  await showTree(panel);
  if (!(await panel.exists('treeitem', /^Shop API/, { within: TREE }))) {
    await importFile(panel, 'shop.json', FILE);
    await panel.waitFor('button', 'Import', { disabled: false }, { within: dialog('Import a collection') });
    await panel.click('button', 'Import', { within: dialog('Import a collection') });
    await panel.waitFor('status', '', { text: 'Imported' }, { within: dialog('Import a collection') });
    await panel.click('button', 'Close', { within: dialog('Import a collection') });
    await panel.click('treeitem', /^Items/, { within: TREE });
    await panel.press('ArrowRight');
  }
  await panel.click('treeitem', /^Shop API/, { within: TREE });
  await at('tree');
  await panel.press('F2');
  await panel.waitFor('textbox', 'Name', { focused: true }, { within: TREE });
  await at('rename');
  await panel.press('Escape');
  await panel.waitUntilGone('textbox', 'Name', { within: TREE });
  await panel.click('button', 'Folder on disk');
  await panel.waitFor('dialog', 'Folder of “Shop API”');
  await at('folder');
  await panel.click('button', 'Close', { within: dialog('Folder of “Shop API”') });
  await panel.click('button', 'Details');
  await panel.waitFor('button', 'Preview', { pressed: true }, { within: dialog('Details of “Shop API”') });
  await panel.evaluate(`() => new Promise((resolve) => {
    const look = () => (document.querySelector('.details-drawn')?.hasAttribute('srcdoc') ? resolve(true) : requestAnimationFrame(look));
    look();
  })`);
  await at('details');
  await panel.click('button', 'Cancel', { within: dialog('Details of “Shop API”') });
  await importFile(panel, 'shop.json', FILE);
  await panel.waitFor('button', 'Import', { disabled: false }, { within: dialog('Import a collection') });
  await at('import');
  await panel.click('button', 'Cancel', { within: dialog('Import a collection') });
  await panel.click('button', 'Export');
  await panel.check('checkbox', 'With secrets, encrypted', true, { within: dialog('Export “Shop API”') });
  await at('export');
  await panel.click('button', 'Cancel', { within: dialog('Export “Shop API”') });
  // The drawer would cover the settings.
  if (await panel.exists('button', 'Close the lists')) await panel.click('button', 'Close the lists');
  await tourSaving(panel, at);
  await openSettings(panel);
  await panel.focus('button', 'Restore…', { within: SETTINGS });
  await at('settings');
  await panel.click('button', 'Back up…', { within: SETTINGS });
  await at('back-up');
  await panel.click('button', 'Cancel', { within: SAVE });
  await chooseBackup(panel, Buffer.from('no backup'));
  await panel.waitFor('alert', '', { text: /no backup/ }, { within: RESTORE });
  await at('restore');
  await panel.click('button', 'Cancel', { within: RESTORE });
  await panel.click('button', 'Done', { within: SETTINGS });
}

/** A request that is saved, and then differs from its saved form. */
async function tourSaving(panel: Panel, at: (name: string) => Promise<void>): Promise<void> {
  await panel.click('button', 'New request');
  await panel.fill('textbox', 'URL', 'http://shop.test/items?page=1');
  await panel.press('Control+s');
  await panel.waitFor('combobox', 'Folder', {}, { within: dialog('Save request') });
  await panel.select('combobox', 'Folder', 'A new collection…', { within: dialog('Save request') });
  await panel.fill('textbox', 'Name', 'Page of items', { within: dialog('Save request') });
  await at('save');
  await panel.click('button', 'Save', { within: dialog('Save request') });
  await panel.waitFor('button', 'Save', { disabled: true });
  await panel.fill('textbox', 'URL', 'http://shop.test/items?page=2&a-longer-name=that-needs-a-second-line');
  await panel.click('button', 'Saved form');
  await panel.waitFor('dialog', 'Saved form of “Page of items”', { text: /page=1.*page=2/s });
  await at('form');
  await panel.click('button', 'Back to the saved form', { within: dialog('Saved form of “Page of items”') });
  await panel.waitUntilGone('dialog', 'Saved form of “Page of items”');
}
