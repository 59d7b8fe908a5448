import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draft } from '../../../src/model/draft.ts';
import { autosave } from '../../../src/panel/state/autosave.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(save: (draft: Draft) => Promise<void> = () => Promise.resolve()) {
  const draft = signal(newDraft());
  const saved: string[] = [];
  const saving = autosave({
    draft,
    save: (next) => {
      saved.push(next.url);
      return save(next);
    },
  });
  const type = (url: string): void => {
    draft.value = { ...draft.value, url };
  };
  return { saving, saved, type };
}

test('steady typing is saved within 250 ms, not only after it', async () => {
  const { saved, type } = setUp();
  for (let at = 0; at < 250; at += 50) {
    type(`http://h/${at}`);
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(saved).toEqual(['http://h/100']);
  await vi.advanceTimersByTimeAsync(250);
  expect(saved.at(-1)).toBe('http://h/200');
});

test('nothing is saved before something was typed', async () => {
  const { saving, saved } = setUp();
  void saving.flush();
  await vi.advanceTimersByTimeAsync(1000);
  expect(saved).toEqual([]);
});

test('a flush does not wait', () => {
  const { saving, saved, type } = setUp();
  type('http://h/now');
  void saving.flush();
  expect(saved).toEqual(['http://h/now']);
});

test('one save at a time, and the last draft wins', async () => {
  let release = (): void => {};
  const { saving, saved, type } = setUp(() => new Promise((resolve) => (release = resolve)));
  type('1');
  void saving.flush();
  type('2');
  void saving.flush();
  type('3');
  void saving.flush();
  expect(saved).toEqual(['1']);
  release();
  await vi.advanceTimersByTimeAsync(0);
  expect(saved).toEqual(['1', '3']);
});

test('a failure shows until a save succeeds', async () => {
  let full = true;
  const { saving, type } = setUp(() => (full ? Promise.reject(new Error('full')) : Promise.resolve()));
  type('1');
  await vi.advanceTimersByTimeAsync(250);
  expect(saving.failed.value).toBe(true);
  full = false;
  type('2');
  await vi.advanceTimersByTimeAsync(250);
  expect(saving.failed.value).toBe(false);
});
