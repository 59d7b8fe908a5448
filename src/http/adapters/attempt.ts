import { AttemptGuard } from '../attempt-guard.ts';
import { InvalidHeader } from '../errors.ts';
import type { ExchangeScope } from '../exchange-scope.ts';
import type { PreparedRequest } from '../prepared-request.ts';
import { headersLimit, readTimeout, type Timeouts } from '../timeouts.ts';
import type { AttemptReason, HeaderLine, Transport, WireRequest, WireResponse } from '../types.ts';
import { asRequestException } from './exception-mapping.ts';

/** One try of one hop. */
export interface Attempt {
  transport: Transport;
  request: PreparedRequest;
  wire: WireRequest;
  limits: Timeouts;
  scope: ExchangeScope;
  hop: number;
  attempt: number;
  reason: AttemptReason;
}

// oxlint-disable-next-line no-control-regex -- what would end the field early, or could not be sent at all
const BREAKS_OUT = /[\r\n\0]/;

/** The last look at the fields: they may have been changed since they were prepared. @throws InvalidHeader */
export function checkFields(headers: readonly HeaderLine[], request: PreparedRequest): void {
  for (const [name, value] of headers)
    if (name === '' || BREAKS_OUT.test(name) || BREAKS_OUT.test(value))
      throw new InvalidHeader(`Invalid header field ${JSON.stringify(name)}: ${JSON.stringify(value)}`, { request });
}

/**
 * Hands the hop to the transport, waits for the header section within the limits, and tells the observer. The guard
 * that comes with the response watches over its body.
 * @throws RequestException, its `request` set; an abort's and a limit's own exception.
 */
export async function tryOnce(a: Attempt): Promise<{ answer: WireResponse; guard: AttemptGuard }> {
  const { scope, hop, attempt, request } = a;
  scope.signal.throwIfAborted();
  scope.emit({ type: 'attempt', hop, attempt, reason: a.reason, request });
  const guard = new AttemptGuard(scope.signal);
  try {
    const answer = await guard.within(exchange(a, guard.signal), headersLimit(a.limits), readTimeout, discard);
    if (answer.wire !== undefined) scope.emit({ type: 'sent', hop, attempt, wire: answer.wire });
    const { status, reason, headers, bodyUnavailable = false } = answer;
    scope.emit({ type: 'response', hop, attempt, status, reason, headers, bodyUnavailable });
    return { answer, guard };
  } catch (cause) {
    guard.release();
    const error = asRequestException(cause);
    error.request ??= request;
    const wire = error.wire;
    if (wire !== undefined) scope.emit({ type: 'sent', hop, attempt, wire });
    scope.emit({ type: 'attempt-failed', hop, attempt, error, ...(wire === undefined ? {} : { wire }) });
    throw error;
  }
}

/** A transport may throw before it gives a promise. */
async function exchange({ transport, wire }: Attempt, signal: AbortSignal): Promise<WireResponse> {
  return transport.exchange(wire, signal);
}

function discard(late: WireResponse): void {
  late.body?.cancel().catch(() => {});
}
