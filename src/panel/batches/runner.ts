import { batch as together, signal, type ReadonlySignal } from '@preact/signals';
import { hostOfUrl, type BatchHead, type BatchResult, type BatchState } from '../../model/batch.ts';
import type { ExchangeUpdate } from '../../model/exchange.ts';
import type { RequestSpec } from '../../model/request-spec.ts';
import type { BatchStorage, KeptExchange } from '../../storage/batches.ts';
import type { OnceOrder } from '../../protocol/messages.ts';
import { judge, originalOf } from './judge.ts';
import { createPace, type Pace } from './pace.ts';
import type { Plan } from './plan.ts';
import { createRowWriter } from './row-writer.ts';

/** A batch as it runs. Each request is on record as begun before it is sent: whatever dies, none is sent twice. */
export interface Runner {
  readonly state: ReadonlySignal<BatchState>;
  /** Results by index; holes are requests that have not begun. It is changed in place: `version` tells. */
  readonly rows: readonly (BatchResult | undefined)[];
  /** Rises with every change of a row. */
  readonly version: ReadonlySignal<number>;
  readonly counts: ReadonlySignal<Counts>;
  /** A result could not be put on record, so that the batch was paused. */
  readonly trouble: ReadonlySignal<string | null>;
  /** Begins, or goes on. */
  run(): void;
  /** What is in flight comes to its end; nothing more begins. */
  pause(): void;
  /** What is in flight is cancelled. */
  stop(): void;
  /** Sends once more what failed, was cancelled, or came to an unknown end. Never done unasked. */
  again(indexes: readonly number[]): void;
  /** The results that `again` is for. */
  unfinished(): number[];
  /** Resolves when nothing is in flight any more and everything is on record. */
  idle(): Promise<void>;
}

export interface Counts {
  readonly done: number;
  readonly failed: number;
  readonly unknown: number;
  readonly different: number;
  readonly inFlight: number;
}

interface RunnerParts {
  readonly head: BatchHead;
  readonly plan: Plan;
  readonly storage: BatchStorage;
  readonly results: readonly BatchResult[];
  readonly era: string;
  readonly send: (order: OnceOrder, onEnd: (updates: readonly ExchangeUpdate[]) => void) => () => void;
  readonly settled: (ids: readonly string[]) => Promise<void>;
  /** The state or the figures of the batch have changed. */
  readonly onChange: (state: BatchState, done: number) => void;
}

/** Results that may wait for the disk before sending waits for them. */
const BACKLOG = 100;
/** The table need not show more states than people can read; drawing it takes time from the sending. Milliseconds. */
const SHOWN_EVERY = 250;
/** The background keeps what it told until it hears that it is on record; nobody waits for that. Milliseconds. */
const SETTLED_EVERY = 250;

export function createRunner(parts: RunnerParts): Runner {
  const { head, plan, storage, era } = parts;
  const rows: (BatchResult | undefined)[] = Array.from({ length: head.total });
  const state = signal<BatchState>(head.state === 'running' ? 'paused' : head.state);
  const version = signal(0);
  const counts = signal<Counts>({ done: 0, failed: 0, unknown: 0, different: 0, inFlight: 0 });
  const trouble = signal<string | null>(null);
  const writer = createRowWriter(storage, head.id);
  const cancels = new Map<number, () => void>();
  /** Asked for before the rest: cut off earlier, or asked for once more. */
  const urgent: number[] = [];
  const waiters: (() => void)[] = [];
  let pace: Pace = createPace(head.options);
  let cursor = 0;
  let busy = 0;
  let concluding = 0;
  /** Ends the pauses between two requests. */
  const naps = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let showing: ReturnType<typeof setTimeout> | null = null;

  for (const row of parts.results) {
    rows[row.index] = row;
    if (row.state === 'started') urgent.push(row.index);
  }
  count();

  function count(): void {
    let [done, failed, unknown, different] = [0, 0, 0, 0];
    for (const row of rows) {
      if (row === undefined || row.state === 'started') continue;
      done++;
      if (row.state === 'failed' || row.state === 'skipped' || row.state === 'cancelled') failed++;
      if (row.state === 'unknown') unknown++;
      if ((row.differences ?? 0) > 0) different++;
    }
    counts.value = { done, failed, unknown, different, inFlight: busy };
  }

  function show(): void {
    showing ??= setTimeout(showNow, SHOWN_EVERY);
  }

  function showNow(): void {
    if (showing !== null) clearTimeout(showing);
    showing = null;
    together(() => {
      count();
      version.value++;
    });
    parts.onChange(state.value, counts.value.done);
  }

  function turn(next: BatchState): void {
    state.value = next;
    showNow();
  }

  function nextIndex(): number | null {
    const first = urgent.shift();
    if (first !== undefined) return first;
    while (cursor < rows.length && rows[cursor] !== undefined) cursor++;
    return cursor < rows.length ? cursor++ : null;
  }

  function pump(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    while (state.value === 'running' && busy < head.options.parallel) {
      const now = performance.now();
      const wait = pace.wait(now);
      if (wait > 0) {
        timer = setTimeout(pump, wait);
        return;
      }
      const index = nextIndex();
      if (index === null) break;
      pace.begun(now);
      busy++;
      void carry(index).finally(() => {
        busy--;
        pump();
      });
    }
    finish();
  }

  function finish(): void {
    if (busy > 0) return;
    // Whoever has stopped it waits for this.
    if (state.value !== 'running') showNow();
    writer.flush();
    if (concluding > 0) return;
    if (state.value === 'running') {
      // What came back meanwhile may have brought new work.
      if (urgent.length > 0 || rows.includes(undefined)) return;
      turn('done');
    }
    tellSettled();
    for (const resolve of waiters.splice(0)) resolve();
  }

  async function carry(index: number): Promise<void> {
    try {
      const before = rows[index];
      const request = await plan.request(index);
      const host = hostOfUrl(request.url);
      if (host === null || !head.confirmed.includes(host)) {
        if (plan.baselineOf(index) === index) plan.baselineIs(index, null);
        await record(blankRow(index, before, 'skipped', host === null ? 'InvalidURL' : 'OutOfScope'));
        return;
      }
      // Cut off earlier: it keeps its name, so that the background can tell what became of it.
      const started = before?.state === 'started' ? before : blankRow(index, before, 'started', null);
      rows[index] = started;
      show();
      await writer.put(started);
      if (state.value !== 'running') {
        // Stopped while that was being written: it was not sent after all. One that was cut off stays what it was.
        if (before === undefined || before.state !== 'started') await takeBack(index, before);
        else urgent.push(index);
        return;
      }
      const updates = await sent(index, started, request);
      const concluded = conclude(started, request, updates);
      // The next one need not wait for comparing and writing, unless they fall behind.
      if (concluding > BACKLOG) await concluded;
      if (head.options.delay > 0 && state.value === 'running') await nap(head.options.delay);
    } catch (error) {
      fail(error);
    }
  }

  async function takeBack(index: number, before: BatchResult | undefined): Promise<void> {
    rows[index] = before;
    cursor = Math.min(cursor, index);
    show();
    await (before === undefined ? writer.undo(index) : writer.put(before));
  }

  function sent(index: number, row: BatchResult, request: RequestSpec): Promise<readonly ExchangeUpdate[]> {
    return new Promise((resolve) => {
      const order = { id: exchangeId(head.id, row), request, hosts: head.confirmed, era: row.era };
      const cancel = parts.send(order, (updates) => {
        cancels.delete(index);
        resolve(updates);
      });
      cancels.set(index, cancel);
    });
  }

  async function conclude(
    started: BatchResult,
    request: RequestSpec,
    updates: readonly ExchangeUpdate[],
  ): Promise<void> {
    concluding++;
    try {
      const { index } = started;
      const judged = await judge(request, await plan.original(index), updates, plan.finds);
      const { figures, exchange, body } = judged;
      const isBaseline = plan.baselineOf(index) === index;
      if (isBaseline) plan.baselineIs(index, originalOf(judged));
      const { keep } = head.options;
      const isNotable = isBaseline || figures.state !== 'done' || figures.differences !== 0;
      // Without the baseline nothing could be compared after a restart.
      const isKept = keep === 'all' || isBaseline || (keep === 'different' && isNotable);
      const row: BatchResult = { ...started, ...figures, at: exchange.startedAt, kept: isKept };
      await record(row, isKept ? { index, exchange, body } : null);
      settle(exchangeId(head.id, row));
    } catch (error) {
      fail(error);
    } finally {
      concluding--;
      finish();
    }
  }

  async function record(row: BatchResult, kept: KeptExchange | null = null): Promise<void> {
    rows[row.index] = row;
    show();
    const written = writer.putSoon(row, kept);
    if (busy === 0) writer.flush();
    await written;
  }

  let settling: string[] = [];
  let tellingSettled: ReturnType<typeof setTimeout> | null = null;
  function settle(id: string): void {
    settling.push(id);
    tellingSettled ??= setTimeout(tellSettled, SETTLED_EVERY);
  }

  function tellSettled(): void {
    if (tellingSettled !== null) clearTimeout(tellingSettled);
    tellingSettled = null;
    if (settling.length === 0) return;
    const ids = settling;
    settling = [];
    parts.settled(ids).catch(() => {});
  }

  function fail(error: unknown): void {
    trouble.value = error instanceof Error ? error.message : String(error);
    if (state.value === 'running') halt('paused');
  }

  function nap(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(waking);
        naps.delete(end);
        resolve();
      };
      const waking = setTimeout(end, milliseconds);
      naps.add(end);
    });
  }

  function halt(next: BatchState): void {
    turn(next);
    for (const end of naps) end();
  }

  function blankRow(
    index: number,
    before: BatchResult | undefined,
    kind: 'started' | 'skipped',
    why: string | null,
  ): BatchResult {
    return {
      index,
      state: kind,
      attempt: before === undefined ? 0 : before.attempt + 1,
      era,
      at: Date.now(),
      status: null,
      size: null,
      duration: 0,
      error: why === null ? null : { name: why, message: '' },
      differences: null,
      digest: null,
      kept: false,
      found: [],
    };
  }

  return {
    state,
    rows,
    version,
    counts,
    trouble,
    run() {
      if (state.value === 'running') return;
      trouble.value = null;
      pace = createPace(head.options);
      turn('running');
      pump();
    },
    pause() {
      if (state.value === 'running') halt('paused');
    },
    stop() {
      for (const cancel of cancels.values()) cancel();
      if (state.value !== 'done') halt('stopped');
    },
    again(indexes) {
      for (const index of indexes) {
        const row = rows[index];
        if (row !== undefined && row.state !== 'started' && !urgent.includes(index)) urgent.push(index);
      }
      if (urgent.length > 0) this.run();
    },
    unfinished: () =>
      rows.flatMap((row) => (row !== undefined && row.state !== 'done' && row.state !== 'started' ? [row.index] : [])),
    idle: () => (busy === 0 && concluding === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
  };
}

/** The name under which the background knows a request of a batch. */
export const exchangeId = (batch: string, { index, attempt }: BatchResult): string => `${batch}.${index}.${attempt}`;
