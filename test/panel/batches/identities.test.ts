import { expect, test } from 'vitest';
import type { BatchResult, Identity, Original } from '../../../src/model/batch.ts';
import { newSession } from '../../../src/model/session.ts';
import { createBaselines } from '../../../src/panel/batches/baselines.ts';
import { asIdentity } from '../../../src/panel/batches/identities/as-identity.ts';
import { judgeAccess } from '../../../src/panel/batches/identities/verdict.ts';
import { openPlan } from '../../../src/panel/batches/plan.ts';
import { batchesInMemory } from '../../../src/storage/batches.ts';
import { item, spec } from './batch-parts.ts';

const captured = spec('http://h.test/', {
  exact: true,
  headers: [
    ['Host', 'h.test'],
    ['Cookie', 'sid=theirs'],
    ['Authorization', 'Bearer theirs'],
    ['X-API-Key', 'theirs'],
    ['Accept', '*/*'],
  ],
});

const session = {
  ...newSession('s', 'Somebody', 1),
  headers: [
    { id: '1', enabled: true, name: 'Accept', value: 'text/html' },
    { id: '2', enabled: false, name: 'X-Off', value: '' },
  ],
  auth: { ...newSession('s', '', 1).auth, type: 'basic' as const, username: 'me', password: 'ü' },
};

test('without credentials nothing that is one goes out', () => {
  expect(asIdentity({ ...captured, auth: { type: 'bearer', token: 'x' } }, { kind: 'none' }, null)).toEqual({
    ...captured,
    headers: [
      ['Host', 'h.test'],
      ['Accept', '*/*'],
    ],
  });
});

test('a session’s own credentials take the place of the request’s', () => {
  const identity: Identity = { kind: 'session', session: 's', name: 'Somebody' };
  expect(asIdentity(captured, identity, session)).toEqual({
    ...captured,
    headers: [
      ['Host', 'h.test'],
      ['Accept', 'text/html'],
      ['Authorization', 'Basic bWU6w7w='],
    ],
    cookies: 'session',
    session: 's',
  });
  const composed = asIdentity(spec('http://h.test/'), identity, session);
  expect(composed.auth).toEqual({ type: 'basic', username: 'me', password: 'ü' });
  expect(asIdentity(captured, { kind: 'as-is' }, null)).toBe(captured);
});

const row = (index: number, change: Partial<BatchResult> = {}): BatchResult => ({
  index,
  state: 'done',
  attempt: 0,
  era: 'era',
  at: 0,
  status: 200,
  size: 10,
  duration: 1,
  error: null,
  differences: 0,
  digest: null,
  kept: false,
  found: [],
  ...change,
});

test.each([
  ['the same answer', row(1), row(0), 'same'],
  ['another answer', row(1, { differences: 3 }), row(0), 'other'],
  ['the same bytes under another field', row(1, { differences: 1, digest: 'd' }), row(0, { digest: 'd' }), 'same'],
  ['a refusal', row(1, { status: 403, differences: 2 }), row(0), 'refused'],
  ['a redirect to the login page', row(1, { status: 302, differences: 2 }), row(0), 'refused'],
  ['a refusal to everybody', row(1, { status: 403 }), row(0, { status: 403 }), null],
  ['a failure', row(1, { state: 'failed', status: null }), row(0), null],
  ['the strongest itself', row(0), row(0), null],
  ['nothing yet', undefined, row(0), null],
])('access is judged: %s', (_what, weaker, strongest, verdict) => {
  expect(judgeAccess(weaker, strongest)).toBe(verdict);
});

test('each request is sent as each identity, and compared with the first', async () => {
  const storage = batchesInMemory();
  await storage.add('b', 0, [item('http://h.test/1'), item('http://h.test/2')]);
  const identities: Identity[] = [{ kind: 'as-is' }, { kind: 'session', session: 's', name: 'S' }, { kind: 'none' }];
  const plan = openPlan(
    storage,
    'b',
    { plan: { kind: 'list', count: 2 }, labels: [] },
    { baselines: createBaselines(new Set(), () => Promise.resolve(null)), identities, sessionOf: () => session },
  );
  expect(plan.count).toBe(6);
  const requests = await Promise.all([0, 1, 2, 3, 4, 5].map((index) => plan.request(index)));
  expect(requests.map(({ url, cookies }) => [url.at(-1), cookies])).toEqual([
    ['1', 'none'],
    ['1', 'session'],
    ['1', 'none'],
    ['2', 'none'],
    ['2', 'session'],
    ['2', 'none'],
  ]);
  expect([0, 1, 2, 3, 4, 5].map((index) => plan.baselineOf(index))).toEqual([0, 0, 0, 3, 3, 3]);
  const original: Original = { status: 200, headers: [], body: { state: 'unknown' }, duration: 1 };
  const waiting = plan.original(4);
  plan.baselineIs(3, original);
  expect(await waiting).toBe(original);
  expect(await plan.original(5)).toBe(original);
});

test('baselines beyond those in memory are read again', async () => {
  const baselines = createBaselines(new Set([500]), (index) =>
    Promise.resolve({ status: index, headers: [], body: { state: 'unknown' }, duration: null }),
  );
  for (let index = 0; index < 100; index++) baselines.set(index, null);
  expect(await baselines.get(99)).toBeNull();
  expect((await baselines.get(0))?.status).toBe(0);
  expect((await baselines.get(500))?.status).toBe(500);
});
