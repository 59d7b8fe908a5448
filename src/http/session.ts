import { HTTPAdapter } from './adapters/http-adapter.ts';
import { CookieJar } from './cookies.ts';
import {
  ChunkedEncodingError,
  ContentDecodingError,
  InvalidSchema,
  RequestException,
  TooManyRedirects,
} from './errors.ts';
import { ExchangeScope } from './exchange-scope.ts';
import { CaseInsensitiveHeaders } from './headers.ts';
import { dispatchHook, type Hooks, hooksFrom, mergeHooks } from './hooks.ts';
import { mergeHeaders, mergeParams } from './merge.ts';
import { PreparedRequest } from './prepared-request.ts';
import {
  checkRewindable,
  droppedFields,
  purgeBody,
  rebuildCookies,
  redirectMethod,
  redirectTarget,
  redirectUrl,
  shouldStripAuth,
} from './redirects.ts';
import { Request } from './request.ts';
import type { Response } from './response.ts';
import { readSettings, type SessionSettings, writeSettings } from './session-json.ts';
import { splitUrl } from './split-url.ts';
import { resolveTimeout } from './timeouts.ts';
import type {
  Adapter,
  AuthInit,
  HeadersInitCI,
  Pairs,
  RequestOptions,
  SendOptions,
  TimeoutInit,
  Transport,
} from './types.ts';
import { VERSION } from './version.ts';

const DEFAULT_REDIRECT_LIMIT = 30;

export interface SessionInit extends Partial<SessionSettings> {
  auth?: AuthInit | null;
  params?: Pairs;
  headers?: HeadersInitCI;
  cookies?: CookieJar;
  /** Carries the hops of the adapters that a session begins with. Default: plain fetch. */
  transport?: Transport;
}

/** The fields that every request of a new session has, in Requests' order. */
export function defaultHeaders(): CaseInsensitiveHeaders {
  return new CaseInsensitiveHeaders([
    ['User-Agent', `request-workbench/${VERSION}`],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['Accept', '*/*'],
    ['Connection', 'keep-alive'],
  ]);
}

/**
 * Counterpart of `requests.Session`: defaults for its requests, a cookie jar that fills as responses come, adapters by
 * URL prefix. All of it may be changed at any time; a request in flight keeps what it was prepared with.
 */
export class Session {
  headers: CaseInsensitiveHeaders;
  params: Pairs;
  auth: AuthInit | null;
  cookies: CookieJar;
  hooks: Hooks = hooksFrom();
  proxies: Record<string, string>;
  verify: boolean | string;
  cert: string | readonly [string, string] | null;
  stream: boolean;
  maxRedirects: number;
  /** Default for requests that name none; null waits for ever. */
  timeout: TimeoutInit;
  /** Ours: awaited after every hop whose cookies changed the jar, so that it can be stored before the next. */
  onCookies: ((jar: CookieJar) => void | Promise<void>) | null = null;
  readonly #adapters = new Map<string, Adapter>();
  readonly #kept = new WeakSet<Response>();

  constructor(init: SessionInit = {}) {
    this.headers = init.headers === undefined ? defaultHeaders() : new CaseInsensitiveHeaders(init.headers);
    this.params = init.params ?? {};
    this.auth = init.auth ?? null;
    this.cookies = init.cookies ?? new CookieJar();
    this.proxies = { ...init.proxies };
    this.verify = init.verify ?? true;
    this.cert = init.cert ?? null;
    this.stream = init.stream ?? false;
    this.maxRedirects = init.maxRedirects ?? DEFAULT_REDIRECT_LIMIT;
    this.timeout = init.timeout ?? null;
    const options = init.transport === undefined ? {} : { transport: init.transport };
    this.mount('https://', new HTTPAdapter(options));
    this.mount('http://', new HTTPAdapter(options));
  }

  /** The mounted adapters, longest prefix first. */
  get adapters(): ReadonlyMap<string, Adapter> {
    return this.#adapters;
  }

  /**
   * Prepares and sends a request, follows redirects, and reads the body unless `stream`.
   * @throws RangeError for a timeout that is none; RequestException for everything else that goes wrong
   */
  async request(method: string, url: string | URL, options: RequestOptions = {}): Promise<Response> {
    return this.send(await this.prepareRequest(new Request(method, url, options)), sendOptionsOf(options));
  }

  get(url: string | URL, o?: RequestOptions): Promise<Response> {
    return this.request('GET', url, o);
  }

  options(url: string | URL, o?: RequestOptions): Promise<Response> {
    return this.request('OPTIONS', url, o);
  }

  /** Follows no redirect unless told to, as in Requests. */
  head(url: string | URL, o?: RequestOptions): Promise<Response> {
    return this.request('HEAD', url, { allowRedirects: false, ...o });
  }

  post(url: string | URL, o?: RequestOptions): Promise<Response> {
    return this.request('POST', url, o);
  }

  put(url: string | URL, o?: RequestOptions): Promise<Response> {
    return this.request('PUT', url, o);
  }

  patch(url: string | URL, o?: RequestOptions): Promise<Response> {
    return this.request('PATCH', url, o);
  }

  delete(url: string | URL, o?: RequestOptions): Promise<Response> {
    return this.request('DELETE', url, o);
  }

  /** Makes the prepared request of a request and the session's defaults. @throws as `PreparedRequest.prepare` */
  async prepareRequest(r: Request): Promise<PreparedRequest> {
    const cookies = this.cookies.copy();
    if (r.cookies !== null) cookies.update(r.cookies);
    return new PreparedRequest().prepare({
      method: r.method,
      url: r.url,
      headers: mergeHeaders(r.headers, this.headers),
      params: mergeParams(r.params, this.params),
      data: r.data,
      files: r.files,
      json: r.json,
      auth: r.auth ?? this.auth,
      cookies,
      hooks: mergeHooks(r.hooks, this.hooks) ?? {},
    });
  }

  /**
   * Sends a prepared request as it is: adapter by prefix, hooks, cookies into the jar, redirects, body.
   * @throws as `request`; TooManyRedirects, InvalidSchema, UnrewindableBodyError on the way
   */
  async send(r: PreparedRequest, options: SendOptions = {}): Promise<Response> {
    if (!(r instanceof PreparedRequest)) throw new RangeError('You can only send PreparedRequests.');
    const given = this.#withDefaults(options);
    const limits = resolveTimeout(given.timeout);
    if (given.scope !== undefined) return this.#exchange(r, given, given.scope);
    const scope = new ExchangeScope(given, limits.total);
    scope.onResponse = (response, hop) => this.#keepCookies(response, scope, hop);
    try {
      const response = await this.#exchange(r, given, scope);
      response.whenEnded((error) => scope.end(error));
      return response;
    } catch (error) {
      scope.end(error);
      throw error;
    }
  }

  /** Mounts an adapter on a URL prefix: plain text, so end a host with a slash. The longest prefix wins. */
  mount(prefix: string, adapter: Adapter): void {
    this.#adapters.set(prefix, adapter);
    const shorter = [...this.#adapters].filter(([other]) => other.length < prefix.length);
    for (const [other, mounted] of shorter) {
      this.#adapters.delete(other);
      this.#adapters.set(other, mounted);
    }
  }

  /** The adapter with the longest prefix of the URL, case aside. @throws InvalidSchema */
  getAdapter(url: string): Adapter {
    const lower = url.toLowerCase();
    for (const [prefix, adapter] of this.#adapters) if (lower.startsWith(prefix.toLowerCase())) return adapter;
    throw new InvalidSchema(`No connection adapters were found for '${url}'`);
  }

  /** Changes the method as the redirect asks for. */
  rebuildMethod(r: PreparedRequest, resp: Response): void {
    r.method = redirectMethod(r.method, resp.status);
  }

  /** Takes Authorization off a redirect to where it must not go. */
  rebuildAuth(r: PreparedRequest, resp: Response): void {
    if (this.shouldStripAuth(resp.request.url, r.url)) r.headers.delete('Authorization');
  }

  /** Whether Authorization must not go from one URL to the other. */
  shouldStripAuth(oldUrl: string, newUrl: string): boolean {
    return shouldStripAuth(oldUrl, newUrl);
  }

  /** Follows redirects from a response on, giving each next response. @throws as `send` */
  async *resolveRedirects(resp: Response, r: PreparedRequest, o: SendOptions = {}): AsyncIterableIterator<Response> {
    const options = this.#withDefaults(o);
    const scope = options.scope ?? new ExchangeScope(options, resolveTimeout(options.timeout).total);
    const history: Response[] = [];
    let [response, request] = [resp, r];
    let fragment = splitUrl(r.url).fragment;
    try {
      for (let target = redirectTarget(response); target !== null; target = redirectTarget(response)) {
        history.push(response);
        response.history = history.slice(1);
        await readAway(response);
        if (response.history.length >= this.maxRedirects)
          throw new TooManyRedirects(`Exceeded ${this.maxRedirects} redirects.`, { response });
        await response.close();
        const followed = this.#follow(request, response, target, fragment, options);
        ({ fragment } = followed);
        const from = request;
        request = response.next = followed.request;
        const dropped = droppedFields(from, request);
        scope.emit({ type: 'redirect', from: response.url, to: request.url, method: request.method, dropped });
        scope.expect('redirect');
        response = await this.#sendOnce(request, options, scope);
        yield response;
      }
    } finally {
      if (options.scope === undefined) response.whenEnded((error) => scope.end(error));
    }
  }

  async close(): Promise<void> {
    for (const adapter of new Set(this.#adapters.values())) await adapter.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Everything but hooks, adapters, and an auth that is more than a pair of texts. Holds secrets. */
  toJSON(): unknown {
    return writeSettings(this);
  }

  /** A session from what `toJSON` gave. @throws RangeError when it is not that */
  static fromJSON(value: unknown): Session {
    const { headers, ...settings } = readSettings(value);
    const session = new Session({ ...settings, headers: {} });
    for (const [name, line] of headers) session.headers.append(name, line);
    return session;
  }

  #withDefaults(o: SendOptions): SendOptions {
    return {
      ...o,
      stream: o.stream ?? this.stream,
      verify: o.verify ?? this.verify,
      cert: o.cert ?? this.cert,
      proxies: { ...this.proxies, ...o.proxies },
      timeout: o.timeout === undefined ? this.timeout : o.timeout,
    };
  }

  async #exchange(r: PreparedRequest, options: SendOptions, scope: ExchangeScope): Promise<Response> {
    let response = await this.#sendOnce(r, options, scope);
    if (options.allowRedirects ?? true) {
      const followed: Response[] = [response];
      for await (const next of this.resolveRedirects(response, r, { ...options, scope })) followed.push(next);
      if (followed.length > 1) {
        response = followed.pop() ?? response;
        response.history = followed;
      }
    } else {
      response.next = this.#nextOf(r, response, options);
    }
    if (options.stream !== true) await response.content();
    return response;
  }

  async #sendOnce(r: PreparedRequest, options: SendOptions, scope: ExchangeScope): Promise<Response> {
    const send: SendOptions = { ...options, scope };
    const start = performance.now();
    const carried = await this.#adapterFor(r).send(r, send);
    carried.elapsed = performance.now() - start;
    const response = await dispatchHook(r.hooks.response, carried, send);
    for (const one of [...response.history, response]) await this.#keepCookies(one, scope);
    return response;
  }

  #adapterFor(r: PreparedRequest): Adapter {
    try {
      return this.getAdapter(r.url);
    } catch (error) {
      if (RequestException.is(error)) error.request ??= r;
      throw error;
    }
  }

  /** The request that follows a redirect. @throws InvalidURL, UnrewindableBodyError */
  #follow(
    r: PreparedRequest,
    response: Response,
    target: string,
    inherited: string,
    options: SendOptions,
  ): { request: PreparedRequest; fragment: string } {
    const request = r.copy();
    const { url, fragment } = redirectUrl(response.url, target, inherited);
    request.url = url;
    this.rebuildMethod(request, response);
    purgeBody(request, response.status);
    rebuildCookies(request, response, this.cookies);
    request.headers.delete('Proxy-Authorization');
    if (options.keepAuthorizationAcrossHosts !== true) this.rebuildAuth(request, response);
    checkRewindable(request, response);
    return { request, fragment };
  }

  /** For `Response.next`: null also where the redirect leads nowhere, which only matters to who follows it. */
  #nextOf(r: PreparedRequest, response: Response, options: SendOptions): PreparedRequest | null {
    const target = redirectTarget(response);
    if (target === null) return null;
    try {
      return this.#follow(r, response, target, splitUrl(r.url).fragment, options).request;
    } catch {
      return null;
    }
  }

  /** Stores a response's cookies, once, and tells who keeps the jar. */
  async #keepCookies(response: Response, scope: ExchangeScope, hop = scope.hop): Promise<void> {
    if (this.#kept.has(response)) return;
    this.#kept.add(response);
    const lines = response.setCookieLines;
    if (lines.length === 0) return;
    const rejected = new Map(response.extractCookies(this.cookies).map(({ cookie, reason }) => [cookie, reason]));
    for (const cookie of lines) {
      const reason = rejected.get(cookie);
      if (reason === undefined) scope.emit({ type: 'cookie', hop, action: 'stored', cookie });
      else scope.emit({ type: 'cookie', hop, action: 'rejected', cookie, reason });
      rejected.delete(cookie);
    }
    // What is left was pushed out by the others.
    for (const [cookie, reason] of rejected) scope.emit({ type: 'cookie', hop, action: 'rejected', cookie, reason });
    await this.onCookies?.(this.cookies);
  }
}

/** Reads the body of a redirect, so that the connection is free; that it is broken, or read, does not matter. */
async function readAway(response: Response): Promise<void> {
  try {
    await response.content();
  } catch (error) {
    const broken = error instanceof ChunkedEncodingError || error instanceof ContentDecodingError;
    if (RequestException.is(error) && !broken) throw error;
  }
}

/** What of a request's options concerns the sending. */
function sendOptionsOf(o: RequestOptions): SendOptions {
  const { params: _p, data: _d, json: _j, headers: _h, cookies: _c, files: _f, auth: _a, hooks: _k, ...send } = o;
  return send;
}
