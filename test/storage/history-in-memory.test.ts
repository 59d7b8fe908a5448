import { expect, test } from 'vitest';
import type { HistoryNews } from '../../src/model/history.ts';
import { historyInMemory } from '../../src/storage/history-in-memory.ts';
import { recorded } from './support/recorded.ts';

function setUp(budget = 1024 ** 2) {
  const history = historyInMemory(budget, () => ['X-Marked']);
  const news: HistoryNews[] = [];
  history.hear((piece) => news.push(piece));
  const ids = async (): Promise<number[]> => (await history.reader.entries(null, 100)).items.map(({ id }) => id);
  return { history, news, ids };
}

test('what was sent is listed, found and opened, newest first', async () => {
  const { history, news } = setUp();
  await history.record({ exchange: recorded({ url: 'http://h.test/one?token=planted' }), body: null });
  await history.record({ exchange: recorded({ url: 'http://h.test/two' }), body: new Blob(['An Answer']) });
  expect(news.map(({ kind }) => kind)).toEqual(['recorded', 'recorded']);
  const { items, next } = await history.reader.entries(null, 100);
  expect(items).toMatchObject([
    { id: 2, url: 'http://h.test/two', status: 200, size: 9, bodies: 'kept' },
    { id: 1, size: null, bodies: 'none' },
  ]);
  expect(next).toBeNull();
  expect(items[1]?.url).not.toContain('planted');
  expect((await history.reader.search(['an answer'], null, 100)).items).toEqual([2]);
  expect((await history.reader.search(['planted'], null, 100)).items).toEqual([]);
  expect(await (await history.reader.open(2))?.body?.text()).toBe('An Answer');
  expect(await history.reader.open(3)).toBeNull();
});

test('it is read in stretches', async () => {
  const { history } = setUp();
  for (let count = 0; count < 5; count += 1) await history.record({ exchange: recorded(), body: null });
  const first = await history.reader.entries(null, 2);
  expect([first.items.map(({ id }) => id), first.next]).toEqual([[5, 4], 4]);
  const rest = await history.reader.entries(first.next, 100);
  expect([rest.items.map(({ id }) => id), rest.next]).toEqual([[3, 2, 1], null]);
});

test('the oldest go when there are too many, pinned ones stay', async () => {
  const { history, news, ids } = setUp(30_000);
  for (let count = 0; count < 4; count += 1) {
    await history.record({ exchange: recorded(), body: new Uint8Array(5000) });
    if (count === 0) history.pin([1], true);
  }
  expect(await ids()).toEqual([4, 3, 1]);
  expect(news).toContainEqual({ kind: 'removed', entries: [2] });
});

test('entries are removed, and all erased', async () => {
  const { history, news, ids } = setUp();
  for (let count = 0; count < 3; count += 1) await history.record({ exchange: recorded(), body: null });
  history.remove([2]);
  expect(await ids()).toEqual([3, 1]);
  history.erase();
  expect(await ids()).toEqual([]);
  expect(news.at(-1)).toEqual({ kind: 'erased' });
});
