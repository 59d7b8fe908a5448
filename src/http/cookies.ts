import { type Cookie, cookieGoesTo, isSecureOrigin, normalDomain, receiveCookie } from './cookie-rules.ts';
import { CookieConflictError } from './errors.ts';

export type { Cookie } from './cookie-rules.ts';

export interface CookieQuery {
  domain?: string;
  path?: string;
}

/** A Set-Cookie line that was not stored, or a cookie that was pushed out, with the reason. */
export interface RejectedCookie {
  cookie: string;
  reason: string;
}

/** What browsers keep of one domain; RFC 6265bis §6.1 asks for 50 at least. */
const MAX_PER_DOMAIN = 180;

/**
 * Counterpart of `RequestsCookieJar`, with the rules of RFC 6265bis instead of `http.cookiejar`'s. Everything is
 * synchronous; times are milliseconds since the epoch. Iterates in the order in which cookies were first set.
 */
export class CookieJar implements Iterable<Cookie> {
  /** By slot, in the order in which the slots were first filled. */
  readonly #cookies = new Map<string, Cookie>();

  /** Number of cookies. */
  get size(): number {
    return this.#cookies.size;
  }

  /**
   * The value of the one cookie of that name, undefined without one.
   * @throws CookieConflictError when several domains or paths have it and `q` does not tell them apart.
   */
  get(name: string, q: CookieQuery = {}): string | undefined {
    const found = this.#find(q).filter(([, cookie]) => cookie.name === name);
    // A host's own cookie and one of its domain may be told apart by the dot.
    const hostOnly = q.domain?.startsWith('.') !== true;
    const exact = q.domain === undefined ? found : found.filter(([slot, c]) => slot === slotOf({ ...c, hostOnly }));
    if (exact.length === 1) return exact[0]?.[1].value;
    if (found.length > 1) throw new CookieConflictError(`There are multiple cookies with name, '${name}'`);
    return found[0]?.[1].value;
  }

  /**
   * Stores a cookie without asking any server's leave; `null` deletes. Without `domain` it goes to every host
   * (Requests' rule), with one also to its subdomains unless `hostOnly`.
   */
  set(name: string, value: string | null, attrs: Partial<Cookie> = {}): void {
    if (value === null) {
      this.delete(name, attrs);
      return;
    }
    const given = attrs.domain ?? '';
    const domain = normalDomain(given);
    const cookie: Cookie = {
      name,
      value: unescapeQuoted(value),
      domain,
      hostOnly: domain !== '' && (attrs.hostOnly ?? false),
      path: attrs.path ?? '/',
      secure: attrs.secure ?? false,
      httpOnly: attrs.httpOnly ?? false,
      ...(attrs.sameSite === undefined ? {} : { sameSite: attrs.sameSite }),
      expires: attrs.expires ?? null,
      creation: attrs.creation ?? Date.now(),
    };
    // Without a dot it shares the slot of a host's own cookie, so that either replaces the other, as in Requests.
    this.#put(cookie, slotOf({ ...cookie, hostOnly: !given.startsWith('.') }));
  }

  /** Removes every cookie of that name, in the given domain and path or everywhere. */
  delete(name: string, q: CookieQuery = {}): void {
    for (const [slot, cookie] of this.#find(q)) if (cookie.name === name) this.#cookies.delete(slot);
  }

  /** Names and values; of several cookies of one name the last one set. */
  getDict(q: CookieQuery = {}): Record<string, string> {
    return Object.fromEntries(this.#find(q).map(([, cookie]) => [cookie.name, cookie.value]));
  }

  /**
   * Stores what the Set-Cookie lines of a response from `url` ask for. Gives the refused lines, each with the reason
   * (RFC 6265bis §5.6–5.7).
   */
  extract(setCookie: readonly string[], url: string, now = Date.now()): readonly RejectedCookie[] {
    const from = parseUrl(url);
    if (from === null) return setCookie.map((cookie) => ({ cookie, reason: 'the URL of the response has no host' }));
    this.#dropExpired(now);
    const rejected: RejectedCookie[] = [];
    for (const line of setCookie) {
      const received = receiveCookie(line, from, now);
      if ('reason' in received) rejected.push({ cookie: line, reason: received.reason });
      else if (this.#shadowsSecure(received.cookie, from))
        rejected.push({ cookie: line, reason: 'an insecure origin may not replace a Secure cookie' });
      else if (received.cookie.expires !== null && received.cookie.expires <= now)
        this.#cookies.delete(slotOf(received.cookie));
      else {
        this.#put(received.cookie);
        rejected.push(...this.#pushOut(received.cookie.domain));
      }
    }
    return rejected;
  }

  /** The Cookie field for a request to `url`, longest path first (RFC 6265bis §5.8.3); null when there is none. */
  header(url: string, now = Date.now()): string | null {
    if (this.#cookies.size === 0) return null;
    const to = parseUrl(url);
    if (to === null) return null;
    this.#dropExpired(now);
    const going = [...this].filter((cookie) => cookieGoesTo(cookie, to));
    if (going.length === 0) return null;
    // The sort is stable: equal lengths stay in the order of creation.
    going.sort((a, b) => b.path.length - a.path.length);
    return going.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
  }

  /** Takes over all of another jar's cookies, which win over those of the same name, domain and path. */
  update(other: CookieJar | Readonly<Record<string, string>>): void {
    if (other instanceof CookieJar) for (const [slot, cookie] of other.#cookies) this.#put(cookie, slot);
    else for (const [name, value] of Object.entries(other)) this.set(name, value);
  }

  copy(): CookieJar {
    const jar = new CookieJar();
    jar.update(this);
    return jar;
  }

  clear(): void {
    this.#cookies.clear();
  }

  /** Every domain once; the empty one stands for cookies that go everywhere. */
  listDomains(): string[] {
    return [...new Set([...this].map((cookie) => cookie.domain))];
  }

  toJSON(): readonly Cookie[] {
    return [...this].map((cookie) => ({ ...cookie }));
  }

  /**
   * A jar from what `toJSON` gave.
   * @throws RangeError when it is not that.
   */
  static fromJSON(value: unknown): CookieJar {
    if (!Array.isArray(value)) throw new RangeError('A cookie jar is stored as a list of cookies');
    const jar = new CookieJar();
    for (const item of value as unknown[]) jar.#put(readCookie(item));
    return jar;
  }

  [Symbol.iterator](): IterableIterator<Cookie> {
    return this.#cookies.values();
  }

  #put(cookie: Cookie, slot = slotOf(cookie)): void {
    const old = this.#cookies.get(slot);
    // The replaced cookie's creation time, and so its place, is kept (RFC 6265bis §5.7 step 23).
    this.#cookies.set(slot, old === undefined ? cookie : { ...cookie, creation: old.creation });
  }

  #find(q: CookieQuery): [slot: string, cookie: Cookie][] {
    const domain = q.domain === undefined ? undefined : normalDomain(q.domain);
    return [...this.#cookies].filter(
      ([, cookie]) =>
        (domain === undefined || cookie.domain === domain) && (q.path === undefined || cookie.path === q.path),
    );
  }

  #dropExpired(now: number): void {
    for (const [key, cookie] of this.#cookies)
      if (cookie.expires !== null && cookie.expires <= now) this.#cookies.delete(key);
  }

  /** RFC 6265bis §5.7 step 17: leave Secure cookies alone. */
  #shadowsSecure(cookie: Cookie, url: URL): boolean {
    if (cookie.secure || isSecureOrigin(url)) return false;
    return [...this].some(
      (old) =>
        old.secure &&
        old.name === cookie.name &&
        (old.domain === cookie.domain ||
          old.domain.endsWith(`.${cookie.domain}`) ||
          cookie.domain.endsWith(`.${old.domain}`)) &&
        `${cookie.path}/`.startsWith(old.path.endsWith('/') ? old.path : `${old.path}/`),
    );
  }

  /** A server may fill its own domain only so far: the oldest go first (RFC 6265bis §5.7, last paragraphs). */
  #pushOut(domain: string): RejectedCookie[] {
    const mine = [...this.#cookies].filter(([, cookie]) => cookie.domain === domain);
    return mine.slice(0, Math.max(0, mine.length - MAX_PER_DOMAIN)).map(([slot, cookie]) => {
      this.#cookies.delete(slot);
      return {
        cookie: `${cookie.name}=${cookie.value}`,
        reason: `pushed out: over ${MAX_PER_DOMAIN} cookies of ${domain}`,
      };
    });
  }
}

/** RFC 6265bis §5.7 step 23: name, domain, host-only flag and path tell cookies apart. */
function slotOf(cookie: Pick<Cookie, 'domain' | 'hostOnly' | 'path' | 'name'>): string {
  return JSON.stringify([cookie.domain, cookie.hostOnly, cookie.path, cookie.name]);
}

/** `RequestsCookieJar.set_cookie`: a quoted value loses its escaped quotes. */
function unescapeQuoted(value: string): string {
  return value.startsWith('"') && value.endsWith('"') ? value.replaceAll('\\"', '') : value;
}

function parseUrl(url: string): URL | null {
  try {
    const parsed = new URL(url);
    return parsed.hostname === '' ? null : parsed;
  } catch {
    return null;
  }
}

function readCookie(value: unknown): Cookie {
  const item: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
  const { name, value: text, domain, hostOnly, path, secure, httpOnly, sameSite, expires, creation } = item;
  if (typeof name !== 'string' || typeof text !== 'string' || typeof domain !== 'string' || typeof path !== 'string')
    throw new RangeError('A stored cookie needs name, value, domain and path');
  return {
    name,
    value: text,
    domain,
    hostOnly: hostOnly === true,
    path,
    secure: secure === true,
    httpOnly: httpOnly === true,
    ...(sameSite === 'Strict' || sameSite === 'Lax' || sameSite === 'None' ? { sameSite } : {}),
    expires: typeof expires === 'number' ? expires : null,
    creation: typeof creation === 'number' ? creation : Date.now(),
  };
}
