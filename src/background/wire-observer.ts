import browser, { type WebRequest } from 'webextension-polyfill';
import type { HeaderLine } from '../http/types.ts';
import type { TlsView } from '../model/exchange.ts';
import { isFirefox } from './platform.ts';
import { describeSecurity } from './security-info.ts';

/** What webRequest told about one hop so far. */
export interface Sighting {
  /** Fields as they stood after our rule; null until they went out. */
  sent: HeaderLine[] | null;
  status: { code: number; reason: string; httpVersion: string | null; headers: HeaderLine[] } | null;
  ip: string | null;
  fromCache: boolean;
  proxy: string | null;
  tls: TlsView | null;
  /** The browser's own word for the failure. */
  netError: string | null;
}

export interface Observation {
  readonly sighting: Sighting;
  /** Resolves when the fields went out, or the hop is over. */
  readonly sent: Promise<void>;
  /** Resolves when the header section arrived, or the hop is over. */
  readonly headers: Promise<void>;
  /** Resolves when the browser has reported the failure. */
  readonly failed: Promise<void>;
  /** Forgets the hop. */
  end(): void;
}

interface Watch {
  sighting: Sighting;
  sent: PromiseWithResolvers<void>;
  headers: PromiseWithResolvers<void>;
  failed: PromiseWithResolvers<void>;
}

const watches = new Map<string, Watch>();

/** Watches for the hop whose URL ends in `#token`. Call it before the fetch. */
export function observe(token: string): Observation {
  const sighting: Sighting = {
    sent: null,
    status: null,
    ip: null,
    fromCache: false,
    proxy: null,
    tls: null,
    netError: null,
  };
  const watch: Watch = {
    sighting,
    sent: Promise.withResolvers(),
    headers: Promise.withResolvers(),
    failed: Promise.withResolvers(),
  };
  watches.set(token, watch);
  return {
    sighting,
    sent: watch.sent.promise,
    headers: watch.headers.promise,
    failed: watch.failed.promise,
    end: () => {
      watches.delete(token);
      watch.sent.resolve();
      watch.headers.resolve();
      watch.failed.resolve();
    },
  };
}

function watchFor(url: string): Watch | undefined {
  const hash = url.lastIndexOf('#');
  return hash < 0 ? undefined : watches.get(url.slice(hash + 1));
}

/** A field's value as a string of bytes, the form in which the engine and Requests hold it. */
function byteString({ value, binaryValue }: WebRequest.HttpHeadersItemType): string {
  if (binaryValue !== undefined) return String.fromCharCode(...binaryValue);
  if (value === undefined) return '';
  // Firefox gives bytes as they are. Chromium decodes UTF-8 where it can; undo it. ASCII is the same either way.
  // oxlint-disable-next-line no-control-regex -- the range is ASCII, control characters included
  if (isFirefox || /^[\x00-\x7f]*$/.test(value)) return value;
  return Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join('');
}

/** Firefox joins several Set-Cookie and WWW-Authenticate lines with a line feed; everything else is a line each. */
function lines(headers: readonly WebRequest.HttpHeadersItemType[] | undefined): HeaderLine[] {
  return (headers ?? []).flatMap((header) =>
    byteString(header)
      .split('\n')
      .map((value): HeaderLine => [header.name, value]),
  );
}

/** Lines that the browser or our own rule invents, and that no server sent. */
function invented([name, value]: HeaderLine): boolean {
  const lower = name.toLowerCase();
  return isFirefox && ((lower === 'timing-allow-origin' && value === '*') || lower === 'x-firefox-spdy');
}

const STATUS_LINE = /^(HTTP\/[\d.]+)\s+\d+\s*(.*)$/;

/** Requests' rule: UTF-8 where it decodes, else Latin-1. Chromium has decoded already; Firefox gives bytes. */
function reasonPhrase(raw: string): string {
  // oxlint-disable-next-line no-control-regex -- the range is Latin-1, control characters included
  if (!isFirefox || !/^[\x00-\xff]*$/.test(raw)) return raw;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(raw, (c) => c.charCodeAt(0)));
  } catch {
    return raw;
  }
}

function noteResponse(
  sighting: Sighting,
  details: { statusCode: number; statusLine: string; responseHeaders?: WebRequest.HttpHeadersItemType[] | undefined },
): void {
  const parts = STATUS_LINE.exec(details.statusLine);
  sighting.status = {
    code: details.statusCode,
    reason: reasonPhrase(parts?.[2] ?? ''),
    httpVersion: parts?.[1] ?? null,
    headers: lines(details.responseHeaders).filter((line) => !invented(line)),
  };
}

function noteAddress(url: string, ip: string | undefined, fromCache: boolean): void {
  const sighting = watchFor(url)?.sighting;
  if (sighting === undefined) return;
  if (ip !== undefined) sighting.ip = ip;
  sighting.fromCache ||= fromCache;
}

const filter: WebRequest.RequestFilter = { urls: ['<all_urls>'], types: ['xmlhttprequest'] };
/** Chromium hides Cookie, Set-Cookie, Referer and others without it; Firefox refuses the word. */
const extra = isFirefox ? [] : ['extraHeaders'];

browser.webRequest.onSendHeaders.addListener(
  (details) => {
    const watch = watchFor(details.url);
    if (watch === undefined) return;
    watch.sighting.sent = lines(details.requestHeaders);
    const proxy = (details as { proxyInfo?: { host: string; port: number; type: string } | null }).proxyInfo;
    if (proxy?.host) watch.sighting.proxy = `${proxy.type} ${proxy.host}:${proxy.port}`;
    watch.sent.resolve();
  },
  filter,
  ['requestHeaders', ...extra] as WebRequest.OnSendHeadersOptions[],
);

browser.webRequest.onHeadersReceived.addListener(
  (details) => {
    const watch = watchFor(details.url);
    if (watch === undefined) return undefined;
    noteResponse(watch.sighting, details);
    noteAddress(details.url, (details as { ip?: string }).ip, (details as { fromCache?: boolean }).fromCache ?? false);
    if (!isFirefox || !details.url.startsWith('https:')) {
      watch.headers.resolve();
      return undefined;
    }
    return describeSecurity(details.requestId).then((tls) => {
      watch.sighting.tls = tls;
      watch.headers.resolve();
      return {};
    });
  },
  filter,
  ['responseHeaders', ...extra, ...(isFirefox ? ['blocking'] : [])] as WebRequest.OnHeadersReceivedOptions[],
);

browser.webRequest.onBeforeRedirect.addListener(
  (details) => noteAddress(details.url, details.ip, details.fromCache),
  filter,
);
browser.webRequest.onResponseStarted.addListener(
  (details) => noteAddress(details.url, details.ip, details.fromCache),
  filter,
);

browser.webRequest.onErrorOccurred.addListener((details) => {
  const watch = watchFor(details.url);
  if (watch === undefined) return;
  watch.sighting.netError = details.error;
  watch.failed.resolve();
}, filter);
