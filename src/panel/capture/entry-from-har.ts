import type { CapturedBody, CapturedEntry } from '../../model/captured-entry.ts';
import type { HeaderLines, Phases } from '../../model/exchange.ts';
import { captureKind } from './capture-kind.ts';
import type { HarEntry } from './har.ts';
import type { Intern } from './intern.ts';

/** A captured entry of what the network log says. Its body is judged elsewhere. */
export function entryFromHar(har: HarEntry, id: string, body: CapturedBody, intern: Intern): CapturedEntry {
  const { request, response } = har;
  const url = request.url.replace(/#.*$/s, '');
  const requestHeaders = lines(request.headers, intern);
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
