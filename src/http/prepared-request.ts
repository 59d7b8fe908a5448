import { AuthBase } from './auth/auth-base.ts';
import { getAuthFromUrl, HTTPBasicAuth } from './auth/basic.ts';
import { bodyLength, makeBody, NO_BODY } from './body.ts';
import { cookieUrl } from './cookie-rules.ts';
import { CookieJar } from './cookies.ts';
import { checkHeaderValidity } from './header-validity.ts';
import { CaseInsensitiveHeaders } from './headers.ts';
import { hooksFrom, type Hooks } from './hooks.ts';
import type {
  AuthCallable,
  AuthInit,
  Body,
  DataInit,
  FilesInit,
  HeadersInitCI,
  HooksInit,
  ParamsInit,
  ResponseHook,
  Transport,
  WireNote,
  WireRequest,
} from './types.ts';
import { pathUrl, prepareUrl, wireUrl } from './url.ts';

/** What `prepare` makes a request of. `boundary` is for tests: multipart bodies choose their own. */
export interface PrepareInit {
  method: string;
  url: string | URL;
  headers?: HeadersInitCI;
  params?: ParamsInit;
  data?: DataInit;
  files?: FilesInit;
  json?: unknown;
  auth?: AuthInit | null;
  cookies?: CookieJar | Record<string, string> | null;
  hooks?: HooksInit;
  boundary?: string;
}

function authCallable(auth: AuthInit): AuthCallable {
  if (auth instanceof AuthBase) return (r) => auth.apply(r);
  if (typeof auth === 'function') return auth;
  const basic = new HTTPBasicAuth(...auth);
  return (r) => basic.apply(r);
}

/**
 * Exactly what will be sent; fully mutable. Made by `Request.prepare` or `Session.prepareRequest`; the steps are
 * methods of their own because redirects and digest authentication repeat some of them.
 */
export class PreparedRequest {
  /** In upper case; '' when none was given. */
  method = '';
  /** Keeps fragment and credentials, which are never sent as part of it. */
  url = '';
  headers = new CaseInsensitiveHeaders();
  body: Body = NO_BODY;
  hooks: Hooks = hooksFrom();
  /** The jar that the Cookie field was made from; a redirect makes it anew. */
  jar: CookieJar | null = null;

  /**
   * All steps in Requests' order: authentication sees the finished request, and hooks come after it because it may
   * add some.
   * @throws MissingSchema, InvalidURL, InvalidHeader, InvalidJSONError; RangeError for what cannot be encoded;
   * whatever the auth throws.
   */
  async prepare(init: PrepareInit): Promise<this> {
    this.prepareMethod(init.method);
    this.prepareUrl(init.url, init.params);
    this.prepareHeaders(init.headers);
    this.prepareCookies(init.cookies);
    this.prepareBody(init.data, init.files, init.json, init.boundary);
    await this.prepareAuth(init.auth);
    this.prepareHooks(init.hooks);
    return this;
  }

  /** Path and query: the target of the request line. */
  get pathUrl(): string {
    return pathUrl(this.url);
  }

  /** A copy whose fields may be changed on their own; body and hooks are shared, as in Requests. */
  copy(): PreparedRequest {
    const copy = new PreparedRequest();
    Object.assign(copy, this, { headers: this.headers.copy(), jar: this.jar?.copy() ?? null });
    return copy;
  }

  prepareMethod(method: string | null): void {
    this.method = method?.toUpperCase() ?? '';
  }

  /** @throws As `prepareUrl` of url.ts. */
  prepareUrl(url: string | URL, params?: ParamsInit): void {
    this.url = prepareUrl(url, params);
  }

  /** Repeated lines of a CaseInsensitiveHeaders stay repeated. @throws InvalidHeader, also for a null value. */
  prepareHeaders(init: HeadersInitCI = {}): void {
    if (init instanceof CaseInsensitiveHeaders) {
      for (const [name, value] of init.lines()) checkHeaderValidity(name, value);
      this.headers = init.copy();
      return;
    }
    this.headers = new CaseInsensitiveHeaders();
    for (const [name, value] of Symbol.iterator in init ? init : Object.entries(init)) {
      checkHeaderValidity(name, value);
      this.headers.set(name, value);
    }
  }

  /** Keeps the jar, and sets the Cookie field from it unless there is one already. */
  prepareCookies(cookies: CookieJar | Record<string, string> | null = null): void {
    if (cookies instanceof CookieJar) this.jar = cookies;
    else {
      this.jar = new CookieJar();
      if (cookies !== null) this.jar.update(cookies);
    }
    if (this.headers.has('Cookie')) return;
    const value = this.jar.header(cookieUrl(this.url, this.headers.get('Host')));
    if (value !== null) this.headers.set('Cookie', value);
  }

  /** Sets body, Content-Length or Transfer-Encoding, and Content-Type if there is none. @throws As `makeBody`. */
  prepareBody(data?: DataInit, files?: FilesInit, json?: unknown, boundary?: string): void {
    const { body, contentType, streamed } = makeBody(data, files, json, boundary);
    this.body = body;
    if (streamed) {
      const length = bodyLength(body);
      if (length) this.headers.set('Content-Length', String(length));
      else this.headers.set('Transfer-Encoding', 'chunked');
      return;
    }
    this.prepareContentLength();
    if (contentType !== null && !this.headers.has('Content-Type')) this.headers.set('Content-Type', contentType);
  }

  /** From the body's length; `0` for a method that could have had a body, unless the caller said otherwise. */
  prepareContentLength(body: Body = this.body): void {
    const length = bodyLength(body);
    if (length) this.headers.set('Content-Length', String(length));
    else if (body.kind === 'none' && this.method !== 'GET' && this.method !== 'HEAD') {
      if (!this.headers.has('Content-Length')) this.headers.set('Content-Length', '0');
    }
  }

  /** Signs with `auth`, or without one with the credentials of the URL. */
  async prepareAuth(auth: AuthInit | null = null): Promise<void> {
    const credentials = auth ?? this.#credentialsOfUrl();
    if (credentials === null) return;
    const signed = await authCallable(credentials)(this);
    if (signed !== this) Object.assign(this, signed);
    this.prepareContentLength();
  }

  #credentialsOfUrl(): AuthInit | null {
    const credentials = getAuthFromUrl(this.url);
    return credentials.some(Boolean) ? credentials : null;
  }

  prepareHooks(hooks?: HooksInit): void {
    for (const hook of hooksFrom(hooks).response) this.registerHook('response', hook);
  }

  /** @throws RangeError for an event other than `response`. */
  registerHook(event: 'response', hook: ResponseHook): void {
    this.#hooksOf(event).push(hook);
  }

  /** Whether the hook was registered. */
  deregisterHook(event: 'response', hook: ResponseHook): boolean {
    const hooks = this.#hooksOf(event);
    const at = hooks.indexOf(hook);
    if (at >= 0) hooks.splice(at, 1);
    return at >= 0;
  }

  #hooksOf(event: string): ResponseHook[] {
    if (event === 'response') return this.hooks.response;
    throw new RangeError(`Unsupported event specified, with event name "${event}"`);
  }

  /** The hop that a transport will carry. */
  toWireRequest(options: { verify?: boolean; cache?: WireRequest['cache'] } = {}): WireRequest {
    return {
      method: this.method,
      url: wireUrl(this.url),
      headers: this.headers.lines(),
      body: this.body,
      verify: options.verify ?? true,
      cookies: this.headers.has('Cookie') ? 'given' : 'none',
      cache: options.cache ?? 'default',
    };
  }

  /** What the transport's platform will change or refuse, asked before anything is sent. */
  wirePlan(transport: Transport): readonly WireNote[] {
    return transport.plan(this.toWireRequest());
  }
}
