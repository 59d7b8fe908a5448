/** What follows from an attempt: another one, the answer as it is, or an exception (urllib3's `urlopen`). */
import { RequestException, RetryError, UnrewindableBodyError } from '../errors.ts';
import type { PreparedRequest } from '../prepared-request.ts';
import type { WireResponse } from '../types.ts';
import { exceptionForPoolError } from './exception-mapping.ts';
import { MaxRetryError, PoolError, poolErrorFor } from './pool-errors.ts';
import { type Retry, retryAfterOf } from './retry.ts';

/**
 * The Retry for the attempt after a failure.
 * @throws RequestException, named as Requests names the failure, when there is to be none.
 */
export function afterFailure(retries: Retry, request: PreparedRequest, failure: RequestException): Retry {
  const stage = poolErrorFor(failure);
  if (stage === null) throw failure;
  try {
    return retries.increment({ method: request.method, url: request.pathUrl, error: stage });
  } catch (cause) {
    throw cause instanceof PoolError ? exceptionForPoolError(cause, { request }) : cause;
  }
}

/**
 * The Retry for the attempt after an answer, null when the answer stands. Using up `total` by way of Retry-After
 * makes the last answer stand; only the list of statuses ends in an exception.
 * @throws RetryError
 */
export function afterAnswer(retries: Retry, request: PreparedRequest, answer: WireResponse): Retry | null {
  const hasRetryAfter = (retryAfterOf(answer) ?? '') !== '';
  if (!retries.isRetry(request.method, answer.status, hasRetryAfter)) return null;
  try {
    return retries.increment({ method: request.method, url: request.pathUrl, response: answer });
  } catch (cause) {
    if (!(cause instanceof MaxRetryError)) throw cause;
    if (!retries.raiseOnStatus) return null;
    throw new RetryError(cause.message, { cause, request });
  }
}

/**
 * Milliseconds until the next attempt.
 * @throws InvalidHeader for a Retry-After that cannot be read, UnrewindableBodyError for a body that is used up.
 */
export function waitBefore(retries: Retry, request: PreparedRequest, answer?: WireResponse): number {
  if (request.body.kind === 'stream' && !request.body.rewindable)
    throw new UnrewindableBodyError('The body is a stream and cannot be read again for a retry', { request });
  try {
    return retries.waitAfter(answer);
  } catch (error) {
    if (RequestException.is(error)) error.request ??= request;
    throw error;
  }
}
