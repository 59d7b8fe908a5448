import { describe, expect, test } from 'vitest';
import { openWorkbench } from '../e2e/driver/index.ts';
import type { Panel, Target } from '../e2e/driver/types.ts';
import { openCollections } from '../e2e/support/collections.ts';

const DIALOG: Target = { role: 'dialog', name: 'Import a collection' };
/** Milliseconds: 200 MB are read, taken apart, encrypted and written. */
const PATIENCE = 300_000;

/** Kinds of files, made in the page: they are too large to be handed over. */
const MAKE = `(kind) => {
  const head = '{"format":"request-workbench-collection","version":1,"name":"Huge ' + kind + '","items":[';
  const many = (count, item) => Array.from({ length: count }, (_, at) => item(at)).join(',');
  const megabyte = 'x'.repeat(1024 * 1024);
  const pieces = {
    large: () => [head, ...Array.from({ length: 200 }, (_, at) =>
      (at === 0 ? '' : ',') + '{"kind":"request","name":"r' + at + '","url":"http://large.test/","notes":"' + megabyte + '"}'), ']}'],
    many: () => [head, many(1000000, (at) => '{"kind":"request","name":"r' + at + '"}'), ']}'],
    deep: () => [head, '{"kind":"folder","name":"f","items":['.repeat(10000), ']}'.repeat(10000), ']}'],
    cut: () => [head, many(50000, (at) => '{"kind":"request","name":"r' + at + '"}')],
    cancelled: () => [head, many(20000, (at) => '{"kind":"request","name":"r' + at + '","url":"http://many.test/' + at + '"}'), ']}'],
  }[kind]();
  const chosen = new DataTransfer();
  chosen.items.add(new File(pieces, kind + '.json', { type: 'application/json' }));
  const field = document.querySelector('.collections-file');
  field.files = chosen.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}`;

/** How many nodes are on disk. */
const COUNT = `() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('request-workbench-drafts');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const counting = opening.result.transaction('nodes').objectStore('nodes').count();
    counting.onsuccess = () => { opening.result.close(); resolve(counting.result); };
    counting.onerror = () => reject(counting.error);
  };
})`;

async function refused(panel: Panel, kind: string, why: RegExp): Promise<void> {
  const before = await panel.evaluate<number>(COUNT);
  await panel.evaluate(MAKE, kind);
  await panel.waitFor('alert', '', { text: why }, { within: DIALOG, timeout: PATIENCE });
  await panel.click('button', 'Close', { within: DIALOG });
  expect(await panel.evaluate<number>(COUNT)).toBe(before);
}

describe.each(['chromium', 'firefox'] as const)('files of collections that ask for trouble (%s)', (browser) => {
  test('are imported whole or refused by name, and cancelled without a trace', { timeout: 900_000 }, async () => {
    const bench = await openWorkbench(browser);
    try {
      const { panel } = bench;
      await openCollections(panel);
      await refused(panel, 'deep', /deeper than 64 levels.*Nothing was imported/);
      await refused(panel, 'many', /more than 100000 folders and requests/);
      await refused(panel, 'cut', /not JSON, or damaged/);

      await panel.evaluate(MAKE, 'cancelled');
      await panel.waitFor('dialog', 'Import a collection', { text: 'Requests: 20,000.' }, { timeout: PATIENCE });
      await panel.click('button', 'Import', { within: DIALOG });
      await panel.waitFor('status', '', { text: 'Writing…' }, { within: DIALOG, timeout: PATIENCE });
      await panel.click('button', 'Cancel', { within: DIALOG });
      await panel.waitUntilGone('dialog', 'Import a collection');
      expect(await panel.evaluate<number>(COUNT)).toBe(0);

      await panel.evaluate(MAKE, 'large');
      await panel.waitFor('dialog', 'Import a collection', { text: 'Requests: 200.' }, { timeout: PATIENCE });
      await panel.click('button', 'Import', { within: DIALOG });
      await panel.waitFor('status', '', { text: 'Imported: 201 added' }, { within: DIALOG, timeout: PATIENCE });
      expect(await panel.evaluate<number>(COUNT)).toBe(201);
      expect(await panel.consoleErrors()).toEqual([]);
    } finally {
      await bench.close();
    }
  });
});
