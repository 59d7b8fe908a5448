import { expect, test } from 'vitest';
import type { ExchangeUpdate, Hop } from '../../../src/model/exchange.ts';
import { createExchangeStore, foldUpdate, idleExchange } from '../../../src/panel/state/exchange.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { ended } from '../support/fake-background.ts';

const view = {
  method: 'GET',
  url: 'http://h/',
  target: '/',
  headers: [],
  body: { kind: 'none' as const, size: 0, head: new Uint8Array() },
};
const prepared: ExchangeUpdate = { kind: 'prepared', at: 5, prepared: view, plan: [] };
const head: ExchangeUpdate = {
  kind: 'head',
  elapsed: 12,
  response: { status: 200, reason: 'OK', ok: true, url: 'http://h/', httpVersion: null, headers: [], encoding: null },
};
const hop = (index: number, duration: number | null = null): Hop => ({
  index,
  cause: 'initial',
  startedAt: 0,
  waited: 0,
  request: view,
  dropped: [],
  sent: null,
  derived: [],
  response: null,
  bodyUnavailable: false,
  cookies: [],
  ip: null,
  fromCache: false,
  phases: null,
  sizes: null,
  tls: null,
  proxy: null,
  duration,
  error: null,
});
const fold = (...updates: ExchangeUpdate[]) =>
  updates.reduce(foldUpdate, { ...idleExchange, state: 'running' as const });

test('updates add up to the whole exchange', () => {
  const body = new Blob(['x']);
  const whole = fold(prepared, { kind: 'hop', hop: hop(0) }, head, ended({ body, warnings: ['careful'] }));
  expect(whole).toMatchObject({
    state: 'done',
    startedAt: 5,
    prepared: view,
    head: { status: 200 },
    body,
    elapsed: 31,
    duration: 40,
    warnings: ['careful'],
  });
});

test('a hop is replaced by its later self and stands in its place', () => {
  const { hops } = fold({ kind: 'hop', hop: hop(1) }, { kind: 'hop', hop: hop(0) }, { kind: 'hop', hop: hop(1, 9) });
  expect(hops.map(({ index, duration }) => [index, duration])).toEqual([
    [0, null],
    [1, 9],
  ]);
});

test('a wait between attempts ends with the next hop', () => {
  const waiting: ExchangeUpdate = { kind: 'waiting', wait: 500, attempt: 1, reason: '503' };
  expect(fold(waiting).waiting).toMatchObject({ wait: 500 });
  expect(fold(waiting, { kind: 'hop', hop: hop(1) }).waiting).toBeNull();
});

test('an exchange that is told again from its start begins anew', () => {
  const again = fold(prepared, { kind: 'hop', hop: hop(0) }, { kind: 'hop', hop: hop(1) }, prepared);
  expect(again.hops).toEqual([]);
});

test('late updates of an exchange that gave way are ignored', () => {
  const store = createExchangeStore();
  const told: ((update: ExchangeUpdate) => void)[] = [];
  const cancelled: number[] = [];
  for (const number of [1, 2]) {
    store.start(newDraft(), (onUpdate) => {
      told.push(onUpdate);
      return () => cancelled.push(number);
    });
  }
  expect(cancelled).toEqual([1]);
  told[0]?.(ended());
  expect(store.exchange.value.state).toBe('running');
  told[1]?.(ended());
  expect(store.exchange.value.state).toBe('done');
});

test('what fails before it is sent is an exchange with nothing but the error', () => {
  const store = createExchangeStore();
  const draft = newDraft();
  store.fail(draft, { name: 'ValueError', code: 'request', message: 'no', netError: null });
  expect(store.exchange.value).toMatchObject({
    state: 'done',
    composed: draft,
    prepared: null,
    error: { name: 'ValueError' },
  });
});

test('a small body comes as its bytes; those that were shown already stay the same ones', () => {
  const bytes = new TextEncoder().encode('all of it');
  const quick = fold(prepared, head, ended({ body: bytes }));
  expect([quick.body?.size, quick.bodyPart]).toEqual([9, bytes]);
  const part = new TextEncoder().encode('all of it');
  const shown = fold(prepared, head, { kind: 'body-part', bytes: part }, ended({ body: bytes }));
  expect(shown.bodyPart).toBe(part);
});
