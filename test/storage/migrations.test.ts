import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { backgroundMigrations, BACKGROUND_DATABASE } from '../../src/storage/background-database.ts';
import { environmentStorage } from '../../src/storage/environments.ts';
import { collectionStorage } from '../../src/storage/collections.ts';
import { openDraftStorage } from '../../src/storage/drafts.ts';
import { historyReader } from '../../src/storage/history-reader.ts';
import { jarStore } from '../../src/storage/jars.ts';
import { MigrationError, openMigrated } from '../../src/storage/open-database.ts';
import { PANEL_DATABASE, panelMigrations } from '../../src/storage/panel-database.ts';
import { readWholeDatabase } from '../../src/storage/rescue.ts';
import { readSettings } from '../../src/storage/settings.ts';
import { startWithoutDatabases } from './support/fresh-databases.ts';
import { restoreDatabase } from './support/stored-database.ts';

startWithoutDatabases();

test('drafts of version 1 are there, each in a tab', async () => {
  await restoreDatabase('panel-1');
  const storage = await openDraftStorage();
  const { open, setAside } = await storage.load('7');
  expect(open).toMatchObject([
    {
      savedAt: 1000,
      draft: {
        url: 'http://seven.test/',
        headers: [{ name: 'X-Kept', value: 'as typed' }],
        auth: { type: 'bearer', token: 'kept-token' },
      },
    },
  ]);
  expect(setAside).toBe(0);
  expect((await storage.load('tab')).open).toMatchObject([{ draft: { url: 'http://tab.test/?a=1' } }]);
  expect((await storage.load('another')).open).toMatchObject([{ draft: { url: 'http://tab.test/?a=1' } }]);
  const db = await openDB(PANEL_DATABASE);
  expect([...db.objectStoreNames]).not.toContain('drafts');
  expect(await db.getAll('setAside')).toEqual([{ at: 5, reason: 'was damaged', record: { slot: '3', old: true } }]);
  expect((await readSettings()).theme).toBe('devtools');
});

test('cookie jars of version 1 are there, and an empty history beside them', async () => {
  await restoreDatabase('background-1');
  expect(await jarStore.load('default')).toMatchObject({ cookies: [{ key: 'sid', value: 'kept-cookie' }] });
  expect(await historyReader.entries(null, 10)).toEqual({ items: [], next: null });
});

test('requests of version 2 are there as they stood, with the settings', async () => {
  await restoreDatabase('panel-2');
  const storage = await openDraftStorage();
  const { open, closed, active, setAside } = await storage.load('7');
  const credentials = { headers: [{}, { enabled: false, name: 'X-Off' }], auth: { token: 'kept-token' } };
  expect(open).toMatchObject([
    { tab: 'b', draft: { url: 'http://seven.test/second', ...credentials } },
    { tab: 'a', draft: { url: 'http://seven.test/first', ...credentials } },
  ]);
  expect(closed).toMatchObject([{ tab: 'c', draft: { url: 'http://seven.test/closed' } }]);
  expect([active, setAside]).toEqual(['a', 0]);
  expect(await readSettings()).toMatchObject({ theme: 'dark', historyBudget: 5_000_000, marked: ['X-Own'] });
  expect(await (await openDB(PANEL_DATABASE)).count('setAside')).toBe(1);
});

test('version 2 becomes a database with empty collections, in which one can save', async () => {
  await restoreDatabase('panel-2');
  const storage = collectionStorage('Restored');
  expect(await storage.nodes(null, 10)).toEqual([]);
  const node = { id: 'first', kind: 'folder', name: 'First', method: '', url: '', under: null } as const;
  await storage.run({ kind: 'add', nodes: [node], place: { parent: '', before: null } });
  expect(await storage.nodes(null, 10)).toMatchObject([{ id: 'first', name: 'First' }]);
});

test('version 2 becomes a database with no environments, in which one can save', async () => {
  await restoreDatabase('panel-2');
  expect(await environmentStorage.load()).toEqual({ environments: [], unreadable: 0 });
  await environmentStorage.update('e', () => ({ id: 'e', name: 'Staging', variables: [] }));
  expect((await environmentStorage.load()).environments).toMatchObject([{ name: 'Staging' }]);
});

test('the history of version 2 is there, with bodies and cookies', async () => {
  await restoreDatabase('background-2');
  const { items } = await historyReader.entries(null, 10);
  expect(items).toMatchObject([
    { id: 2, url: 'http://h.test/kept-two', pinned: false },
    { id: 1, url: 'http://h.test/kept-one', pinned: true },
  ]);
  const opened = await historyReader.open(1);
  expect(await opened?.body?.text()).toBe('first received body');
  expect(opened?.exchange.request).toMatchObject({ auth: { password: 'planted-password' } });
  expect((await historyReader.search(['second received'], null, 10)).items).toEqual([2]);
  expect(await jarStore.load('default')).toMatchObject({ cookies: [{ key: 'sid', value: 'kept-cookie' }] });
});

test.each([
  ['panel-1', PANEL_DATABASE, panelMigrations],
  ['panel-2', PANEL_DATABASE, panelMigrations],
  ['background-1', BACKGROUND_DATABASE, backgroundMigrations],
  ['background-2', BACKGROUND_DATABASE, backgroundMigrations],
] as const)('a migration that fails leaves %s as it was, and it can be saved', async (fixture, name, migrations) => {
  await restoreDatabase(fixture);
  const before = await readWholeDatabase(name);
  const failing = openMigrated(name, [
    ...migrations,
    async (_db, transaction) => {
      const store = transaction.objectStore('keys');
      await store.clear?.();
      throw new Error('out of luck');
    },
  ]);
  await expect(failing).rejects.toThrow(MigrationError);
  await expect(failing).rejects.toMatchObject({ database: name, cause: { message: 'out of luck' } });

  const after = await readWholeDatabase(name);
  expect(after).toEqual(before);
  expect(after.version).toBe(Number(fixture.at(-1)));
  expect(JSON.stringify(after)).toContain(fixture.startsWith('panel') ? 'kept-token' : 'kept-cookie');
});

test('a database of a later version is left alone', async () => {
  (await openDB(PANEL_DATABASE, 99)).close();
  await expect(openMigrated(PANEL_DATABASE, panelMigrations)).rejects.toThrow(MigrationError);
});

test('sending goes on without a database: cookies last as long as the background', async () => {
  (await openDB(BACKGROUND_DATABASE, 99)).close();
  expect(await jarStore.load('default')).toBeNull();
  await jarStore.save('default', { cookies: [] });
});
