import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BatchResult } from '../../../src/model/batch.ts';
import { createRowWriter } from '../../../src/panel/batches/row-writer.ts';
import { batchesInMemory } from '../../../src/storage/batches.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const row = (index: number, state: BatchResult['state']): BatchResult => ({
  index,
  state,
  attempt: 0,
  era: 'era',
  at: 0,
  status: null,
  size: null,
  duration: 0,
  error: null,
  differences: null,
  digest: null,
  kept: false,
  found: [],
});

/** A writer, and what each of its writes put on record. */
function open() {
  const writes: string[][] = [];
  const storage = batchesInMemory();
  const writer = createRowWriter(
    {
      ...storage,
      write(_id, rows, _kept, undone) {
        writes.push([
          ...rows.map(({ index, state }) => `${index} ${state}`),
          ...undone.map((index) => `${index} undone`),
        ]);
        return Promise.resolve();
      },
    },
    'b',
  );
  return { writer, writes };
}

test('what nobody waits for goes with the next write', async () => {
  const { writer, writes } = open();
  const later = writer.putSoon(row(0, 'done'), null);
  await vi.advanceTimersByTimeAsync(50);
  expect(writes).toEqual([]);
  await writer.put(row(1, 'started'));
  await later;
  expect(writes).toEqual([['0 done', '1 started']]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(writes).toHaveLength(1);
});

test('without another write it goes by itself, or when it is asked for', async () => {
  const { writer, writes } = open();
  const first = writer.putSoon(row(0, 'done'), null);
  await vi.advanceTimersByTimeAsync(100);
  await first;
  const second = writer.putSoon(row(1, 'done'), null);
  writer.flush();
  await second;
  expect(writes).toEqual([['0 done'], ['1 done']]);
});

test('what could not be written is told to everybody who waits for it', async () => {
  const writer = createRowWriter({ ...batchesInMemory(), write: () => Promise.reject(new Error('disk full')) }, 'b');
  const later = expect(writer.putSoon(row(0, 'done'), null)).rejects.toThrow('disk full');
  await expect(writer.put(row(1, 'started'))).rejects.toThrow('disk full');
  await later;
});
