import type { ExchangeUpdate } from '../../model/exchange.ts';
import { gatherExchange } from '../../storage/gather-exchange.ts';
import { historyInMemory, type HistoryInMemory } from '../../storage/history-in-memory.ts';
import type { BackgroundClient } from '../background-client.ts';

/** Bytes that the history of a private window may take in memory. */
const BUDGET = 128 * 1024 * 1024;

/** What is sent from a panel in a private window, in the memory of that panel. */
export interface PrivateHistory extends Pick<HistoryInMemory, 'reader' | 'hear'> {
  /** The same client; what is sent through it is kept here. */
  keep(client: BackgroundClient): BackgroundClient;
}

export function privateHistory(marked: () => readonly string[]): PrivateHistory {
  const history = historyInMemory(BUDGET, marked);
  return {
    reader: history.reader,
    hear: (listener) => history.hear(listener),
    keep: (client) => ({
      ...client,
      send(request, onUpdate, draft) {
        const updates: ExchangeUpdate[] = [];
        return client.send(
          request,
          (update) => {
            onUpdate(update);
            // What only shows that something is under way is not kept.
            if (!['progress', 'waiting', 'body-part', 'live'].includes(update.kind)) updates.push(update);
            if (update.kind === 'end')
              void history.record(gatherExchange({ spec: request, draft: draft ?? null }, updates.splice(0)));
          },
          draft,
        );
      },
      async changeHistory(change) {
        switch (change.kind) {
          case 'pin':
            return history.pin(change.entries, change.pinned);
          case 'remove':
            return history.remove(change.entries);
          case 'fit':
            return;
          case 'erase':
            history.erase();
            return client.changeHistory(change);
          case 'restore':
            return client.changeHistory(change);
        }
      },
    }),
  };
}
