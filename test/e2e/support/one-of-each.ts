import { expect } from 'vitest';
import type { Panel } from '../driver/types.ts';
import { collectionFile, importFile, LISTS, openCollections, TREE } from './collections.ts';
import { addSession, closeSessions } from './sessions.ts';

const ENVIRONMENTS = { role: 'dialog', name: 'Environments' } as const;
const BATCHES = { role: 'listbox', name: 'Batches' } as const;

/** Makes a session, an environment, a collection, and a batch of what is selected in the list that is shown. */
export async function keepOneOfEach(panel: Panel): Promise<void> {
  await panel.click('button', 'Run as batch…');
  await panel.waitFor('region', 'Batch', { text: '1 request' });
  await panel.click('button', 'Back to the request');
  await panel.waitUntilGone('region', 'Batch');

  await openCollections(panel);
  const dialog = { role: 'dialog', name: 'Import a collection' } as const;
  await importFile(panel, 'kept.json', collectionFile('Kept collection', 1));
  await panel.click('button', 'Import', { within: dialog });
  await panel.waitFor('status', '', { text: 'Imported: 2 added' }, { within: dialog });
  await panel.click('button', 'Close', { within: dialog });

  await panel.click('button', 'Manage environments');
  await panel.click('button', 'Add environment', { within: ENVIRONMENTS });
  await panel.fill('textbox', 'Environment name', 'Kept environment', { within: ENVIRONMENTS });
  await panel.click('button', 'Done', { within: ENVIRONMENTS });

  await addSession(panel, 'Kept session');
  await closeSessions(panel);
  await panel.select('combobox', 'Session', 'Default');
  await expectOneOfEach(panel);
}

export async function expectOneOfEach(panel: Panel): Promise<void> {
  await panel.select('combobox', 'Session', 'Kept session');
  await panel.select('combobox', 'Session', 'Default');
  await panel.select('combobox', 'Environment', 'Kept environment');
  await openCollections(panel);
  await panel.waitFor('treeitem', /^Kept collection/, {}, { within: TREE });
  await panel.click('tab', 'Batches', { within: LISTS });
  await panel.waitFor('option', /.*/, {}, { within: BATCHES, index: 0 });
}

/** The same lists of a panel whose passphrase was not entered: they say so, and show nothing. */
export async function expectSealedLists(panel: Panel): Promise<void> {
  await panel.click('tab', 'Collections', { within: LISTS });
  await panel.waitFor('tabpanel', 'Collections', {
    text: 'Locked: collections are here when the passphrase is entered',
  });
  await panel.click('tab', 'Batches', { within: LISTS });
  await panel.waitFor('tabpanel', 'Batches', {
    text: 'Locked: earlier batches are here when the passphrase is entered',
  });
  expect(await panel.count('option', /.*/, { within: BATCHES })).toBe(0);
  expect(await panel.text('combobox', 'Session')).not.toContain('Kept');
  expect(await panel.text('combobox', 'Environment')).not.toContain('Kept');
}
