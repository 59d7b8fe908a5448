import { expect, test } from 'vitest';
import { slotOfTab, type SlotLocks } from '../../../src/panel/state/slot.ts';

/** Web Locks as far as slots need them: exclusive, held until released by hand. */
function lockManager(): SlotLocks & { release: (name: string) => void } {
  const held = new Map<string, () => void>();
  const request = async (
    name: string,
    options: LockOptions,
    work: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    if (held.has(name) && options.ifAvailable === true) return work(null);
    if (held.has(name)) {
      await new Promise<void>((resolve, reject) => {
        held.set(name, resolve);
        options.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    }
    held.set(name, () => {});
    return work({ name, mode: 'exclusive' });
  };
  return { request: request as unknown as LockManager['request'], release: (name) => held.get(name)?.() };
}

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

test('two tabs have slots of their own', async () => {
  const locks = lockManager();
  expect(await slotOfTab(locks, memory())).toBe('tab');
  expect(await slotOfTab(locks, memory())).toBe('tab-2');
});

test('a tab that is reloaded waits for its own slot to be free', async () => {
  const locks = lockManager();
  const own = memory();
  await slotOfTab(locks, memory());
  expect(await slotOfTab(locks, own)).toBe('tab-2');
  const again = slotOfTab(locks, own);
  locks.release('slot:tab-2');
  expect(await again).toBe('tab-2');
});

test('a copied tab, whose memory is a copy too, gets another slot', async () => {
  const locks = lockManager();
  const own = memory();
  expect(await slotOfTab(locks, own)).toBe('tab');
  expect(await slotOfTab(locks, own)).toBe('tab-2');
});
