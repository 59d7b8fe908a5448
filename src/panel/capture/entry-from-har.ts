import type { CapturedBody, CapturedEntry } from '../../model/captured-entry.ts';
import type { HeaderLines, Phases } from '../../model/exchange.ts';
import { captureKind } from './capture-kind.ts';
import type { HarEntry } from './har.ts';
import type { Intern } from './intern.ts';

export interface EntryContext {
  readonly id: string;
  readonly body: CapturedBody;
  readonly intern: Intern;
  /** The log tells the fields of HTTP/2 as if they were HTTP/1.1's (Firefox). */
  readonly writesHttp1: boolean;
}

/** A captured entry of what the network log says. Its body is judged elsewhere. */
export function entryFromHar(har: HarEntry, { id, body, intern, writesHttp1 }: EntryContext): CapturedEntry {
  const { request, response } = har;
  const url = request.url.replace(/#.*$/s, '');
  const requestHeaders = sentLines(lines(request.headers, intern), request.httpVersion, writesHttp1);
  const mimeType = intern(essence(response.content.mimeType));
  return {
    id,
    startedAt: har.startedDateTime,
    duration: har.time === null || har.time < 0 ? null : har.time,
    method: intern(request.method),
    url,
    kind: captureKind({ resourceType: har._resourceType, url, method: request.method, requestHeaders, mimeType }),
    httpVersion: intern(request.httpVersion),
    requestHeaders,
    body,
    status: response.status,
    reason: intern(response.statusText),
    responseHeaders: lines(response.headers, intern),
    mimeType,
    sizes: {
      transferred: length(response._transferSize ?? response.bodySize),
      content: length(response.content.size),
    },
    phases: phases(har.timings),
    initiator: intern(initiator(har._initiator)),
    ip: intern(har.serverIPAddress),
    fromCache: har._fromCache !== '',
    error: intern(response._error),
  };
}

/** Without HTTP/2's pseudo fields, which are the request line. */
function lines(fields: HarEntry['request']['headers'], intern: Intern): HeaderLines {
  return fields
    .filter(({ name }) => !name.startsWith(':'))
    .flatMap(({ name, value }) =>
      // Both browsers join the lines of a repeated response field with a line feed, Set-Cookie above all.
      value.split('\n').map((part): [string, string] => [intern(name), intern(part)]),
    );
}

/** RFC 9113 8.2.2: HTTP/2 has none of these; its Host is in the request line. */
const NOT_ON_HTTP2 = new Set(['connection', 'host', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/**
 * The fields as they stood on the wire. Firefox notes them before it knows the protocol: over HTTP/2 it leaves out some,
 * and adds TE if it is not there yet.
 */
function sentLines(headers: HeaderLines, httpVersion: string, writesHttp1: boolean): HeaderLines {
  if (!writesHttp1 || !/^HTTP\/[23]/i.test(httpVersion)) return headers;
  const kept = headers.filter(([name]) => !NOT_ON_HTTP2.has(name.toLowerCase()));
  return kept.some(([name]) => /^te$/i.test(name)) ? kept : [...kept, ['te', 'trailers']];
}

/** Chromium writes `x-unknown` where there is no Content-Type. */
function essence(mimeType: string): string {
  const bare = (mimeType.split(';')[0] ?? '').trim().toLowerCase();
  return bare === 'x-unknown' || bare === 'application/x-unknown-content-type' ? '' : bare;
}

const length = (size: number | null): number | null => (size === null || size < 0 ? null : size);

function phases(timings: HarEntry['timings']): Phases | null {
  if (Object.values(timings).every((time) => time === null)) return null;
  const { blocked, dns, connect, ssl, send, wait, receive } = timings;
  const known = (time: number | null): number => Math.max(0, time ?? 0);
  return {
    queued: known(blocked),
    dns: known(dns),
    // HAR counts the TLS handshake into the time for connecting.
    connect: Math.max(0, known(connect) - known(ssl)),
    tls: known(ssl),
    waiting: known(send) + known(wait),
    download: known(receive),
  };
}

function initiator({ type, url, lineNumber, stack }: HarEntry['_initiator']): string {
  const place = stack?.callFrames[0] ?? { url, lineNumber };
  if (place.url === '') return type;
  // Chromium counts lines from 0.
  return place.lineNumber === null ? place.url : `${place.url}:${place.lineNumber + 1}`;
}

/** What tells one request from another in the network log, which gives no ids. */
export const harKey = (har: HarEntry): string => `${har.startedDateTime} ${har.request.method} ${har.request.url}`;
