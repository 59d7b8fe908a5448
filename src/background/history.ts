import browser from 'webextension-polyfill';
import type { ExchangeUpdate } from '../model/exchange.ts';
import type { HistoryChange, RecordedExchange } from '../model/history.ts';
import { tellHistoryNews } from '../storage/history-news.ts';
import { finishRestore } from '../storage/restore.ts';
import { createHistoryWriter } from '../storage/history-writer.ts';
import { readSettings } from '../storage/settings.ts';
import type { ExchangeOrder } from './exchange-runner.ts';
import { keepAlive } from './keep-alive.ts';
import { forgetReplays } from './replay-cache.ts';
import { forgetSessions } from './sessions.ts';

type Composed = Pick<ExchangeOrder, 'spec' | 'draft'>;

const writer = createHistoryWriter(async () => {
  const { historyBudget, marked } = await readSettings();
  return { budget: historyBudget, marked };
}, tellHistoryNews);

/** Records an exchange that has ended, from all that was told of it. Whoever waits for the response does not wait for this. */
export async function recordExchange(order: Composed, updates: readonly ExchangeUpdate[]): Promise<void> {
  const release = keepAlive();
  const { exchange, body } = gather(order, updates);
  await writer.record(exchange, body);
  release();
}

/** What a panel has asked for. */
export async function changeHistory(change: HistoryChange): Promise<void> {
  switch (change.kind) {
    case 'pin':
      return writer.pin(change.entries, change.pinned);
    case 'remove':
      return writer.remove(change.entries);
    case 'fit':
      return writer.fit();
    case 'erase':
      forgetSessions();
      forgetReplays();
      await browser.storage.local.clear();
      await forgetMoments();
      await writer.erase();
      return;
    case 'restore':
      return restore();
  }
}

/** What was loaded of the old data must not be used, nor written back, once the new are there. */
async function restore(): Promise<void> {
  const release = keepAlive();
  try {
    await finishRestore();
    forgetSessions();
    await forgetMoments();
    tellHistoryNews({ kind: 'restored' });
  } finally {
    release();
  }
}

/** What panels keep in memory for the moment until it is saved. The journal of exchanges under way is not theirs. */
async function forgetMoments(): Promise<void> {
  const all = await browser.storage.session.get(null);
  await browser.storage.session.remove(Object.keys(all).filter((key) => key.startsWith('draft:')));
}

function gather(
  { spec, draft }: Composed,
  updates: readonly ExchangeUpdate[],
): { exchange: RecordedExchange; body: Blob | null } {
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
  let body: Blob | null = null;
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
