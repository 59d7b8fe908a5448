import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openWorkbench } from '../driver/index.ts';
import type { BrowserName, Panel, Target } from '../driver/types.ts';
import { collectionFile, importFile, openCollections, TREE } from './collections.ts';
import { killAfter } from './kills.ts';

const DIALOG: Target = { role: 'dialog', name: 'Import a collection' };
/** Enough for the writing to take longer than the wait for a kill. */
const REQUESTS = 3000;

interface Stored {
  /** Per collection, by its name, how many nodes stand in it, itself included. */
  readonly collections: Record<string, number>;
  /** Nodes whose way up does not end at the top. */
  readonly lost: number;
  /** Requests that hold nothing, and contents that nobody has. */
  readonly unpaired: number;
  /** The collection in which the folder stands that is moved to and fro. */
  readonly movedIn: string | null;
}

/** What is on disk, as it is. */
const STORED = `() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('request-workbench-drafts');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction(['nodes', 'contents']);
    const all = transaction.objectStore('nodes').getAll();
    const keys = transaction.objectStore('contents').getAllKeys();
    transaction.onerror = () => reject(transaction.error);
    transaction.oncomplete = () => {
      opening.result.close();
      const nodes = new Map(all.result.map((node) => [node.id, node]));
      const topOf = (node) => {
        let at = node;
        for (let level = 0; at !== undefined && at.parent !== '' && level < 100; level++) at = nodes.get(at.parent);
        return at?.parent === '' ? at.name : null;
      };
      const collections = {};
      let lost = 0;
      let movedIn = null;
      for (const node of nodes.values()) {
        const top = topOf(node);
        if (top === null) lost++;
        else collections[top] = (collections[top] ?? 0) + 1;
        if (node.name === 'Moved') movedIn = top;
      }
      const held = new Set(keys.result);
      const requests = [...nodes.values()].filter(({ kind }) => kind === 'request');
      const unpaired = requests.filter(({ id }) => !held.has(id)).length + [...held].filter((id) => !nodes.has(id)).length;
      resolve({ collections, lost, unpaired, movedIn });
    };
  };
})`;

/** Two collections, and a folder in the first that holds a request. */
const BEGINNING = JSON.stringify({
  format: 'request-workbench-collection',
  version: 1,
  name: 'First',
  items: [{ kind: 'folder', name: 'Moved', items: [{ kind: 'request', name: 'In it', url: 'http://k.test/' }] }],
});

async function importWhole(panel: Panel, name: string, text: string): Promise<void> {
  await importFile(panel, name, text);
  await panel.click('button', 'Import', { within: DIALOG });
  await panel.waitFor('status', '', { text: 'Imported:' }, { within: DIALOG });
  await panel.click('button', 'Close', { within: DIALOG });
}

/**
 * Kills the browser again and again, at random moments of an import and of a move, and each time finds the collections as they
 * were before or as they would be after.
 */
export async function surviveCollectionKills(browser: BrowserName, times: number): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'request-workbench-kills-'));
  try {
    for (let round = 0; round <= times; round++) {
      const bench = await openWorkbench(browser, { profile });
      try {
        const { panel } = bench;
        await openCollections(panel);
        const before = await panel.evaluate<Stored>(STORED);
        expect(before).toMatchObject({ lost: 0, unpaired: 0 });
        for (const [name, count] of Object.entries(before.collections)) {
          if (name.startsWith('Many')) expect(count).toBe(REQUESTS + 1);
        }
        if (round > 0) expect(['First', 'Second']).toContain(before.movedIn);
        if (round === times) return;
        if (round === 0) {
          await importWhole(panel, 'first.json', BEGINNING);
          await importWhole(panel, 'second.json', collectionFile('Second', 1));
        }

        if (round % 2 === 0) {
          await importFile(panel, 'many.json', collectionFile(`Many ${round}`, REQUESTS));
          await panel.waitFor('button', 'Import', { disabled: false }, { within: DIALOG });
          await panel.click('button', 'Import', { within: DIALOG });
          await killAfter(profile, Math.random() * 1500);
        } else {
          await panel.fill('textbox', 'Filter', 'moved');
          await panel.click('treeitem', /^Moved/, { within: TREE });
          await panel.press('Control+x');
          await panel.fill('textbox', 'Filter', '');
          await panel.click('treeitem', before.movedIn === 'First' ? /^Second/ : /^First/, { within: TREE });
          const moving = panel.press('Control+v').catch(() => {});
          await Promise.all([moving, killAfter(profile, Math.random() * 100)]);
        }
      } finally {
        await bench.close();
      }
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
