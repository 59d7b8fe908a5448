import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { generateNKeysBetween } from 'fractional-indexing';
import { FORMAT, once, VERSION } from '../../../src/formats/backup/archive.ts';
import { writeArchive } from '../../../src/formats/backup/write-archive.ts';
import { ROOT } from '../../../src/model/collection.ts';
import { emptyFolder } from '../../../src/panel/collections/saved-requests.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { detach } from '../../../src/storage/detached.ts';
import { recorded } from '../../storage/support/recorded.ts';
import { openWorkbench } from '../driver/index.ts';
import type { BrowserName } from '../driver/types.ts';
import { chooseBackup, openSettings, RESTORE } from './backup.ts';
import { killAfter } from './kills.ts';

/** How long a restore takes at least on a slow machine, for each request in it; milliseconds. */
const EACH = 1.5;
const names = ['First', 'Second'] as const;

/** What both databases hold; beside it, what a restore has left behind. */
interface Stored {
  readonly collections: readonly string[];
  readonly nodes: number;
  readonly contents: number;
  /** The paths of the exchanges in the history. */
  readonly sent: readonly string[];
  readonly staged: number;
  readonly state: string | null;
}

const STORED = `async () => {
  const ended = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const panel = await ended(indexedDB.open('request-workbench-drafts'));
  // Opening a database that is not there yet would make an empty one, under the background's feet.
  const isThere = (await indexedDB.databases()).some(({ name }) => name === 'request-workbench-sessions');
  const background = isThere ? await ended(indexedDB.open('request-workbench-sessions')) : null;
  try {
    const inPanel = panel.transaction(['nodes', 'contents', 'staged', 'settings']);
    const [nodes, contents, staged, state] = await Promise.all([
      ended(inPanel.objectStore('nodes').getAll()),
      ended(inPanel.objectStore('contents').count()),
      ended(inPanel.objectStore('staged').count()),
      ended(inPanel.objectStore('settings').get('restore')),
    ]);
    const inBackground = background?.transaction(['entries', 'staged']);
    const [entries, more] = isThere
      ? await Promise.all([
          ended(inBackground.objectStore('entries').getAll()),
          ended(inBackground.objectStore('staged').count()),
        ])
      : [[], 0];
    return {
      collections: nodes.filter(({ parent }) => parent === '').map(({ name }) => name),
      nodes: nodes.length,
      contents,
      sent: entries.map(({ url }) => new URL(url).pathname),
      staged: staged + more,
      state: state ?? null,
    };
  } finally {
    panel.close();
    background?.close();
  }
}`;

const nothing: Stored = { collections: [], nodes: 0, contents: 0, sent: [], staged: 0, state: null };
const holding = (name: string, requests: number): Stored => ({
  collections: [name],
  nodes: requests + 1,
  contents: requests + 1,
  sent: [`/${name}`],
  staged: 0,
  state: null,
});

/**
 * Kills the browser again and again, at random moments of a restore, and each time finds in both databases what was there
 * before, or what the backup held; never some of each.
 * @param requests saved ones that are restored each time
 */
export async function surviveRestoreKills(browser: BrowserName, times: number, requests: number): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'request-workbench-kills-'));
  const archives = new Map<string, Buffer>();
  for (const name of names) archives.set(name, await backupOf(name, requests));
  try {
    for (let round = 0; round <= times; round++) {
      const bench = await openWorkbench(browser, { profile });
      try {
        const { panel } = bench;
        await panel.waitFor('tablist', 'Lists');
        const before = await panel.evaluate<Stored>(STORED);
        const [name] = before.collections;
        expect(before).toEqual(name === undefined ? nothing : holding(name, requests));
        if (round === times) return;

        await openSettings(panel);
        await chooseBackup(panel, archives.get(names.find((other) => other !== name) ?? '') ?? Buffer.alloc(0));
        await panel.waitFor('button', 'Replace everything', { disabled: false }, { within: RESTORE });
        await panel.click('button', 'Replace everything', { within: RESTORE });
        await killAfter(profile, Math.random() * (300 + requests * EACH));
      } finally {
        await bench.close();
      }
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A backup, without secrets, of one collection and one exchange of that name. */
async function backupOf(name: string, requests: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const sink = { write: (bytes: Uint8Array) => void pieces.push(bytes), truncate() {} };
  const head = { format: FORMAT, version: VERSION, at: Date.now(), by: '0', sealed: null, counts: {} } as const;
  const archive = await writeArchive(sink, head, null);
  const add = async (store: string, values: readonly unknown[]): Promise<void> => {
    const lines = values.map((value) => `${JSON.stringify({ key: null, value })}\n`);
    const bytes = new TextEncoder().encode(lines.join(''));
    await archive.add(`${store}/000001.jsonl`, bytes.length, once(bytes));
  };
  const keys = generateNKeysBetween(null, null, requests);
  const draft = newDraft();
  const node = { method: '', url: '', usedAt: 0, revision: 1 };
  const ids = Array.from({ length: requests }, (_, at) => `${name}-${at}`);
  await add('panel/nodes', [
    { ...node, id: name, parent: ROOT, key: 'a0', kind: 'folder', name },
    ...ids.map((id, at) => ({ ...node, id, parent: name, key: keys[at], kind: 'request', name: id, method: 'GET' })),
  ]);
  await add('panel/contents', [
    { id: name, sealed: { $opened: emptyFolder } },
    ...ids.map((id) => ({
      id,
      sealed: { $opened: { kind: 'request', draft: { ...draft, id }, notes: '', examples: [] } },
    })),
  ]);
  const exchange = recorded({ url: `http://k.test/${name}` });
  const { request: _sendable, ...rest } = exchange;
  const entry = { at: 1, method: 'GET', url: `http://k.test/${name}`, status: 200, error: null, duration: 1 };
  await add('background/entries', [
    { ...entry, id: 1, size: 1, type: 'text/plain', pinned: false, bodies: 'dropped', bytes: 400 },
  ]);
  await add('background/texts', [{ id: 1, fields: name, body: '' }]);
  await add('background/exchanges', [{ id: 1, sealed: { $opened: { ...plainOf(rest), request: null } } }]);
  await archive.end();
  return Buffer.concat(pieces);
}

/** An exchange as it is stored, its bytes apart. */
function plainOf(exchange: object): object {
  const { plain } = detach(exchange);
  return typeof plain === 'object' && plain !== null ? plain : {};
}
