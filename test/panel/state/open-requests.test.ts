import { beforeEach, expect, test, vi } from 'vitest';
import { draftsInMemory, type DraftStorage } from '../../../src/storage/drafts.ts';
import { keepRequests } from '../../../src/panel/state/keep-requests.ts';
import type { SessionMemory } from '../../../src/panel/state/last-moment.ts';
import { newestRequests } from '../../../src/panel/state/last-tabs.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { createOpenRequests, type OpenRequests } from '../../../src/panel/state/open-requests.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const urls = (requests: OpenRequests) => requests.all.value.map(({ drafts }) => drafts.draft.value.url);
const two = () =>
  createOpenRequests({
    open: [
      { tab: 'a', draft: { ...newDraft(), url: 'http://a/' } },
      { tab: 'b', draft: { ...newDraft(), url: 'http://b/' } },
    ],
    active: 'a',
  });

test('a new tab stands behind the active one and is shown; a closed one can be reopened', () => {
  const requests = two();
  requests.open({ ...newDraft(), url: 'http://new/' });
  expect(urls(requests)).toEqual(['http://a/', 'http://new/', 'http://b/']);
  expect(requests.active.value.drafts.draft.value.url).toBe('http://new/');
  requests.close(requests.active.value.tab);
  expect(urls(requests)).toEqual(['http://a/', 'http://b/']);
  expect(requests.active.value.tab).toBe('b');
  requests.reopen();
  expect(urls(requests)).toEqual(['http://a/', 'http://b/', 'http://new/']);
  expect(requests.closed.value).toEqual([]);
});

test('the last tab gives way to an empty one', () => {
  const requests = two();
  requests.close('a');
  requests.close('b');
  expect(urls(requests)).toEqual(['']);
  requests.reopen();
  expect(urls(requests)).toEqual(['', 'http://b/']);
});

test('undo takes back a word, not a letter, and redo makes it again', () => {
  const { active } = two();
  const { drafts, undo } = active.value;
  for (const url of ['http://a/x', 'http://a/xy']) {
    vi.advanceTimersByTime(100);
    drafts.setUrl(url);
  }
  vi.advanceTimersByTime(2000);
  drafts.setUrl('http://a/xyz');
  drafts.setMethod('POST');
  undo.undo();
  expect(drafts.draft.value).toMatchObject({ method: 'GET', url: 'http://a/xyz' });
  undo.undo();
  expect(drafts.draft.value.url).toBe('http://a/xy');
  undo.undo();
  expect(drafts.draft.value.url).toBe('http://a/');
  expect(undo.canUndo.value).toBe(false);
  undo.redo();
  expect(drafts.draft.value.url).toBe('http://a/xy');
  drafts.setMethod('PUT');
  expect(undo.canRedo.value).toBe(false);
});

function recorder(): { storage: DraftStorage; calls: string[] } {
  const calls: string[] = [];
  const note = (call: string) => {
    calls.push(call);
    return Promise.resolve();
  };
  return {
    calls,
    storage: {
      ...draftsInMemory(),
      save: (_slot, tab, draft) => note(`save ${tab} ${draft.url}`),
      arrange: (_slot, { order, active }) => note(`arrange ${order.join()} ${active}`),
      setClosed: (_slot, tab, closed) => note(`${closed ? 'close' : 'open'} ${tab}`),
      forget: () => note('forget'),
    },
  };
}

test('every tab is saved as it is typed in; closing keeps what was typed last', async () => {
  const requests = two();
  const { storage, calls } = recorder();
  keepRequests({ requests, storage, slot: '1', memory: null });
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toEqual([]);
  requests.select('b');
  requests.active.value.drafts.setUrl('http://b/last');
  requests.close('b');
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toEqual(['arrange a,b b', 'save b http://b/last', 'arrange a a', 'close b']);
});

test('what a page had no time to save is there for the next one', async () => {
  const kept = new Map<string, unknown>();
  const memory: SessionMemory = {
    get: (key) => Promise.resolve(kept.get(key)),
    set: (key, value) => void kept.set(key, structuredClone(value)),
  };
  const requests = two();
  // A disk that never answers.
  const never = () => new Promise<void>(() => {});
  const storage = { ...draftsInMemory(), save: never, arrange: never, setClosed: never };
  keepRequests({ requests, storage, slot: '1', memory });
  requests.open();
  requests.active.value.drafts.setUrl('http://typed/');
  requests.open();
  requests.active.value.drafts.setUrl('http://closed/');
  requests.close(requests.active.value.tab);

  const loaded = await draftsInMemory().load('1');
  const newest = await newestRequests(memory, '1', loaded);
  expect(newest.open.map(({ draft }) => draft?.url ?? null)).toEqual([null, 'http://typed/', null]);
  expect(newest.closed.map(({ draft }) => draft?.url)).toEqual(['http://closed/']);
  const newer = await newestRequests(memory, '1', { ...loaded, arrangedAt: Date.now() + 1000 });
  expect(newer.open).toEqual([]);
});

test('forgetting leaves one empty tab and saves nothing of the others', async () => {
  const requests = two();
  const { storage, calls } = recorder();
  const saving = keepRequests({ requests, storage, slot: '1', memory: null });
  requests.active.value.drafts.setUrl('http://a/secret');
  await saving.forget();
  await vi.advanceTimersByTimeAsync(1000);
  expect(urls(requests)).toEqual(['']);
  expect(calls.indexOf('forget')).toBeGreaterThan(calls.indexOf('save a http://a/secret'));
  expect(calls.slice(calls.indexOf('forget')).join()).not.toContain('http://');
});
