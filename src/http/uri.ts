/**
 * The URL parser behind `PreparedRequest.prepareUrl`: RFC 3986 and RFC 6874 as urllib3 reads them, which is not
 * what the WHATWG `URL` does (it would rewrite ports, addresses and escapes that Requests keeps).
 */
import { InvalidURL } from './errors.ts';
import { hostToAscii } from './idna.ts';
import { escapeMatches } from './percent.ts';

/** Parts of a parsed URL; null where the URL has none. `auth` is percent-encoded. */
export interface Uri {
  scheme: string | null;
  auth: string | null;
  host: string | null;
  port: number | null;
  path: string | null;
  query: string | null;
  fragment: string | null;
}

const HAS_SCHEME_OR_PATH = /^(?:[a-z][a-z0-9+-]*:|\/)/i;
// RFC 3986 appendix B, with `\` ending the authority as browsers have it.
const URI = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^\\/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;

const H16 = '[0-9a-f]{1,4}';
const IPV4 = '(?:[0-9]{1,3}\\.){3}[0-9]{1,3}';
const LS32 = `(?:${H16}:${H16}|${IPV4})`;
// RFC 3986 §3.2.2, IPv6address.
const IPV6 = `(?:${[
  `(?:${H16}:){6}${LS32}`,
  `::(?:${H16}:){5}${LS32}`,
  `(?:${H16})?::(?:${H16}:){4}${LS32}`,
  `(?:(?:${H16}:)?${H16})?::(?:${H16}:){3}${LS32}`,
  `(?:(?:${H16}:){0,2}${H16})?::(?:${H16}:){2}${LS32}`,
  `(?:(?:${H16}:){0,3}${H16})?::${H16}:${LS32}`,
  `(?:(?:${H16}:){0,4}${H16})?::${LS32}`,
  `(?:(?:${H16}:){0,5}${H16})?::${H16}`,
  `(?:(?:${H16}:){0,6}${H16})?::`,
].join('|')})`;
const ZONE = '(?:%25|%)(?:[\\w.~-]|%[0-9a-f]{2})+';
const REG_NAME = '(?:[^\\[\\]%:/?#]|%[0-9a-f]{2})*';
const HOST_PORT = new RegExp(`^(${REG_NAME}|\\[${IPV6}(?:${ZONE})?\\])(?::0*?(|0|[1-9][0-9]{0,4}))?$`, 'is');
const ZONE_OF_IPV6 = new RegExp(`^(\\[${IPV6})(${ZONE})\\]$`, 'i');

// oxlint-disable-next-line no-control-regex -- controls are what hosts must not hold (urllib3 pull request 5095)
const CONTROL_OR_SPACE = /[\0-\x20\x7f]/;
const ENCODED_CONTROL = /%(?:[01][0-9a-f]|7f)/i;
const ESCAPE = /%[0-9a-f]{2}/gi;
const UNRESERVED = /[\w.~-]/;

const UNSAFE_IN = {
  zone: /[^\w.~%-]/gu,
  userinfo: /[^\w.~!$&'()*+,;=:%-]/gu,
  path: /[^\w.~!$&'()*+,;=:@/%-]/gu,
  query: /[^\w.~!$&'()*+,;=:@/?%-]/gu,
};

/**
 * Percent-encodes what the component may not hold. Escapes that are there stay, in upper case; but if any `%` of the
 * component starts no escape, every `%` in it is taken literally (`/100%` → `/100%25`).
 */
function encodeComponent(component: string, unsafe: RegExp): string {
  const percents = component.split('%').length - 1;
  if (percents === 0) return escapeMatches(component, unsafe);
  const upper = component.replace(ESCAPE, (escape) => escape.toUpperCase());
  const literal = (component.match(ESCAPE)?.length ?? 0) !== percents;
  return escapeMatches(literal ? upper.replaceAll('%', '%25') : upper, unsafe);
}

/** RFC 3986 §5.2.4, on the path as written: `%2e` is not yet a dot here. */
function removeDotSegments(path: string): string {
  if (!path.includes('/.') && !path.startsWith('.')) return path;
  const output: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') output.pop();
    else if (segment !== '.') output.push(segment);
  }
  if (path.startsWith('/') && output[0] !== '') output.unshift('');
  if (path.endsWith('/.') || path.endsWith('/..')) output.push('');
  return output.join('/');
}

/** RFC 6874 §2: `%25` before the zone in a URL is the `%` of RFC 4007. */
function normalizeZone(zone: string): string {
  const id = zone.startsWith('%25') && zone !== '%25' ? zone.slice(3) : zone.slice(1);
  refuseEncodedControl(id);
  return `%${encodeComponent(id, UNSAFE_IN.zone)}`;
}

function refuseEncodedControl(host: string): void {
  if (ENCODED_CONTROL.test(host)) throw new InvalidURL(`Host '${host}' contains a percent-encoded control character`);
}

function normalizeEscapes(host: string): string {
  refuseEncodedControl(host);
  return host.replace(ESCAPE, (escape) => {
    const character = String.fromCharCode(parseInt(escape.slice(1), 16));
    return UNRESERVED.test(character) ? character : escape;
  });
}

function normalizeHost(host: string): string {
  if (host.startsWith('[')) {
    const zoned = ZONE_OF_IPV6.exec(host);
    return zoned ? `${zoned[1]?.toLowerCase()}${normalizeZone(zoned[2] ?? '')}]` : host.toLowerCase();
  }
  if (!host.includes('%')) return hostToAscii(host);
  return hostToAscii(normalizeEscapes(host)).replace(ESCAPE, (escape) => escape.toUpperCase());
}

function parseAuthority(authority: string, source: string): Pick<Uri, 'auth' | 'host' | 'port'> {
  const at = authority.lastIndexOf('@');
  const hostPort = HOST_PORT.exec(authority.slice(at + 1));
  const [, host = '', port = ''] = hostPort ?? [];
  if (!hostPort || CONTROL_OR_SPACE.test(host) || Number(port) > 65535) {
    throw new InvalidURL(`Failed to parse: ${source}`);
  }
  return { auth: authority.slice(0, Math.max(at, 0)) || null, host, port: port === '' ? null : Number(port) };
}

/**
 * Parses and normalises a URL. Schemes other than http and https keep their parts as written.
 * @throws InvalidURL when host or port break the grammar.
 */
export function parseUri(url: string): Uri {
  if (url === '') return { scheme: null, auth: null, host: null, port: null, path: null, query: null, fragment: null };
  const source = HAS_SCHEME_OR_PATH.test(url) ? url : `//${url}`;
  const [, rawScheme, authority, rawPath = '', query, fragment] = URI.exec(source) ?? [];
  const scheme = rawScheme?.toLowerCase() ?? null;
  const server = authority ? parseAuthority(authority, url) : { auth: null, host: null, port: null };
  const uri: Uri = { scheme, ...server, path: rawPath, query: query ?? null, fragment: fragment ?? null };
  if (scheme === null || scheme === 'http' || scheme === 'https') normalize(uri);
  // Any part behind the path gives it a place, even an empty one.
  if (uri.path === '' && uri.query === null && uri.fragment === null) uri.path = null;
  else if (uri.path && !uri.path.startsWith('/')) uri.path = `/${uri.path}`;
  return uri;
}

/**
 * Path and query of a request target, escaped as urllib3 does just before it sends (`_encode_target`). What was
 * prepared is so already; a Location that was followed, or params given as text, need not be.
 */
export function encodeTarget(path: string, query: string): { path: string; query: string } {
  return { path: encodeComponent(path, UNSAFE_IN.path), query: encodeComponent(query, UNSAFE_IN.query) };
}

function normalize(uri: Uri): void {
  if (uri.auth !== null) uri.auth = encodeComponent(uri.auth, UNSAFE_IN.userinfo);
  if (uri.host) uri.host = normalizeHost(uri.host);
  if (uri.path) uri.path = encodeComponent(removeDotSegments(uri.path), UNSAFE_IN.path);
  if (uri.query) uri.query = encodeComponent(uri.query, UNSAFE_IN.query);
  if (uri.fragment) uri.fragment = encodeComponent(uri.fragment, UNSAFE_IN.query);
}
