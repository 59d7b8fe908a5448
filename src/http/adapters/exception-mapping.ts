/** `HTTPAdapter.send` and `Response.iter_content`: which exception a failure leaves the engine as. */
import {
  ChunkedEncodingError,
  ConnectionError,
  ConnectTimeout,
  type ErrorDetails,
  ProxyError,
  ReadTimeout,
  RequestException,
  RetryError,
  SSLError,
} from '../errors.ts';
import { exceptionForNetError, netErrorOf } from '../net-errors.ts';
import {
  ConnectTimeoutError,
  MaxRetryError,
  NewConnectionError,
  type PoolError,
  PoolProxyError,
  PoolSSLError,
  ReadTimeoutError,
  ResponseError,
} from './pool-errors.ts';

type Constructor = new (message?: string, details?: ErrorDetails) => RequestException;

/** A transport's failure as one of our exceptions; what is none yet is named by the platform's code in it. */
export function asRequestException(error: unknown): RequestException {
  return RequestException.is(error) ? error : exceptionForNetError(netErrorOf(error), { cause: error });
}

/**
 * The exception for a failed exchange: an exhausted Retry is named by its last failure, as in Requests; a read
 * timeout behind an exhausted Retry becomes a ConnectionError.
 */
export function exceptionForPoolError(error: PoolError, details: ErrorDetails = {}): RequestException {
  const reason = error instanceof MaxRetryError ? error.reason : error;
  const Exception = classFor(reason, error instanceof MaxRetryError);
  const origin = originOf(reason);
  // The very exception that the transport gave says the most.
  if (origin instanceof Exception && origin.name === Exception.prototype.constructor.name) return origin;
  return new Exception(messageOf(error, origin), {
    cause: error,
    netError: origin?.netError,
    wire: origin?.wire,
    ...details,
  });
}

/** The exception for what went wrong while a body was read. */
export function exceptionForBodyError(error: RequestException): RequestException {
  const details = { cause: error, netError: error.netError, request: error.request, response: error.response };
  if (error instanceof ReadTimeout) return new ConnectionError(error.message, details);
  if (error instanceof SSLError || error instanceof ProxyError || error instanceof ConnectTimeout) return error;
  // urllib3's ProtocolError("Connection broken").
  if (error instanceof ConnectionError) return new ChunkedEncodingError(error.message, details);
  return error;
}

function classFor(reason: Error, retried: boolean): Constructor {
  if (reason instanceof ConnectTimeoutError && !(reason instanceof NewConnectionError)) return ConnectTimeout;
  if (reason instanceof ResponseError) return RetryError;
  if (reason instanceof PoolProxyError) return ProxyError;
  if (reason instanceof PoolSSLError) return SSLError;
  if (reason instanceof ReadTimeoutError && !retried) return ReadTimeout;
  return ConnectionError;
}

function originOf(reason: Error): RequestException | null {
  return RequestException.is(reason.cause) ? reason.cause : null;
}

function messageOf(error: PoolError, origin: RequestException | null): string {
  return origin === null || origin.message === '' ? error.message : origin.message;
}
