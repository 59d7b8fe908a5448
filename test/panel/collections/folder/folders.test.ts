import { expect, test, vi } from 'vitest';
import { ROOT } from '../../../../src/model/collection.ts';
import type { CollectionNews } from '../../../../src/model/collection.ts';
import { openFolders, type FolderState } from '../../../../src/panel/collections/folder/folders.ts';
import { hostTransfer } from '../../../../src/panel/collections/transfer-host.ts';
import type { TransferReply } from '../../../../src/panel/collections/transfer-messages.ts';
import { newDraft } from '../../../../src/panel/state/new-draft.ts';
import { newRow } from '../../../../src/panel/state/rows.ts';
import { collectionStorage } from '../../../../src/storage/collections.ts';
import type { FolderBinding } from '../../../../src/storage/folder-bindings.ts';
import { startWithoutDatabases } from '../../../storage/support/fresh-databases.ts';
import { DiskFolder } from './disk-folder.ts';

startWithoutDatabases();
const storage = collectionStorage('Restored');

async function transfer(...requests: Parameters<ReturnType<typeof hostTransfer>>[0][]): Promise<TransferReply> {
  let last: TransferReply | undefined;
  const receive = hostTransfer((reply) => (last = reply));
  for (const request of requests) await receive(request);
  if (last === undefined) throw new Error('Nothing was heard');
  return last;
}

/** A tab of the panel, over the real database and a folder; what was bound outlives it. */
function openTab(folder: DiskFolder, kept = new Map<string, FolderBinding>()) {
  const listeners = new Set<(news: CollectionNews) => void>();
  let turn = Promise.resolve();
  const folders = openFolders({
    bindings: {
      all: async () => [...kept.values()],
      get: async (id) => kept.get(id) ?? null,
      put: async (binding) => void kept.set(binding.collection, binding),
      drop: async (id) => void kept.delete(id),
    },
    exported: async (id) => {
      const reply = await transfer({ op: 'export', id, passphrase: null, marked: [] });
      if (reply.op === 'exported') return reply.file;
      if (reply.op === 'problem') return reply;
      throw new Error(reply.op);
    },
    hear: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    alone: (_name, work) => (turn = turn.then(work)),
    quiet: 0,
  });
  return {
    folders,
    kept,
    tell: () => listeners.forEach((listener) => listener({ kind: 'replaced' })),
    state: (): FolderState['kind'] | undefined => folders.bound.peek().get('c')?.state.kind,
    bind: () => folders.bind('c', 'Shop', folder.handle),
  };
}

async function begin(): Promise<DiskFolder> {
  await storage.run(
    {
      kind: 'add',
      nodes: [
        { id: 'c', kind: 'folder', name: 'Shop', method: '', url: '', under: null },
        { id: 'r', kind: 'request', name: 'r', method: 'GET', url: '', under: 'c' },
      ],
      place: { parent: ROOT, before: null },
    },
    new Map([
      ['r', { kind: 'request', draft: requestWith('http://s.test/'), notes: '', examples: [] }],
      ['c', { kind: 'folder', notes: '', auth: null, headers: [], params: [], session: null, variables: [] }],
    ]),
  );
  return new DiskFolder();
}
const requestWith = (url: string) => ({
  ...newDraft(),
  url,
  headers: [newRow({ name: 'Authorization', value: 'Bearer planted' })],
});
const rename = (name: string) => storage.run({ kind: 'change', id: 'c', fields: { name } });
const textOf = (folder: DiskFolder): string => folder.files.get('Shop.json') ?? '(none)';
/** As somebody else has edited it. */
const edited = (folder: DiskFolder, from: string, to: string): void => {
  folder.files.set('Shop.json', textOf(folder).replace(from, to));
};

test('a collection lies in the folder as a file without secrets, and each change follows', async () => {
  const folder = await begin();
  const tab = openTab(folder);
  await tab.bind();
  expect(tab.state()).toBe('same');
  expect(textOf(folder)).toContain('"name": "Shop"');
  expect(textOf(folder)).not.toContain('planted');
  await rename('Renamed');
  tab.tell();
  await vi.waitFor(() => expect(textOf(folder)).toContain('"name": "Renamed"'));
  expect(folder.writes).toBe(2);
  // What is the same already is not written again.
  await tab.folders.compareAll();
  expect(folder.writes).toBe(2);
  await tab.folders.unbind('c');
  await rename('Later');
  await tab.folders.compareAll();
  expect(textOf(folder)).toContain('Renamed');
  expect(tab.state()).toBeUndefined();
});

test('the file of the collection is found by its id, and no other file is written over', async () => {
  const folder = await begin();
  folder.files.set('Shop.json', '{"name": "somebody else’s"}');
  const tab = openTab(folder);
  await tab.bind();
  expect([...folder.files.keys()]).toEqual(['Shop.json', 'Shop 2.json']);
  const text = folder.files.get('Shop 2.json') ?? '';
  const other = new DiskFolder();
  other.files.set('shop api.json', text);
  await tab.folders.bind('c', 'Shop', other.handle);
  expect(tab.folders.bound.peek().get('c')).toMatchObject({ file: 'shop api.json', state: { kind: 'same' } });
  expect(other.writes).toBe(0);
});

test('what was changed on disk is never written over unasked, also after a restart', async () => {
  const folder = await begin();
  const { kept, folders } = openTab(folder);
  await folders.bind('c', 'Shop', folder.handle);
  edited(folder, '"Shop"', '"Pulled"');
  const tab = openTab(folder, kept);
  await tab.folders.compareAll();
  expect(tab.state()).toBe('theirs');
  await rename('Ours');
  await tab.folders.compareAll();
  expect(tab.state()).toBe('both');
  expect(textOf(folder)).toContain('"Pulled"');

  // Another pull, between what was shown and the answer.
  edited(folder, '"Pulled"', '"Pulled again"');
  await tab.folders.keepOurs('c');
  expect(tab.state()).toBe('both');
  expect(textOf(folder)).toContain('"Pulled again"');
  await tab.folders.keepOurs('c');
  expect(tab.state()).toBe('same');
  expect(textOf(folder)).toContain('"Ours"');
});

test('what comes while it is written is not written over', async () => {
  const folder = await begin();
  const tab = openTab(folder);
  await tab.bind();
  await rename('Ours');
  folder.onDeed = (deed) => {
    if (deed === 'write') edited(folder, '"Shop"', '"Pulled"');
  };
  await tab.folders.compareAll();
  expect(textOf(folder)).toContain('"Pulled"');
  expect(tab.state()).toBe('both');
});

test.each(['merge', 'replace'] as const)('taken in by %s, both are the same again, secrets here too', async (mode) => {
  const folder = await begin();
  const tab = openTab(folder);
  await tab.bind();
  edited(folder, '"name": "r"', '"name": "pulled"');
  await tab.folders.compareAll();
  const state = tab.folders.bound.peek().get('c')?.state;
  if (state?.kind !== 'theirs') throw new Error(state?.kind);
  expect(state.damage).toBeNull();
  const file = state.file.bytes;
  const reply = await transfer({ op: 'read', file, marked: [] }, { op: 'import', mode, passphrase: null });
  expect(reply.op).toBe('imported');
  await tab.folders.takenIn('c', state.file.hash);
  expect(tab.state()).toBe('same');
  expect(textOf(folder)).toContain('"name": "pulled"');
  expect(folder.writes).toBe(1);
  expect(await storage.content('r')).toMatchObject({ draft: { headers: [{ value: 'Bearer planted' }] } });
});

test('a file that nobody can take in is named, and written over only when that is asked for', async () => {
  const folder = await begin();
  const tab = openTab(folder);
  await tab.bind();
  const good = textOf(folder);
  const damages = {
    markers: `<<<<<<< HEAD\n${good}=======\n${good}>>>>>>> theirs\n`,
    notJson: good.slice(0, 60),
    foreign: good.replace('"id": "c"', '"id": "other"'),
  };
  for (const [damage, text] of Object.entries(damages)) {
    folder.files.set('Shop.json', text);
    await tab.folders.compareAll();
    expect(tab.folders.bound.peek().get('c')?.state).toMatchObject({ kind: 'theirs', damage });
    expect(textOf(folder)).toBe(text);
  }
  await tab.folders.keepOurs('c');
  expect(textOf(folder)).toBe(good);
});

test('a file that is gone is written again only when that is asked for', async () => {
  const folder = await begin();
  const tab = openTab(folder);
  await tab.bind();
  folder.files.clear();
  await tab.folders.compareAll();
  expect(tab.state()).toBe('missing');
  expect(folder.files.size).toBe(0);
  await tab.folders.keepOurs('c');
  expect(tab.state()).toBe('same');
  expect(folder.files.size).toBe(1);
});

test('without permission nothing is touched until it is given again', async () => {
  const folder = await begin();
  const { kept, folders } = openTab(folder);
  await folders.bind('c', 'Shop', folder.handle);
  folder.permission = 'prompt';
  const tab = openTab(folder, kept);
  await rename('Ours');
  await tab.folders.compareAll();
  expect(tab.state()).toBe('permission');
  folder.answer = 'denied';
  await tab.folders.allow('c');
  expect(tab.state()).toBe('permission');
  folder.answer = 'granted';
  await tab.folders.allow('c');
  expect(tab.state()).toBe('same');
  expect(textOf(folder)).toContain('"Ours"');
});

test.each([
  ['list', 'NotFoundError', 'folderGone'],
  ['open', 'NotAllowedError', 'refused'],
  ['write', 'QuotaExceededError', 'full'],
  ['close', 'NoModificationAllowedError', 'busy'],
  ['read', 'NotReadableError', 'unreadable'],
  ['write', 'OperationError', 'failed'],
] as const)('a disk that fails to %s with %s is named, and the file stays as it was', async (deed, name, problem) => {
  const folder = await begin();
  const tab = openTab(folder);
  await tab.bind();
  const before = textOf(folder);
  await rename('Ours');
  // Of a folder that is gone nothing is found.
  const deeds = deed === 'list' ? ['list', 'open'] : [deed];
  folder.onDeed = (now) => {
    if (deeds.includes(now)) throw new DOMException('as the test says', name);
  };
  await tab.folders.compareAll();
  expect(tab.folders.bound.peek().get('c')?.state).toMatchObject({ kind: 'disk', problem });
  expect(textOf(folder)).toBe(before);
  folder.onDeed = () => {};
  await tab.folders.compare('c');
  expect(tab.state()).toBe('same');
  expect(textOf(folder)).toContain('"Ours"');
});

test('a collection that was deleted leaves its file alone', async () => {
  const folder = await begin();
  const tab = openTab(folder);
  await tab.bind();
  await storage.run({ kind: 'remove', ids: ['c'] });
  await tab.folders.compareAll();
  expect(tab.folders.bound.peek().get('c')?.state).toMatchObject({ kind: 'ours', problem: 'gone' });
  expect(textOf(folder)).toContain('"Shop"');
});
