import { RequestException } from '../http/errors.ts';
import type { ExchangeEvent, Transport, WireRequest, WireResponse } from '../http/types.ts';
import type { CookieOutcome, ExchangeError, ExchangeUpdate, Hop, PreparedView } from '../model/exchange.ts';
import { BrowserTransport, type HopFacts } from './browser-transport.ts';
import type { RequestSpec } from '../model/request-spec.ts';
import type { CookieSource } from './cookie-source.ts';
import { exactHop } from './exact-replay.ts';
import { preparedView } from './prepared-view.ts';
import type { ReplayCache } from './replay-cache.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Throws to forbid the hop to that URL: nothing is sent then. */
export type HopGuard = (url: string) => void;

/**
 * Records the hops of one exchange as they happen, and carries them: it is the transport that the engine is given.
 * Why a hop exists is told by the engine's event just before it (redirect, auth, retry).
 */
export class HopRecorder {
  readonly hops: Mutable<Hop>[] = [];
  readonly transport: Transport;
  /** Hosts that were reached over TLS without verification. */
  readonly insecureHosts = new Set<string>();
  /** Set once the exchange is prepared. */
  cookies: CookieSource | null = null;
  /** Set when the exchange is a replay: its first hop is to be exactly what was captured. */
  replay: { readonly spec: RequestSpec; readonly cache: ReplayCache } | null = null;
  /** What must be done before anything goes out. */
  ready: Promise<void> = Promise.resolve();
  readonly #browser: BrowserTransport;
  readonly #emit: (update: ExchangeUpdate) => void;
  readonly #guard: HopGuard;
  readonly #isOneOfMany: boolean;
  #next: Pick<Hop, 'cause' | 'waited' | 'dropped' | 'retried'> = { cause: 'initial', waited: 0, dropped: [] };

  /** @param isOneOfMany nobody watches it: each hop is told once, when all is over */
  constructor(emit: (update: ExchangeUpdate) => void, guard: HopGuard = () => {}, isOneOfMany = false) {
    this.#emit = emit;
    this.#guard = guard;
    this.#isOneOfMany = isOneOfMany;
    this.#browser = new BrowserTransport(() => this.ready);
    this.transport = {
      capabilities: this.#browser.capabilities,
      plan: (w) => this.#browser.plan(this.replay === null ? w : exactHop(w, this.replay.spec)),
      exchange: (w, signal) => this.#exchange(w, signal),
    };
  }

  /** Hears the engine. */
  readonly onEvent = (event: ExchangeEvent): void => {
    switch (event.type) {
      case 'redirect':
        this.#next = {
          cause: 'redirect',
          waited: 0,
          dropped: event.dropped.map(({ field, reason }) => ({ field, reason })),
        };
        return;
      case 'auth':
        this.#next = { cause: 'auth', waited: 0, dropped: [] };
        return;
      case 'retry':
        this.#retry(event);
        return;
      case 'cookie':
        this.#cookie({ line: event.cookie, stored: event.action === 'stored', reason: event.reason ?? null });
        return;
      case 'attempt':
      case 'attempt-failed':
      case 'sent':
      case 'response':
      case 'chunk':
      case 'end':
        // The rest is seen here at the transport, with more detail.
        return;
    }
  };

  /** The last hop's body is over: waits, if `patient`, for what the browser still has to tell. */
  async finish(patient: boolean): Promise<void> {
    await this.#browser.finish(patient);
    if (this.#isOneOfMany) for (const hop of this.hops) this.#emit({ kind: 'hop', hop });
  }

  async #exchange(planned: WireRequest, signal: AbortSignal): Promise<WireResponse> {
    const w = this.cookies === null ? planned : await this.cookies.outgoing(planned);
    if (this.replay === null || this.hops.length > 0) return this.#hop(w, signal);
    const { spec, cache } = this.replay;
    const exact = exactHop(w, spec);
    const first: WireRequest = { ...exact, cache: await cache.enter(exact) };
    let answer: WireResponse | null = null;
    try {
      answer = await this.#hop(first, signal);
    } finally {
      await cache.done(first, answer);
    }
    if (answer.fromCache !== true || first.cache === 'no-store') return answer;
    // The cache answered after all: what is shown has to come from the server.
    await answer.body?.cancel();
    this.#next = { cause: 'retry', waited: 0, dropped: [] };
    return this.#hop({ ...exact, cache: 'no-store' }, signal);
  }

  async #hop(w: WireRequest, signal: AbortSignal): Promise<WireResponse> {
    this.#guard(w.url);
    const started = performance.now();
    const hop = newHop(this.hops.length, await preparedView(w), this.#next);
    this.#next = { cause: 'initial', waited: 0, dropped: [] };
    this.hops.push(hop);
    if (!w.verify && w.url.startsWith('https:')) this.insecureHosts.add(new URL(w.url).host);
    this.#show(hop);
    try {
      const response = await this.#browser.exchange(w, signal, (facts) => this.#learn(hop, facts));
      hop.response = {
        status: response.status,
        reason: response.reason,
        httpVersion: response.httpVersion ?? null,
        headers: response.headers.map(([name, value]): [string, string] => [name, value]),
      };
      hop.bodyUnavailable = response.bodyUnavailable ?? false;
      await this.cookies?.incoming(w, response);
      return response;
    } catch (error) {
      hop.error = exchangeError(error);
      throw error;
    } finally {
      hop.duration = performance.now() - started;
      this.#show(hop);
    }
  }

  #learn(hop: Mutable<Hop>, { sent, derived, sighting, timing }: HopFacts): void {
    hop.sent = sent === null ? null : sent.map(([name, value]): [string, string] => [name, value]);
    hop.derived = derived.map(([name, value]): [string, string] => [name, value]);
    hop.ip = sighting.ip;
    hop.fromCache = sighting.fromCache;
    hop.proxy = sighting.proxy;
    hop.tls = sighting.tls;
    if (timing !== null) {
      hop.phases = timing.phases;
      hop.sizes = timing.sizes;
      if (hop.response !== null && timing.protocol !== '')
        hop.response = { ...hop.response, httpVersion: timing.protocol };
    }
    this.#show(hop);
  }

  #retry({ attempt, wait, reason, asked, left }: Extract<ExchangeEvent, { type: 'retry' }>): void {
    this.#next = { cause: 'retry', waited: wait, dropped: [], retried: { attempt, reason, asked } };
    this.#emit({ kind: 'waiting', wait, attempt, reason, at: Date.now(), asked, left });
  }

  #cookie(outcome: CookieOutcome): void {
    const hop = this.hops.at(-1);
    if (hop === undefined) return;
    hop.cookies = [...hop.cookies, outcome];
    this.#show(hop);
  }

  /** The parts of a hop are replaced, never changed: a copy of its outside stays as it is. */
  #show(hop: Hop): void {
    if (!this.#isOneOfMany) this.#emit({ kind: 'hop', hop: { ...hop } });
  }
}

function newHop(
  index: number,
  request: PreparedView,
  next: Pick<Hop, 'cause' | 'waited' | 'dropped' | 'retried'>,
): Mutable<Hop> {
  return {
    index,
    ...next,
    startedAt: Date.now(),
    request,
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
    duration: null,
    error: null,
  };
}

/** An error as it crosses to the panel. */
export function exchangeError(error: unknown): ExchangeError {
  if (RequestException.is(error)) {
    return { name: error.name, code: error.code, message: error.message, netError: error.netError ?? null };
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, code: 'request', message, netError: null };
}
