import type { ExchangeUpdate } from '../model/exchange.ts';

/** The background that carried the exchange was unloaded: nobody knows whether the server acted on it. */
export function outcomeUnknown(): Extract<ExchangeUpdate, { kind: 'end' }> {
  return {
    kind: 'end',
    body: null,
    elapsed: 0,
    duration: 0,
    error: {
      name: 'OutcomeUnknown',
      code: 'outcome-unknown',
      message: 'The browser stopped the background while the request was under way.',
      netError: null,
    },
    warnings: [],
  };
}
