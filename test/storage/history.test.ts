import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import type { HistoryNews } from '../../src/model/history.ts';
import { BACKGROUND_DATABASE, openBackgroundDatabase } from '../../src/storage/background-database.ts';
import { historyReader } from '../../src/storage/history-reader.ts';
import { createHistoryWriter } from '../../src/storage/history-writer.ts';
import { startWithoutDatabases } from './support/fresh-databases.ts';
import { recorded } from './support/recorded.ts';

startWithoutDatabases();

const ROOMY = 1024 ** 3;

function setUp(budget = ROOMY, marked: readonly string[] = []) {
  const news: HistoryNews[] = [];
  const rules = { budget, marked };
  const writer = createHistoryWriter(
    () => Promise.resolve(rules),
    (piece) => news.push(piece),
  );
  return { writer, news, rules };
}

async function entries() {
  return (await historyReader.entries(null, 1000)).items;
}

test('an exchange comes back as it was, with its bodies', async () => {
  const { writer, news } = setUp();
  const exchange = recorded();
  await writer.record(exchange, new Blob(['received body']));
  expect(news).toMatchObject([{ kind: 'recorded', entry: { id: 1, method: 'POST', status: 200, bodies: 'kept' } }]);
  const opened = await historyReader.open(1);
  expect(await opened?.body?.text()).toBe('received body');
  const request = opened?.exchange.request;
  expect(request?.body.kind === 'blob' && (await request.body.blob.text())).toBe('sent body');
  expect({ ...opened?.exchange, request: null }).toEqual({ ...exchange, request: null });
  expect(request).toMatchObject({ auth: exchange.request?.auth, url: exchange.request?.url });
});

test('no secret can be read in the database, and none is found by searching', async () => {
  const { writer } = setUp(ROOMY, ['X-Marked']);
  const exchange = recorded({ url: 'http://me:planted-userinfo@h.test/?api_key=planted-key&q=1' });
  exchange.head?.headers.push(['X-Marked', 'planted-mark'], ['Location', '/next?access_token=planted-location']);
  await writer.record(exchange, new Blob(['received body']));

  const db = await openDB(BACKGROUND_DATABASE);
  const found: string[] = [];
  for (const store of db.objectStoreNames) {
    for (const record of await db.getAll(store)) found.push(await everythingIn(record));
  }
  const text = found.join('\n');
  expect(text).toContain('h.test');
  expect(text).not.toContain('planted');
  expect((await historyReader.search(['planted'], null, 100)).items).toEqual([]);
});

/** All characters of a record, byte for byte where it holds bytes. */
async function everythingIn(value: unknown): Promise<string> {
  if (value instanceof Blob) return new TextDecoder('latin1').decode(await value.arrayBuffer());
  if (value instanceof ArrayBuffer || value instanceof Uint8Array) return new TextDecoder('latin1').decode(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(async ([key, member]) => `${key} ${await everythingIn(member)}`);
  return (await Promise.all(members)).join('\n');
}

test.each([
  ['a method and its URL', 'post http://h.test/two'],
  ['a status', '200 ok'],
  ['a field', 'x-answer: found-field'],
  ['a request body', 'sent two'],
  ['a response body', 'received two'],
])('%s is found', async (_, text) => {
  const { writer } = setUp();
  await writer.record(recorded({ url: 'http://h.test/two', body: 'Sent Two' }), new Blob(['Received Two']));
  expect((await historyReader.search([text], null, 100)).items).toEqual([1]);
});

test('the search goes from the newest stretch to the oldest', async () => {
  const { writer } = setUp();
  for (let at = 1; at <= 5; at++) await writer.record(recorded({ at, body: `number ${at % 2}` }), null);
  const first = await historyReader.search(['number 1'], null, 2);
  expect(first).toEqual({ items: [5], next: 4 });
  const second = await historyReader.search(['number 1'], first.next, 2);
  expect(second).toEqual({ items: [3], next: 2 });
  expect(await historyReader.search(['number 1'], second.next, 2)).toEqual({ items: [1], next: null });
});

test('over its budget the oldest bodies go first, then the oldest entries; pinned ones stay', async () => {
  const { writer, rules, news } = setUp();
  for (let at = 1; at <= 4; at++) await writer.record(recorded({ at }), new Blob(['x'.repeat(10_000)]));
  await writer.pin([1], true);
  const total = (await (await openBackgroundDatabase()).get('totals', 'bytes')) ?? 0;
  rules.budget = total - 30_000;
  await writer.fit();
  expect((await entries()).map(({ id, bodies }) => [id, bodies])).toEqual([
    [4, 'kept'],
    [3, 'dropped'],
    [2, 'dropped'],
    [1, 'kept'],
  ]);
  expect((await historyReader.open(2))?.body).toBeNull();
  expect((await historyReader.open(2))?.exchange.head?.status).toBe(200);
  expect(await (await historyReader.open(1))?.body?.text()).toHaveLength(10_000);
  expect((await historyReader.search(['xxx'], null, 10)).items).toEqual([4, 1]);

  rules.budget = 22_000;
  await writer.fit();
  expect((await entries()).map(({ id }) => id)).toEqual([1]);
  expect(news.at(-1)).toEqual({ kind: 'removed', entries: [2, 3, 4] });
});

test('the account of bytes is right after whatever happened', async () => {
  const { writer, rules } = setUp();
  for (let at = 1; at <= 6; at++) await writer.record(recorded({ at }), new Blob(['x'.repeat(1000 * at)]));
  await writer.remove([2]);
  rules.budget = 12_000;
  await writer.fit();
  const all = await entries();
  const sum = all.reduce((bytes, entry) => bytes + entry.bytes, 0);
  expect(await (await openBackgroundDatabase()).get('totals', 'bytes')).toBe(sum);
  expect(sum).toBeLessThanOrEqual(12_000);
});

test('removed is removed everywhere', async () => {
  const { writer } = setUp();
  await writer.record(recorded(), new Blob(['body']));
  await writer.remove([1]);
  const db = await openBackgroundDatabase();
  for (const store of ['entries', 'texts', 'exchanges', 'bodies'] as const) expect(await db.count(store)).toBe(0);
  expect(await historyReader.open(1)).toBeNull();
});

test('erasing leaves nothing, not even keys', async () => {
  const { writer, news } = setUp();
  await writer.record(recorded(), new Blob(['body']));
  await writer.erase();
  const db = await openBackgroundDatabase();
  for (const store of db.objectStoreNames) expect(await db.count(store)).toBe(0);
  expect(news.at(-1)).toEqual({ kind: 'erased' });
  await writer.record(recorded(), new Blob(['after']));
  expect(await entries()).toHaveLength(1);
});

test('a full disk costs the bodies, not the entry, and it is said', async () => {
  const { writer, news } = setUp();
  await writer.record(recorded({ url: 'http://h.test/earlier' }), new Blob(['kept']));
  news.length = 0;
  const refused: string[] = [];
  refuseBodies(refused);
  await writer.record(recorded(), new Blob(['x'.repeat(5000)]));
  expect(refused.length).toBeGreaterThan(0);
  expect((await entries()).map(({ bodies }) => bodies)).toEqual(['unsaved', 'kept']);
  expect(news.map(({ kind }) => kind)).toEqual(['trouble', 'recorded']);
  expect(news[0]).toMatchObject({ reason: 'quota' });
  expect((await historyReader.open(2))?.exchange.head?.status).toBe(200);
  vi.restoreAllMocks();
});

/** As a full disk does it: what holds a body is refused with QuotaExceededError. */
function refuseBodies(refused: string[]): void {
  const real: unknown = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value;
  if (typeof real !== 'function') throw new Error('No put');
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function refuse(this: IDBObjectStore, value, key) {
    if (this.name !== 'bodies' || value.response === null) {
      return Reflect.apply(real, this, key === undefined ? [value] : [value, key]);
    }
    refused.push(this.name);
    throw new DOMException('full', 'QuotaExceededError');
  });
}
