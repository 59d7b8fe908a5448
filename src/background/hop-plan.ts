import type { HeaderLine, WireNote, WireRequest } from '../http/types.ts';
import type { HeaderRule } from './header-rules.ts';

export type BrowserName = 'chrome' | 'firefox';

/** How one hop will be carried: what goes through fetch, what by rule, and what this browser does to the rest. */
export interface HopPlan {
  /** As the browser will request it: WHATWG form, without userinfo and fragment. */
  url: string;
  fetchHeaders: readonly HeaderLine[];
  rule: HeaderRule;
  notes: readonly WireNote[];
  /** Why nothing may be sent; null when it may. */
  refusal: string | null;
}

/** Fetch standard, "forbidden request-header": fetch drops these without a word; User-Agent is Chromium's addition. */
const FORBIDDEN = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'access-control-request-private-network',
  'connection',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'upgrade',
  'user-agent',
  'via',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
]);

/** Fetch standard: given to fetch, each of these makes it go past the cache and say so in two more fields. */
const CONDITIONAL = new Set(['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since']);

/** Whether the browser adds the fields that ask every cache on the way to stand aside. */
export function goesPastCache(w: WireRequest, browser: BrowserName): boolean {
  if (w.cache === 'no-store') return true;
  // Chromium does so for GET and HEAD only, which are sent past the cache anyway.
  return browser === 'firefox' && w.exact !== true && w.headers.some(([name]) => CONDITIONAL.has(name.toLowerCase()));
}

function needsRule(name: string, isExact: boolean): boolean {
  return (
    FORBIDDEN.has(name) || name.startsWith('sec-') || name.startsWith('proxy-') || (isExact && CONDITIONAL.has(name))
  );
}

/** What the browsers add of themselves and a rule can take away again. */
const BROWSER_DEFAULTS = [
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Cookie',
  'DNT',
  'Origin',
  'Referer',
  'Sec-CH-UA',
  'Sec-CH-UA-Mobile',
  'Sec-CH-UA-Platform',
  'Sec-Fetch-Dest',
  'Sec-Fetch-Mode',
  'Sec-Fetch-Site',
  'Sec-Fetch-Storage-Access',
  'Sec-Fetch-User',
  'Sec-GPC',
  'User-Agent',
];

/** RFC 9113 8.2.2: connection-specific fields have no place in HTTP/2. */
const CONNECTION_SPECIFIC = new Set(['connection', 'keep-alive', 'proxy-connection', 'upgrade']);

/** RFC 9110 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const NO_FETCH_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** Fetch standard, "bad port". */
const BAD_PORTS = new Set(
  (
    '0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 ' +
    '135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 ' +
    '995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080'
  )
    .split(' ')
    .map(Number),
);

/** Bytes of the body, or null where only reading it will tell. */
export function bodyLength(body: WireRequest['body']): number | null {
  switch (body.kind) {
    case 'none':
      return 0;
    case 'bytes':
      return body.bytes.byteLength;
    case 'blob':
      return body.blob.size;
    case 'stream':
      return body.length;
  }
}

/** Plans one hop for a browser. Pure: nothing is sent and nothing is asked of the browser. */
export function planHop(w: WireRequest, browser: BrowserName): HopPlan {
  const notes: WireNote[] = [];
  const name = browser === 'chrome' ? 'Chrome' : 'Firefox';
  const refuse = (field: string, reason: string, wayOut: string): void => {
    notes.push({ field, action: 'unsupported', reason, wayOut });
  };

  const url = planUrl(w.url, name, notes, refuse);
  planMethod(w, name, notes, refuse);
  const { fetchHeaders, rule } = planFields(w, url, browser, name, notes, refuse);
  if (goesPastCache(w, browser)) noteCacheFields(w, notes);

  const refused = notes.find((note) => note.action === 'unsupported');
  return {
    url: url.href,
    fetchHeaders,
    rule,
    notes,
    refusal: refused === undefined ? null : [refused.reason, refused.wayOut].filter(Boolean).join(' '),
  };
}

type Refuse = (field: string, reason: string, wayOut: string) => void;

function planUrl(prepared: string, name: string, notes: WireNote[], refuse: Refuse): URL {
  const withoutFragment = prepared.replace(/#.*$/s, '');
  if (!URL.canParse(withoutFragment)) {
    refuse(':url', `${name} cannot read the URL ${withoutFragment}.`, 'Correct the host or the port.');
    return new URL('http://invalid.invalid/');
  }
  const url = new URL(withoutFragment);
  const hadUserinfo = url.username !== '' || url.password !== '';
  url.username = '';
  url.password = '';
  url.hash = '';
  if (hadUserinfo) {
    notes.push({
      field: ':url',
      action: 'rewritten',
      reason:
        'The user name and password in the URL are sent as an Authorization field; the URL goes out without them.',
      wayOut: 'Use Basic under Auth.',
    });
  } else if (url.href !== withoutFragment) {
    notes.push({
      field: ':url',
      action: 'rewritten',
      reason: `${name} normalises the URL and requests ${url.href}`,
      wayOut: 'Dot segments, default ports and unusual host spellings cannot be sent from a browser.',
    });
  }
  if (BAD_PORTS.has(Number(url.port)) && url.port !== '') {
    refuse(':url', `${name} blocks port ${url.port}.`, 'Run the server on another port.');
  }
  return url;
}

function planMethod(w: WireRequest, name: string, notes: WireNote[], refuse: Refuse): void {
  if (!TOKEN.test(w.method)) {
    refuse(':method', `“${w.method}” is not a method token.`, 'Use letters, digits and hyphens.');
  } else if (NO_FETCH_METHODS.has(w.method)) {
    refuse(
      ':method',
      `No browser lets anybody send ${w.method}.`,
      'Copy the request as raw HTTP and send it with another tool.',
    );
  }
  const length = bodyLength(w.body);
  if ((w.method === 'GET' || w.method === 'HEAD') && w.body.kind !== 'none') {
    refuse(
      ':body',
      `${name} cannot send a ${w.method} request with a body.`,
      'Use POST, set Body type to None, or copy the request as raw HTTP.',
    );
  } else if (length === null) {
    notes.push({
      field: ':body',
      action: 'rewritten',
      reason: 'A body of unknown length is collected first and sent with its Content-Length, not in chunks.',
    });
  }
}

function planFields(
  w: WireRequest,
  url: URL,
  browser: BrowserName,
  browserTitle: string,
  notes: WireNote[],
  refuse: Refuse,
): { fetchHeaders: HeaderLine[]; rule: HeaderRule } {
  const fetchHeaders: HeaderLine[] = [];
  const set: HeaderLine[] = [];
  const kept = new Set<string>();
  for (const [name, value, count] of joined(w.headers)) {
    const lower = name.toLowerCase();
    if (count > 1) {
      notes.push({
        field: name,
        action: 'rewritten',
        reason: `${count} lines of one name go out as one line, joined.`,
        wayOut: 'Browsers cannot send a field twice.',
      });
    }
    if (lower === 'content-length' || lower === 'transfer-encoding') {
      planFraming(name, lower, value, w, notes, refuse);
    } else if (!needsRule(lower, w.exact === true)) {
      fetchHeaders.push([name, value]);
      kept.add(lower);
    } else if (planRuled(name, lower, value, url, browser, browserTitle, notes)) {
      set.push([name, value]);
      kept.add(lower);
    }
  }
  if (browser === 'firefox') noteRangeCoding(w, notes);
  // What cannot be sent as it was written must not be sent as the browser would have it either.
  const remove = BROWSER_DEFAULTS.filter((field) => !kept.has(field.toLowerCase()));
  return { fetchHeaders, rule: { set, remove } };
}

/** Firefox does so below any rule. */
function noteRangeCoding(w: WireRequest, notes: WireNote[]): void {
  const values = new Map(w.headers.map(([name, value]) => [name.toLowerCase(), value]));
  if (!values.has('range') || values.get('accept-encoding') === 'identity') return;
  notes.push({
    field: 'Accept-Encoding',
    action: 'rewritten',
    reason: 'Firefox asks for identity wherever there is a Range field.',
    wayOut: 'Remove Range to choose the coding.',
  });
}

/** Lines of one name, joined as RFC 9110 5.3 (and RFC 6265 for Cookie) allows. */
function joined(headers: readonly HeaderLine[]): (readonly [name: string, value: string, count: number])[] {
  const fields = new Map<string, [string, string, number]>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const earlier = fields.get(lower);
    if (earlier === undefined) fields.set(lower, [name, value, 1]);
    else fields.set(lower, [earlier[0], `${earlier[1]}${lower === 'cookie' ? '; ' : ', '}${value}`, earlier[2] + 1]);
  }
  return [...fields.values()];
}

/** Framing is the network layer's: a value that is right goes out anyway, a wrong one would hang the server. */
function planFraming(
  name: string,
  lower: string,
  value: string,
  w: WireRequest,
  notes: WireNote[],
  refuse: Refuse,
): void {
  const length = bodyLength(w.body);
  if (lower === 'content-length' && (length === null || value === String(length))) return;
  if (lower === 'transfer-encoding' && w.body.kind === 'stream') return;
  if (lower === 'transfer-encoding' && w.body.kind === 'blob' && length === 0) {
    // Requests sends an empty file in chunks.
    notes.push({
      field: name,
      action: 'dropped',
      reason: 'An empty file is sent with Content-Length: 0, not in chunks.',
    });
    return;
  }
  refuse(
    name,
    `${name}: ${value} cannot be sent: the browser frames the body itself, and a wrong value makes the server wait for bytes that never come.`,
    `Remove the field ${name}.`,
  );
}

/** @returns whether the rule should carry it */
function planRuled(
  name: string,
  lower: string,
  value: string,
  url: URL,
  browser: BrowserName,
  browserTitle: string,
  notes: WireNote[],
): boolean {
  if (value === '' && browser === 'firefox') {
    notes.push({
      field: name,
      action: 'dropped',
      reason: `Firefox cannot send ${name} with an empty value.`,
      wayOut: 'Remove the field or give it a value.',
    });
    return false;
  }
  // oxlint-disable-next-line no-control-regex -- the range is ASCII, control characters included
  if (browser === 'chrome' && /[^\x00-\x7f]/.test(value)) {
    notes.push({
      field: name,
      action: 'rewritten',
      reason: 'Chrome sends the characters of this value that are not ASCII as UTF-8, not as Latin-1.',
    });
    return true;
  }
  // Every request has Connection: keep-alive, which is true of HTTP/2 without being said.
  const isImplied = lower === 'connection' && value.toLowerCase() === 'keep-alive';
  if (url.protocol === 'https:' && CONNECTION_SPECIFIC.has(lower) && !isImplied) {
    notes.push({
      field: name,
      action: 'dropped',
      reason:
        browser === 'chrome' && (lower === 'keep-alive' || lower === 'upgrade')
          ? `HTTP/2 has no ${name} field: over HTTP/2 Chrome fails with ERR_HTTP2_PROTOCOL_ERROR.`
          : `HTTP/2 has no ${name} field: over HTTP/2 the browser drops it.`,
      wayOut: 'Over HTTP/1.1 it is sent.',
    });
    return true;
  }
  if (lower === 'te' && url.protocol === 'https:' && value.toLowerCase() !== 'trailers') {
    notes.push({
      field: name,
      action: 'rewritten',
      reason:
        browser === 'chrome'
          ? 'HTTP/2 knows TE: trailers alone: over HTTP/2 Chrome fails with ERR_HTTP2_PROTOCOL_ERROR.'
          : 'HTTP/2 knows TE: trailers alone: over HTTP/2 Firefox sends that.',
      wayOut: 'Over HTTP/1.1 it is sent as it is.',
    });
    return true;
  }
  if (lower === 'host' && url.protocol === 'https:' && browser === 'chrome' && value !== url.host) {
    notes.push({
      field: name,
      action: 'dropped',
      reason: 'Over HTTP/2 Chrome keeps the URL’s host and drops this one without a word.',
      wayOut: 'It is sent over HTTP/1.1 only.',
    });
    return true;
  }
  if (lower === 'accept-encoding' && browser === 'chrome' && !/\bgzip\b|\*/.test(value)) {
    notes.push({
      field: name,
      action: 'rewritten',
      reason:
        'If the server compresses its answer with a coding that is not in this list, Chrome fails with ContentDecodingError.',
      wayOut: 'Leave gzip in the list if the server ignores it.',
    });
    return true;
  }
  notes.push({
    field: name,
    action: 'rule',
    reason:
      browser === 'chrome'
        ? `Set by a rule of ours, since fetch refuses it; ${browserTitle} writes its name in lower case on HTTP/1.1.`
        : 'Set by a rule of ours, since fetch refuses it.',
  });
  return true;
}

function noteCacheFields(w: WireRequest, notes: WireNote[]): void {
  const own = new Set(w.headers.map(([name]) => name.toLowerCase()));
  for (const field of ['Pragma', 'Cache-Control']) {
    if (own.has(field.toLowerCase())) continue;
    notes.push({
      field,
      action: 'direct',
      reason: `The browser adds ${field}: no-cache, since the request goes past its cache.`,
    });
  }
}
