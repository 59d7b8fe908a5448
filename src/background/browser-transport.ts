import {
  AbortedError,
  ContentDecodingError,
  PermissionError,
  RequestException,
  UnsupportedFeature,
} from '../http/errors.ts';
import { exceptionForNetError } from '../http/net-errors.ts';
import type { Capability, HeaderLine, Transport, WireNote, WireRequest, WireResponse } from '../http/types.ts';
import { cameOverHttp2, sendsEmptyBody, wireFields } from './derived-fields.ts';
import type { FetchAnswer } from './fetch-answer.ts';
import { claimRule } from './header-rules.ts';
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
  readonly #open = new Set<(patient: boolean) => Promise<void>>();
  readonly #ready: () => Promise<void>;

  /** @param ready what must be done before anything goes out; awaited while the rule is being made */
  constructor(ready = () => Promise.resolve()) {
    this.#ready = ready;
  }

  plan(w: WireRequest): readonly WireNote[] {
    return planHop(w, target).notes;
  }

  async exchange(w: WireRequest, signal: AbortSignal, onFacts: OnFacts = () => {}): Promise<WireResponse> {
    const plan = planHop(w, target);
    if (plan.refusal !== null) throw new UnsupportedFeature(plan.refusal);
    const body = await fetchBody(w);

    const { token, claimed, release } = claimRule(plan.rule);
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
    const finish = async (patient: boolean): Promise<void> => {
      if (!this.#open.delete(finish)) return;
      tell(measured ? await clock.measured(patient) : null);
      clock.end();
      observation.end();
    };
    this.#open.add(finish);
    try {
      const [allowed] = await Promise.all([hasHostAccess(plan.url), claimed, this.#ready()]);
      if (!allowed) {
        throw new PermissionError(`The browser withholds access to ${new URL(plan.url).host}. Nothing was sent.`);
      }
      if (signal.aborted) throw abortReason(signal);
      const answer = await send(w, `${plan.url}#${token}`, plan.fetchHeaders, body, signal);
      // Chromium measures no redirect that fetch did not follow.
      if (answer.hidden && !isFirefox) measured = false;
      await within(observation.headers, HEADERS_GRACE);
      return wireResponse(answer, observation, signal);
    } catch (cause) {
      measured = false;
      const failure = await nameFailure(cause, observation, signal);
      const answer = signal.aborted ? null : refusedRedirect(observation.sighting);
      if (answer === null) throw failure;
      return wireResponse(answer, observation, signal);
    } finally {
      release();
    }
  }

  /**
   * Ends the watching of every hop; call it when the last body was read to the end, or given up.
   * @param patient waits a little for measurements that are still to come
   */
  async finish(patient: boolean): Promise<void> {
    await Promise.all([...this.#open].map((finish) => finish(patient)));
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

/**
 * A browser fails a redirect to another scheme or to no host, even one that it is not to follow. The hop was answered
 * all the same: what its Location is worth is for the engine to say.
 */
function refusedRedirect({ status }: Sighting): FetchAnswer | null {
  if (status === null || !REDIRECTS.has(status.code)) return null;
  if (!status.headers.some(([name]) => name.toLowerCase() === 'location')) return null;
  return { status: status.code, statusText: status.reason, hidden: true, headers: status.headers, body: null };
}

/** Fetch standard, "redirect status". */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Names a failure by the browser's code, for which it waits a little. */
async function nameFailure(cause: unknown, observation: Observation, signal: AbortSignal): Promise<RequestException> {
  if (signal.aborted) return abortReason(signal);
  if (cause instanceof RequestException) return cause;
  await within(observation.failed, ERROR_GRACE);
  if (isFirefox && isUndecodable(observation.sighting)) {
    return new ContentDecodingError('The body is not encoded as its Content-Encoding says.', { cause });
  }
  return exceptionForNetError(observation.sighting.netError ?? String(cause), { cause });
}

/** Firefox has a code for a body that was cut off, and none for one that it could not decode. */
function isUndecodable({ netError, status }: Sighting): boolean {
  return netError === null && status !== null && status.headers.some(([name]) => /^content-encoding$/i.test(name));
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
