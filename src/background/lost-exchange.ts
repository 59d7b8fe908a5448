import type { ExchangeError, ExchangeUpdate } from '../model/exchange.ts';
import type { EndedExchange } from '../storage/history-record.ts';
import type { JournalEntry } from './exchange-journal.ts';
import { headOf, type Outcome } from './outcome.ts';
import { outcomeUnknown } from './outcome-unknown.ts';

/** It ended, and a panel may have shown it; but the background went before the rest of it was written. */
function responseLost({ status, reason }: Outcome): ExchangeError {
  return {
    name: 'ResponseLost',
    code: 'response-lost',
    message: `The server answered ${`${status} ${reason}`.trim()}. The browser stopped the background before the rest was kept.`,
    netError: null,
  };
}

/** The last word about an exchange of a background that is gone, from what its journal knew of it. */
export function lastWord({
  outcome,
  hasEnded,
}: Pick<JournalEntry, 'outcome' | 'hasEnded'>): Extract<ExchangeUpdate, { kind: 'end' }> {
  const unknown = outcomeUnknown();
  if (outcome === null || !hasEnded) return unknown;
  const { elapsed, duration } = outcome;
  return { ...unknown, elapsed, duration, error: outcome.error ?? responseLost(outcome) };
}

/** The same for the history. */
export function lostExchange(entry: JournalEntry): EndedExchange {
  const { id, method, url, startedAt, outcome } = entry;
  const { elapsed, duration, error } = lastWord(entry);
  return {
    id,
    exchange: {
      request: null,
      draft: null,
      startedAt,
      prepared: null,
      plan: [],
      hops: [],
      head: outcome === null ? null : headOf(outcome),
      error,
      elapsed,
      duration,
      warnings: [],
      lost: { method, url: outcome === null || outcome.url === '' ? url : outcome.url },
    },
    body: null,
  };
}
