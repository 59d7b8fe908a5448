import type { PreparedRequest } from './prepared-request.ts';
import type { Response } from './response.ts';
import type { WireRecord } from './types.ts';

/** A stable machine name for each class, for `switch` and for messages that cross a boundary. */
export type ErrorCode =
  | 'request'
  | 'http'
  | 'connection'
  | 'proxy'
  | 'ssl'
  | 'connect-timeout'
  | 'read-timeout'
  | 'timeout'
  | 'too-many-redirects'
  | 'url-required'
  | 'missing-schema'
  | 'invalid-schema'
  | 'invalid-url'
  | 'invalid-proxy-url'
  | 'invalid-header'
  | 'invalid-json'
  | 'json-decode'
  | 'chunked-encoding'
  | 'content-decoding'
  | 'stream-consumed'
  | 'retry'
  | 'unrewindable-body'
  | 'aborted'
  | 'unsupported'
  | 'permission'
  | 'too-large'
  | 'cookie-conflict';

export interface ErrorDetails {
  request?: PreparedRequest | null;
  response?: Response | null;
  cause?: unknown;
  /** What the platform called the failure, e.g. `net::ERR_NAME_NOT_RESOLVED`. */
  netError?: string | undefined;
  /** What was seen on the wire before it failed. */
  wire?: WireRecord | undefined;
}

/** Root of everything the engine throws on purpose; the counterpart of `requests.RequestException`. */
export class RequestException extends Error {
  readonly code: ErrorCode = 'request';
  override readonly name: string = 'RequestException';
  request: PreparedRequest | null;
  response: Response | null;
  netError?: string;
  wire?: WireRecord;

  constructor(message = '', details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.request = details.request ?? details.response?.request ?? null;
    this.response = details.response ?? null;
    if (details.netError !== undefined) this.netError = details.netError;
    if (details.wire !== undefined) this.wire = details.wire;
  }

  static is(error: unknown): error is RequestException {
    return error instanceof RequestException;
  }
}

/** A body could not be written as JSON (NaN, infinity, a cycle). */
export class InvalidJSONError extends RequestException {
  override readonly code: ErrorCode = 'invalid-json';
  override readonly name: string = 'InvalidJSONError';
}

/** A response body is not JSON. `pos` counts characters of `doc`; null when the place is unknown. */
export class JSONDecodeError extends InvalidJSONError {
  override readonly code: ErrorCode = 'json-decode';
  override readonly name: string = 'JSONDecodeError';
  readonly doc: string;
  readonly pos: number | null;

  constructor(message: string, doc: string, pos: number | null, details: ErrorDetails = {}) {
    super(message, details);
    this.doc = doc;
    this.pos = pos;
  }
}

/** `raiseForStatus()` met a status of 400 to 599. */
export class HTTPError extends RequestException {
  override readonly code: ErrorCode = 'http';
  override readonly name: string = 'HTTPError';
}

export class ConnectionError extends RequestException {
  override readonly code: ErrorCode = 'connection';
  override readonly name: string = 'ConnectionError';
}

export class ProxyError extends ConnectionError {
  override readonly code: ErrorCode = 'proxy';
  override readonly name: string = 'ProxyError';
}

export class SSLError extends ConnectionError {
  override readonly code: ErrorCode = 'ssl';
  override readonly name: string = 'SSLError';
}

/** A time limit ran out. `instanceof Timeout` also holds for `ConnectTimeout`, as in Requests. */
export class Timeout extends RequestException {
  override readonly code: ErrorCode = 'timeout';
  override readonly name: string = 'Timeout';
  readonly phase: 'connect' | 'read' | 'total' = 'total';

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    // Subclasses inherit this method: only Timeout itself has a second child outside its own chain.
    return this === Timeout && Function.prototype[Symbol.hasInstance].call(ConnectTimeout, value);
  }
}

/** The connection was not made in time: both a ConnectionError and a Timeout, so safe to retry. */
export class ConnectTimeout extends ConnectionError {
  override readonly code: ErrorCode = 'connect-timeout';
  override readonly name: string = 'ConnectTimeout';
  readonly phase = 'connect';
}

/** The server sent nothing for longer than the read timeout. */
export class ReadTimeout extends Timeout {
  override readonly code: ErrorCode = 'read-timeout';
  override readonly name: string = 'ReadTimeout';
  override readonly phase: 'connect' | 'read' | 'total' = 'read';
}

export class TooManyRedirects extends RequestException {
  override readonly code: ErrorCode = 'too-many-redirects';
  override readonly name: string = 'TooManyRedirects';
}

export class URLRequired extends RequestException {
  override readonly code: ErrorCode = 'url-required';
  override readonly name: string = 'URLRequired';
}

export class MissingSchema extends RequestException {
  override readonly code: ErrorCode = 'missing-schema';
  override readonly name: string = 'MissingSchema';
}

export class InvalidSchema extends RequestException {
  override readonly code: ErrorCode = 'invalid-schema';
  override readonly name: string = 'InvalidSchema';
}

export class InvalidURL extends RequestException {
  override readonly code: ErrorCode = 'invalid-url';
  override readonly name: string = 'InvalidURL';
}

export class InvalidProxyURL extends InvalidURL {
  override readonly code: ErrorCode = 'invalid-proxy-url';
  override readonly name: string = 'InvalidProxyURL';
}

export class InvalidHeader extends RequestException {
  override readonly code: ErrorCode = 'invalid-header';
  override readonly name: string = 'InvalidHeader';
}

/** The body ended early or its chunks were malformed. */
export class ChunkedEncodingError extends RequestException {
  override readonly code: ErrorCode = 'chunked-encoding';
  override readonly name: string = 'ChunkedEncodingError';
}

export class ContentDecodingError extends RequestException {
  override readonly code: ErrorCode = 'content-decoding';
  override readonly name: string = 'ContentDecodingError';
}

export class StreamConsumedError extends RequestException {
  override readonly code: ErrorCode = 'stream-consumed';
  override readonly name: string = 'StreamConsumedError';
}

/** Retries on status codes were used up. */
export class RetryError extends RequestException {
  override readonly code: ErrorCode = 'retry';
  override readonly name: string = 'RetryError';
}

export class UnrewindableBodyError extends RequestException {
  override readonly code: ErrorCode = 'unrewindable-body';
  override readonly name: string = 'UnrewindableBodyError';
}

/** One name in several domains or paths of a jar, asked for without saying which. */
export class CookieConflictError extends RequestException {
  override readonly code: ErrorCode = 'cookie-conflict';
  override readonly name: string = 'CookieConflictError';
}

/** Ours: the caller's AbortSignal fired. */
export class AbortedError extends RequestException {
  override readonly code: ErrorCode = 'aborted';
  override readonly name: string = 'AbortedError';
}

/** Ours: the platform cannot do it (GET with a body, TRACE, client certificates …). Nothing was sent. */
export class UnsupportedFeature extends RequestException {
  override readonly code: ErrorCode = 'unsupported';
  override readonly name: string = 'UnsupportedFeature';
}

/** Ours: the extension may not reach this origin. Nothing was sent. */
export class PermissionError extends RequestException {
  override readonly code: ErrorCode = 'permission';
  override readonly name: string = 'PermissionError';
}

/** Ours: more of a body came than was asked for. What came until then is kept. */
export class ResponseTooLarge extends RequestException {
  override readonly code: ErrorCode = 'too-large';
  override readonly name: string = 'ResponseTooLarge';
}
