import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { compareFidelity, type BodyFacts, type FidelityReport } from '../../inspect/fidelity.ts';
import { diffResponses, sha256, type ResponseBodyFacts, type ResponseDiff } from '../../inspect/response-diff.ts';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import type { ExchangeUpdate } from '../../model/exchange.ts';
import type { RequestSpec } from '../../model/request-spec.ts';
import { foldUpdate, idleExchange, type ExchangeSnapshot } from '../state/exchange.ts';
import { replaySpec, type ReplayCookies } from './replay-spec.ts';
import type { KeptBody } from './response-bodies.ts';

/** Bodies up to here are compared; of longer ones the length. Bytes. */
export const COMPARED_BODY = 8 * 1024 * 1024;
/** Replays that are kept; the oldest go first. */
const KEPT = 500;

/** One entry sent again. `fidelity` and `response` come when it has ended. */
export interface Replay {
  /** The entry as it was when it was sent again. */
  readonly entry: CapturedEntry;
  readonly cookies: ReplayCookies;
  readonly snapshot: ExchangeSnapshot;
  readonly fidelity: FidelityReport | null;
  readonly response: ResponseDiff | null;
}

/** What to send again, and with which body: null for none. */
export interface ReplayOrder {
  readonly entry: CapturedEntry;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

export interface Replays {
  /** The latest replay of each entry, by the entry's id. */
  readonly all: ReadonlySignal<ReadonlyMap<string, Replay>>;
  readonly ids: ReadonlySignal<ReadonlySet<string>>;
  /** How far a run of several has come; null when none is under way. */
  readonly progress: ReadonlySignal<{ readonly done: number; readonly total: number } | null>;
  /** Sends entries again, one after the other; waits for a run that is under way. */
  start(orders: readonly ReplayOrder[], cookies: ReplayCookies): void;
  /** Ends the run: the one in flight is aborted, the others are not sent. Returns whether there was one. */
  cancel(): boolean;
}

interface ReplaysOptions {
  /** Starts an exchange; returns what aborts it. */
  send: (request: RequestSpec, onUpdate: (update: ExchangeUpdate) => void) => () => void;
  responseBody: (id: string) => KeptBody;
}

export function createReplays({ send, responseBody }: ReplaysOptions): Replays {
  const all = signal<ReadonlyMap<string, Replay>>(new Map());
  const progress = signal<{ readonly done: number; readonly total: number } | null>(null);
  let queue: { order: ReplayOrder; cookies: ReplayCookies }[] = [];
  let abort: (() => void) | null = null;

  function set(replay: Replay): void {
    const next = new Map(all.value);
    // Behind the others: the map's order is that of their last change.
    next.delete(replay.entry.id);
    next.set(replay.entry.id, replay);
    for (const id of next.keys()) {
      if (next.size <= KEPT) break;
      next.delete(id);
    }
    all.value = next;
  }

  function runNext(): void {
    const job = queue.shift();
    if (job === undefined) {
      progress.value = null;
      return;
    }
    const { entry, body } = job.order;
    const start: ExchangeSnapshot = { ...idleExchange, state: 'running', startedAt: Date.now() };
    let replay: Replay = { entry, cookies: job.cookies, snapshot: start, fidelity: null, response: null };
    set(replay);
    abort = send(replaySpec(entry, body, job.cookies), (update) => {
      replay = { ...replay, snapshot: foldUpdate(replay.snapshot, update) };
      set(replay);
      if (update.kind !== 'end') return;
      abort = null;
      const ended = replay;
      void judge(ended, body, responseBody(entry.id)).then((reports) => {
        // Unless it was sent once more meanwhile.
        if (all.value.get(entry.id) === ended) set({ ...ended, ...reports });
        return undefined;
      });
      const { value } = progress;
      if (value !== null) progress.value = { ...value, done: value.done + 1 };
      runNext();
    });
  }

  return {
    all,
    ids: computed(() => new Set(all.value.keys())),
    progress,
    start(orders, cookies) {
      const isIdle = progress.value === null;
      queue.push(...orders.map((order) => ({ order, cookies })));
      const { done, total } = progress.value ?? { done: 0, total: 0 };
      if (orders.length > 0) progress.value = { done, total: total + orders.length };
      if (isIdle) runNext();
    },
    cancel() {
      if (progress.value === null) return false;
      queue = [];
      abort?.();
      return true;
    },
  };
}

async function judge(
  { entry, cookies, snapshot }: Replay,
  body: Uint8Array<ArrayBuffer> | null,
  kept: KeptBody,
): Promise<Pick<Replay, 'fidelity' | 'response'>> {
  return {
    fidelity: await judgeRequest(entry, cookies, snapshot, body),
    response: await judgeResponse(entry, kept, snapshot),
  };
}

/** null when nothing was seen to go out. */
async function judgeRequest(
  entry: CapturedEntry,
  cookies: ReplayCookies,
  { hops, plan }: ExchangeSnapshot,
  body: Uint8Array<ArrayBuffer> | null,
): Promise<FidelityReport | null> {
  const hop = hops.findLast(({ sent }) => sent !== null);
  if (hop === undefined || hop.sent === null) return null;
  const { method, url } = hop.request;
  return compareFidelity({
    captured: { method: entry.method, url: entry.url, headers: entry.requestHeaders, body: await capturedFacts(entry) },
    sent: { method, url, headers: hop.sent, derived: hop.derived, body: await bytesFacts(body ?? new Uint8Array(0)) },
    plan,
    otherCookies: cookies !== 'captured',
  });
}

async function capturedFacts({ body }: CapturedEntry): Promise<BodyFacts> {
  if (body.state === 'incomplete') return { known: false, size: body.length };
  return bytesFacts(body.state === 'exact' ? new Uint8Array(body.bytes) : new Uint8Array(0));
}

async function bytesFacts(bytes: Uint8Array<ArrayBuffer>): Promise<BodyFacts> {
  return { known: true, size: bytes.length, digest: await sha256(bytes) };
}

/** null when there is no response to compare. */
async function judgeResponse(
  entry: CapturedEntry,
  kept: KeptBody,
  { head, body, hops }: ExchangeSnapshot,
): Promise<ResponseDiff | null> {
  if (head === null || entry.status === 0) return null;
  const isHidden = hops.at(-1)?.bodyUnavailable === true;
  return diffResponses(
    { status: entry.status, headers: entry.responseHeaders, body: await keptFacts(kept, entry) },
    {
      status: head.status,
      headers: head.headers,
      body: isHidden ? { state: 'unknown' } : await blobFacts(body ?? new Blob(), false),
    },
  );
}

async function keptFacts(kept: KeptBody, { sizes, method, status }: CapturedEntry): Promise<ResponseBodyFacts> {
  // RFC 9110 section 6.4.1: these have no content.
  if (method === 'HEAD' || status === 204 || status === 304) return blobFacts(new Blob(), false);
  if (kept.state === 'kept' && kept.isSure) return blobFacts(kept.blob, kept.isText);
  if (sizes.content === 0) return blobFacts(new Blob(), false);
  return { state: 'unknown' };
}

async function blobFacts(blob: Blob, isText: boolean): Promise<ResponseBodyFacts> {
  if (blob.size > COMPARED_BODY) return { state: 'large', size: blob.size };
  return { state: 'known', bytes: new Uint8Array(await blob.arrayBuffer()), isText };
}
