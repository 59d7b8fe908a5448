import { expect, test, vi } from 'vitest';
import type { HistoryEntry, HistoryNews } from '../../src/model/history.ts';
import { groupByDay } from '../../src/panel/history/group-by-day.ts';
import { createHistoryList, type HistoryList } from '../../src/panel/history/history-list.ts';
import type { HistoryReader } from '../../src/storage/history-reader.ts';

const entry = (id: number, change: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id,
  at: new Date(2026, 0, 10, 12, id).getTime(),
  method: 'GET',
  url: `http://h/${id}`,
  status: 200,
  error: null,
  duration: id,
  size: 100 - id,
  type: 'text/plain',
  pinned: false,
  bodies: 'kept',
  bytes: 10,
  ...change,
});

/** A history of that many entries; the odd ones hold the word "odd" in a body. */
function setUp(count: number) {
  let tell: (news: HistoryNews) => void = () => {};
  const stretch = (below: number | null, length: number) => {
    const end = below ?? count + 1;
    const start = Math.max(1, end - length);
    const ids = Array.from({ length: end - start }, (_, at) => end - 1 - at);
    return { ids, next: start === 1 ? null : start };
  };
  const reader: HistoryReader = {
    entries: (below, length) => {
      const { ids, next } = stretch(below, length);
      return Promise.resolve({ items: ids.map((id) => entry(id)), next });
    },
    search: (words, below, length) => {
      const { ids, next } = stretch(below, length);
      return Promise.resolve({ items: ids.filter((id) => id % 2 === 1 && words.join() === 'odd'), next });
    },
    open: () => Promise.resolve(null),
  };
  const list = createHistoryList({
    reader,
    hear: (listener) => {
      tell = listener;
      return () => {};
    },
  });
  return { list, tell: (news: HistoryNews) => tell(news) };
}

const ids = (list: HistoryList) => list.shown.value.map(({ entry: { id } }) => id);

test('loads all, newest first, and hears of what comes meanwhile', async () => {
  const { list, tell } = setUp(1000);
  list.open();
  tell({ kind: 'recorded', entry: entry(1001) });
  await vi.waitFor(() => expect(list.busy.value).toBe(false));
  expect(ids(list)).toEqual(Array.from({ length: 1001 }, (_, at) => 1001 - at));
  tell({ kind: 'removed', entries: [1001, 999] });
  expect(ids(list).slice(0, 2)).toEqual([1000, 998]);
  tell({ kind: 'changed', entries: [entry(1000, { pinned: true })] });
  expect(list.get('1000')?.pinned).toBe(true);
  tell({ kind: 'erased' });
  expect(list.total.value).toBe(0);
});

test('finds at once what the list shows, and then what stands in fields and bodies', async () => {
  const { list } = setUp(9);
  list.open();
  await vi.waitFor(() => expect(list.busy.value).toBe(false));
  list.filterText.value = 'GET /7';
  expect(ids(list)).toEqual([7]);
  list.filterText.value = 'odd';
  expect(ids(list)).toEqual([]);
  await vi.waitFor(() => expect(ids(list)).toEqual([9, 7, 5, 3, 1]));
});

test('sorts by what is asked for', async () => {
  const { list } = setUp(3);
  list.open();
  await vi.waitFor(() => expect(list.busy.value).toBe(false));
  list.sort.value = 'url';
  expect(ids(list)).toEqual([1, 2, 3]);
  list.sort.value = 'duration';
  expect(ids(list)).toEqual([3, 2, 1]);
  list.sort.value = 'size';
  expect(ids(list)).toEqual([1, 2, 3]);
});

test('groups by local day, pinned ones first', () => {
  const now = new Date(2026, 0, 10, 15).getTime();
  const item = (id: number, change: Partial<HistoryEntry>) => ({ id: String(id), entry: entry(id, change), text: '' });
  const groups = groupByDay(
    [
      item(4, { at: now }),
      item(3, { at: new Date(2026, 0, 10, 0, 0).getTime(), pinned: true }),
      item(2, { at: new Date(2026, 0, 9, 23, 59).getTime() }),
      item(1, { at: new Date(2026, 0, 8, 1).getTime() }),
    ],
    true,
    now,
  );
  expect(groups.map(({ label, items }) => [label, items.map(({ id }) => id)])).toEqual([
    ['Pinned', ['3']],
    ['Today', ['4']],
    ['Yesterday', ['2']],
    [expect.stringContaining('2026'), ['1']],
  ]);
});
