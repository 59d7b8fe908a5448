import { expect, test } from 'vitest';
import type { Panel, Target } from './driver/types.ts';
import { inBothBrowsers, type Stage } from './support/browsers.ts';
import { keepInAFolder, shareWithoutAFolder } from './support/collection-folders.ts';
import { collectionFile, importFile, LISTS, openCollections, TREE } from './support/collections.ts';
import { compose, openRequestTab, send } from './support/compose.ts';
import { hostileMarkdown } from './support/preview-samples.ts';

const REQUESTS: Target = { role: 'tablist', name: 'Requests' };
const DIALOG: Target = { role: 'dialog', name: 'Save request' };

/** The lines of the tree, each behind as many dots as it has folders above it. */
function drawn(panel: Panel): Promise<string[]> {
  return panel.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[role="tree"] [role="treeitem"]')]
      .sort((a, b) => Number.parseFloat(a.style.top) - Number.parseFloat(b.style.top))
      .map((item) => '.'.repeat(Number(item.ariaLevel) - 1) + (item.querySelector('bdi')?.textContent ?? '')),
  );
}

const scenarios = (stage: Stage): void => {
  test('a request is saved, changed, compared with its saved form, reverted and saved again', async () => {
    const { panel, echo } = stage;
    await compose(panel, { url: `${echo.origin}/users?token=planted`, headers: [['X-One', 'first']] });
    await panel.press('Control+s');
    await panel.fill('textbox', 'Name', 'All users', { within: DIALOG });
    await panel.click('button', 'Save', { within: DIALOG });
    await panel.waitFor('tab', 'GET All users', { selected: true }, { within: REQUESTS });
    await panel.waitFor('button', 'Save', { disabled: true });

    await panel.fill('textbox', 'URL', `${echo.origin}/users?page=2`);
    await panel.waitFor('tab', 'GET All users', { description: /Unsaved changes/ }, { within: REQUESTS });
    await panel.click('button', 'Saved form');
    const form: Target = { role: 'dialog', name: 'Saved form of “All users”' };
    await panel.waitFor('dialog', 'Saved form of “All users”', { text: /−GET .*token=planted.*\+GET .*page=2/s });
    await panel.click('button', 'Back to the saved form', { within: form });
    await panel.waitFor('textbox', 'URL', { value: `${echo.origin}/users?token=planted` });
    await panel.fill('textbox', 'URL', `${echo.origin}/users?page=3`);
    await panel.press('Control+s');
    await panel.waitFor('button', 'Save', { disabled: true });

    await panel.click('button', 'Close request');
    await openCollections(panel);
    await panel.waitFor('treeitem', /My requests/, { expanded: true }, { within: TREE });
    await panel.click('treeitem', /All users/, { within: TREE });
    await panel.press('Enter');
    await panel.waitFor('textbox', 'URL', { value: `${echo.origin}/users?page=3` });
    await panel.waitFor('tab', 'GET All users', { selected: true }, { within: REQUESTS });
  });

  test('what was sent is saved from History in one step, with its response', async () => {
    const { panel, echo } = stage;
    await compose(panel, { method: 'GET', url: `${echo.origin}/from-history` });
    expect(await send(panel)).toContain('200');
    await panel.click('tab', 'History', { within: LISTS });
    await panel.click('option', /from-history/, { within: { role: 'listbox', name: 'History' } });
    const actions: Target = { role: 'group', name: 'Actions on the selection' };
    await panel.click('button', 'Save selected', { within: actions });
    await panel.waitFor('status', '', { text: 'Saved in “My requests”.' }, { within: actions });
    await openCollections(panel);
    await panel.waitFor('treeitem', /from-history/, {}, { within: TREE });
  });

  test('what the page sent is saved from Captured in one step', async () => {
    const { panel, bench, echo } = stage;
    await bench.inspect(echo.origin);
    await bench.evaluateInPage(async () => {
      await fetch('/from-page', { method: 'POST', body: '{"a": 1}', headers: { 'Content-Type': 'application/json' } });
    });
    await panel.click('tab', 'Captured', { within: LISTS });
    await panel.click('option', /from-page/, { within: { role: 'listbox', name: 'Captured' } });
    const actions: Target = { role: 'group', name: 'Actions on the selection' };
    await panel.click('button', 'Save selected', { within: actions });
    await panel.waitFor('status', '', { text: 'Saved in “My requests”.' }, { within: actions });
    await openCollections(panel);
    await panel.click('treeitem', /POST \/from-page/, { within: TREE });
    await panel.press('Enter');
    await panel.waitFor('tab', 'POST /from-page', { selected: true }, { within: REQUESTS });
    await panel.click('treeitem', /POST \/from-page/, { within: TREE });
    await panel.press('Delete');
    await panel.waitUntilGone('treeitem', /from-page/, { within: TREE });
  });

  test('the tree is arranged by keyboard and pointer, taken back, and another panel sees it', async () => {
    const { panel, bench } = stage;
    await openCollections(panel);
    await panel.click('button', 'New collection');
    await panel.fill('textbox', 'Name', 'Second', { within: TREE });
    await panel.press('Enter');
    await panel.waitFor('treeitem', /Second/, { selected: true }, { within: TREE });
    await panel.click('button', 'New folder');
    await panel.fill('textbox', 'Name', 'Inner', { within: TREE });
    await panel.press('Enter');
    await expect.poll(() => drawn(panel)).toEqual(['My requests', '.All users', './from-history', 'Second', '.Inner']);

    const other = await bench.openPanelTab();
    await openCollections(other);
    await panel.click('treeitem', /All users/, { within: TREE });
    await panel.press('Control+x');
    await panel.click('treeitem', /Inner/, { within: TREE });
    await panel.press('Control+v');
    const moved = ['My requests', './from-history', 'Second', '.Inner', '..All users'];
    await expect.poll(() => drawn(panel)).toEqual(moved);
    await panel.press('F2');
    await panel.fill('textbox', 'Name', 'Users', { within: TREE });
    await panel.press('Enter', 'Alt+ArrowLeft');
    await expect.poll(() => drawn(panel)).toEqual(['My requests', './from-history', 'Second', '.Inner', '.Users']);
    await other.click('treeitem', /Second/, { within: TREE });
    await other.press('ArrowRight');
    await expect.poll(() => drawn(other)).toEqual(['My requests', 'Second', '.Inner', '.Users']);

    // Deleted here, taken back there is nothing: each panel takes back its own.
    await panel.press('Alt+ArrowUp', 'Control+d');
    await expect
      .poll(() => drawn(panel))
      .toEqual(['My requests', './from-history', 'Second', '.Users', '.Users', '.Inner']);
    await panel.click('treeitem', /Second/, { within: TREE });
    await panel.press('Delete');
    await expect.poll(() => drawn(other)).toEqual(['My requests']);
    await panel.press('Control+z', 'Control+z', 'Control+z');
    await expect.poll(() => drawn(panel)).toEqual(['My requests', './from-history', 'Second', '.Inner', '.Users']);
    await panel.drag('treeitem', /Users/, { dx: 0, dy: -96 }, { within: TREE });
    await expect.poll(() => drawn(panel)).toEqual(['My requests', './from-history', '.Users', 'Second', '.Inner']);
    await panel.fill('textbox', 'Filter', 'history');
    await expect.poll(() => drawn(panel)).toEqual(['My requests', './from-history']);
    await panel.fill('textbox', 'Filter', '');
    await other.close();
  });

  test('a file is looked into, imported whole or not at all, and exported again', async () => {
    const { panel } = stage;
    const dialog: Target = { role: 'dialog', name: 'Import a collection' };
    await openCollections(panel);
    const before = await drawn(panel);
    await importFile(panel, 'broken.json', '{"format": "request-workbench-collection"');
    await panel.waitFor('alert', '', { text: /not JSON, or damaged.*Nothing was imported/ }, { within: dialog });
    await panel.click('button', 'Close', { within: dialog });

    await importFile(panel, 'many.json', collectionFile('Many', 2000));
    await panel.waitFor('dialog', 'Import a collection', { text: /Many.*Requests: 2,000\. Folders: 0/s });
    await panel.click('button', 'Import', { within: dialog });
    await panel.waitFor('status', '', { text: 'Imported: 2,001 added' }, { within: dialog, timeout: 30_000 });
    await panel.click('button', 'Close', { within: dialog });
    await panel.waitFor('treeitem', /Request 0/, {}, { within: TREE });
    await panel.waitFor('tabpanel', 'Collections', { text: /2,00\d requests/ });

    await panel.click('treeitem', /^Many/, { within: TREE });
    await panel.click('button', 'Export');
    const out: Target = { role: 'dialog', name: 'Export “Many”' };
    await panel.click('button', 'Save file', { within: out });
    await panel.waitFor(
      'status',
      '',
      { text: 'Saved as Many.json. Requests: 2,000.' },
      { within: out, timeout: 30_000 },
    );
    await panel.click('button', 'Close', { within: out });
    await panel.click('button', 'Undo', { within: { role: 'tabpanel', name: 'Collections' } });
    await panel.waitUntilGone('treeitem', /^Many/, { within: TREE });
    expect(await drawn(panel)).toEqual(before);
  });

  test('a folder gives fields, params and credentials to its requests, visibly, and notes and examples are kept', async () => {
    const { panel, echo } = stage;
    await compose(panel, { method: 'GET', url: `${echo.origin}/inherits`, headers: [], params: [] });
    await panel.click('button', 'New request');
    await panel.fill('textbox', 'URL', `${echo.origin}/inherits?own=1`);
    await panel.press('Control+s');
    await panel.select('combobox', 'Folder', 'A new collection…', { within: DIALOG });
    await panel.fill('textbox', 'Collection', 'Giving', { within: DIALOG });
    await panel.click('button', 'Save', { within: DIALOG });
    await openCollections(panel);
    await panel.click('treeitem', /^Giving/, { within: TREE });
    await panel.click('button', 'Details');
    const details: Target = { role: 'dialog', name: 'Details of “Giving”' };
    const fields: Target = { role: 'table', name: 'Headers of the folder' };
    await panel.fill('textbox', 'Notes', '# What it gives', { within: details });
    await panel.fill('textbox', 'Name', 'X-Folder', { within: fields, index: -1 });
    await panel.fill('textbox', 'Value', 'from-{{where}}', { within: fields, index: -2 });
    const variables: Target = { role: 'table', name: 'Variables of the folder' };
    await panel.fill('textbox', 'Name', 'where', { within: variables, index: -1 });
    await panel.fill('textbox', 'Value', 'folder', { within: variables, index: -2 });
    const params: Target = { role: 'table', name: 'Params of the folder' };
    await panel.fill('textbox', 'Name', 'shared', { within: params, index: -1 });
    await panel.fill('textbox', 'Value', '2', { within: params, index: -2 });
    await panel.select('combobox', 'Auth type', 'Bearer', { within: details });
    await panel.fill('textbox', 'Token', 'folder-token', { within: details });
    await panel.click('button', 'Save', { within: details });
    await panel.waitUntilGone('dialog', 'Details of “Giving”');

    await openRequestTab(panel, 'Headers');
    await panel.waitFor('tabpanel', /^Headers/, { text: /X-Folder/ });
    expect(await send(panel)).toContain('200');
    const sent = echo.requests.findLast(({ path }) => path === '/inherits');
    expect(sent?.target).toContain('/inherits?');
    expect(sent?.target).toContain('shared=2');
    const head = sent?.head.toString('latin1') ?? '';
    expect(head).toMatch(/^x-folder: from-folder\r$/im);
    expect(head).toMatch(/^authorization: Bearer folder-token\r$/im);

    await panel.click('treeitem', /inherits/, { within: TREE });
    await panel.click('button', 'Details');
    const own: Target = { role: 'dialog', name: 'Details of “/inherits”' };
    await panel.click('button', 'Keep the last response', { within: own });
    await panel.waitFor('dialog', 'Details of “/inherits”', { text: /200/ });
    await panel.click('button', 'Save', { within: own });
    await panel.waitUntilGone('dialog', 'Details of “/inherits”');
    await panel.click('button', 'Details');
    await panel.waitFor('dialog', 'Details of “/inherits”', { text: /Example responses.*200/s });
    await panel.click('button', 'Cancel', { within: own });
  });

  test('notes are drawn as Markdown, and whatever is in them runs nothing and reaches nobody', async () => {
    const { panel, echo } = stage;
    await openCollections(panel);
    await panel.click('treeitem', /^Giving/, { within: TREE });
    await panel.click('button', 'Details');
    const details: Target = { role: 'dialog', name: 'Details of “Giving”' };
    await panel.waitFor('button', 'Preview', { pressed: true }, { within: details });
    await panel.click('button', 'Preview', { within: details });
    await panel.fill('textbox', 'Notes', `# Drawn\n\n${hostileMarkdown(`${echo.origin}/from-notes`)}`, {
      within: details,
    });
    await panel.click('button', 'Preview', { within: details });
    const { sandbox, html } = await panel.evaluate<{
      sandbox: string | null;
      html: string;
    }>(`() => new Promise((resolve) => {
      const look = () => {
        const frame = document.querySelector('.details-drawn');
        const html = frame?.getAttribute('srcdoc') ?? '';
        if (html === '') requestAnimationFrame(look);
        else resolve({ sandbox: frame.getAttribute('sandbox'), html });
      };
      look();
    })`);
    expect(sandbox).toBe('');
    expect(html).toMatch(/<h1[^>]*>Drawn<\/h1>/);
    expect(html).not.toMatch(/<script|http-equiv="refresh"|<iframe/);
    await panel.click('button', 'Cancel', { within: details });
    // Whatever was going to happen has happened when a request that came later is answered.
    await compose(panel, { method: 'GET', url: `${echo.origin}/later` });
    expect(await send(panel)).toContain('200');
    expect(echo.requests.filter(({ path }) => path.includes('from-notes'))).toEqual([]);
    expect(await panel.evaluate('() => globalThis.owned === undefined')).toBe(true);
  });

  test('what a merged file has changed is taken back', async () => {
    const { panel } = stage;
    const dialog: Target = { role: 'dialog', name: 'Import a collection' };
    await openCollections(panel);
    const file = (name: string, second: string): string =>
      JSON.stringify({
        format: 'request-workbench-collection',
        version: 1,
        id: 'merged-collection',
        name,
        items: [
          { kind: 'request', id: 'merged-one', name: 'One', url: 'http://m.test/' },
          { kind: 'request', name: second, url: 'http://m.test/' },
        ],
      });
    await importFile(panel, 'first.json', file('Merged', 'Two'));
    await panel.click('button', 'Import', { within: dialog });
    await panel.waitFor('status', '', { text: 'Imported: 3 added' }, { within: dialog });
    await panel.click('button', 'Close', { within: dialog });
    await panel.waitFor('treeitem', /Two/, {}, { within: TREE });
    await importFile(panel, 'second.json', file('Changed', 'Three'));
    await panel.check('radio', 'Replace', true, { within: dialog });
    await panel.click('button', 'Import', { within: dialog });
    await panel.waitFor('status', '', { text: /Imported: 1 added, 2 changed, 1 deleted/ }, { within: dialog });
    await panel.click('button', 'Close', { within: dialog });
    await panel.waitFor('treeitem', /^Changed/, {}, { within: TREE });
    await panel.click('button', 'Undo', { within: { role: 'tabpanel', name: 'Collections' } });
    await panel.waitFor('treeitem', /^Merged/, {}, { within: TREE });
    await panel.waitFor('treeitem', /Two/, {}, { within: TREE });
    await panel.waitUntilGone('treeitem', /Three/, { within: TREE });
    await panel.click('button', 'Undo', { within: { role: 'tabpanel', name: 'Collections' } });
    await panel.waitUntilGone('treeitem', /^Merged/, { within: TREE });
  });

  test('the palette reaches saved requests, open ones, sent ones and actions', async () => {
    const { panel, echo } = stage;
    const palette: Target = { role: 'dialog', name: 'Go to request or action' };
    await panel.click('button', 'New request');
    await compose(panel, { method: 'GET', url: `${echo.origin}/palette-sent` });
    expect(await send(panel)).toContain('200');
    await panel.press('Control+s');
    await panel.fill('textbox', 'Name', 'Palette target', { within: DIALOG });
    await panel.click('button', 'Save', { within: DIALOG });
    await panel.waitUntilGone('dialog', 'Save request');
    await panel.click('button', 'Close request');

    await panel.press('Control+k');
    await panel.type('combobox', 'Go to request or action', 'pal tar', { within: palette });
    await panel.waitFor('option', /Palette target/, { selected: true }, { within: palette });
    await panel.press('Enter');
    await panel.waitFor('tab', 'GET Palette target', { selected: true }, { within: REQUESTS });

    await panel.press('Control+k');
    await panel.type('combobox', 'Go to request or action', 'palette-sent', { within: palette });
    await panel.waitFor('option', /Sent: GET .*palette-sent/, {}, { within: palette });
    await panel.fill('combobox', 'Go to request or action', 'captured', { within: palette });
    await panel.press('ArrowDown', 'ArrowUp');
    await panel.waitFor('option', /Action: Lists: Captured/, { selected: true }, { within: palette });
    await panel.press('Enter');
    await panel.waitFor('tab', 'Captured', { selected: true }, { within: LISTS });
    await panel.press('Control+k');
    await panel.waitFor('dialog', 'Go to request or action');
    await panel.press('Escape');
    await panel.waitUntilGone('dialog', 'Go to request or action');
  });

  test('a collection is kept in a folder on disk, where the browser has that', () =>
    stage.browser === 'chromium' ? keepInAFolder(stage) : shareWithoutAFolder(stage));
};

// What the browser refused a hostile note, it says in the console.
inBothBrowsers('Collections', scenarios, {}, /Content[ -]Security[ -]Policy/);
