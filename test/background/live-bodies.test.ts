import { expect, test } from 'vitest';
import { openLive, readLive } from '../../src/background/live-bodies.ts';
import type { ResponseHead } from '../../src/model/exchange.ts';

const headOf = (...headers: [string, string][]): ResponseHead => ({
  status: 200,
  reason: 'OK',
  ok: true,
  url: 'http://host.test/',
  httpVersion: null,
  headers,
  encoding: null,
});
const events = headOf(['Content-Type', 'text/event-stream; charset=utf-8']);
const plain = headOf(['content-type', 'text/plain']);
const bytes = (length: number, value = 7): Uint8Array => new Uint8Array(length).fill(value);

test('what may be read as it comes: streams by type, and text of unknown length', () => {
  const isLive = (...fields: [string, string][]): boolean => {
    const live = openLive('x', headOf(...fields));
    live?.end();
    return live !== null;
  };
  expect(isLive(['Content-Type', 'Text/Event-Stream'])).toBe(true);
  expect(isLive(['Content-Type', 'application/x-ndjson'], ['Content-Length', '9'])).toBe(true);
  expect(isLive(['Content-Type', 'text/plain'])).toBe(true);
  expect(isLive(['Content-Type', 'text/plain'], ['Content-Length', '9'])).toBe(false);
  expect(isLive(['Content-Type', 'text/html'])).toBe(false);
  expect(isLive(['Content-Type', 'application/json'])).toBe(false);
  expect(isLive()).toBe(false);
});

test('a reader gets everything in pieces, from wherever it asks, and waits for more', async () => {
  const live = openLive('a', events);
  await live?.append(bytes(3_000_000, 1));
  await live?.append(bytes(3_000_000, 2));
  const first = await readLive('a', 0);
  expect(first.bytes).toHaveLength(1024 * 1024);
  expect(first.arrivals[0]).toBe(1024 * 1024);
  const across = await readLive('a', 2_999_000);
  expect([across.bytes[999], across.bytes[1000]]).toEqual([1, 2]);
  const waiting = readLive('a', 6_000_000);
  await live?.append(bytes(5, 9));
  expect([...(await waiting).bytes]).toEqual([9, 9, 9, 9, 9]);
  const last = readLive('a', 6_000_005);
  expect(live?.end().at(-2)).toBe(6_000_005);
  expect(await last).toEqual({ bytes: new Uint8Array(), arrivals: [], ended: true });
  expect((await readLive('a', 0)).ended).toBe(true);
});

test('a long text that nobody reads is not kept twice', async () => {
  const live = openLive('b', plain);
  await live?.append(bytes(3_000_000));
  await live?.append(bytes(3_000_000));
  expect((await readLive('b', 0)).ended).toBe(true);
  live?.end();
});

test('a long text that is read goes on', async () => {
  const live = openLive('c', plain);
  await live?.append(bytes(1000));
  expect((await readLive('c', 0)).bytes).toHaveLength(1000);
  await live?.append(bytes(6_000_000));
  expect((await readLive('c', 5_000_000)).ended).toBe(false);
  live?.end();
});
