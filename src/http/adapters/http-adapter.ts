import type { AttemptGuard } from '../attempt-guard.ts';
import { bodyLength } from '../body.ts';
import { ExchangeScope } from '../exchange-scope.ts';
import type { PreparedRequest } from '../prepared-request.ts';
import { type BodyWatch, ResponseBody } from '../response-body.ts';
import { Response } from '../response.ts';
import { readTimeout, resolveTimeout, sleep, type Timeouts } from '../timeouts.ts';
import { FetchTransport } from '../transports/fetch-transport.ts';
import type { Adapter, SendOptions, Transport, WireRequest, WireResponse } from '../types.ts';
import { checkFields, tryOnce } from './attempt.ts';
import { asRequestException, exceptionForBodyError } from './exception-mapping.ts';
import { checkHost, refuseUnsupported } from './platform-limits.ts';
import { afterAnswer, afterFailure, waitBefore } from './retry-policy.ts';
import { Retry } from './retry.ts';

export interface HTTPAdapterOptions {
  /** A number means so many retries, of failed connections above all; a Retry says it in detail. Default 0. */
  maxRetries?: number | Retry;
  /** Default: plain fetch. */
  transport?: Transport;
  /** Replaces the waiting between attempts. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** What the attempts of one hop share. */
interface Hop {
  request: PreparedRequest;
  options: SendOptions;
  limits: Timeouts;
  scope: ExchangeScope;
  number: number;
}

interface Answered {
  answer: WireResponse;
  guard: AttemptGuard;
}

/** Longest body that is read to its end before a retry, to keep the connection; a longer one is cut off. */
const DRAIN_LIMIT = 64 * 1024;

/** Counterpart of `requests.adapters.HTTPAdapter`: carries one hop over a transport, with limits and retries. */
export class HTTPAdapter implements Adapter {
  maxRetries: Retry;
  readonly transport: Transport;
  readonly #sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly #watches = new WeakMap<WireResponse, BodyWatch>();

  constructor(o: HTTPAdapterOptions = {}) {
    const { maxRetries = 0 } = o;
    // Requests: 0 means that not even the first failure goes through the counters of a Retry.
    this.maxRetries = maxRetries === 0 ? new Retry({ total: 0, read: false }) : Retry.fromInt(maxRetries);
    this.transport = o.transport ?? new FetchTransport();
    this.#sleep = o.sleep ?? sleep;
  }

  /**
   * Sends one hop, again after failures as far as `maxRetries` allows, and gives the response as soon as its header
   * section is there; the body is left to be read. Follows no redirect.
   * @throws RangeError for a timeout that is none; a RequestException named as Requests names the failure, with
   * `request` set, and with `netError` where the platform gave a code.
   */
  async send(r: PreparedRequest, options: SendOptions): Promise<Response> {
    const limits = resolveTimeout(options.timeout);
    if (options.scope !== undefined) return this.#carry(r, options, limits, options.scope);
    const scope = new ExchangeScope(options, limits.total);
    try {
      const response = await this.#carry(r, { ...options, scope }, limits, scope);
      response.whenEnded((error) => scope.end(error));
      return response;
    } catch (error) {
      scope.end(error);
      throw error;
    }
  }

  /** For subclasses: adds fields to every request that goes through this adapter. Does nothing here. */
  addHeaders(_r: PreparedRequest, _o: SendOptions): void {}

  /** The response for what came over the wire. */
  buildResponse(r: PreparedRequest, w: WireResponse): Response {
    const watch = this.#watches.get(w);
    return new Response({ request: r, wire: w, connection: this, ...(watch === undefined ? {} : { watch }) });
  }

  /** Connections are the platform's own: there is nothing to close. */
  close(): void {}

  async #carry(r: PreparedRequest, options: SendOptions, limits: Timeouts, scope: ExchangeScope): Promise<Response> {
    this.addHeaders(r, options);
    checkHost(r);
    refuseUnsupported(r, options, this.transport);
    const wire = wireRequest(r, options);
    checkFields(wire.headers, r);
    const { hop: number, reason } = scope.beginHop();
    const hop: Hop = { request: r, options, limits, scope, number };
    const start = Date.now();
    const clock = performance.now();
    let retries = this.maxRetries;
    for (let attempt = 0; ; attempt += 1) {
      const why = attempt === 0 ? reason : 'retry';
      const trial = { transport: this.transport, request: r, wire, limits, scope, hop: number, attempt, reason: why };
      let answered: Answered | undefined;
      let cause: string;
      try {
        answered = await tryOnce({ ...trial, reason: why });
        cause = `status ${answered.answer.status}`;
      } catch (error) {
        const failure = asRequestException(error);
        retries = afterFailure(retries, r, failure);
        cause = failure.message;
      }
      if (answered !== undefined) {
        const again = await this.#again(retries, hop, answered);
        if (again === null) {
          const response = this.#respond(hop, answered);
          response.elapsed = performance.now() - clock;
          Object.assign(response.timing, { start, headers: Date.now(), attempts: attempt + 1 });
          await scope.onResponse(response, number);
          return response;
        }
        retries = again;
      }
      const wait = waitBefore(retries, r, answered?.answer);
      const asked = answered !== undefined && retries.isAsked(answered.answer);
      const left = typeof retries.total === 'number' ? retries.total : null;
      scope.emit({ type: 'retry', hop: number, attempt: attempt + 1, wait, reason: cause, asked, left });
      if (wait > 0) await this.#sleep(wait, scope.signal);
    }
  }

  /** The Retry for the attempt after this answer; null when the answer stands. */
  async #again(retries: Retry, { request, ...hop }: Hop, { answer, guard }: Answered): Promise<Retry | null> {
    const body = (): ResponseBody => new ResponseBody(answer.body, bodyWatch({ request, ...hop }, answer, guard));
    try {
      const again = afterAnswer(retries, request, answer);
      if (again !== null) await drain(body(), guard);
      return again;
    } catch (error) {
      await drain(body(), guard);
      throw error;
    }
  }

  #respond(hop: Hop, { answer, guard }: Answered): Response {
    this.#watches.set(answer, bodyWatch(hop, answer, guard));
    const response = this.buildResponse(hop.request, answer);
    response.whenEnded(() => {
      guard.release();
      response.timing.end = Date.now();
    });
    return response;
  }
}

function wireRequest(r: PreparedRequest, { verify, onProgress }: SendOptions): WireRequest {
  // What may be answered from a cache must not be: what is shown has to come from the server.
  const cache = r.method === 'GET' || r.method === 'HEAD' ? 'no-store' : 'default';
  const wire = r.toWireRequest({ verify: verify !== false, cache });
  if (onProgress === undefined) return wire;
  const total = bodyLength(r.body);
  return { ...wire, onUpload: (loaded) => onProgress({ phase: 'upload', loaded, total }) };
}

function bodyWatch(
  { request, options, limits, scope, number }: Hop,
  answer: WireResponse,
  guard: AttemptGuard,
): BodyWatch {
  const total = lengthOf(answer);
  return {
    wait: (work) => guard.within(work, limits.read, readTimeout),
    failure: async (cause) => {
      const aborted = guard.signal.aborted;
      const named = aborted || answer.bodyFailure === undefined ? cause : await answer.bodyFailure(cause);
      const error = exceptionForBodyError(asRequestException(named));
      error.request ??= request;
      return error;
    },
    onChunk: (loaded) => {
      scope.emit({ type: 'chunk', hop: number, loaded, total });
      options.onProgress?.({ phase: 'download', loaded, total });
    },
  };
}

/** Bytes to come as far as the fields tell: those of an encoded body count something else than what is read. */
function lengthOf({ headers }: WireResponse): number | null {
  const value = (name: string): string | undefined => headers.find(([field]) => field.toLowerCase() === name)?.[1];
  const length = value('content-length');
  if (length === undefined || !/^\d+$/.test(length) || value('content-encoding') !== undefined) return null;
  return Number(length);
}

/** Reads an unwanted body so that the connection can be used again; how it ends is of no interest. */
async function drain(body: ResponseBody, guard: AttemptGuard): Promise<void> {
  let loaded = 0;
  try {
    for await (const piece of body.iterate(null, false)) {
      loaded += piece.length;
      if (loaded > DRAIN_LIMIT) break;
    }
  } catch {
    // The answer was not wanted; the abort that may be behind this shows at the next step.
  }
  await body.close();
  guard.release();
}
