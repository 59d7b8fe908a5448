/** The URL rules of Requests (`PreparedRequest.prepare_url` and `requests.utils`). */
import { encodeParams } from './encoding.ts';
import { InvalidURL, MissingSchema } from './errors.ts';
import { hostToAscii } from './idna.ts';
import { escapeMatches } from './percent.ts';
import { splitUrl, unsplitUrl, withoutUserinfo } from './split-url.ts';
import type { ParamsInit } from './types.ts';
import { encodeTarget, parseUri } from './uri.ts';
import { assertWellFormed, decodeUtf8 } from './utf8.ts';
import { stripStart } from './whitespace.ts';

// Letters, digits and the reserved characters stay; `%` stays only if every escape is valid.
const UNSAFE = /[^\w.~!#$%&'()*+,/:;=?@[\]-]/gu;
const UNSAFE_OR_PERCENT = /[^\w.~!#$&'()*+,/:;=?@[\]-]/gu;
const NEEDS_NO_QUOTING = /^[\w.~!#$&'()*+,/:;=?@[\]-]*$/;
const TWO_ALPHANUMERICS = /^[\p{L}\p{N}]{2}/u;
const TWO_HEX_DIGITS = /^[0-9a-f]{2}/i;
const UNRESERVED = /[\w.~-]/;

const ascii = /^[\0-\x7f]*$/; // oxlint-disable-line no-control-regex -- ASCII holds the control characters
/**
 * Decodes the escapes of unreserved characters and leaves all others.
 * @throws InvalidURL when `%` is followed by two letters or digits that are not hexadecimal.
 */
export function unquoteUnreserved(uri: string): string {
  const [head = '', ...parts] = uri.split('%');
  let out = head;
  for (const part of parts) {
    if (!TWO_HEX_DIGITS.test(part)) {
      if (TWO_ALPHANUMERICS.test(part)) throw new InvalidURL(`Invalid percent-escape sequence: '${part.slice(0, 2)}'`);
      out += `%${part}`;
      continue;
    }
    const character = String.fromCharCode(parseInt(part.slice(0, 2), 16));
    out += UNRESERVED.test(character) ? character + part.slice(2) : `%${part}`;
  }
  return out;
}

/**
 * Quotes a URI fully and only once: `%7E` → `~`, a space → `%20`, `%2F` stays. If one of its escapes is invalid,
 * every `%` in it is taken literally.
 * @throws RangeError for a lone surrogate.
 */
export function requoteUri(uri: string): string {
  if (NEEDS_NO_QUOTING.test(uri)) return uri;
  assertWellFormed(uri);
  let unquoted: string;
  try {
    unquoted = unquoteUnreserved(uri);
  } catch {
    return escapeMatches(uri, UNSAFE_OR_PERCENT);
  }
  return escapeMatches(unquoted, UNSAFE);
}

/** What goes into the request line: the path (or `/`) and the query. The fragment and the host stay behind. */
export function pathUrl(url: string): string {
  const { path, query } = splitUrl(url);
  return `${path || '/'}${query && `?${query}`}`;
}

/** The URL without fragment and credentials: what may be handed to the network (`urldefragauth`). */
export function withoutFragmentAndAuth(url: string): string {
  const { netloc, path, ...rest } = splitUrl(url);
  // `scheme:user@host/path` has its host where the path would be.
  const [host, rooted] = netloc ? [netloc, path] : [path, ''];
  return unsplitUrl({ ...rest, netloc: withoutUserinfo(host), path: rooted, fragment: '' });
}

/** The URL as it goes to the network: without fragment and credentials, path and query escaped once more. */
export function wireUrl(url: string): string {
  const { path, query, ...rest } = splitUrl(withoutFragmentAndAuth(url));
  return unsplitUrl({ ...rest, ...encodeTarget(path, query) });
}

/** The URL with a scheme, which is added when it has none (`prepend_scheme_if_needed`). @throws InvalidURL */
export function withScheme(url: string, scheme: string): string {
  const uri = parseUri(url);
  const host = uri.host && uri.port ? `${uri.host}:${uri.port}` : uri.host;
  const [netloc, path] = host ? [host, uri.path] : [uri.path, host];
  return unsplitUrl({
    scheme: uri.scheme ?? scheme,
    netloc: `${uri.auth ? `${uri.auth}@` : ''}${netloc ?? ''}`,
    path: path ?? '',
    query: uri.query ?? '',
    fragment: uri.fragment ?? '',
  });
}

function queryOf(params: ParamsInit | undefined): string {
  if (params === null || params === undefined) return '';
  if (typeof params === 'string') return params;
  if (!(params instanceof Uint8Array)) return encodeParams(params);
  if (params.some((byte) => byte > 0x7f)) throw new RangeError('params given as bytes must be ASCII');
  return decodeUtf8(params);
}

function hostFor(host: string): string {
  if (!ascii.test(host)) return hostToAscii(host);
  if (host.startsWith('*') || host.startsWith('.')) throw new InvalidURL('URL has an invalid label.');
  return host;
}

/**
 * The URL to request: normalised, percent-encoded, its host in ASCII, `params` added to its query.
 *
 * A URL with a scheme that does not begin with `http` is used as it is and takes no params.
 * @param url Bytes are UTF-8; leading whitespace is dropped.
 * @param params A string, or bytes in ASCII, is used raw; anything else as `encodeParams` writes it.
 * @throws MissingSchema, InvalidURL; RangeError for bytes that are no UTF-8 and text that is no Unicode.
 */
export function prepareUrl(url: string | URL | Uint8Array, params?: ParamsInit): string {
  const text = stripStart(url instanceof Uint8Array ? decodeUtf8(url) : String(url));
  if (text.includes(':') && !/^http/i.test(text)) return text;
  const { scheme, auth, host, port, path, query, fragment } = parseUri(text);
  if (!scheme) {
    throw new MissingSchema(`Invalid URL '${text}': No scheme supplied. Perhaps you meant https://${text}?`);
  }
  if (!host) throw new InvalidURL(`Invalid URL '${text}': No host supplied`);
  return requoteUri(
    unsplitUrl({
      scheme,
      netloc: `${auth ? `${auth}@` : ''}${hostFor(host)}${port ? `:${port}` : ''}`,
      path: path || '/',
      query: [query, queryOf(params)].filter(Boolean).join('&'),
      fragment: fragment ?? '',
    }),
  );
}
