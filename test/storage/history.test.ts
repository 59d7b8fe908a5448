import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import type { HistoryNews, RecordedExchange } from '../../src/model/history.ts';
import { BACKGROUND_DATABASE, openBackgroundDatabase } from '../../src/storage/background-database.ts';
import { sizeOfParts } from '../../src/storage/detached.ts';
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
  const record = (exchange: RecordedExchange, body: Blob | null): Promise<void> => writer.record([{ exchange, body }]);
  return { writer, record, news, rules };
}

async function entries() {
  return (await historyReader.entries(null, 1000)).items;
}

test('an exchange comes back as it was, with its bodies', async () => {
  const { record, news } = setUp();
  const exchange = recorded();
  await record(exchange, new Blob(['received body']));
  expect(news).toMatchObject([{ kind: 'recorded', entry: { id: 1, method: 'POST', status: 200, bodies: 'kept' } }]);
  const opened = await historyReader.open(1);
  expect(await opened?.body?.text()).toBe('received body');
  const request = opened?.exchange.request;
  expect(request?.body.kind === 'blob' && (await request.body.blob.text())).toBe('sent body');
  expect({ ...opened?.exchange, request: null }).toEqual({ ...exchange, request: null });
  expect(request).toMatchObject({ auth: exchange.request?.auth, url: exchange.request?.url });
});

test('no secret can be read in the database, and none is found by searching', async () => {
  const { record } = setUp(ROOMY, ['X-Marked']);
  const exchange = recorded({ url: 'http://me:planted-userinfo@h.test/?api_key=planted-key&q=1' });
  exchange.head?.headers.push(['X-Marked', 'planted-mark'], ['Location', '/next?access_token=planted-location']);
  await record(exchange, new Blob(['received body']));

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
  const { record } = setUp();
  await record(recorded({ url: 'http://h.test/two', body: 'Sent Two' }), new Blob(['Received Two']));
  expect((await historyReader.search([text], null, 100)).items).toEqual([1]);
});

test('several at once come in their order, each with its bodies', async () => {
  const { writer, news } = setUp();
  const urls = ['http://h.test/one', 'http://h.test/two', 'http://h.test/three'];
  await writer.record(urls.map((url) => ({ exchange: recorded({ url }), body: new Blob([`body of ${url}`]) })));
  expect(news.map((piece) => piece.kind === 'recorded' && [piece.entry.id, piece.entry.url])).toEqual(
    urls.map((url, at) => [at + 1, url]),
  );
  for (const [at, url] of urls.entries()) {
    expect(await (await historyReader.open(at + 1))?.body?.text()).toBe(`body of ${url}`);
  }
});

test('a body is kept as it was, whether small or large', async () => {
  const { record } = setUp();
  const sizes = [0, 1, 16 * 1024, 16 * 1024 + 1, 100_000];
  for (const size of sizes) {
    const bytes = Uint8Array.from({ length: size }, (_, at) => at % 251);
    await record(recorded(), new Blob([bytes]));
    const body = (await historyReader.open((await entries()).length))?.body;
    expect(new Uint8Array((await body?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(bytes);
  }
  expect((await entries()).map(({ size }) => size)).toEqual(sizes.toReversed());
});

test('the search goes from the newest stretch to the oldest', async () => {
  const { record } = setUp();
  for (let at = 1; at <= 5; at++) await record(recorded({ at, body: `number ${at % 2}` }), null);
  const first = await historyReader.search(['number 1'], null, 2);
  expect(first).toEqual({ items: [5], next: 4 });
  const second = await historyReader.search(['number 1'], first.next, 2);
  expect(second).toEqual({ items: [3], next: 2 });
  expect(await historyReader.search(['number 1'], second.next, 2)).toEqual({ items: [1], next: null });
});

test('over its budget the oldest bodies go first, then the oldest entries; pinned ones stay', async () => {
  const { writer, record, rules, news } = setUp();
  for (let at = 1; at <= 4; at++) await record(recorded({ at }), new Blob(['x'.repeat(10_000)]));
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
  const { writer, record, rules } = setUp();
  for (let at = 1; at <= 6; at++) await record(recorded({ at }), new Blob(['x'.repeat(1000 * at)]));
  await writer.remove([2]);
  rules.budget = 12_000;
  await writer.fit();
  const all = await entries();
  const sum = all.reduce((bytes, entry) => bytes + entry.bytes, 0);
  expect(await (await openBackgroundDatabase()).get('totals', 'bytes')).toBe(sum);
  expect(sum).toBeLessThanOrEqual(12_000);
});

test('removed is removed everywhere', async () => {
  const { writer, record } = setUp();
  await record(recorded(), new Blob(['body']));
  await writer.remove([1]);
  const db = await openBackgroundDatabase();
  for (const store of ['entries', 'texts', 'exchanges', 'bodies'] as const) expect(await db.count(store)).toBe(0);
  expect(await historyReader.open(1)).toBeNull();
});

test('erasing leaves nothing, not even keys', async () => {
  const { writer, record, news } = setUp();
  await record(recorded(), new Blob(['body']));
  await writer.erase();
  const db = await openBackgroundDatabase();
  for (const store of db.objectStoreNames) expect(await db.count(store)).toBe(0);
  expect(news.at(-1)).toEqual({ kind: 'erased' });
  await record(recorded(), new Blob(['after']));
  expect(await entries()).toHaveLength(1);
});

test('a full disk costs the bodies, not the entry, and it is said', async () => {
  const { record, news } = setUp();
  await record(recorded({ url: 'http://h.test/earlier' }), new Blob(['kept']));
  news.length = 0;
  const refused: string[] = [];
  refuseBodies(refused);
  await record(recorded(), new Blob(['x'.repeat(5000)]));
  expect(refused.length).toBeGreaterThan(0);
  expect((await entries()).map(({ bodies }) => bodies)).toEqual(['unsaved', 'kept']);
  expect(news.map(({ kind }) => kind)).toEqual(['trouble', 'recorded']);
  expect(news[0]).toMatchObject({ reason: 'quota' });
  expect((await historyReader.open(2))?.exchange.head?.status).toBe(200);
  vi.restoreAllMocks();
});

test('one whose bodies are refused does not take the others with it', async () => {
  const { writer, news } = setUp();
  refuseBodies([], 5000);
  await writer.record(
    [10, 5000, 20].map((size) => ({ exchange: recorded({ body: '' }), body: new Blob(['x'.repeat(size)]) })),
  );
  expect((await entries()).map(({ size, bodies }) => [size, bodies])).toEqual([
    [20, 'kept'],
    [5000, 'unsaved'],
    [10, 'kept'],
  ]);
  expect(news.map(({ kind }) => kind)).toEqual(['recorded', 'trouble', 'recorded', 'recorded']);
  const sum = (await entries()).reduce((bytes, entry) => bytes + entry.bytes, 0);
  expect(await (await openBackgroundDatabase()).get('totals', 'bytes')).toBe(sum);
  vi.restoreAllMocks();
});

/** As a full disk does it: what holds a body of so many bytes or more is refused with QuotaExceededError. */
function refuseBodies(refused: string[], from = 0): void {
  const real: unknown = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value;
  if (typeof real !== 'function') throw new Error('No put');
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function refuse(this: IDBObjectStore, value, key) {
    if (this.name !== 'bodies' || value.response === null || sizeOfParts([value.response]) < from) {
      return Reflect.apply(real, this, key === undefined ? [value] : [value, key]);
    }
    refused.push(this.name);
    throw new DOMException('full', 'QuotaExceededError');
  });
}

test('one whose background was gone is listed and found with what is known of it', async () => {
  const { writer } = setUp();
  const lost = { method: 'PATCH', url: 'http://h.test/known?token=planted' };
  const exchange: RecordedExchange = {
    ...recorded(),
    request: null,
    prepared: null,
    hops: [],
    lost,
  };
  await writer.record([{ id: 'its-name', exchange, body: null }]);
  const [entry] = await entries();
  expect(entry).toMatchObject({ method: 'PATCH', status: 200, bodies: 'lost', exchange: 'its-name', size: null });
  expect(entry?.url).toMatch(/^http:\/\/h\.test\/known\?token=(?!planted)/);
  expect((await historyReader.search(['patch', '/known'], null, 100)).items).toEqual([entry?.id]);
  expect((await historyReader.open(entry?.id ?? 0))?.exchange.lost).toEqual(lost);
});
