import type { HeaderLine, WireRequest } from '../http/types.ts';
import { bodyLength, type BrowserName, goesPastCache } from './hop-plan.ts';

export interface WireFields {
  /** What webRequest saw and what really went out. */
  sent: HeaderLine[];
  /** What the network layer adds below webRequest, computed. */
  derived: HeaderLine[];
}

/** RFC 9113 8.2.2: neither browser puts these on HTTP/2, whatever webRequest says. */
const NOT_ON_HTTP2 = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/**
 * The fields of one hop as they stand on the wire: what webRequest saw, corrected, and what it cannot see, computed.
 * End-to-end tests compare both together with what a raw socket and an HTTP/2 server received.
 * @param seen what webRequest saw
 */
export function wireFields(
  w: WireRequest,
  url: string,
  seen: readonly HeaderLine[],
  browser: BrowserName,
  isHttp2: boolean,
): WireFields {
  const corrected = browser === 'firefox' ? withRangeCoding(seen) : [...seen];
  const sent = isHttp2
    ? corrected.filter(([name]) => isOnHttp2(name.toLowerCase(), browser)).map(([name, value]) => asHttp2(name, value))
    : corrected;
  const names = new Set(sent.map(([name]) => name.toLowerCase()));
  const derived: HeaderLine[] = [];
  const add = (name: string, value: string): void => {
    if (!names.has(name.toLowerCase())) derived.push([isHttp2 ? name.toLowerCase() : name, value]);
  };
  if (isHttp2) add(':authority', new URL(url).host);
  else if (browser === 'chrome') {
    add('Host', new URL(url).host);
    add('Connection', 'keep-alive');
  }
  if (browser === 'chrome' && hasContentLength(w)) add('Content-Length', String(bodyLength(w.body) ?? 0));
  if (browser === 'firefox') {
    if (w.exact !== true) add('Priority', 'u=4');
    if (sent.some(isRange)) add('Accept-Encoding', 'identity');
  } else if (isHttp2) add('Priority', 'u=1, i');
  if (browser === 'firefox' && isHttp2) add('TE', 'trailers');
  if (goesPastCache(w, browser)) {
    add('Pragma', 'no-cache');
    add('Cache-Control', 'no-cache');
  }
  return { sent, derived };
}

const isRange = ([name]: HeaderLine): boolean => name.toLowerCase() === 'range';

/** Firefox asks for `identity` wherever there is a Range, after webRequest has seen something else. */
function withRangeCoding(seen: readonly HeaderLine[]): HeaderLine[] {
  if (!seen.some(isRange)) return [...seen];
  return seen.map(([name, value]) => [name, name.toLowerCase() === 'accept-encoding' ? 'identity' : value]);
}

/**
 * Whether a request without a body goes out with an empty one. Requests sends Content-Length: 0 for every method but GET
 * and HEAD, and fetch does so when there is a body at all; a replay has it only if the original had.
 */
export function sendsEmptyBody({ method, exact, headers }: WireRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return exact !== true || headers.some(([name]) => name.toLowerCase() === 'content-length');
}

/** Fetch standard, "HTTP-network-or-cache fetch": POST and PUT say their length even without a body. */
function hasContentLength(w: WireRequest): boolean {
  return w.body.kind !== 'none' || sendsEmptyBody(w) || w.method === 'POST' || w.method === 'PUT';
}

/** Chrome claims the rule's Host but keeps the URL's; Firefox makes it `:authority`. */
function isOnHttp2(name: string, browser: BrowserName): boolean {
  return !NOT_ON_HTTP2.has(name) && !(browser === 'chrome' && name === 'host');
}

function asHttp2(name: string, value: string): HeaderLine {
  const lower = name.toLowerCase();
  return [lower === 'host' ? ':authority' : lower, value];
}

/**
 * Whether a response came over HTTP/2 or later. Firefox says so in the status line. Chrome's says HTTP/1.1 always; the
 * measured protocol is right, and where there is none (a redirect), HTTP/2 shows in its lower-case names without a
 * reason phrase.
 */
export function cameOverHttp2(
  url: string,
  status: { reason: string; httpVersion: string | null; headers: readonly HeaderLine[] } | null,
  measured: string | null,
): boolean {
  if (measured !== null && measured !== '') return measured === 'h2' || measured === 'h3';
  if (status === null || !url.startsWith('https:')) return false;
  if (status.httpVersion !== null && status.httpVersion !== 'HTTP/1.1') return /^HTTP\/[23]/.test(status.httpVersion);
  return (
    status.reason === '' && status.headers.length > 0 && status.headers.every(([name]) => name === name.toLowerCase())
  );
}
