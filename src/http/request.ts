import type { CookieJar } from './cookies.ts';
import { hooksFrom, type Hooks } from './hooks.ts';
import { PreparedRequest } from './prepared-request.ts';
import type { AuthInit, DataInit, FilesInit, HeadersInitCI, ParamsInit, RequestOptions, SendOptions } from './types.ts';

/**
 * A request as its author says it. A session merges its defaults in (`Session.prepareRequest`); `prepare` does
 * without.
 */
export class Request {
  method: string;
  url: string | URL;
  headers: HeadersInitCI;
  params: ParamsInit;
  data: DataInit;
  json: unknown;
  files: FilesInit;
  auth: AuthInit | null;
  cookies: CookieJar | Record<string, string> | null;
  hooks: Hooks;

  constructor(method: string, url: string | URL, options: Omit<RequestOptions, keyof SendOptions> = {}) {
    this.method = method;
    this.url = url;
    this.headers = options.headers ?? {};
    this.params = options.params ?? null;
    this.data = options.data ?? null;
    this.json = options.json;
    this.files = options.files ?? [];
    this.auth = options.auth ?? null;
    this.cookies = options.cookies ?? null;
    this.hooks = hooksFrom(options.hooks);
  }

  /** @throws As `PreparedRequest.prepare`. */
  async prepare(): Promise<PreparedRequest> {
    return new PreparedRequest().prepare(this);
  }
}
