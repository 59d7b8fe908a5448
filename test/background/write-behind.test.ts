import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeBehind } from '../../src/background/write-behind.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const written: (readonly number[])[] = [];
  let finish = (): void => {};
  const queue = writeBehind<number>(
    (items) => {
      written.push(items);
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    { quiet: 50, longest: 1000 },
  );
  return { queue, written, finish: () => finish() };
}

test('what comes one after the other is written together, in a quiet moment', async () => {
  const { queue, written } = setUp();
  for (const item of [1, 2, 3]) {
    queue.add(item);
    await vi.advanceTimersByTimeAsync(49);
  }
  expect(written).toEqual([]);
  queue.postpone();
  await vi.advanceTimersByTimeAsync(49);
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(written).toEqual([[1, 2, 3]]);
});

test('nothing waits longer than the limit, however busy it is', async () => {
  const { queue, written } = setUp();
  queue.add(1);
  for (let time = 0; time < 1000; time += 20) {
    expect(written).toEqual([]);
    queue.postpone();
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(written).toEqual([[1]]);
});

test('what comes while something is written follows it, never beside it', async () => {
  const { queue, written, finish } = setUp();
  queue.add(1);
  await vi.advanceTimersByTimeAsync(50);
  queue.add(2);
  await vi.advanceTimersByTimeAsync(5000);
  expect(written).toEqual([[1]]);
  finish();
  await vi.advanceTimersByTimeAsync(50);
  expect(written).toEqual([[1], [2]]);
});

test('what is discarded comes back, when nothing is written any more', async () => {
  const { queue, written, finish } = setUp();
  queue.add(1);
  await vi.advanceTimersByTimeAsync(50);
  queue.add(2);
  const discarded = queue.discard();
  const inTime = vi.advanceTimersByTimeAsync(5000).then(() => 'still writing');
  expect(await Promise.race([discarded, inTime])).toBe('still writing');
  finish();
  expect(await discarded).toEqual([2]);
  expect(written).toEqual([[1]]);
});
