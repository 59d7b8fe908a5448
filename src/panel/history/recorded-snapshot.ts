import type { OpenedExchange } from '../../storage/history-reader.ts';
import { draftFromRequest } from '../state/draft-from-request.ts';
import { idleExchange, type ExchangeSnapshot } from '../state/exchange.ts';
import { takenFromSession } from '../state/taken-from-session.ts';

/** A recorded exchange in the form in which the response side shows everything. */
export function recordedSnapshot(
  { exchange, body }: Pick<OpenedExchange, 'exchange' | 'body'>,
  defaults: readonly string[],
): ExchangeSnapshot {
  const { request, draft, startedAt, prepared, plan, hops, head, error, elapsed, duration, warnings } = exchange;
  const taken = request === null ? null : takenFromSession(request, null);
  return {
    ...idleExchange,
    ...(taken === null ? {} : { taken }),
    state: 'done',
    composed: draft ?? (request === null || request.exact === true ? null : draftFromRequest(request, defaults).draft),
    startedAt,
    prepared,
    plan,
    hops,
    head,
    body,
    error,
    elapsed,
    duration,
    warnings,
    arrivals: exchange.arrivals ?? [],
  };
}
