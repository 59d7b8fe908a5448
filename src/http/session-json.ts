/** Sessions as plain data. */
import { CookieJar } from './cookies.ts';
import { pairsOf } from './encoding.ts';
import type { CaseInsensitiveHeaders } from './headers.ts';
import { resolveTimeout } from './timeouts.ts';
import type { AuthInit, HeaderLine, Pairs, PairValue, TimeoutInit } from './types.ts';

export interface SessionSettings {
  proxies: Readonly<Record<string, string>>;
  verify: boolean | string;
  cert: string | readonly [string, string] | null;
  stream: boolean;
  maxRedirects: number;
  timeout: TimeoutInit;
}

interface Writable extends SessionSettings {
  headers: CaseInsensitiveHeaders;
  params: Pairs;
  auth: AuthInit | null;
  cookies: CookieJar;
}

interface Read extends SessionSettings {
  headers: readonly HeaderLine[];
  params: readonly (readonly [string, PairValue])[];
  auth: readonly [string, string] | null;
  cookies: CookieJar;
}

export function writeSettings(session: Writable): unknown {
  const { proxies, verify, cert, stream, maxRedirects, timeout, auth } = session;
  return {
    headers: session.headers.lines(),
    params: [...pairsOf(session.params)].map(([name, value]) => [name, value]),
    auth: isTextPair(auth) ? auth : null,
    cookies: session.cookies.toJSON(),
    proxies: { ...proxies },
    verify,
    cert,
    stream,
    maxRedirects,
    timeout,
  };
}

/** @throws RangeError for what `writeSettings` cannot have written */
export function readSettings(value: unknown): Read {
  if (typeof value !== 'object' || value === null) throw new RangeError('A session is stored as an object');
  const stored: Record<string, unknown> = { ...value };
  const { headers, params, auth, proxies, verify, cert, stream, maxRedirects } = stored;
  return {
    headers: list(headers, 'headers').map((line) => textPair(line, 'headers')),
    params: list(params, 'params').map(param),
    auth: auth === null ? null : textPair(auth, 'auth'),
    cookies: CookieJar.fromJSON(stored['cookies']),
    proxies: textRecord(proxies),
    verify: typeof verify === 'string' ? verify : verify !== false,
    cert: cert === null || typeof cert === 'string' ? cert : textPair(cert, 'cert'),
    stream: stream === true,
    maxRedirects: typeof maxRedirects === 'number' ? maxRedirects : wrong('maxRedirects'),
    timeout: readTimeout(stored['timeout']),
  };
}

function wrong(field: string): never {
  throw new RangeError(`The stored session has no valid ${field}`);
}

function list(value: unknown, field: string): readonly unknown[] {
  return Array.isArray(value) ? value : wrong(field);
}

function isTextPair(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}

function textPair(value: unknown, field: string): readonly [string, string] {
  return isTextPair(value) ? value : wrong(field);
}

function textRecord(value: unknown): Record<string, string> {
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
  return Object.fromEntries(entries.map((entry) => textPair(entry, 'proxies')));
}

function param(pair: unknown): readonly [string, PairValue] {
  const [name, value] = list(pair, 'params');
  const values = Array.isArray(value) ? value : [value];
  const plain = values.every((one) => one === null || ['string', 'number', 'boolean'].includes(typeof one));
  return typeof name === 'string' && plain ? [name, value as PairValue] : wrong('params');
}

/** Whatever `resolveTimeout` accepts. */
function readTimeout(value: unknown): TimeoutInit {
  if (value === undefined) return null;
  const timeout = value as TimeoutInit;
  resolveTimeout(timeout);
  return timeout;
}
