import type { Draft } from '../model/draft.ts';
import type { ExchangeUpdate } from '../model/exchange.ts';
import type { RecordedExchange } from '../model/history.ts';
import type { RequestSpec } from '../model/request-spec.ts';
import type { EndedExchange } from './history-record.ts';

interface Composed {
  readonly spec: RequestSpec;
  readonly draft: Draft | null;
}

/** An exchange that has ended, from all that was told of it. `draft`: what the request was composed as. */
export function gatherExchange({ spec, draft }: Composed, updates: readonly ExchangeUpdate[]): EndedExchange {
  const exchange: RecordedExchange = {
    request: spec,
    draft,
    startedAt: Date.now(),
    prepared: null,
    plan: [],
    hops: [],
    head: null,
    error: null,
    elapsed: 0,
    duration: 0,
    warnings: [],
  };
  let body: EndedExchange['body'] = null;
  for (const update of updates) {
    switch (update.kind) {
      case 'prepared':
        Object.assign(exchange, { startedAt: update.at, prepared: update.prepared, plan: update.plan });
        break;
      case 'hop':
        exchange.hops[update.hop.index] = update.hop;
        break;
      case 'head':
        exchange.head = update.response;
        break;
      case 'end':
        ({ body } = update);
        exchange.error = update.error;
        exchange.elapsed = update.elapsed;
        exchange.duration = update.duration;
        exchange.warnings = update.warnings;
        exchange.arrivals = update.arrivals;
        break;
      case 'waiting':
      case 'progress':
      case 'live':
      case 'body-part':
        break;
    }
  }
  return { exchange, body };
}
