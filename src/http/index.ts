/** The engine's public surface. */
export { requests } from './api.ts';
export { HTTPAdapter, type HTTPAdapterOptions } from './adapters/http-adapter.ts';
export { Retry, type RetryHistory, type RetryOptions } from './adapters/retry.ts';
export { AuthBase } from './auth/auth-base.ts';
export { HTTPBasicAuth, HTTPProxyAuth } from './auth/basic.ts';
export { HTTPBearerAuth } from './auth/bearer.ts';
export { HTTPDigestAuth } from './auth/digest.ts';
export { type Cookie, CookieJar } from './cookies.ts';
export * from './errors.ts';
export { CaseInsensitiveHeaders } from './headers.ts';
export { exceptionForNetError } from './net-errors.ts';
export { PreparedRequest } from './prepared-request.ts';
export { Request } from './request.ts';
export { Response } from './response.ts';
export { defaultHeaders, Session, type SessionInit } from './session.ts';
export { codes } from './status-codes.ts';
export { FetchTransport } from './transports/fetch-transport.ts';
export type * from './types.ts';
