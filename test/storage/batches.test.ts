import { expect, test } from 'vitest';
import type { BatchHead, BatchResult } from '../../src/model/batch.ts';
import { openBatchStorage } from '../../src/storage/batches.ts';
import { openPanelDatabase } from '../../src/storage/panel-database.ts';
import { readWholeDatabase } from '../../src/storage/rescue.ts';
import { item } from '../panel/batches/batch-parts.ts';
import { reopenDatabases, startWithoutDatabases } from './support/fresh-databases.ts';
import { recorded } from './support/recorded.ts';

startWithoutDatabases();

const head = (id: string, change: Partial<BatchHead> = {}): BatchHead => ({
  id,
  title: 'Two requests',
  createdAt: 1,
  total: 2,
  state: 'ready',
  hosts: [{ host: 'h.test', count: 2 }],
  confirmed: [],
  options: { parallel: 4, delay: 0, perSecond: null, rounds: 1, keep: 'all' },
  done: 0,
  identities: [],
  ...change,
});

const row = (index: number, change: Partial<BatchResult> = {}): BatchResult => ({
  index,
  state: 'done',
  attempt: 0,
  era: 'era',
  at: 5,
  status: 200,
  size: 4,
  duration: 3,
  error: null,
  differences: null,
  digest: null,
  kept: false,
  found: [],
  ...change,
});

async function store(id: string, change: Partial<BatchHead> = {}): Promise<void> {
  const storage = await openBatchStorage();
  await storage.add(id, 0, [item('http://h.test/?token=planted-secret'), item('http://h.test/2')]);
  await storage.create(head(id, change), { kind: 'list', count: 2 }, [{ method: 'GET', url: 'http://h.test/' }]);
}

test('a batch is there again after a restart, with its requests and results', async () => {
  await store('a');
  await store('b', { createdAt: 2, state: 'running' });
  const first = await openBatchStorage();
  await first.write('b', [row(0), row(1, { state: 'started' })], [], []);
  reopenDatabases();
  const storage = await openBatchStorage();
  expect((await storage.list()).map(({ id, done }) => [id, done])).toEqual([
    ['b', 2],
    ['a', 0],
  ]);
  expect(await storage.plan('b')).toEqual({
    plan: { kind: 'list', count: 2 },
    labels: [{ method: 'GET', url: 'http://h.test/' }],
  });
  expect((await storage.items('b', 0)).map(({ request }) => request.url)).toEqual([
    'http://h.test/?token=planted-secret',
    'http://h.test/2',
  ]);
  expect(await storage.results('b')).toEqual([row(0), row(1, { state: 'started' })]);
  expect(await storage.results('a')).toEqual([]);
});

test('a kept exchange comes back with its bodies; what did not come about is gone', async () => {
  await store('a');
  const storage = await openBatchStorage();
  const body = new TextEncoder().encode('a response');
  await storage.write('a', [row(0, { kept: true }), row(1)], [{ index: 0, exchange: recorded(), body }], []);
  await storage.write('a', [], [], [1]);
  expect(await storage.results('a')).toEqual([row(0, { kept: true })]);
  const kept = await storage.open('a', 0);
  expect(kept?.exchange.head?.status).toBe(200);
  expect(kept?.body).toEqual(body);
  expect(await storage.open('a', 1)).toBeNull();
});

test('no secret of a request or an exchange is readable in the database', async () => {
  await store('a');
  const storage = await openBatchStorage();
  await storage.write('a', [row(0, { kept: true })], [{ index: 0, exchange: recorded(), body: null }], []);
  const db = await openPanelDatabase();
  const names = ['batchHeads', 'batches', 'batchItems', 'batchResults', 'batchExchanges'] as const;
  const stored = await Promise.all(names.map((name) => db.getAll(name)));
  const decode = (value: unknown): unknown =>
    value instanceof Uint8Array || value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : value;
  expect(JSON.stringify(stored, (_key, value) => decode(value))).not.toContain('planted');
  // Whoever holds the key reads them.
  expect(JSON.stringify(await readWholeDatabase(db.name))).toContain('planted-secret');
});

test('a batch that is deleted leaves nothing, and is not changed back into being', async () => {
  await store('a');
  await store('b');
  const storage = await openBatchStorage();
  await storage.write('a', [row(0)], [{ index: 0, exchange: recorded(), body: null }], []);
  await storage.write('b', [row(0)], [], []);
  await storage.remove('a');
  await storage.change(head('a'));
  expect((await storage.list()).map(({ id }) => id)).toEqual(['b']);
  expect([await storage.plan('a'), await storage.items('a', 0), await storage.results('a')]).toEqual([null, [], []]);
  expect(await storage.open('a', 0)).toBeNull();
  expect(await storage.results('b')).toHaveLength(1);
});
