import { expect, test } from 'vitest';
import { ArrivalLog, arrivedAt } from '../../src/protocol/arrivals.ts';

test('a byte came when the piece that holds it came', () => {
  const log = new ArrivalLog();
  log.note(10, 1000);
  log.note(25, 2000);
  expect([1, 10, 11, 25, 26].map((offset) => arrivedAt(log.pairs, offset))).toEqual([1000, 1000, 2000, 2000, null]);
  expect(log.within(5, 20)).toEqual([10, 1000, 20, 2000]);
});

test('the log of a long stream stays bounded, and near the truth', () => {
  const log = new ArrivalLog();
  for (let n = 1; n <= 200_000; n++) log.note(n, n * 10);
  expect(log.pairs.length).toBeLessThanOrEqual(2 * 8192);
  for (const offset of [1, 777, 100_000, 199_999]) {
    const time = arrivedAt(log.pairs, offset) ?? 0;
    expect(Math.abs(time - offset * 10)).toBeLessThan(1000);
  }
});
