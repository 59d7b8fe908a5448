import { parseMediaType } from '../../inspect/media-type.ts';
import type { CapturedBody, CapturedEntry } from '../../model/captured-entry.ts';
import type { BodyView, ExchangeError, Hop, PreparedView, ResponseHead } from '../../model/exchange.ts';
import { idleExchange, type ExchangeSnapshot } from '../state/exchange.ts';
import type { KeptBody } from './response-bodies.ts';

/** How much of a body stands beside the fields, as with what the panel sends itself. */
const HEAD_BYTES = 64 * 1024;

/** A captured request and its response, in the form in which the response side shows everything. */
export function originalSnapshot(entry: CapturedEntry, kept: KeptBody): ExchangeSnapshot {
  const request = requestView(entry);
  const head = responseHead(entry);
  return {
    ...idleExchange,
    state: 'done',
    isCaptured: true,
    startedAt: entry.startedAt,
    prepared: request,
    hops: [hopOf(entry, request)],
    head,
    body: kept.state === 'kept' ? readable(kept, head) : null,
    error: head === null ? failure(entry) : null,
    elapsed: entry.phases === null ? entry.duration : (entry.duration ?? 0) - entry.phases.download,
    duration: entry.duration,
  };
}

export function requestView(entry: CapturedEntry): PreparedView {
  return {
    method: entry.method,
    url: entry.url,
    target: /^[a-z]+:\/\/[^/?]*(.*)$/i.exec(entry.url)?.[1] ?? entry.url,
    headers: entry.requestHeaders,
    body: bodyView(entry.body),
  };
}

function bodyView(body: CapturedBody): BodyView {
  switch (body.state) {
    case 'none':
      return { kind: 'none', size: 0, head: new Uint8Array(0) };
    case 'exact':
      return { kind: 'bytes', size: body.bytes.length, head: body.bytes.subarray(0, HEAD_BYTES) };
    case 'incomplete':
      return {
        kind: 'bytes',
        size: body.length,
        head: new TextEncoder().encode(body.text?.slice(0, HEAD_BYTES) ?? ''),
      };
  }
}

function responseHead(entry: CapturedEntry): ResponseHead | null {
  if (entry.status === 0) return null;
  return {
    status: entry.status,
    reason: entry.reason,
    ok: entry.status < 400,
    url: entry.url,
    httpVersion: entry.httpVersion === '' ? null : entry.httpVersion,
    headers: entry.responseHeaders,
    encoding: null,
  };
}

function hopOf(entry: CapturedEntry, request: PreparedView): Hop {
  return {
    index: 0,
    cause: 'initial',
    startedAt: entry.startedAt,
    waited: 0,
    request,
    dropped: [],
    sent: entry.requestHeaders,
    derived: [],
    response:
      entry.status === 0
        ? null
        : {
            status: entry.status,
            reason: entry.reason,
            httpVersion: entry.httpVersion === '' ? null : entry.httpVersion,
            headers: entry.responseHeaders,
          },
    bodyUnavailable: false,
    cookies: [],
    ip: entry.ip === '' ? null : entry.ip,
    fromCache: entry.fromCache,
    phases: entry.phases,
    sizes: null,
    tls: null,
    proxy: null,
    duration: entry.duration,
    error: entry.status === 0 ? failure(entry) : null,
  };
}

function failure({ error }: CapturedEntry): ExchangeError {
  return { name: 'ConnectionError', code: 'captured', message: error, netError: error === '' ? null : error };
}

/** Text that the browser has decoded is UTF-8 here, whatever the response says: a byte order mark says so first. */
function readable({ blob, isText }: Extract<KeptBody, { state: 'kept' }>, head: ResponseHead | null): Blob {
  const field = head?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  const charset = parseMediaType(field)?.parameters.get('charset')?.toLowerCase() ?? 'utf-8';
  return isText && charset !== 'utf-8' && charset !== 'us-ascii' ? new Blob(['\uFEFF', blob]) : blob;
}
