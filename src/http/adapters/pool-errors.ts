/**
 * urllib3's view of a failed attempt: which stage it failed in decides which counter of a Retry it costs. None of
 * these leaves `HTTPAdapter.send`, which turns them into the exceptions of errors.ts. `cause` is the original error.
 */
import {
  ConnectionError,
  ConnectTimeout,
  ProxyError,
  ReadTimeout,
  type RequestException,
  SSLError,
  Timeout,
} from '../errors.ts';
import { failedBeforeSending } from '../net-errors.ts';

/** Root of the stages. */
export class PoolError extends Error {
  override readonly name: string = 'PoolError';

  constructor(message = '', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** No connection in time: the server has seen nothing. */
export class ConnectTimeoutError extends PoolError {
  override readonly name: string = 'ConnectTimeoutError';
}

/** No connection at all (refused, no such host): the server has seen nothing. */
export class NewConnectionError extends ConnectTimeoutError {
  override readonly name: string = 'NewConnectionError';
}

/** Sent, but no answer in time: the server may have acted on it. */
export class ReadTimeoutError extends PoolError {
  override readonly name: string = 'ReadTimeoutError';
}

/** Sent, but the connection broke or what came is not HTTP: the server may have acted on it. */
export class ProtocolError extends PoolError {
  override readonly name: string = 'ProtocolError';
}

export class PoolSSLError extends PoolError {
  override readonly name: string = 'SSLError';
}

/** A failure at the proxy; `originalError` tells the stage. */
export class PoolProxyError extends PoolError {
  override readonly name: string = 'ProxyError';
  readonly originalError: Error;

  constructor(message: string, originalError: Error, cause?: unknown) {
    super(message, cause ?? originalError);
    this.originalError = originalError;
  }
}

/** Too many answers with a status that is to be retried. */
export class ResponseError extends PoolError {
  override readonly name: string = 'ResponseError';
}

/** A counter of a Retry ran out. `reason` is the last failure. */
export class MaxRetryError extends PoolError {
  override readonly name: string = 'MaxRetryError';
  readonly url: string | null;
  readonly reason: Error;

  constructor(url: string | null, reason: Error) {
    super(`Max retries exceeded with url: ${url ?? 'None'} (Caused by ${reason.name}: ${reason.message})`, reason);
    this.url = url;
    this.reason = reason;
  }
}

/**
 * The stage that a transport's exception belongs to, or null when it is none that may be retried (an abort, a
 * refusal by the platform, a body that broke after the head).
 */
export function poolErrorFor(error: RequestException): PoolError | null {
  const beforeSending = error.netError !== undefined && failedBeforeSending(error.netError);
  if (error instanceof ConnectTimeout) return new ConnectTimeoutError(error.message, error);
  if (error instanceof ReadTimeout) return new ReadTimeoutError(error.message, error);
  if (error instanceof Timeout) return null;
  if (error instanceof ProxyError) {
    const stage = beforeSending ? new NewConnectionError(error.message, error) : new PoolError(error.message, error);
    return new PoolProxyError(error.message, stage, error);
  }
  if (error instanceof SSLError) return new PoolSSLError(error.message, error);
  if (!(error instanceof ConnectionError)) return null;
  return beforeSending ? new NewConnectionError(error.message, error) : new ProtocolError(error.message, error);
}

/** `Retry._is_connection_error`: any method may be tried again. */
export function isConnectError(error: Error): boolean {
  const stage = error instanceof PoolProxyError ? error.originalError : error;
  if (stage instanceof PoolError) return stage instanceof ConnectTimeoutError;
  return stage instanceof ConnectTimeout || isUnsent(stage);
}

/** `Retry._is_read_error`: only methods that are safe to repeat may be tried again. */
export function isReadError(error: Error): boolean {
  if (error instanceof PoolError) return error instanceof ReadTimeoutError || error instanceof ProtocolError;
  if (error instanceof SSLError || error instanceof ProxyError) return false;
  return error instanceof ReadTimeout || (error instanceof ConnectionError && !isConnectError(error));
}

function isUnsent(error: Error): boolean {
  return error instanceof ConnectionError && error.netError !== undefined && failedBeforeSending(error.netError);
}
