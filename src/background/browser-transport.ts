import { AbortedError, PermissionError, RequestException, UnsupportedFeature } from '../http/errors.ts';
import { exceptionForNetError } from '../http/net-errors.ts';
import type { Capability, HeaderLine, Transport, WireNote, WireRequest, WireResponse } from '../http/types.ts';
import { cameOverHttp2, sendsEmptyBody, wireFields } from './derived-fields.ts';
import type { FetchAnswer } from './fetch-answer.ts';
import { addHeaderRule } from './header-rules.ts';
import { planHop } from './hop-plan.ts';
import { hasHostAccess } from './host-access.ts';
import { offscreenFetch } from './offscreen-fetch.ts';
import { isFirefox, target } from './platform.ts';
import { watchTiming, type HopTiming } from './resource-timing.ts';
import { observe, type Observation, type Sighting } from './wire-observer.ts';

/** Failures and header sections may be reported after fetch has settled: how long to wait for them, in ms. */
const ERROR_GRACE = 250;
const HEADERS_GRACE = 1000;

/** Firefox lets the background use a certificate that the user has accepted; Chrome lets pages only. */
const needsOffscreen = !isFirefox;

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
    'insecure-tls',
    ...(isFirefox ? (['tls-info'] as const) : []),
  ]);
  /** Hops whose measurements are still to come. */
  readonly #open = new Set<() => Promise<void>>();

  plan(w: WireRequest): readonly WireNote[] {
    return planHop(w, target).notes;
  }

  async exchange(w: WireRequest, signal: AbortSignal, onFacts: OnFacts = () => {}): Promise<WireResponse> {
    const plan = planHop(w, target);
    if (plan.refusal !== null) throw new UnsupportedFeature(plan.refusal);
    if (!(await hasHostAccess(plan.url))) {
      throw new PermissionError(`The browser withholds access to ${new URL(plan.url).host}. Nothing was sent.`);
    }
    const body = await fetchBody(w);
    if (signal.aborted) throw abortReason(signal);

    const token = `rw${crypto.randomUUID().replaceAll('-', '')}`;
    const observation = observe(token);
    const clock = watchTiming(token);
    const tell = (timing: HopTiming | null): void => {
      const { sighting } = observation;
      const isHttp2 = cameOverHttp2(plan.url, sighting.status, timing?.protocol ?? null);
      const fields = sighting.sent === null ? null : wireFields(w, plan.url, sighting.sent, target, isHttp2);
      onFacts({ sent: fields?.sent ?? null, derived: fields?.derived ?? [], sighting, timing });
    };
    void observation.sent.then(() => tell(null));
    let measured = true;
    const finish = async (): Promise<void> => {
      if (!this.#open.delete(finish)) return;
      tell(measured ? await clock.measured() : null);
      clock.end();
      observation.end();
    };
    this.#open.add(finish);
    const removeRule = await addHeaderRule(token, plan.rule);
    try {
      const answer = await send(w, `${plan.url}#${token}`, plan.fetchHeaders, body, signal);
      // Chromium measures no redirect that fetch did not follow.
      if (answer.hidden && !isFirefox) measured = false;
      await within(observation.headers, HEADERS_GRACE);
      return wireResponse(answer, observation, signal);
    } catch (cause) {
      measured = false;
      throw await nameFailure(cause, observation, signal);
    } finally {
      await removeRule();
    }
  }

  /** Ends the watching of every hop; call it when the last body was read to the end, or given up. */
  async finish(): Promise<void> {
    await Promise.all([...this.#open].map((finish) => finish()));
  }
}

async function send(
  w: WireRequest,
  url: string,
  lines: readonly HeaderLine[],
  body: HopBody,
  signal: AbortSignal,
): Promise<FetchAnswer> {
  const { method, cache } = w;
  const headers = lines.map(([name, value]): [string, string] => [name, value]);
  if (!w.verify && needsOffscreen && url.startsWith('https:')) {
    return offscreenFetch({ url, method, headers, body, cache }, signal);
  }
  const response = await fetch(url, {
    method,
    headers,
    body,
    redirect: 'manual',
    credentials: 'omit',
    cache,
    referrerPolicy: 'no-referrer',
    signal,
    ...(w.exact === true && isFirefox && WITHOUT_PRIORITY),
  });
  return {
    status: response.status,
    statusText: response.statusText,
    hidden: response.type === 'opaqueredirect',
    headers: [...response.headers],
    body: response.body,
  };
}

/** Firefox adds a Priority field that no rule removes; with this priority it adds none, and keeps a field of ours. */
const WITHOUT_PRIORITY = { priority: 'high' } as const;

type HopBody = Uint8Array<ArrayBuffer> | Blob | null;

/** fetch adds a Content-Type for strings and typed Blobs: bytes and typeless Blobs only. */
async function fetchBody(w: WireRequest): Promise<HopBody> {
  const { body } = w;
  switch (body.kind) {
    case 'none':
      return sendsEmptyBody(w) ? new Uint8Array(0) : null;
    case 'bytes':
      return body.bytes as Uint8Array<ArrayBuffer>;
    case 'blob':
      return body.blob.type === '' ? body.blob : body.blob.slice(0, body.blob.size, '');
    case 'stream':
      // Chromium streams uploads over HTTP/2 only, and Firefox sends the text "[object ReadableStream]".
      return (await new globalThis.Response(body.open()).blob()).slice();
  }
}

function wireResponse(answer: FetchAnswer, observation: Observation, signal: AbortSignal): WireResponse {
  const { status: seen, ip, fromCache } = observation.sighting;
  return {
    status: seen?.code ?? answer.status,
    reason: seen?.reason ?? answer.statusText,
    ...(seen?.httpVersion != null && { httpVersion: seen.httpVersion }),
    headers: seen?.headers ?? answer.headers,
    body: answer.hidden ? null : answer.body,
    bodyUnavailable: answer.hidden,
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
