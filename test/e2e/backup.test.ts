import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Panel, Target } from './driver/types.ts';
import { backUp, chooseBackup, openSettings, RESTORE, SAVE, SETTINGS, throughReload } from './support/backup.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { LISTS, openCollections, TREE } from './support/collections.ts';
import { compose, send } from './support/compose.ts';

const downloads = await mkdtemp(join(tmpdir(), 'request-workbench-backup-'));
afterAll(() => rm(downloads, { recursive: true, force: true }));

const HISTORY: Target = { role: 'listbox', name: 'History' };
const PASSPHRASE = 'correct horse battery';

async function history(panel: Panel): Promise<void> {
  await panel.click('tab', 'History', { within: LISTS });
  await panel.waitFor('listbox', 'History');
}

inBothBrowsers(
  'Backup',
  (stage) => {
    let whole: Buffer = Buffer.alloc(0);

    test('everything is saved: encrypted, or readable and without secrets', async () => {
      const { panel, echo } = stage;
      await compose(panel, {
        method: 'POST',
        url: `${echo.origin}/kept?token=planted-param`,
        headers: [['Authorization', 'Bearer planted-credential']],
      });
      expect(await send(panel)).toContain('200');
      await panel.press('Control+s');
      const dialog: Target = { role: 'dialog', name: 'Save request' };
      await panel.fill('textbox', 'Name', 'Kept request', { within: dialog });
      await panel.click('button', 'Save', { within: dialog });
      await panel.waitFor('button', 'Save', { disabled: true });

      await openSettings(panel);
      await panel.click('button', 'Back up…', { within: SETTINGS });
      await panel.waitFor('button', 'Save file', { disabled: true }, { within: SAVE });
      await panel.fill('textbox', 'Passphrase', PASSPHRASE, { within: SAVE });
      await panel.fill('textbox', 'Once more', 'something else', { within: SAVE });
      await panel.waitFor('dialog', 'Back up everything', { text: 'The two differ' });
      await panel.fill('textbox', 'Once more', PASSPHRASE, { within: SAVE });
      whole = await backUp(panel, downloads);
      expect(whole.includes('Kept request')).toBe(false);
      expect(whole.includes('planted')).toBe(false);

      await panel.click('button', 'Back up…', { within: SETTINGS });
      await panel.check('radio', 'Without secrets, readable', true, { within: SAVE });
      const clean = await backUp(panel, downloads);
      expect(clean.includes('Kept request')).toBe(true);
      expect(clean.includes('planted')).toBe(false);
      await panel.click('button', 'Done', { within: SETTINGS });
    });

    test('it is restored whole, in every open panel, or not at all', async () => {
      const { panel, bench, echo } = stage;
      await openCollections(panel);
      await panel.click('treeitem', /^My requests/, { within: TREE });
      await panel.press('Delete');
      await panel.waitUntilGone('treeitem', /Kept request/, { within: TREE });
      await compose(panel, { method: 'GET', url: `${echo.origin}/sent-later`, headers: [] });
      expect(await send(panel)).toContain('200');
      const other = await bench.openPanelTab();
      await openCollections(other);

      await openSettings(panel);
      const cut = whole.subarray(0, whole.length - 4096);
      await chooseBackup(panel, cut);
      await panel.waitFor('dialog', 'Restore a backup', { text: /It is encrypted.*Exchanges in the history: 1/s });
      await panel.fill('textbox', 'Passphrase', PASSPHRASE, { within: RESTORE });
      await panel.click('button', 'Replace everything', { within: RESTORE });
      await panel.waitFor(
        'alert',
        '',
        { text: /The end of the file is missing.*Nothing was changed/ },
        { within: RESTORE },
      );
      await panel.click('button', 'Cancel', { within: RESTORE });

      await chooseBackup(panel, whole);
      await panel.fill('textbox', 'Passphrase', 'another one', { within: RESTORE });
      await panel.click('button', 'Replace everything', { within: RESTORE });
      await panel.waitFor('alert', '', { text: /The passphrase does not fit/ }, { within: RESTORE });
      await panel.fill('textbox', 'Passphrase', PASSPHRASE, { within: RESTORE });
      // Every page goes away, and comes back with what the backup held.
      await throughReload([panel, other], () => panel.click('button', 'Replace everything', { within: RESTORE }));
      for (const each of [panel, other]) {
        await openCollections(each);
        await each.click('treeitem', /^My requests/, { within: TREE });
        await each.press('ArrowRight');
        await each.waitFor('treeitem', /Kept request/, {}, { within: TREE });
      }
      await other.close();

      await history(panel);
      await panel.waitFor('option', /\/kept/, {}, { within: HISTORY });
      expect(await panel.names('option', { within: HISTORY })).toHaveLength(1);
      await panel.click('option', /\/kept/, { within: HISTORY });
      await panel.waitFor('region', 'Response body', { text: /./ });
      await openCollections(panel);
      await panel.click('treeitem', /Kept request/, { within: TREE });
      await panel.press('Enter');
      await panel.waitFor('textbox', 'URL', { value: `${echo.origin}/kept?token=planted-param` });
      expect(await send(panel)).toContain('200');
      expect(echo.requests.at(-1)?.head.toString('latin1')).toContain('Bearer planted-credential');
    });
  },
  { downloads },
);
