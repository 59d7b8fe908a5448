import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { keepLastMoment, newestDraft, type SessionMemory } from '../../../src/panel/state/last-moment.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';

function memory(): SessionMemory & { kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: (key) => Promise.resolve(kept.get(key)),
    set: (key, value) => void kept.set(key, structuredClone(value)),
  };
}

test('what was typed last is there again, though nothing was saved on disk since', async () => {
  const store = memory();
  const draft = signal(newDraft());
  keepLastMoment(store, '7', draft);
  const saved = { draft: draft.value, savedAt: Date.now() - 1 };
  draft.value = { ...draft.value, url: 'http://h/last' };
  expect((await newestDraft(store, '7', saved))?.url).toBe('http://h/last');
  expect(await newestDraft(store, '8', saved)).toBe(saved.draft);
});

test('a newer copy on disk wins, and a damaged moment is passed over', async () => {
  const store = memory();
  const draft = signal(newDraft());
  keepLastMoment(store, '7', draft);
  draft.value = { ...draft.value, url: 'http://h/old' };
  const saved = { draft: newDraft(), savedAt: Date.now() + 1000 };
  expect(await newestDraft(store, '7', saved)).toBe(saved.draft);
  store.set('draft:7', { at: Date.now() + 5000, draft: { url: 1 } });
  expect(await newestDraft(store, '7', saved)).toBe(saved.draft);
});

test('nothing is handed over before a change, nor a draft too large for every key', () => {
  const store = memory();
  const draft = signal(newDraft());
  keepLastMoment(store, '7', draft);
  expect(store.kept.size).toBe(0);
  draft.value = { ...draft.value, body: { ...draft.value.body, text: 'x'.repeat(300_000) } };
  expect(store.kept.size).toBe(0);
});
