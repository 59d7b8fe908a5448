import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, expect, test, vi } from 'vitest';
import { newDraft } from '../../src/panel/state/new-draft.ts';
import { draftsInMemory, openDraftStorage } from '../../src/storage/drafts.ts';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  return () => vi.unstubAllGlobals();
});

const draftFor = (url: string) => ({ ...newDraft(), url });
const NAME = 'request-workbench-drafts';

test('a draft is there for the next panel of the same tab', async () => {
  const first = await openDraftStorage();
  expect(first.lasting).toBe(true);
  expect(await first.load('7')).toEqual({ draft: null, savedAt: 0, setAside: 0 });
  const draft = draftFor('http://h/');
  await first.save('7', draft);
  const second = await openDraftStorage();
  expect((await second.load('7')).draft).toEqual(draft);
});

test('a tab without a draft of its own gets the latest one', async () => {
  const now = vi.spyOn(Date, 'now');
  const storage = await openDraftStorage();
  now.mockReturnValue(2);
  await storage.save('1', draftFor('http://latest/'));
  now.mockReturnValue(1);
  await storage.save('2', draftFor('http://older/'));
  now.mockRestore();
  expect((await storage.load('3')).draft?.url).toBe('http://latest/');
  expect((await storage.load('2')).draft?.url).toBe('http://older/');
});

test('what was typed is not readable in the database', async () => {
  const storage = await openDraftStorage();
  await storage.save('1', draftFor('http://user:hunter2@h/'));
  const db = await openDB(NAME);
  const [record] = await db.getAll('drafts');
  const text = new TextDecoder('latin1');
  expect(text.decode(record.sealed.data)).not.toContain('hunter2');
  expect(JSON.stringify(record)).not.toContain('hunter2');
});

test.each([
  ['of a later version', { version: 2 }],
  ['with another shape', { sealed: 'x' }],
])('a record %s is set aside, not lost, and the next one is used', async (_, damage) => {
  const storage = await openDraftStorage();
  await storage.save('1', draftFor('http://good/'));
  await storage.save('2', draftFor('http://bad/'));
  const db = await openDB(NAME);
  await db.put('drafts', { ...(await db.get('drafts', '2')), ...damage });

  expect(await storage.load('2')).toMatchObject({ draft: { url: 'http://good/' }, setAside: 1 });
  expect(await db.getAll('setAside')).toMatchObject([{ record: { slot: '2', ...damage } }]);
  expect(await storage.load('2')).toMatchObject({ draft: { url: 'http://good/' }, setAside: 0 });
});

test('only the latest slots are kept', async () => {
  const storage = await openDraftStorage();
  for (let slot = 0; slot < 53; slot++) await storage.save(String(slot), newDraft());
  const db = await openDB(NAME);
  expect(await db.count('drafts')).toBe(50);
});

test('without IndexedDB drafts last as long as the page', async () => {
  vi.stubGlobal('indexedDB', undefined);
  const storage = await openDraftStorage();
  expect(storage.lasting).toBe(false);
  await storage.save('1', draftFor('http://h/'));
  expect((await storage.load('1')).draft?.url).toBe('http://h/');
  expect((await draftsInMemory().load('1')).draft).toBeNull();
});
