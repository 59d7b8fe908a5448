import { expect, test } from 'vitest';
import { latestOnly } from '../../src/background/latest-only.ts';

test('what is stored last is the latest, and nobody is told too early', async () => {
  let state = 0;
  const stored: number[] = [];
  const releases: (() => void)[] = [];
  const store = latestOnly(async () => {
    const mine = state;
    await new Promise<void>((resolve) => releases.push(resolve));
    stored.push(mine);
  });
  state = 1;
  const first = store();
  state = 2;
  const second = store();
  state = 3;
  const third = store();
  expect(releases).toHaveLength(1);
  releases[0]?.();
  await first;
  expect(stored).toEqual([1]);
  await Promise.resolve();
  releases[1]?.();
  await Promise.all([second, third]);
  expect(stored).toEqual([1, 3]);
});

test('a failure is told to who waited for it, and does not stop what follows', async () => {
  let runs = 0;
  const store = latestOnly(async () => {
    runs += 1;
    if (runs === 1) throw new Error('full');
  });
  const first = store();
  const second = store();
  await expect(first).rejects.toThrow('full');
  await second;
  expect(runs).toBe(2);
});
