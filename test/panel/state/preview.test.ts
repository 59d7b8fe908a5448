import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RequestSpec } from '../../../src/model/request-spec.ts';
import { createDraftStore } from '../../../src/panel/state/draft.ts';
import { createFileStore } from '../../../src/panel/state/files.ts';
import { watchPreview } from '../../../src/panel/state/preview.ts';
import type { Preview } from '../../../src/protocol/messages.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const good = (url: string): Preview => ({
  ok: true,
  prepared: { method: 'GET', url, target: '/', headers: [], body: { kind: 'none', size: 0, head: new Uint8Array() } },
  plan: [
    { field: 'Host', action: 'rewritten', reason: 'h2' },
    { field: 'X-A', action: 'direct', reason: 'fetch' },
    { field: 'Cookie', action: 'rule', reason: 'rule' },
  ],
});

function setUp(answer: (request: RequestSpec) => Promise<Preview> = ({ url }) => Promise.resolve(good(url))) {
  const drafts = createDraftStore();
  const asked: string[] = [];
  const { preview } = watchPreview({
    draft: drafts.draft,
    files: createFileStore().files,
    session: signal(null),
    resolve: (draft, session) => ({ ok: true, value: { draft, session } }),
    ask: (request) => {
      asked.push(request.url);
      return answer(request);
    },
  });
  return { drafts, asked, preview };
}

test('asks once typing rests, and only when there is a URL', async () => {
  const { drafts, asked, preview } = setUp();
  drafts.setMethod('POST');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([]);
  for (const url of ['h', 'ht', 'http://h/']) {
    drafts.setUrl(url);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toEqual(['http://h/']);
  expect(preview.value.plan.map(({ field }) => field)).toEqual(['Host']);
});

test('an answer that comes after the next edit is forgotten', async () => {
  const waiting: ((preview: Preview) => void)[] = [];
  const { drafts, preview } = setUp(() => new Promise((resolve) => waiting.push(resolve)));
  drafts.setUrl('http://old/');
  await vi.advanceTimersByTimeAsync(300);
  drafts.setUrl('http://new/');
  waiting[0]?.(good('http://old/'));
  await vi.advanceTimersByTimeAsync(300);
  expect(preview.value.prepared).toBeNull();
  waiting[1]?.(good('http://new/'));
  await vi.advanceTimersByTimeAsync(0);
  expect(preview.value.prepared?.url).toBe('http://new/');
});

test('notes stand while JSON is half typed, and go with the URL', async () => {
  const { drafts, preview } = setUp();
  drafts.setUrl('http://h/');
  await vi.advanceTimersByTimeAsync(300);
  drafts.setBody({ type: 'json', json: '{' });
  await vi.advanceTimersByTimeAsync(300);
  expect(preview.value.plan).toHaveLength(1);
  drafts.setUrl('');
  expect(preview.value.plan).toHaveLength(0);
});

test('what cannot be prepared leaves its error', async () => {
  const error = { name: 'InvalidURL', code: 'invalid-url', message: 'no host', netError: null };
  const { drafts, preview } = setUp(() => Promise.resolve({ ok: false, error }));
  drafts.setUrl('http:/x');
  await vi.advanceTimersByTimeAsync(300);
  expect(preview.value).toMatchObject({ prepared: null, error });
});
