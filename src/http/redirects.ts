/** What becomes of a request that is redirected (`requests.sessions.SessionRedirectMixin`). */
import { CookieJar } from './cookies.ts';
import { InvalidURL, UnrewindableBodyError } from './errors.ts';
import { NO_BODY } from './body.ts';
import type { PreparedRequest } from './prepared-request.ts';
import type { Response } from './response.ts';
import { hostOf, joinUrl, splitUrl, unsplitUrl } from './split-url.ts';
import { requoteUri } from './url.ts';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };
const PURGED_WITH_THE_BODY = ['Content-Length', 'Content-Type', 'Transfer-Encoding'];
const KEEPS_THE_BODY = new Set([307, 308]);

/** A field that the next hop does not get, and why. */
export interface Dropped {
  field: string;
  reason: string;
}

/** Where the response leads; null when it is no redirect, or its Location is empty. */
export function redirectTarget(response: Response): string | null {
  if (!response.isRedirect) return null;
  return utf8FromLatin1(response.headers.get('location') ?? '') || null;
}

/**
 * The absolute URL of a redirect, and the fragment for the hops after it: a Location without one inherits it
 * (RFC 9110 §10.2.2). The host keeps its case.
 * @throws InvalidURL for what is no URL at all
 */
export function redirectUrl(from: string, target: string, fragment: string): { url: string; fragment: string } {
  try {
    const parts = splitUrl(target.startsWith('//') ? `${splitUrl(from).scheme}:${target}` : target);
    // urlparse takes an empty parameter list off the last segment.
    parts.path = parts.path.replace(/(^|\/)([^/;]*);$/, '$1$2');
    parts.fragment ||= fragment;
    const quoted = requoteUri(unsplitUrl(parts));
    return { url: parts.netloc === '' ? joinUrl(from, quoted) : quoted, fragment: parts.fragment };
  } catch (cause) {
    throw new InvalidURL(`Redirected to what is no URL: ${target}`, { cause });
  }
}

/** The method of the next hop: browsers' habit, not the RFCs' letter (`rebuild_method`). */
export function redirectMethod(method: string, status: number): string {
  if ((status === 303 || status === 302) && method !== 'HEAD') return 'GET';
  return status === 301 && method === 'POST' ? 'GET' : method;
}

/**
 * Whether Authorization must not go from one URL to the other: to another host always; to another port or scheme
 * unless it is http on its port to https on its own (`should_strip_auth`).
 */
export function shouldStripAuth(oldUrl: string, newUrl: string): boolean {
  try {
    const [from, to] = [splitUrl(oldUrl), splitUrl(newUrl)];
    const [old, next] = [hostOf(from), hostOf(to)];
    if (old.hostname !== next.hostname) return true;
    const usual = (scheme: string, port: number | null): boolean => port === null || port === DEFAULT_PORTS[scheme];
    const usualPorts = usual(from.scheme, old.port) && usual(to.scheme, next.port);
    if (from.scheme === 'http' && to.scheme === 'https' && usualPorts) return false;
    if (from.scheme === to.scheme) return old.port !== next.port && !usualPorts;
    return true;
  } catch {
    // A port that is no number: nothing to trust.
    return true;
  }
}

/** Takes off what belongs to a body that is not sent again, whatever becomes of the method. */
export function purgeBody(request: PreparedRequest, status: number): void {
  if (KEEPS_THE_BODY.has(status)) return;
  for (const field of PURGED_WITH_THE_BODY) request.headers.delete(field);
  request.body = NO_BODY;
}

/**
 * Makes the Cookie field anew: from the request's own jar with what the response set, the session's cookies over
 * them. A Cookie field that the caller wrote goes to the first hop only.
 */
export function rebuildCookies(request: PreparedRequest, response: Response, session: CookieJar): void {
  request.headers.delete('Cookie');
  const jar = request.jar ?? new CookieJar();
  response.extractCookies(jar);
  jar.update(session);
  request.prepareCookies(jar);
}

/** @throws UnrewindableBodyError when the body is to be sent again and cannot be read again */
export function checkRewindable(request: PreparedRequest, response: Response): void {
  const { body, headers } = request;
  if (body.kind !== 'stream' || body.rewindable) return;
  if (headers.has('Content-Length') || headers.has('Transfer-Encoding'))
    throw new UnrewindableBodyError('The body is a stream and cannot be read again for a redirect', {
      request,
      response,
    });
}

/** The fields that were there and are gone, each with the reason. */
export function droppedFields(before: PreparedRequest, after: PreparedRequest): Dropped[] {
  const dropped: Dropped[] = [];
  for (const [field] of before.headers)
    if (!after.headers.has(field)) dropped.push({ field, reason: dropReason(field) });
  return dropped;
}

function dropReason(field: string): string {
  switch (field.toLowerCase()) {
    case 'authorization':
      return 'The redirect leads to another host, port or scheme.';
    case 'proxy-authorization':
      return 'It is for a proxy, and never passed on.';
    case 'cookie':
      return 'The jar has no cookie for the new URL.';
    case 'content-length':
    case 'content-type':
    case 'transfer-encoding':
      return 'Only 307 and 308 send the body again.';
    default:
      return 'It was removed by the session.';
  }
}

/** Header values hold one character a byte; servers mean UTF-8 in Location. What is not UTF-8 stays as it is. */
function utf8FromLatin1(value: string): string {
  // oxlint-disable-next-line no-control-regex -- all of Latin-1
  if (!/^[\x00-\xff]*$/.test(value)) return value;
  const text = new TextDecoder().decode(Uint8Array.from(value, (character) => character.charCodeAt(0)));
  return text.includes('\ufffd') ? value : text;
}
