import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import { newDraft } from '../../src/panel/state/new-draft.ts';
import { CLOSED_KEPT, draftsInMemory, openDraftStorage } from '../../src/storage/drafts.ts';
import { PANEL_DATABASE } from '../../src/storage/panel-database.ts';
import { reopenDatabases, startWithoutDatabases } from './support/fresh-databases.ts';

startWithoutDatabases();

const draftFor = (url: string) => ({ ...newDraft(), url });
const openDatabase = () => openDB(PANEL_DATABASE);

test('requests are there for the next panel of the same tab, in the order of their tabs', async () => {
  const first = await openDraftStorage();
  expect(first.lasting).toBe(true);
  expect(await first.load('7')).toEqual({ open: [], active: null, arrangedAt: 0, closed: [], setAside: 0 });
  await first.save('7', 'a', draftFor('http://a/'));
  await first.save('7', 'b', draftFor('http://b/'));
  await first.arrange('7', { order: ['b', 'a'], active: 'a' });
  reopenDatabases();
  const { open, active } = await (await openDraftStorage()).load('7');
  expect(open.map(({ tab, draft }) => [tab, draft?.url])).toEqual([
    ['b', 'http://b/'],
    ['a', 'http://a/'],
  ]);
  expect(active).toBe('a');
});

test('a request whose place among the tabs was not saved any more is shown all the same', async () => {
  const storage = await openDraftStorage();
  await storage.save('7', 'a', draftFor('http://a/'));
  await storage.arrange('7', { order: ['a', 'never-saved'], active: 'a' });
  await storage.save('7', 'stray', draftFor('http://stray/'));
  const { open } = await storage.load('7');
  expect(open.map(({ tab, draft }) => [tab, draft?.url ?? null])).toEqual([
    ['a', 'http://a/'],
    ['never-saved', null],
    ['stray', 'http://stray/'],
  ]);
});

test('a panel without requests of its own gets a copy of those used last, and changes the copy alone', async () => {
  const now = vi.spyOn(Date, 'now');
  const storage = await openDraftStorage();
  now.mockReturnValue(2);
  await storage.save('1', 'a', draftFor('http://latest/'));
  now.mockReturnValue(1);
  await storage.save('2', 'a', draftFor('http://older/'));
  now.mockRestore();
  expect((await storage.load('3')).open[0]?.draft?.url).toBe('http://latest/');
  await storage.save('3', 'a', draftFor('http://changed/'));
  expect((await storage.load('1')).open[0]?.draft?.url).toBe('http://latest/');
  expect((await storage.load('2')).open[0]?.draft?.url).toBe('http://older/');
  expect((await storage.load('3')).open[0]?.draft?.url).toBe('http://changed/');
});

test('closed requests are kept apart, the last ones only', async () => {
  const now = vi.spyOn(Date, 'now');
  const storage = await openDraftStorage();
  await storage.save('1', 'open', draftFor('http://open/'));
  for (let number = 0; number < CLOSED_KEPT + 2; number++) {
    now.mockReturnValue(number);
    await storage.save('1', `t${number}`, draftFor(`http://h/${number}`));
    await storage.setClosed('1', `t${number}`, true);
  }
  now.mockRestore();
  const { open, closed } = await storage.load('1');
  expect(open.map(({ tab }) => tab)).toEqual(['open']);
  expect(closed).toHaveLength(CLOSED_KEPT);
  expect(closed.at(-1)?.draft?.url).toBe(`http://h/${CLOSED_KEPT + 1}`);
  await storage.setClosed('1', `t${CLOSED_KEPT + 1}`, false);
  expect((await storage.load('1')).open.map(({ tab }) => tab)).toEqual(['open', `t${CLOSED_KEPT + 1}`]);
});

test('what was typed is not readable in the database', async () => {
  const storage = await openDraftStorage();
  await storage.save('1', 'a', draftFor('http://user:hunter2@h/'));
  const [record] = await (await openDatabase()).getAll('requests');
  const text = new TextDecoder('latin1');
  expect(text.decode(record.sealed.data)).not.toContain('hunter2');
  expect(JSON.stringify(record)).not.toContain('hunter2');
});

test.each([
  ['of a later version', { version: 2 }],
  ['with another shape', { sealed: 'x' }],
])('a record %s is set aside, not lost, and the next one is used', async (_, damage) => {
  const storage = await openDraftStorage();
  await storage.save('1', 'a', draftFor('http://good/'));
  await storage.save('2', 'a', draftFor('http://bad/'));
  const db = await openDatabase();
  await db.put('requests', { ...(await db.get('requests', ['2', 'a'])), ...damage });

  expect(await storage.load('2')).toMatchObject({ open: [{ draft: { url: 'http://good/' } }], setAside: 1 });
  expect(await db.getAll('setAside')).toMatchObject([{ record: { slot: '2', ...damage } }]);
  expect(await storage.load('2')).toMatchObject({ open: [{ draft: { url: 'http://good/' } }], setAside: 0 });
});

test('only the latest slots are kept', async () => {
  const storage = await openDraftStorage();
  for (let slot = 0; slot < 53; slot++) {
    await storage.save(String(slot), 'a', newDraft());
    await storage.arrange(String(slot), { order: ['a'], active: 'a' });
  }
  const db = await openDatabase();
  expect(await db.count('tabs')).toBe(50);
  expect(await db.count('requests')).toBe(50);
});

test('two panels that save at the same time lose nothing', async () => {
  const [first, second] = [await openDraftStorage(), await openDraftStorage()];
  await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      await Promise.all([
        first.save('1', `t${at % 4}`, draftFor(`http://first/${at}`)),
        second.save('2', `t${at % 4}`, draftFor(`http://second/${at}`)),
      ]);
    }),
  );
  expect(new Set((await first.load('1')).open.map(({ draft }) => draft?.url))).toEqual(
    new Set(['16', '17', '18', '19'].map((at) => `http://first/${at}`)),
  );
  expect((await second.load('2')).open).toHaveLength(4);
});

test('without IndexedDB drafts last as long as the page', async () => {
  vi.stubGlobal('indexedDB', undefined);
  reopenDatabases();
  const storage = await openDraftStorage();
  expect(storage.lasting).toBe(false);
  await storage.save('1', 'a', draftFor('http://h/'));
  expect((await draftsInMemory().load('1')).open).toEqual([]);
});

test('what is saved later than the tabs were arranged does not count as their arrangement', async () => {
  const now = vi.spyOn(Date, 'now').mockReturnValue(5);
  const storage = await openDraftStorage();
  await storage.arrange('1', { order: ['a'], active: 'a' });
  now.mockReturnValue(9);
  await storage.save('1', 'a', draftFor('http://h/'));
  now.mockRestore();
  expect(await storage.load('1')).toMatchObject({ arrangedAt: 5, open: [{ savedAt: 9 }] });
});
