/**
 * URLs taken apart and joined as Python's `urllib.parse` does it. Requests uses it wherever a URL is already prepared
 * (path, credentials, redirects); the stricter parser of uri.ts is for URLs that people write.
 */

/** The parts as written, nothing decoded; an absent part is ''. */
export interface SplitUrl {
  scheme: string;
  netloc: string;
  path: string;
  query: string;
  fragment: string;
}

const SCHEME = /^([a-z][a-z0-9+.-]*):(.*)$/is;
/** Removed before parsing, as the WHATWG URL standard says. */
// oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
const LEADING_CONTROLS = /^[\0- ]+/;
const BRACKETED = /^[^[]*\[([^\]]*)\]?[^:]*:?(.*)$/s;
const UNSAFE = /[\t\r\n]/g;
const HIERARCHICAL = new Set(['', 'ftp', 'http', 'https', 'file', 'sftp', 'ws', 'wss']);

/** `urlsplit`. Throws RangeError when a bracket in the authority has no partner. */
export function splitUrl(url: string): SplitUrl {
  let rest = url.replace(LEADING_CONTROLS, '').replace(UNSAFE, '');
  const parts: SplitUrl = { scheme: '', netloc: '', path: '', query: '', fragment: '' };
  const scheme = SCHEME.exec(rest);
  if (scheme) [, parts.scheme = '', rest = ''] = scheme;
  parts.scheme = parts.scheme.toLowerCase();
  if (rest.startsWith('//')) {
    const end = rest.slice(2).search(/[/?#]/);
    parts.netloc = end < 0 ? rest.slice(2) : rest.slice(2, end + 2);
    rest = end < 0 ? '' : rest.slice(end + 2);
    if (parts.netloc.includes('[') !== parts.netloc.includes(']')) throw new RangeError('Invalid IPv6 URL');
  }
  [rest, parts.fragment] = cut(rest, '#');
  [parts.path, parts.query] = cut(rest, '?');
  return parts;
}

/** `urlunsplit`: an empty query or fragment leaves no trace. */
export function unsplitUrl({ scheme, netloc, path, query, fragment }: SplitUrl): string {
  let url = path;
  if (netloc || (scheme && HIERARCHICAL.has(scheme) && !path.startsWith('//'))) {
    url = `//${netloc}${path && !path.startsWith('/') ? '/' : ''}${path}`;
  }
  return `${scheme && `${scheme}:`}${url}${query && `?${query}`}${fragment && `#${fragment}`}`;
}

/** Text before and after the first separator; the second part is '' when there is none. */
export function cut(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** The authority without credentials: everything after the last `@`. */
export function withoutUserinfo(netloc: string): string {
  return netloc.slice(netloc.lastIndexOf('@') + 1);
}

/** User name and password as written, percent-encoded; null each when absent. */
export function userinfoOf({ netloc }: SplitUrl): { username: string | null; password: string | null } {
  const at = netloc.lastIndexOf('@');
  if (at < 0) return { username: null, password: null };
  const userinfo = netloc.slice(0, at);
  const [username, password] = cut(userinfo, ':');
  return { username, password: userinfo.includes(':') ? password : null };
}

/**
 * Host in lower case (a zone id keeps its case), null when empty; port as a number, null when absent.
 * Throws RangeError for a port that is no number up to 65535.
 */
export function hostOf({ netloc }: SplitUrl): { hostname: string | null; port: number | null } {
  const hostinfo = withoutUserinfo(netloc);
  const bracketed = BRACKETED.exec(hostinfo);
  const [host = '', port = ''] = bracketed ? bracketed.slice(1) : cut(hostinfo, ':');
  const hostname = host.replace(/^[^%]+/, (name) => name.toLowerCase());
  if (port && !/^\d+$/.test(port)) throw new RangeError(`Port could not be cast to integer value as '${port}'`);
  if (Number(port) > 65535) throw new RangeError('Port out of range 0-65535');
  return { hostname: hostname || null, port: port ? Number(port) : null };
}

function resolveDots(segments: readonly string[]): string {
  const resolved: string[] = [];
  for (const segment of segments) {
    if (segment === '..') resolved.pop();
    else if (segment !== '.') resolved.push(segment);
  }
  const last = segments.at(-1);
  if (last === '.' || last === '..') resolved.push('');
  return resolved.join('/') || '/';
}

/** `urljoin`: resolves a reference against a base URL. Throws RangeError as `splitUrl` does. */
export function joinUrl(base: string, url: string): string {
  if (!base) return url;
  if (!url) return base;
  const from = splitUrl(base);
  const to = splitUrl(url);
  const scheme = to.scheme || from.scheme;
  if (scheme !== from.scheme || !HIERARCHICAL.has(scheme)) return url;
  if (to.netloc) return unsplitUrl({ ...to, scheme });
  if (!to.path) return unsplitUrl({ ...from, query: to.query || from.query, fragment: to.fragment });
  if (to.path.startsWith('/')) {
    return unsplitUrl({ ...to, scheme, netloc: from.netloc, path: resolveDots(to.path.split('/')) });
  }
  const folder = from.path.split('/');
  if (folder.at(-1) !== '') folder.pop();
  const segments = [...folder, ...to.path.split('/')];
  // Empty segments in the middle would leave doubled slashes behind.
  const kept = segments.filter((segment, i) => segment !== '' || i === 0 || i === segments.length - 1);
  return unsplitUrl({ ...to, scheme, netloc: from.netloc, path: resolveDots(kept) });
}
