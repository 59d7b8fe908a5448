import { openDB } from 'idb';
import { beforeEach, expect, test, vi } from 'vitest';
import { newDraft } from '../../src/panel/state/new-draft.ts';
import { BACKGROUND_DATABASE } from '../../src/storage/background-database.ts';
import { openDraftStorage } from '../../src/storage/drafts.ts';
import { historyReader } from '../../src/storage/history-reader.ts';
import { createHistoryWriter } from '../../src/storage/history-writer.ts';
import { jarStore } from '../../src/storage/jars.ts';
import { provideKeyMemory } from '../../src/storage/key-memory.ts';
import { wrapNewKey } from '../../src/storage/keys.ts';
import { LockedError } from '../../src/storage/master-key.ts';
import { erasePanelDatabase, PANEL_DATABASE } from '../../src/storage/panel-database.ts';
import { lockState, removePassphrase, setPassphrase, unlock } from '../../src/storage/passphrase.ts';
import { reopenDatabases, startWithoutDatabases } from './support/fresh-databases.ts';
import { recorded } from './support/recorded.ts';
import { restoreDatabase } from './support/stored-database.ts';

startWithoutDatabases();
// What a passphrase gives is slow to compute, and is meant to be.
vi.setConfig({ testTimeout: 30_000 });

let remembered: string | null = null;
provideKeyMemory({
  get: () => Promise.resolve(remembered),
  set: (value) => {
    remembered = value;
    return Promise.resolve();
  },
});
beforeEach(() => {
  remembered = null;
});

function restartBrowser(): void {
  remembered = null;
  reopenDatabases();
}

const news: string[] = [];
const writer = createHistoryWriter(
  () => Promise.resolve({ budget: 1024 ** 3, marked: [] }),
  (piece) => news.push(piece.kind === 'trouble' ? piece.reason : piece.kind),
);

async function keepSomething(): Promise<void> {
  await (await openDraftStorage()).save('1', 'a', { ...newDraft(), url: 'http://kept.test/' });
  await writer.record([{ exchange: recorded({ url: 'http://kept.test/' }), body: null }]);
  await jarStore.save('default', { cookies: ['kept'] });
}

async function expectAllThere(): Promise<void> {
  expect((await (await openDraftStorage()).load('1')).open).toMatchObject([{ draft: { url: 'http://kept.test/' } }]);
  expect((await historyReader.open(1))?.exchange.request?.url).toBe('http://kept.test/');
  expect(await jarStore.load('default')).toEqual({ cookies: ['kept'] });
}

const allKeys = async (): Promise<unknown[]> => [
  ...(await (await openDB(PANEL_DATABASE)).getAll('keys')),
  ...(await (await openDB(BACKGROUND_DATABASE)).getAll('keys')),
];

test('without a passphrase everything is there after a restart', async () => {
  await keepSomething();
  restartBrowser();
  expect(await lockState()).toBe('none');
  await expectAllThere();
});

test('with one, what is encrypted can be read after it was entered, and not before', async () => {
  await keepSomething();
  await setPassphrase('correct horse');
  expect(await lockState()).toBe('unlocked');
  await expectAllThere();

  restartBrowser();
  expect(await lockState()).toBe('locked');
  await expect(openDraftStorage()).rejects.toThrow(LockedError);
  await expect(historyReader.open(1)).rejects.toThrow(LockedError);
  expect((await historyReader.entries(null, 10)).items).toHaveLength(1);
  expect(await jarStore.load('default')).toBeNull();
  expect(await unlock('correct house')).toBe(false);
  expect(await lockState()).toBe('locked');
  expect(await unlock('correct horse')).toBe(true);
  expect(await lockState()).toBe('unlocked');
  await expectAllThere();
});

test('no key in the databases opens anything without it', async () => {
  await keepSomething();
  expect((await allKeys()).flatMap(cryptoKeysIn)).toHaveLength(1);
  await setPassphrase('correct horse');
  expect((await allKeys()).flatMap(cryptoKeysIn)).toEqual([]);
});

test('nothing is lost by what happens while it is locked', async () => {
  await keepSomething();
  await setPassphrase('correct horse');
  restartBrowser();
  news.length = 0;
  await writer.record([{ exchange: recorded({ url: 'http://locked.test/' }), body: null }]);
  expect(news).toEqual(['locked']);
  await jarStore.save('default', { cookies: [] });
  expect(await unlock('correct horse')).toBe(true);
  await expectAllThere();
});

test('it can be changed and removed', async () => {
  await keepSomething();
  await setPassphrase('the first one');
  await setPassphrase('the second one');
  restartBrowser();
  expect(await unlock('the first one')).toBe(false);
  expect(await unlock('the second one')).toBe(true);
  await removePassphrase();
  restartBrowser();
  expect(await lockState()).toBe('none');
  await expectAllThere();
});

test('the same letters are the same passphrase', async () => {
  await keepSomething();
  await setPassphrase('caf\u00e9 au lait');
  restartBrowser();
  expect(await unlock('cafe\u0301 au lait')).toBe(true);
});

test('who has forgotten it can begin anew', async () => {
  await keepSomething();
  await setPassphrase('correct horse');
  restartBrowser();
  await writer.erase();
  await erasePanelDatabase(true);
  expect(await lockState()).toBe('none');
  await keepSomething();
  restartBrowser();
  expect((await (await openDraftStorage()).load('1')).open).toHaveLength(1);
});

test('keys of earlier versions are replaced, and all that they had encrypted is there', async () => {
  await restoreDatabase('panel-2');
  await restoreDatabase('background-2');
  const drafts = (await (await openDraftStorage()).load('7')).open;
  expect(drafts).toHaveLength(2);
  const urls = async () => Promise.all([1, 2].map(async (id) => (await historyReader.open(id))?.exchange.request?.url));
  const recordedUrls = await urls();
  expect(recordedUrls).toEqual([expect.any(String), expect.any(String)]);
  const jar = await jarStore.load('default');
  expect(jar).not.toBeNull();

  await setPassphrase('correct horse');
  for (const name of [PANEL_DATABASE, BACKGROUND_DATABASE]) {
    const db = await openDB(name);
    expect((await db.getAll('keys')).flatMap(cryptoKeysIn)).toEqual([]);
    db.close();
  }
  restartBrowser();
  reopenDatabases();
  await expect(openDraftStorage()).rejects.toThrow(LockedError);
  expect(await unlock('correct horse')).toBe(true);
  expect((await (await openDraftStorage()).load('7')).open).toEqual(drafts);
  expect(await urls()).toEqual(recordedUrls);
  expect(await jarStore.load('default')).toEqual(jar);
});

test('while old keys are being replaced everything can be read, and what was cut off goes on', async () => {
  await restoreDatabase('panel-2');
  const drafts = (await (await openDraftStorage()).load('7')).open;
  // As if the browser had ended after the first step.
  const db = await openDB(PANEL_DATABASE);
  const earlier: unknown = await db.get('keys', 'drafts');
  await db.put('keys', { wrapped: await wrapNewKey(), earlier }, 'drafts');
  reopenDatabases();
  expect((await (await openDraftStorage()).load('7')).open).toEqual(drafts);
  await (await openDraftStorage()).save('7', 'new', drafts[0]?.draft ?? newDraft());
  await setPassphrase('correct horse');
  expect((await db.getAll('keys')).flatMap(cryptoKeysIn)).toEqual([]);
  db.close();
  expect((await (await openDraftStorage()).load('7')).open).toHaveLength(3);
});

function cryptoKeysIn(record: unknown): CryptoKey[] {
  if (record instanceof CryptoKey) return [record];
  return typeof record === 'object' && record !== null
    ? Object.values(record).filter((value): value is CryptoKey => value instanceof CryptoKey)
    : [];
}
