import { expect, test } from 'vitest';
import { bySiblingOrder, ROOT, type NodeContent } from '../../../src/model/collection.ts';
import type { TreeCommand } from '../../../src/model/tree-command.ts';
import { createCollectionDesk } from '../../../src/panel/collections/collection-desk.ts';
import { createCollectionTree } from '../../../src/panel/collections/collection-tree.ts';
import { hostTransfer } from '../../../src/panel/collections/transfer-host.ts';
import type { TransferReply, TransferRequest } from '../../../src/panel/collections/transfer-messages.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { newRow } from '../../../src/panel/state/rows.ts';
import { collectionStorage } from '../../../src/storage/collections.ts';
import { rememberedBits } from '../../../src/storage/key-memory.ts';
import { forgetKeys } from '../../../src/storage/keys.ts';
import { setPassphrase } from '../../../src/storage/passphrase.ts';
import type { ImportMode } from '../../../src/storage/collection-transfer.ts';
import { startWithoutDatabases } from '../../storage/support/fresh-databases.ts';

startWithoutDatabases();

const storage = collectionStorage('Restored');

/** One file's way: each request is answered before the next. */
function openTransfer() {
  const heard: TransferReply[] = [];
  const receive = hostTransfer((message) => heard.push(message));
  return async (request: TransferRequest): Promise<TransferReply> => {
    await receive(request);
    const last = heard.at(-1);
    if (last === undefined) throw new Error('Nothing was heard');
    return last;
  };
}

const request = (url: string): NodeContent => ({
  kind: 'request',
  draft: { ...newDraft(), url, headers: [newRow({ name: 'X-Api-Key', value: `key-of-${url}` })] },
  notes: '',
  examples: [],
});
const folder: NodeContent = {
  kind: 'folder',
  notes: '',
  auth: null,
  headers: [],
  params: [],
  session: null,
  variables: [],
};
const added = (id: string, kind: 'folder' | 'request', under: string | null, name = id) => ({
  id,
  kind,
  name,
  method: kind === 'request' ? 'GET' : '',
  url: '',
  under,
});

async function begin(): Promise<void> {
  const command: TreeCommand = {
    kind: 'add',
    nodes: [
      added('c', 'folder', null, 'Shop'),
      added('r1', 'request', 'c'),
      added('f', 'folder', 'c'),
      added('r2', 'request', 'f'),
    ],
    place: { parent: ROOT, before: null },
  };
  await storage.run(
    command,
    new Map([
      ['c', folder],
      ['f', folder],
      ['r1', request('http://s.test/1')],
      ['r2', request('http://s.test/2')],
    ]),
  );
}

async function drawn(): Promise<string[]> {
  const all = await storage.nodes(null, 10_000);
  const draw = (parent: string, level: number): string[] =>
    all
      .filter((node) => node.parent === parent)
      .sort(bySiblingOrder)
      .flatMap((node) => ['.'.repeat(level) + node.name, ...draw(node.id, level + 1)]);
  return draw(ROOT, 0);
}

async function exported(passphrase: string | null = null): Promise<Blob> {
  const reply = await openTransfer()({ op: 'export', id: 'c', passphrase, marked: [] });
  if (reply.op !== 'exported') throw new Error(JSON.stringify(reply));
  return reply.file;
}

async function imported(file: Blob, mode: ImportMode, passphrase: string | null = null): Promise<TransferReply> {
  const ask = openTransfer();
  const preview = await ask({ op: 'read', file, marked: [] });
  return preview.op === 'preview' ? ask({ op: 'import', mode, passphrase }) : preview;
}

test('a collection that was exported is imported again, without its secrets', async () => {
  await begin();
  const file = await exported();
  const text = await file.text();
  expect(text).not.toContain('key-of');
  await storage.run({ kind: 'remove', ids: ['c'] });
  expect(await imported(file, 'copy')).toMatchObject({ op: 'imported', root: 'c', count: { added: 4 } });
  expect(await drawn()).toEqual(['Shop', '.r1', '.f', '..r2']);
  expect(await storage.content('r2')).toMatchObject({ draft: { url: 'http://s.test/2', headers: [{ value: '' }] } });
  // The same once more stands beside it, under ids of its own.
  expect(await imported(file, 'copy')).toMatchObject({ count: { added: 4, changed: 0 } });
  expect(await drawn()).toEqual(['Shop', '.r1', '.f', '..r2', 'Shop', '.r1', '.f', '..r2']);
  expect(await (await exported()).text()).toBe(text);
});

test('folders that were only named are exported too', async () => {
  await begin();
  await storage.run({ kind: 'add', nodes: [added('n', 'folder', null)], place: { parent: 'c', before: null } });
  const file = await exported();
  await storage.run({ kind: 'remove', ids: ['c'] });
  expect(await imported(file, 'copy')).toMatchObject({ op: 'imported', count: { added: 5 } });
  expect(await drawn()).toEqual(['Shop', '.r1', '.f', '..r2', '.n']);
});

// 600,000 rounds of the hash, four times over, on a machine that does other things too.
test('secrets travel under a passphrase, and only that opens them', { timeout: 60_000 }, async () => {
  await begin();
  const file = await exported('a passphrase');
  expect(await file.text()).not.toContain('key-of');
  await storage.run({ kind: 'remove', ids: ['c'] });
  expect(await imported(file, 'copy', 'another')).toEqual({ op: 'problem', problem: 'passphrase', detail: '' });
  expect(await drawn()).toEqual([]);
  expect(await imported(file, 'copy', 'a passphrase')).toMatchObject({ op: 'imported' });
  expect(await storage.content('r1')).toMatchObject({ draft: { headers: [{ value: 'key-of-http://s.test/1' }] } });
});

test('what a passphrase protects is read with what the passphrase gave', { timeout: 60_000 }, async () => {
  await begin();
  await setPassphrase('a passphrase');
  const bits = await rememberedBits();
  const heard: TransferReply[] = [];
  const receive = hostTransfer((message) => heard.push(message));
  for (const given of [null, bits]) {
    // A worker begins with nothing.
    forgetKeys();
    await receive({ op: 'keys', bits: given });
    await receive({ op: 'export', id: 'c', passphrase: null, marked: [] });
  }
  expect(heard.map(({ op }) => op).filter((op) => op !== 'progress')).toEqual(['problem', 'exported']);
});

test('merging changes and adds, replacing makes it what the file says', async () => {
  await begin();
  const json = JSON.parse(await (await exported()).text());
  json.items[0].name = 'renamed';
  json.items[0].url = 'http://s.test/changed';
  json.items[1].items = [{ kind: 'request', name: 'fresh', url: 'http://s.test/fresh' }];
  const file = new Blob([JSON.stringify(json)]);
  const outside = added('x', 'folder', null, 'Other');
  await storage.run({
    kind: 'add',
    nodes: [outside, added('r9', 'request', 'x')],
    place: { parent: ROOT, before: 'c' },
  });
  await storage.run({ kind: 'move', ids: ['r1'], place: { parent: 'f', before: null } });

  const ask = openTransfer();
  expect(await ask({ op: 'read', file, marked: [] })).toMatchObject({
    preview: { name: 'Shop', requests: 2, folders: 1, existing: { name: 'Shop', changed: 3, removed: 1 } },
  });
  expect(await ask({ op: 'import', mode: 'merge', passphrase: null })).toMatchObject({
    count: { added: 1, changed: 3, removed: 0 },
  });
  expect(await drawn()).toEqual(['Other', '.r9', 'Shop', '.f', '..r2', '..renamed', '..fresh']);
  // The file has no secrets: they are here as they were.
  expect(await storage.content('r1')).toMatchObject({
    draft: { url: 'http://s.test/changed', headers: [{ value: 'key-of-http://s.test/1' }] },
  });

  expect(await imported(file, 'replace')).toMatchObject({ count: { added: 1, changed: 3, removed: 2 } });
  expect(await drawn()).toEqual(['Other', '.r9', 'Shop', '.renamed', '.f', '..fresh']);
  expect(await storage.content('r2')).toBeNull();
});

test.each(['merge', 'replace'] as const)('%s is taken back and made again, names and contents too', async (mode) => {
  await begin();
  const tree = createCollectionTree({ storage, hear: () => () => {} });
  await tree.open();
  const desk = createCollectionDesk(tree, storage);
  const everything = async () => {
    const nodes = await storage.nodes(null, 100);
    const contents = await Promise.all(nodes.map(({ id }) => storage.content(id)));
    return { drawn: await drawn(), nodes: nodes.map((node) => ({ ...node, revision: 0 })), contents };
  };
  const before = await everything();
  const json = JSON.parse(await (await exported()).text());
  json.name = 'Other name';
  json.items[0].name = 'renamed';
  json.items[0].url = 'http://s.test/changed';
  json.items[1].items = [{ kind: 'request', name: 'fresh', url: 'http://s.test/fresh' }];
  const reply = await imported(new Blob([JSON.stringify(json)]), mode);
  if (reply.op !== 'imported') throw new Error(JSON.stringify(reply));
  const after = await everything();
  expect(after.drawn).not.toEqual(before.drawn);

  desk.imported(reply.root, reply.before);
  await desk.undo();
  expect(desk.problem.peek()).toBeNull();
  expect(await everything()).toEqual(before);
  await desk.redo();
  expect(await everything()).toEqual(after);
  await desk.undo();
  expect(await everything()).toEqual(before);
});

test.each([
  ['not JSON', '{"format":', 'notJson'],
  ['not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'notJson'],
  ['cut off', null, 'notJson'],
  ['of another program', '{"info": {}, "item": []}', 'foreign'],
  [
    'damaged in one item',
    '{"format":"request-workbench-collection","version":1,"name":"d","items":[{"kind":"request","name":"a"},{"kind":"request","name":7}]}',
    'malformed',
  ],
])('of a file that is %s nothing is imported', async (_what, content, problem) => {
  await begin();
  const before = await drawn();
  const whole = await exported();
  const file = content === null ? whole.slice(0, whole.size - 20) : new Blob([content]);
  expect(await imported(file, 'copy')).toMatchObject({ op: 'problem', problem });
  expect(await drawn()).toEqual(before);
});
