import { AbortedError } from '../http/errors.ts';
import type { Response } from '../http/response.ts';
import type { Draft } from '../model/draft.ts';
import type { ExchangeUpdate, ResponseHead, WireNoteView } from '../model/exchange.ts';
import type { RequestSpec } from '../model/request-spec.ts';
import { maskUrl } from '../model/secrets.ts';
import { exchangeError, HopRecorder, type HopGuard } from './hop-recorder.ts';
import { openLive, type OpenLive } from './live-bodies.ts';
import { journal } from './journal.ts';
import { keepAlive } from './keep-alive.ts';
import { outcomeOf } from './outcome.ts';
import { prepareExchange } from './prepare-exchange.ts';
import { preparedView } from './prepared-view.ts';
import { replayCache } from './replay-cache.ts';
import { collectBody, type BodyListener } from './response-body.ts';
import { sessionState } from './sessions.ts';

export interface ExchangeOrder {
  id: string;
  spec: RequestSpec;
  /** What the request was composed as, for the history. */
  draft: Draft | null;
  private: boolean;
  inspectedTab: number | null;
  /** Who notes that it is under way, where that is not the journal; resolves when that is on record. */
  noteSent?: () => Promise<void>;
  /** Asked before each hop: throws to forbid it. */
  guard?: HopGuard;
  /** Does not wait for measurements: many others wait for its end. */
  hurried?: true;
}

/** A body that takes longer than this, in ms, may be cut off: that a response had come is noted then. */
const SLOW_BODY = 200;

/**
 * Runs one exchange from the Request to its end. It never rejects: whatever goes wrong is the `error` of the last
 * update, which is always `end`.
 */
export async function runExchange(
  { id, spec, private: isPrivate, inspectedTab, noteSent, guard, hurried }: ExchangeOrder,
  signal: AbortSignal,
  emit: (update: ExchangeUpdate) => void,
): Promise<void> {
  const release = keepAlive();
  const started = performance.now();
  const recorder = new HopRecorder(emit, guard, hurried === true);
  let body: Blob | Uint8Array<ArrayBuffer> | null = null;
  let error: unknown = null;
  let elapsed = 0;
  let live: OpenLive | null = null;
  const told: ExchangeUpdate[] = [];
  let slowBody: ReturnType<typeof setTimeout> | undefined;
  try {
    // Before the first byte goes out it must be on record that something was under way.
    recorder.ready =
      noteSent?.() ??
      journal.begin({ id, method: spec.method, url: maskUrl(spec.url), startedAt: Date.now(), private: isPrivate });
    if (spec.exact === true) recorder.replay = { spec, cache: replayCache(isPrivate) };
    const state = await sessionState(spec.session, isPrivate);
    const { session, prepared, cookies } = await prepareExchange(spec, state, recorder.transport, inspectedTab);
    const plan = prepared.wirePlan(recorder.transport).map((note): WireNoteView => ({ ...note }));
    emit({ kind: 'prepared', at: Date.now(), prepared: await preparedView(prepared), plan });
    if (signal.aborted) throw new AbortedError('The request was cancelled.');

    recorder.cookies = cookies;
    session.onCookies = () => state.save();
    const response = await session.send(prepared, {
      stream: true,
      timeout: spec.timeout,
      allowRedirects: spec.followRedirects,
      keepAuthorizationAcrossHosts: spec.keepAuthorization,
      signal,
      onEvent: recorder.onEvent,
    });
    elapsed = response.elapsed;
    const head = responseHead(response, recorder);
    told.push({ kind: 'head', response: head, elapsed });
    emit({ kind: 'head', response: head, elapsed });
    slowBody = setTimeout(() => void journal.progress(id, outcomeOf(told)).catch(() => {}), SLOW_BODY);
    live = openLive(id, head);
    if (live !== null) emit({ kind: 'live', id });
    const total = contentLength(response);
    const listener: BodyListener = {
      onFirstPart: (bytes) => emit({ kind: 'body-part', bytes }),
      onProgress: (loaded) => emit({ kind: 'progress', phase: 'download', loaded, total }),
      onPiece: live?.append,
    };
    const collected = await collectBody(response, listener, spec.responseLimit);
    ({ body } = collected);
    error = collected.error;
    // A check comes last, so that the response it fails is kept whole.
    if (error === null && spec.raiseForStatus === true) response.raiseForStatus();
  } catch (cause) {
    error = cause;
  } finally {
    await recorder.finish(hurried !== true);
    clearTimeout(slowBody);
    const arrivals = live?.end();
    const end: ExchangeUpdate = {
      kind: 'end',
      body,
      elapsed,
      duration: performance.now() - started,
      error: error === null ? null : exchangeError(error),
      warnings: insecureWarnings(recorder.insecureHosts),
      ...(arrivals === undefined ? {} : { arrivals }),
    };
    emit(end);
    // In the same task: what a panel has been told is on record, though the background may be gone in the next one.
    await journal.end(id, outcomeOf([...told, end])).catch(() => {});
    release();
  }
}

/** Requests' InsecureRequestWarning, once for each host that was reached without verification. */
function insecureWarnings(hosts: ReadonlySet<string>): string[] {
  return [...hosts].map(
    (host) =>
      `InsecureRequestWarning: an unverified HTTPS request was made to host ${host}. Do not send secrets this way.`,
  );
}

function responseHead(response: Response, recorder: HopRecorder): ResponseHead {
  const last = recorder.hops.at(-1)?.response;
  return {
    status: response.status,
    reason: response.reason,
    ok: response.ok,
    url: response.url,
    httpVersion: last?.httpVersion ?? null,
    headers: last?.headers ?? [...response.headers],
    encoding: response.encoding,
  };
}

/** Bytes to come, where the field tells the truth about what fetch hands over: not when the body is compressed. */
function contentLength(response: Response): number | null {
  if (response.headers.get('content-encoding') !== undefined) return null;
  const value = response.headers.get('content-length');
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null;
}
