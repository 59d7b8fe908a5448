import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gather } from '../../src/background/gather.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what comes within the moment of the first is handed over together, in order', () => {
  const handed: number[][] = [];
  const gatherer = gather<number>(16, (items) => void handed.push(items));
  gatherer.add(1);
  vi.advanceTimersByTime(10);
  gatherer.add(2);
  expect(handed).toEqual([]);
  vi.advanceTimersByTime(6);
  gatherer.add(3);
  expect(handed).toEqual([[1, 2]]);
  vi.advanceTimersByTime(16);
  expect(handed).toEqual([[1, 2], [3]]);
});

test('flush hands over at once, and nothing twice', () => {
  const handed: number[][] = [];
  const gatherer = gather<number>(16, (items) => void handed.push(items));
  gatherer.flush();
  gatherer.add(1);
  gatherer.flush();
  vi.advanceTimersByTime(100);
  expect(handed).toEqual([[1]]);
});

test('an item may take the place of one that waits', () => {
  const handed: number[][] = [];
  const gatherer = gather<number>(
    16,
    (items) => void handed.push(items),
    (waiting, item) => void waiting.splice(0, 1, item),
  );
  gatherer.add(1);
  gatherer.add(2);
  gatherer.flush();
  expect(handed).toEqual([[2]]);
});
