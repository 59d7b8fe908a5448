import * as v from 'valibot';
import browser from 'webextension-polyfill';
import type { WireRequest, WireResponse } from '../http/types.ts';

/**
 * Decides whether a replay may go through the browser's cache. Going past it costs two fields that the original may not
 * have had (Pragma, Cache-Control); going through it may give an old answer, or add If-None-Match. So a URL goes through
 * as long as the cache cannot hold an answer to it.
 */
export interface ReplayCache {
  /** The mode for this hop. Call `done` when it is over. */
  enter(w: WireRequest): Promise<WireRequest['cache']>;
  done(w: WireRequest, answer: WireResponse | null): Promise<void>;
}

const CONDITIONAL = ['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since'];
const KEY = 'replayed-urls';
/** The cache outlives the browser, and so must this. Beyond so many the oldest are forgotten. */
const REMEMBERED = 5000;
const storedSchema = v.fallback(v.array(v.string()), []);

/** URLs as digests: which pages somebody replayed is nobody's business. */
async function digest(url: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(url));
  return Array.from(new Uint8Array(hash, 0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

let loaded: Promise<Set<string>> | null = null;
/** What a private window fetched is kept here alone. */
const privately = new Set<string>();
/** Two identical requests would wait for each other on Chromium's cache lock. */
const inFlight = new Set<string>();

async function load(): Promise<Set<string>> {
  const stored = await browser.storage.local.get(KEY);
  return new Set(v.parse(storedSchema, stored[KEY]));
}

async function remember(url: string, isPrivate: boolean): Promise<void> {
  const id = await digest(url);
  const known = await (loaded ??= load());
  if (known.has(id) || privately.has(id)) return;
  if (isPrivate) {
    privately.add(id);
    return;
  }
  known.add(id);
  for (const oldest of known) {
    if (known.size <= REMEMBERED) break;
    known.delete(oldest);
  }
  await (writing ??= write());
}

let writing: Promise<void> | null = null;

/** What comes before it begins goes with it: the whole list is written each time. */
async function write(): Promise<void> {
  await Promise.resolve();
  const known = await (loaded ??= load());
  await lastWrite.catch(() => {});
  writing = null;
  lastWrite = browser.storage.local.set({ [KEY]: [...known] });
  await lastWrite;
}

let lastWrite: Promise<void> = Promise.resolve();

/** After what was stored is gone: an answer from the cache is noticed, and the replay repeated. */
export function forgetReplays(): void {
  loaded = null;
}

export function replayCache(isPrivate: boolean): ReplayCache {
  return {
    async enter(w) {
      if (w.method !== 'GET' && w.method !== 'HEAD') return 'default';
      const own = new Set(w.headers.map(([name]) => name.toLowerCase()));
      // A conditional request is the caller's own business with the server: no cache answers it, or adds to it.
      if (CONDITIONAL.some((name) => own.has(name))) return 'default';
      // The original went past the cache itself: nothing is added that it did not have.
      if (own.has('pragma') && own.has('cache-control')) return 'no-store';
      const id = await digest(w.url);
      const known = await (loaded ??= load());
      if (known.has(id) || privately.has(id) || inFlight.has(w.url)) return 'no-store';
      inFlight.add(w.url);
      return 'default';
    },
    async done(w, answer) {
      if (w.cache === 'no-store' || (w.method !== 'GET' && w.method !== 'HEAD')) return;
      inFlight.delete(w.url);
      if (answer === null || !forbidsStoring(answer)) await remember(w.url, isPrivate);
    },
  };
}

/** RFC 9111 section 5.2.2.5. */
function forbidsStoring({ headers }: WireResponse): boolean {
  return headers.some(
    ([name, value]) => /^cache-control$/i.test(name) && /(?:^|[\s,])no-store(?:$|[\s,])/i.test(value),
  );
}
