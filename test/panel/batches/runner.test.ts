import { array, assert, asyncProperty, nat } from 'fast-check';
import { expect, test } from 'vitest';
import type { BatchHead, BatchOptions, BatchPlan } from '../../../src/model/batch.ts';
import type { ExchangeUpdate } from '../../../src/model/exchange.ts';
import type { OnceOrder } from '../../../src/protocol/messages.ts';
import { createBaselines } from '../../../src/panel/batches/baselines.ts';
import { openPlan } from '../../../src/panel/batches/plan.ts';
import { createRunner, type Runner } from '../../../src/panel/batches/runner.ts';
import { batchesInMemory, type BatchStorage } from '../../../src/storage/batches.ts';
import { answered, item } from './batch-parts.ts';

const options: BatchOptions = { parallel: 3, delay: 0, perSecond: null, rounds: 1, keep: 'none' };

const headOf = (total: number, change: Partial<BatchHead> = {}): BatchHead => ({
  id: 'b',
  title: 'A batch',
  createdAt: 1,
  total,
  state: 'ready',
  hosts: [{ host: 'h.test', count: total }],
  confirmed: ['h.test'],
  options,
  done: 0,
  identities: [],
  ...change,
});

/** A background that sends each id once, whoever asks how often; an exchange ends when the test says so. */
class OnceBackground {
  readonly sent: string[] = [];
  readonly open = new Map<string, (updates: readonly ExchangeUpdate[]) => void>();
  readonly ended = new Map<string, readonly ExchangeUpdate[]>();
  readonly settled: string[] = [];

  readonly send = ({ id }: OnceOrder, onEnd: (updates: readonly ExchangeUpdate[]) => void): (() => void) => {
    const known = this.ended.get(id);
    if (known !== undefined) queueMicrotask(() => onEnd(known));
    else {
      if (!this.open.has(id)) this.sent.push(id);
      this.open.set(id, onEnd);
    }
    return () => this.end(id, answered({ error: 'aborted' }));
  };

  end(id: string, updates = answered()): void {
    const onEnd = this.open.get(id);
    this.open.delete(id);
    this.ended.set(id, updates);
    onEnd?.(updates);
  }
}

async function startRunner(
  storage: BatchStorage,
  background: OnceBackground,
  total: number,
  change: Partial<BatchHead> = {},
): Promise<Runner> {
  const head = headOf(total, change);
  const plan: BatchPlan = { kind: 'list', count: total };
  if ((await storage.plan('b')) === null) {
    const items = Array.from({ length: total }, (_, n) => item(`http://h.test/${n}`));
    await storage.add('b', 0, items);
    await storage.create(head, plan, []);
  }
  return createRunner({
    head,
    plan: openPlan(
      storage,
      'b',
      { plan, labels: [] },
      {
        baselines: createBaselines(new Set(), () => Promise.resolve(null)),
        identities: [],
        sessionOf: () => null,
      },
    ),
    storage,
    results: await storage.results('b'),
    era: 'era',
    send: background.send,
    settled: (ids) => {
      background.settled.push(...ids);
      return Promise.resolve();
    },
    onChange: () => {},
  });
}

/** Lets everything that is ready happen. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test('so many at a time, in order, until all are done', async () => {
  const background = new OnceBackground();
  const runner = await startRunner(batchesInMemory(), background, 5);
  runner.run();
  await settle();
  expect(background.sent).toEqual(['b.0.0', 'b.1.0', 'b.2.0']);
  background.end('b.1.0');
  await settle();
  expect(background.sent.at(-1)).toBe('b.3.0');
  while (background.open.size > 0) {
    for (const id of background.open.keys()) background.end(id);
    await settle();
  }
  await runner.idle();
  expect(runner.state.value).toBe('done');
  expect(runner.rows.map((row) => row?.status)).toEqual([200, 200, 200, 200, 200]);
  expect(runner.counts.value).toMatchObject({ done: 5, failed: 0, inFlight: 0 });
  await settle();
  expect(background.settled.toSorted()).toEqual(['b.0.0', 'b.1.0', 'b.2.0', 'b.3.0', 'b.4.0']);
});

test('a request is on record before it is sent', async () => {
  const storage = batchesInMemory();
  const background = new OnceBackground();
  const seen: (string | undefined)[] = [];
  const watched: BatchStorage = {
    ...storage,
    async write(...change) {
      const before = [...background.sent];
      await storage.write(...change);
      for (const row of change[1]) if (row.state === 'started') seen.push(before.at(row.index));
    },
  };
  const runner = await startRunner(watched, background, 3);
  runner.run();
  await settle();
  expect(seen).toEqual([undefined, undefined, undefined]);
  expect(background.sent).toHaveLength(3);
});

test('pausing lets what is in flight end and sends nothing more; stopping cancels it', async () => {
  const background = new OnceBackground();
  const runner = await startRunner(batchesInMemory(), background, 9);
  runner.run();
  await settle();
  runner.pause();
  for (const id of background.open.keys()) background.end(id);
  await runner.idle();
  expect(background.sent).toHaveLength(3);
  expect(runner.state.value).toBe('paused');
  runner.run();
  await settle();
  expect(background.sent).toHaveLength(6);
  runner.stop();
  await runner.idle();
  expect(runner.state.value).toBe('stopped');
  const states = runner.rows.map((row) => row?.state ?? 'waiting');
  expect(states.join(' ')).toBe('done done done cancelled cancelled cancelled waiting waiting waiting');
});

test('a request that was stopped while it was put on record was not sent, and goes out later', async () => {
  const storage = batchesInMemory();
  const background = new OnceBackground();
  const runner = await startRunner(storage, background, 2);
  runner.run();
  runner.pause();
  await runner.idle();
  expect(background.sent).toEqual([]);
  expect(await storage.results('b')).toEqual([]);
  runner.run();
  await settle();
  expect(background.sent).toEqual(['b.0.0', 'b.1.0']);
});

test('nothing goes to a host that was not confirmed', async () => {
  const background = new OnceBackground();
  const runner = await startRunner(batchesInMemory(), background, 2, { confirmed: ['other.test'] });
  runner.run();
  await runner.idle();
  expect(background.sent).toEqual([]);
  expect(runner.rows.map((row) => [row?.state, row?.error?.name])).toEqual([
    ['skipped', 'OutOfScope'],
    ['skipped', 'OutOfScope'],
  ]);
});

test('what failed is sent once more when a person asks for it, under a new name', async () => {
  const background = new OnceBackground();
  const runner = await startRunner(batchesInMemory(), background, 1);
  runner.run();
  await settle();
  background.end('b.0.0', answered({ error: 'outcome-unknown' }));
  await runner.idle();
  expect(runner.rows[0]?.state).toBe('unknown');
  runner.again([0]);
  await settle();
  expect(background.sent).toEqual(['b.0.0', 'b.0.1']);
  background.end('b.0.1');
  await runner.idle();
  expect(runner.rows[0]).toMatchObject({ state: 'done', attempt: 1 });
});

test('a disk that is full pauses the batch and says so', async () => {
  const background = new OnceBackground();
  const storage: BatchStorage = { ...batchesInMemory(), write: () => Promise.reject(new Error('no room')) };
  const runner = await startRunner(storage, background, 5);
  runner.run();
  await runner.idle();
  expect(runner.state.value).toBe('paused');
  expect(runner.trouble.value).toBe('no room');
  expect(background.sent).toEqual([]);
});

test('none is sent twice and none is skipped, wherever panels die', async () => {
  await assert(
    asyncProperty(array(array(nat(5), { maxLength: 12 }), { minLength: 1, maxLength: 5 }), async (panels) => {
      const storage = batchesInMemory();
      const background = new OnceBackground();
      const total = 12;
      // Each panel takes a few steps and is then gone, wherever it stands: nothing of it happens any more.
      for (const steps of panels) {
        let alive = true;
        const mortal: BatchStorage = {
          ...storage,
          write: (...change) => (alive ? storage.write(...change) : new Promise(() => {})),
        };
        const send: OnceBackground['send'] = (order, onEnd) =>
          alive ? background.send(order, (updates) => alive && onEnd(updates)) : () => {};
        const panel = await startRunner(mortal, Object.assign(new OnceBackground(), background, { send }), total);
        panel.run();
        for (const step of steps) {
          for (let turn = 0; turn < step; turn++) await Promise.resolve();
          const [id] = background.open.keys();
          if (id !== undefined && step % 2 === 0) background.end(id);
        }
        alive = false;
        await settle();
      }
      const last = await startRunner(storage, background, total);
      last.run();
      while (last.state.value === 'running') {
        for (const id of background.open.keys()) background.end(id);
        await settle();
      }
      expect(background.sent.toSorted()).toEqual(Array.from({ length: total }, (_, n) => `b.${n}.0`).toSorted());
      expect(last.rows.every((row) => row?.state === 'done')).toBe(true);
    }),
    { numRuns: 30 },
  );
});
