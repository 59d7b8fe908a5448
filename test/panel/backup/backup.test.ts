import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { readArchiveHead } from '../../../src/formats/backup/read-archive.ts';
import { ROOT } from '../../../src/model/collection.ts';
import { newSession } from '../../../src/model/session.ts';
import { restoreBackup } from '../../../src/panel/backup/restore-backup.ts';
import { saveBackup } from '../../../src/panel/backup/save-backup.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { newRow } from '../../../src/panel/state/rows.ts';
import { openBatchStorage } from '../../../src/storage/batches.ts';
import { collectionStorage } from '../../../src/storage/collections.ts';
import { openDraftStorage } from '../../../src/storage/drafts.ts';
import { environmentStorage } from '../../../src/storage/environments.ts';
import { historyReader } from '../../../src/storage/history-reader.ts';
import { createHistoryWriter } from '../../../src/storage/history-writer.ts';
import { jarStore } from '../../../src/storage/jars.ts';
import type { BackupRecord } from '../../../src/storage/backup-stores.ts';
import { openPanelDatabase } from '../../../src/storage/panel-database.ts';
import { readForBackup } from '../../../src/storage/read-backup.ts';
import {
  finishRestore,
  RestoreBusyError,
  RestoreError,
  stageRestore,
  tidyRestore,
  type Locks,
} from '../../../src/storage/restore.ts';
import { restoreState } from '../../../src/storage/restore-state.ts';
import { sessionStore } from '../../../src/storage/sessions.ts';
import { changeSettings, readSettings } from '../../../src/storage/settings.ts';
import { reopenDatabases, startWithoutDatabases } from '../../storage/support/fresh-databases.ts';
import { recorded } from '../../storage/support/recorded.ts';

startWithoutDatabases();

const collections = collectionStorage('Restored');
const writer = createHistoryWriter(
  () => Promise.resolve({ budget: 1024 ** 3, marked: [] }),
  () => {},
);
/** Longer than what stands in a record itself. */
const LONG = 'planted-body '.repeat(10_000);

/** Something of everything, with secrets wherever they can stand. */
async function fill(name: string): Promise<void> {
  const draft = {
    ...newDraft(),
    url: `http://user:planted-userinfo@b.test/${name}?token=planted-param`,
    headers: [newRow({ name: 'Authorization', value: 'Bearer planted-field' })],
    auth: { ...newDraft().auth, type: 'basic' as const, username: 'me', password: 'planted-password' },
  };
  await collections.run(
    {
      kind: 'add',
      nodes: [
        { id: 'c', kind: 'folder', name, method: '', url: '', under: null },
        { id: 'r', kind: 'request', name: `In ${name}`, method: 'GET', url: 'http://b.test/', under: 'c' },
      ],
      place: { parent: ROOT, before: null },
    },
    new Map([['r', { kind: 'request', draft, notes: `# ${name}`, examples: [] }]]),
  );
  const drafts = await openDraftStorage();
  await drafts.save('1', 'first', draft);
  await drafts.arrange('1', { order: ['first'], active: 'first' });
  await environmentStorage.update('e', () => ({
    id: 'e',
    name,
    variables: [
      { id: '1', enabled: true, name: 'host', value: name, secret: false, literal: false },
      { id: '2', enabled: true, name: 'key', value: 'planted-variable', secret: true, literal: false },
    ],
  }));
  await changeSettings({ marked: [name] });
  const session = newSession('s', name, 1);
  await sessionStore.save({ ...session, auth: { ...session.auth, type: 'bearer', token: 'planted-session' } });
  await jarStore.save('s', [
    {
      name: 'sid',
      value: 'planted-jar',
      domain: 'b.test',
      hostOnly: true,
      path: '/',
      secure: false,
      httpOnly: false,
      expires: null,
      creation: 1,
    },
  ]);
  await writer.record([
    {
      exchange: recorded({ url: `http://b.test/${name}`, body: `planted-sent ${name}` }),
      body: new Blob([LONG + name]),
    },
  ]);
  const batches = await openBatchStorage();
  await batches.add('b', 0, [
    { request: { ...spec(), body: { kind: 'blob', blob: new Blob([LONG]), contentType: null } }, original: null },
  ]);
  await batches.create(
    {
      id: 'b',
      title: name,
      createdAt: 1,
      total: 1,
      state: 'paused',
      hosts: [],
      confirmed: [],
      options: { parallel: 1, delay: 0, perSecond: null, rounds: 1, keep: 'all' },
      done: 0,
      identities: [],
    },
    { kind: 'list', count: 1 },
    [{ method: 'GET', url: 'http://b.test/' }],
  );
}

function spec() {
  const { request } = recorded();
  if (request === null) throw new Error('It has one');
  return request;
}

/** What a person would find, in words. */
async function found() {
  const [entry] = (await historyReader.entries(null, 100)).items;
  const opened = entry === undefined ? null : await historyReader.open(entry.id);
  const batches = await openBatchStorage();
  const body = (await batches.items('b', 0))[0]?.request.body;
  const { open } = await (await openDraftStorage()).load('1');
  return {
    nodes: (await collections.nodes(null, 100)).map(({ name }) => name),
    content: await collections.content('r'),
    drafts: open.map(({ draft }) => draft),
    environments: (await environmentStorage.load()).environments,
    settings: await readSettings(),
    sessions: await sessionStore.load(),
    jar: await jarStore.load('s'),
    entry,
    prepared: opened?.exchange.prepared,
    request: opened?.exchange.request?.auth,
    body: (await opened?.body?.text()) ?? null,
    batches: (await batches.list()).map(({ title }) => title),
    batchBody: body?.kind === 'blob' ? await body.blob.text() : null,
  };
}

async function saved(passphrase: string | null): Promise<{ archive: Blob; records: number; unreadable: number }> {
  let bytes = new Uint8Array(0);
  const sink = {
    write(piece: Uint8Array) {
      const next = new Uint8Array(bytes.length + piece.length);
      next.set(bytes);
      next.set(piece, bytes.length);
      bytes = next;
    },
    truncate(size: number) {
      bytes = bytes.slice(0, size);
    },
  };
  const options = { passphrase, marked: [], by: '1.2.3', at: 1_700_000_000_000, onProgress: () => {} };
  const result = await saveBackup(sink, options);
  return { archive: new Blob([bytes]), ...result };
}

/** Locks of a browser in which nobody else is. */
function locks(): Locks {
  const taken = new Set<string>();
  return {
    async request(name, _options, work) {
      if (taken.has(name)) return work(null);
      taken.add(name);
      try {
        return await work({ name });
      } finally {
        taken.delete(name);
      }
    },
  };
}

const options = (passphrase: string | null) => ({
  passphrase,
  locks: locks(),
  onProgress: () => {},
  onDeciding: () => {},
});

async function restored(archive: Blob, passphrase: string | null = null): Promise<void> {
  await restoreBackup(archive, await readArchiveHead(archive), options(passphrase));
  await finishRestore();
  reopenDatabases();
}

// Two keys of 600,000 rounds, on a machine that does other things too.
test('everything comes back, bodies and secrets too, under the passphrase alone', { timeout: 60_000 }, async () => {
  await fill('before');
  const before = await found();
  expect(before).toMatchObject({ nodes: ['before', 'In before'], batches: ['before'], body: `${LONG}before` });
  const { archive, unreadable } = await saved('a good passphrase');
  expect(unreadable).toBe(0);
  expect(await archive.text()).not.toContain('planted');

  vi.stubGlobal('indexedDB', new IDBFactory());
  reopenDatabases();
  await fill('other');
  const other = await found();
  await expect(restored(archive, 'another passphrase')).rejects.toMatchObject({ problem: 'passphrase' });
  expect(await found()).toEqual(other);
  await restored(archive, 'a good passphrase');
  expect(await found()).toEqual(before);
  expect(await restoreState()).toBeNull();
  // What comes next does not run into what was restored.
  await writer.record([{ exchange: recorded(), body: null }]);
  expect((await historyReader.entries(null, 100)).items).toHaveLength(2);
});

test('without a passphrase no secret leaves, and the rest comes back', async () => {
  await fill('before');
  const { archive } = await saved(null);
  const text = await archive.text();
  expect(text).toContain('In before');
  expect(text).not.toContain('planted');
  await collections.run({ kind: 'remove', ids: ['c'] });
  await restored(archive);
  const after = await found();
  expect(after).toMatchObject({
    nodes: ['before', 'In before'],
    content: { notes: '# before', draft: { headers: [{ name: 'Authorization', value: '' }] } },
    environments: [{ variables: [{ value: 'before' }, { name: 'key', value: '' }] }],
    sessions: [{ name: 'before', auth: { type: 'bearer', token: '' } }],
    jar: null,
    body: null,
    batches: [],
    entry: { method: 'POST', status: 200, bodies: 'dropped' },
    prepared: { url: 'http://b.test/before' },
  });
});

test('any tar program unpacks it, and its list of hashes is right', async () => {
  await fill('before');
  const folder = await mkdtemp(join(tmpdir(), 'request-workbench-backup-'));
  try {
    const { archive } = await saved(null);
    await writeFile(join(folder, 'backup.tar'), new Uint8Array(await archive.arrayBuffer()));
    const run = promisify(execFile);
    await run('tar', ['xf', 'backup.tar'], { cwd: folder });
    const script = `cd "$0" && node -e 'for (const f of require("./manifest.json").files) console.log(f.sha256 + "  " + f.name)' | sha256sum --check --quiet`;
    await run('sh', ['-c', script, folder]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('of an archive that is not as it was written nothing is restored', { timeout: 60_000 }, async () => {
  await fill('before');
  const { archive } = await saved(null);
  const { archive: sealed } = await saved('a good passphrase');
  await collections.run({ kind: 'change', id: 'c', fields: { name: 'since' } });
  const now = await found();
  const bytes = new Uint8Array(await archive.arrayBuffer());
  const changed = (change: (copy: Uint8Array) => void): Blob => {
    const copy = bytes.slice();
    change(copy);
    return new Blob([copy]);
  };
  const text = Buffer.from(bytes).toString('latin1');
  const swap = (from: string, to: string): Blob =>
    changed((copy) => copy.set(Buffer.from(to, 'latin1'), text.indexOf(from)));

  const cases: [Blob, string][] = [
    [new Blob(['{}']), 'foreign'],
    [new Blob([new Uint8Array(4096)]), 'foreign'],
    [swap('"version": 1', '"version": 2'), 'later'],
    [archive.slice(0, archive.size / 2), 'truncated'],
    [archive.slice(0, archive.size - 1024 - 512), 'truncated'],
    [swap('In before', 'Jn before'), 'damaged'],
    [swap('"kind":"folder"', '"kind":"fodder"'), 'damaged'],
    [sealed.slice(0, sealed.size / 2), 'truncated'],
  ];
  for (const [file, problem] of cases) {
    const error: unknown = await restored(file, 'a good passphrase').catch((caught: unknown) => caught);
    if (problem === 'damaged') expect(String(error)).toMatch(/damaged|not as it should be/);
    else expect(error).toMatchObject({ problem });
    expect(await found()).toEqual(now);
  }
  // A byte anywhere in what is encrypted.
  const secret = new Uint8Array(await sealed.arrayBuffer());
  for (const at of [3000, Math.floor(secret.length / 2), secret.length - 1600]) {
    const copy = secret.slice();
    copy[at] = (copy[at] ?? 0) ^ 1;
    await expect(restored(new Blob([copy]), 'a good passphrase')).rejects.toThrow(/damaged/);
  }
  expect(await found()).toEqual(now);
});

test('what is cut off before it is decided is dropped, after it goes on', async () => {
  await fill('before');
  const { archive } = await saved(null);
  await collections.run({ kind: 'change', id: 'c', fields: { name: 'since' } });
  // As if killed: nobody tidies up.
  let halfway = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    halfway = resolve;
  });
  const never = new Promise<never>(() => {});
  async function* cutOff(): AsyncGenerator<BackupRecord> {
    for await (const record of readForBackup(() => {})) {
      yield record;
      if (record.store === 'nodes') break;
    }
    halfway();
    await never;
  }
  void stageRestore(locks(), cutOff(), () => {});
  await stopped;
  expect(await restoreState()).toBe('staging');
  reopenDatabases();
  expect(await tidyRestore(locks())).toBe(false);
  expect(await restoreState()).toBeNull();
  expect(await (await openPanelDatabase()).count('staged')).toBe(0);
  expect((await found()).nodes).toEqual(['since', 'In before']);

  // Killed between the panel's part and the background's.
  await restoreBackup(archive, await readArchiveHead(archive), options(null));
  reopenDatabases();
  expect(await tidyRestore(locks())).toBe(true);
  expect((await found()).nodes).toEqual(['before', 'In before']);
  expect((await found()).sessions).toMatchObject([{ auth: { token: 'planted-session' } }]);
  await finishRestore();
  await finishRestore();
  expect((await found()).sessions).toMatchObject([{ auth: { token: '' } }]);
  expect(await tidyRestore(locks())).toBe(false);
});

test('only one is restored at a time, and nobody tidies up behind it', async () => {
  await fill('before');
  const { archive } = await saved(null);
  const shared = locks();
  const head = await readArchiveHead(archive);
  const both = await Promise.allSettled([
    restoreBackup(archive, head, { ...options(null), locks: shared }),
    restoreBackup(archive, head, { ...options(null), locks: shared }),
    tidyRestore(shared),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(both[1]).toMatchObject({ reason: expect.any(RestoreBusyError) });
});

test('records that no store could hold are refused, and nothing is changed', async () => {
  await fill('before');
  const now = await found();
  const node = { method: '', url: '', usedAt: 0, revision: 1, key: 'a0', name: 'n', kind: 'folder' };
  const one = (id: string, parent: string, change: object = {}) => ({ ...node, id, parent, ...change });
  const chain = Array.from({ length: 70 }, (_, at) => one(`d${at}`, at === 0 ? ROOT : `d${at - 1}`));
  const cases: [string, unknown[], string | null][] = [
    ['nodes', [one('a', 'nowhere')], null],
    ['nodes', [one('a', 'b'), one('b', 'a')], null],
    ['nodes', [one('a', ROOT, { kind: 'request' })], null],
    ['nodes', [one('a', ROOT), one('b', 'a', { kind: 'request' }), one('c', 'b')], null],
    ['nodes', chain, null],
    ['nodes', [one('a', ROOT, { kind: 'other' })], null],
    ['contents', [{ id: 'r', sealed: 'none' }], null],
    ['settings', [{}], 'restore'],
    ['settings', [{}], null],
    ['keys', [{ wrapped: new ArrayBuffer(40) }], 'master'],
    ['staged', [{}], 'x'],
    ['constructor', [{}], null],
    ['__proto__', [{}], null],
  ];
  for (const [store, values, key] of cases) {
    // oxlint-disable-next-line typescript/require-await -- records come one after the other
    const records = async function* (): AsyncGenerator<BackupRecord> {
      for (const value of values) yield { database: 'panel', store, key, value };
    };
    await expect(
      stageRestore(locks(), records(), () => {}),
      `${store} ${JSON.stringify(values).slice(0, 80)}`,
    ).rejects.toThrow(RestoreError);
    expect(await restoreState()).toBeNull();
  }
  expect(await found()).toEqual(now);
});
