import {
  Cookie as ParsedCookie,
  CookieJar as RuleJar,
  canonicalDomain,
  defaultPath,
  domainMatch,
  pathMatch,
} from 'tough-cookie';

/** One stored cookie. `domain` is empty for a cookie that the caller set without one: it goes to every host. */
export interface Cookie {
  name: string;
  value: string;
  /** Lower case, without a leading dot. */
  domain: string;
  /** True when only the very host that set it gets it back (RFC 6265bis §5.7 step 10). */
  hostOnly: boolean;
  path: string;
  secure: boolean;
  httpOnly: boolean;
  sameSite?: 'Strict' | 'Lax' | 'None';
  /** Milliseconds since the epoch; null for a cookie of the session. */
  expires: number | null;
  /** Milliseconds since the epoch. */
  creation: number;
}

/** RFC 6265bis §5.6: name and value together may not exceed this many bytes. */
const MAX_PAIR_BYTES = 4096;

const SAME_SITE = { strict: 'Strict', lax: 'Lax', none: 'None' } as const;

export function normalDomain(domain: string): string {
  return canonicalDomain(domain) ?? '';
}

/** The URL that a request's cookies belong to: a Host field of the caller's stands for the host (`MockRequest`). */
export function cookieUrl(url: string, host: string | undefined): string {
  if (host === undefined || !URL.canParse(url)) return url;
  const named = new URL(url);
  named.host = host;
  return named.href;
}

/** Loopback counts as secure, as in browsers (Secure Contexts §3.1). */
export function isSecureOrigin(url: URL): boolean {
  if (url.protocol === 'https:' || url.protocol === 'wss:') return true;
  const host = url.hostname;
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Whether a stored cookie goes with a request to `url` (RFC 6265bis §5.8.3). */
export function cookieGoesTo(cookie: Cookie, url: URL): boolean {
  if (cookie.secure && !isSecureOrigin(url)) return false;
  if (!pathMatch(url.pathname || '/', cookie.path)) return false;
  if (cookie.domain === '') return true;
  const host = normalDomain(url.hostname);
  return cookie.hostOnly ? host === cookie.domain : domainMatch(host, cookie.domain, false) === true;
}

export type Received = { cookie: Cookie } | { reason: string };

/**
 * Reads one Set-Cookie line by RFC 6265bis §5.6 and §5.7: domain and public suffix, path, Secure, prefixes, size.
 * Gives the cookie as it is to be stored, or why it may not be. A cookie that is already over has `expires <= now`.
 */
export function receiveCookie(line: string, url: URL, now: number): Received {
  const parsed = ParsedCookie.parse(line);
  if (parsed === undefined) return { reason: 'not a cookie: no name, or control characters in it' };
  const size = new TextEncoder().encode(parsed.key + parsed.value).length;
  if (size > MAX_PAIR_BYTES) return { reason: `name and value are ${size} bytes long, more than ${MAX_PAIR_BYTES}` };

  // Max-Age counts from the arrival, once and for all: the library would count it from the last use.
  const expires = expiryOf(parsed, now);
  if (parsed.path === null) {
    // The library would percent-decode the path first; RFC 6265bis §5.1.4 does not.
    parsed.path = defaultPath(url.pathname);
    parsed.pathIsDefault = true;
  }
  let stored: ParsedCookie | undefined;
  try {
    stored = new RuleJar(null, { prefixSecurity: 'strict' }).setCookieSync(parsed, url, { now: new Date(now) });
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  if (stored === undefined) return { reason: 'refused by the rules of the jar' };
  return {
    cookie: {
      name: stored.key,
      value: stored.value,
      domain: stored.domain ?? normalDomain(url.hostname),
      hostOnly: stored.hostOnly ?? true,
      path: stored.path ?? '/',
      secure: stored.secure,
      httpOnly: stored.httpOnly,
      ...sameSiteOf(stored.sameSite),
      expires,
      creation: now,
    },
  };
}

/** Max-Age wins over Expires (RFC 6265bis §5.7 step 7). */
function expiryOf(parsed: ParsedCookie, now: number): number | null {
  if (typeof parsed.maxAge === 'number') return parsed.maxAge <= 0 ? 0 : now + parsed.maxAge * 1000;
  return parsed.expires instanceof Date ? parsed.expires.getTime() : null;
}

function sameSiteOf(value: string | undefined): { sameSite?: 'Strict' | 'Lax' | 'None' } {
  if (value === 'strict' || value === 'lax' || value === 'none') return { sameSite: SAME_SITE[value] };
  return {};
}
