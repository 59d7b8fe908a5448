import { AbortedError, PermissionError, RequestException, UnsupportedFeature } from '../http/errors.ts';
import { exceptionForNetError } from '../http/net-errors.ts';
import type { Capability, HeaderLine, Transport, WireNote, WireRequest, WireResponse } from '../http/types.ts';
import { derivedFields } from './derived-fields.ts';
import { addHeaderRule } from './header-rules.ts';
import { planHop } from './hop-plan.ts';
import { hasHostAccess } from './host-access.ts';
import { target } from './platform.ts';
import { watchTiming, type HopTiming } from './resource-timing.ts';
import { observe, type Observation, type Sighting } from './wire-observer.ts';

/** Failures and header sections may be reported after fetch has settled: how long to wait for them, in ms. */
const ERROR_GRACE = 250;
const HEADERS_GRACE = 1000;

/** Hears what the observer learns of a hop: when the fields went out, and once more when the hop is over. */
export type OnFacts = (facts: HopFacts) => void;

export interface HopFacts {
  readonly sent: readonly HeaderLine[] | null;
  readonly derived: readonly HeaderLine[];
  readonly sighting: Sighting;
  /** Present when the hop is over and the browser measured it. */
  readonly timing: HopTiming | null;
}

/**
 * Carries one hop with fetch, a header rule and the wire observer, alike in both browsers. The token in the URL's
 * fragment ties the three together; fragments are not sent, so it never reaches the wire.
 */
export class BrowserTransport implements Transport {
  readonly capabilities: ReadonlySet<Capability> = new Set([
    'manual-redirect',
    'read-set-cookie',
    'set-cookie-header',
    'set-host',
    'set-user-agent',
    'read-hop-status',
    'net-error-code',
    'remote-ip',
    ...(target === 'firefox' ? (['tls-info'] as const) : []),
  ]);
  readonly #onFacts: OnFacts;
  #finish: () => Promise<void> = () => Promise.resolve();

  constructor(onFacts: OnFacts = () => {}) {
    this.#onFacts = onFacts;
  }

  plan(w: WireRequest): readonly WireNote[] {
    return planHop(w, target).notes;
  }

  async exchange(w: WireRequest, signal: AbortSignal): Promise<WireResponse> {
    const plan = planHop(w, target);
    if (plan.refusal !== null) throw new UnsupportedFeature(plan.refusal);
    if (!(await hasHostAccess(plan.url))) {
      throw new PermissionError(`The browser withholds access to ${new URL(plan.url).host}. Nothing was sent.`);
    }
    const body = await fetchBody(w);
    if (signal.aborted) throw abortReason(signal);

    const token = `rw${crypto.randomUUID().replaceAll('-', '')}`;
    const observation = observe(token);
    const timing = watchTiming(token);
    const tell = (measured: HopTiming | null): void => {
      const { sighting } = observation;
      const derived = sighting.sent === null ? [] : derivedFields(w, plan.url, sighting.sent, target);
      this.#onFacts({ sent: sighting.sent, derived, sighting, timing: measured });
    };
    void observation.sent.then(() => tell(null));
    this.#finish = async () => {
      this.#finish = () => Promise.resolve();
      tell(await timing.measured());
      observation.end();
    };
    const removeRule = await addHeaderRule(token, plan.rule);
    try {
      const answer = await fetch(`${plan.url}#${token}`, {
        method: w.method,
        headers: plan.fetchHeaders.map(([name, value]): [string, string] => [name, value]),
        body,
        redirect: 'manual',
        credentials: 'omit',
        cache: w.cache,
        referrerPolicy: 'no-referrer',
        signal,
      });
      await within(observation.headers, HEADERS_GRACE);
      const response = wireResponse(answer, observation, signal);
      if (response.body === null) await this.#finish();
      return response;
    } catch (cause) {
      const failure = await nameFailure(cause, observation, signal);
      await this.#finish();
      throw failure;
    } finally {
      await removeRule();
    }
  }

  /** Ends the watching of the present hop; call it when its body was read to the end, or given up. */
  async finish(): Promise<void> {
    await this.#finish();
  }
}

/** fetch adds a Content-Type for strings and typed Blobs: bytes and typeless Blobs only. */
async function fetchBody(w: WireRequest): Promise<BodyInit | null> {
  const { body } = w;
  switch (body.kind) {
    case 'none':
      // Requests sends Content-Length: 0 for every method but GET and HEAD; fetch does so when there is a body at all.
      return w.method === 'GET' || w.method === 'HEAD' ? null : new Uint8Array(0);
    case 'bytes':
      return body.bytes as Uint8Array<ArrayBuffer>;
    case 'blob':
      return body.blob.type === '' ? body.blob : body.blob.slice(0, body.blob.size, '');
    case 'stream':
      // Chromium streams uploads over HTTP/2 only, and Firefox sends the text "[object ReadableStream]".
      return (await new globalThis.Response(body.open()).blob()).slice();
  }
}

function wireResponse(answer: globalThis.Response, observation: Observation, signal: AbortSignal): WireResponse {
  const hidden = answer.type === 'opaqueredirect';
  const { status: seen, ip, fromCache } = observation.sighting;
  return {
    status: seen?.code ?? answer.status,
    reason: seen?.reason ?? answer.statusText,
    ...(seen?.httpVersion != null && { httpVersion: seen.httpVersion }),
    headers: seen?.headers ?? [...answer.headers],
    body: hidden ? null : answer.body,
    bodyUnavailable: hidden,
    ...(ip !== null && { ip }),
    fromCache,
    bodyFailure: (cause) => nameFailure(cause, observation, signal),
  };
}

/** Names a failure by the browser's code, for which it waits a little. */
async function nameFailure(cause: unknown, observation: Observation, signal: AbortSignal): Promise<RequestException> {
  if (signal.aborted) return abortReason(signal);
  if (cause instanceof RequestException) return cause;
  await within(observation.failed, ERROR_GRACE);
  return exceptionForNetError(observation.sighting.netError ?? String(cause), { cause });
}

function abortReason(signal: AbortSignal): RequestException {
  return RequestException.is(signal.reason) ? signal.reason : new AbortedError('The request was cancelled.');
}

/** Waits for the promise, but no longer than `limit` ms. */
async function within(promise: Promise<void>, limit: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([promise, new Promise<void>((resolve) => (timer = setTimeout(resolve, limit)))]);
  clearTimeout(timer);
}
