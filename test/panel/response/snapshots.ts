import type { Draft } from '../../../src/model/draft.ts';
import type { ExchangeError, HeaderLines, Hop, PreparedView } from '../../../src/model/exchange.ts';
import { idleExchange, type ExchangeSnapshot } from '../../../src/panel/state/exchange.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';

const encoder = new TextEncoder();
export const STARTED_AT = 1_700_000_000_000;

export function prepared(method: string, url: string, headers: HeaderLines = [], body = ''): PreparedView {
  const { pathname, search } = new URL(url);
  const head = encoder.encode(body);
  return {
    method,
    url,
    target: pathname + search,
    headers,
    body: { kind: body === '' ? 'none' : 'bytes', size: head.length, head },
  };
}

export function hop(request: PreparedView, given: Partial<Hop> = {}): Hop {
  return {
    index: 0,
    cause: 'initial',
    startedAt: STARTED_AT,
    waited: 0,
    request,
    dropped: [],
    sent: request.headers,
    derived: [],
    response: { status: 200, reason: 'OK', httpVersion: 'HTTP/1.1', headers: [] },
    bodyUnavailable: false,
    cookies: [],
    ip: '127.0.0.1',
    fromCache: false,
    phases: { queued: 1, dns: 2, connect: 3, tls: 0, waiting: 20, download: 5 },
    sizes: { transferred: 1234, encoded: 1000, decoded: 4096 },
    tls: null,
    proxy: null,
    duration: 26,
    error: null,
    ...given,
  };
}

export function draft(given: Partial<Draft> = {}): Draft {
  return { ...newDraft(), url: 'http://h.test/', ...given };
}

export interface Answer {
  status?: number;
  reason?: string;
  headers?: HeaderLines;
  body?: string | Uint8Array<ArrayBuffer>;
  method?: string;
}

/** An exchange that came to a good end. */
export function answered(
  { status = 200, reason = 'OK', headers = [], body = '', method = 'GET' }: Answer,
  given: Partial<ExchangeSnapshot> = {},
): ExchangeSnapshot {
  const bytes = typeof body === 'string' ? encoder.encode(body) : body;
  const request = prepared(method, 'http://h.test/');
  return {
    ...idleExchange,
    state: 'done',
    composed: draft(),
    startedAt: STARTED_AT,
    prepared: request,
    hops: [hop(request, { response: { status, reason, httpVersion: 'HTTP/1.1', headers } })],
    head: { status, reason, ok: true, url: 'http://h.test/', httpVersion: 'HTTP/1.1', headers, encoding: null },
    bodyPart: bytes.slice(0, 65_536),
    body: new Blob([bytes]),
    elapsed: 26,
    duration: 31,
    ...given,
  };
}

/** An exchange without a response. */
export function failed(error: Partial<ExchangeError>, given: Partial<ExchangeSnapshot> = {}): ExchangeSnapshot {
  const request = prepared('GET', 'https://h.test/');
  const whole = { name: 'ConnectionError', code: 'connection', message: 'It failed', netError: null, ...error };
  return {
    ...idleExchange,
    state: 'done',
    composed: draft(),
    startedAt: STARTED_AT,
    prepared: request,
    hops: [hop(request, { response: null, sent: null, phases: null, error: whole })],
    error: whole,
    elapsed: 10,
    duration: 10,
    ...given,
  };
}
