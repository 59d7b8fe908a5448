import { signal, type ReadonlySignal } from '@preact/signals';
import type { Draft } from '../../model/draft.ts';
import type {
  ExchangeError,
  ExchangeUpdate,
  Hop,
  PreparedView,
  ResponseHead,
  WireNoteView,
} from '../../model/exchange.ts';
import { asBlob } from '../../storage/detached.ts';
import type { Arrivals } from '../../protocol/arrivals.ts';
import type { TakenFromSession } from './taken-from-session.ts';

/** What the panel knows of one exchange at this moment. Times are milliseconds; `startedAt` counts from the epoch. */
export interface ExchangeSnapshot {
  /** `idle`: nothing was sent yet. `done`: it ended, well or not; `error` tells. */
  readonly state: 'idle' | 'running' | 'done';
  /** The draft as it stood when it was sent; null while idle. */
  readonly composed: Draft | null;
  /** What it took from its session; left out where that is nothing. */
  readonly taken?: TakenFromSession;
  readonly startedAt: number | null;
  /** null until prepared, and for good when preparing failed. */
  readonly prepared: PreparedView | null;
  readonly plan: readonly WireNoteView[];
  /** In order of happening; the last one may still be running. */
  readonly hops: readonly Hop[];
  /** Set between a failed attempt and the next one. */
  readonly waiting: Omit<Extract<ExchangeUpdate, { kind: 'waiting' }>, 'kind'> | null;
  readonly head: ResponseHead | null;
  readonly progress: {
    readonly phase: 'upload' | 'download';
    readonly loaded: number;
    readonly total: number | null;
  } | null;
  /** The first bytes of the body (64 KiB at most); those of one that takes a while are there before `body` is. */
  readonly bodyPart: Uint8Array | null;
  /** The whole body once the exchange is done; with `error` set, as much of it as came. */
  readonly body: Blob | null;
  readonly error: ExchangeError | null;
  /** From sending to the end of the final header section: Requests' `elapsed`. */
  readonly elapsed: number | null;
  /** From sending to the end. */
  readonly duration: number | null;
  readonly warnings: readonly string[];
  /** The id under which the background lets the body be read as it comes; null when it does not. */
  readonly live: string | null;
  /** When the bytes of a stream came: see protocol/arrivals.ts. */
  readonly arrivals: Arrivals;
  /** The inspected page's own exchange: it was neither composed nor prepared here. */
  readonly isCaptured?: true;
}

export const idleExchange: ExchangeSnapshot = {
  state: 'idle',
  composed: null,
  startedAt: null,
  prepared: null,
  plan: [],
  hops: [],
  waiting: null,
  head: null,
  progress: null,
  bodyPart: null,
  body: null,
  error: null,
  elapsed: null,
  duration: null,
  warnings: [],
  live: null,
  arrivals: [],
};

/** The snapshot after one more update. A second `prepared` begins anew: a reattached exchange is told from its start. */
export function foldUpdate(before: ExchangeSnapshot, update: ExchangeUpdate): ExchangeSnapshot {
  switch (update.kind) {
    case 'prepared':
      return {
        ...idleExchange,
        state: 'running',
        composed: before.composed,
        ...(before.taken === undefined ? {} : { taken: before.taken }),
        startedAt: update.at,
        prepared: update.prepared,
        plan: update.plan,
      };
    case 'hop':
      return { ...before, waiting: null, hops: withHop(before.hops, update.hop) };
    case 'waiting': {
      const { kind: _kind, ...waiting } = update;
      return { ...before, waiting };
    }
    case 'head':
      return { ...before, waiting: null, head: update.response, elapsed: update.elapsed };
    case 'progress':
      return { ...before, progress: { phase: update.phase, loaded: update.loaded, total: update.total } };
    case 'body-part':
      return { ...before, bodyPart: update.bytes };
    case 'live':
      return { ...before, live: update.id };
    case 'end':
      break;
  }
  return {
    ...before,
    state: 'done',
    waiting: null,
    ...bodyOf(before.bodyPart, update.body),
    elapsed: update.elapsed,
    duration: update.duration,
    error: update.error,
    warnings: update.warnings,
    arrivals: update.arrivals ?? [],
  };
}

/** Bytes that were shown already stay the same ones, so that their viewer stays as it is. */
function bodyOf(part: Uint8Array | null, body: Blob | Uint8Array | null): Pick<ExchangeSnapshot, 'body' | 'bodyPart'> {
  if (body === null || body instanceof Blob) return { body, bodyPart: part };
  const bytes = part?.length === body.length ? part : body;
  return { body: asBlob(bytes), bodyPart: bytes };
}

function withHop(hops: readonly Hop[], hop: Hop): readonly Hop[] {
  return [...hops.filter((other) => other.index !== hop.index), hop].sort((a, b) => a.index - b.index);
}

/** What comes within a frame is shown together; an exchange's end is shown at once. Milliseconds. */
const FRAME = 16;

/** Hands over one exchange's updates; returns what aborts it. */
export type StartExchange = (onUpdate: (update: ExchangeUpdate) => void) => () => void;

export interface ExchangeStore {
  readonly exchange: ReadonlySignal<ExchangeSnapshot>;
  /** Sends; the exchange shown before gives way, and its late updates are ignored. */
  start(composed: Draft, send: StartExchange, taken?: TakenFromSession | null): void;
  /** Shows a request that failed before it could be handed on. */
  fail(composed: Draft, error: ExchangeError): void;
  /** Ends the exchange under way here: nothing more will be heard of it. */
  giveUp(error: ExchangeError): void;
  /** Aborts the exchange under way, if there is one. Its `end` still comes, with the error. */
  cancel(): void;
}

/** The exchange that the panel shows. */
export function createExchangeStore(): ExchangeStore {
  const exchange = signal<ExchangeSnapshot>(idleExchange);
  let cancelCurrent: (() => void) | null = null;
  let generation = 0;
  /** The snapshot with every update so far; it is shown once a frame. */
  let latest = idleExchange;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function show(snapshot: ExchangeSnapshot): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    latest = snapshot;
    exchange.value = snapshot;
  }

  function showSoon(snapshot: ExchangeSnapshot): void {
    latest = snapshot;
    timer ??= setTimeout(() => show(latest), FRAME);
  }

  return {
    exchange,
    start(composed, send, taken = null) {
      cancelCurrent?.();
      const mine = ++generation;
      const begun = { ...idleExchange, state: 'running', composed, startedAt: Date.now() } as const;
      show(taken === null ? begun : { ...begun, taken });
      cancelCurrent = send((update) => {
        if (mine !== generation) return;
        const next = foldUpdate(latest, update);
        if (update.kind !== 'end') {
          showSoon(next);
          return;
        }
        cancelCurrent = null;
        show(next);
      });
    },
    fail(composed, error) {
      cancelCurrent?.();
      cancelCurrent = null;
      generation++;
      show({ ...idleExchange, state: 'done', composed, startedAt: Date.now(), error });
    },
    giveUp(error) {
      cancelCurrent = null;
      generation++;
      show({ ...latest, state: 'done', waiting: null, error });
    },
    cancel() {
      cancelCurrent?.();
    },
  };
}
