import browser from 'webextension-polyfill';
import type { ExchangeUpdate } from '../model/exchange.ts';
import type { HistoryChange } from '../model/history.ts';
import { gatherExchange } from '../storage/gather-exchange.ts';
import { tellHistoryNews } from '../storage/history-news.ts';
import { finishRestore } from '../storage/restore.ts';
import { historyReader } from '../storage/history-reader.ts';
import type { EndedExchange } from '../storage/history-record.ts';
import { createHistoryWriter } from '../storage/history-writer.ts';
import { readSettings } from '../storage/settings.ts';
import type { ExchangeOrder } from './exchange-runner.ts';
import { journal } from './journal.ts';
import { keepAlive } from './keep-alive.ts';
import { lostExchange } from './lost-exchange.ts';
import { forgetReplays } from './replay-cache.ts';
import { forgetSessions } from './sessions.ts';
import { writeBehind } from './write-behind.ts';

type Composed = Pick<ExchangeOrder, 'id' | 'spec' | 'draft'>;

const writer = createHistoryWriter(async () => {
  const { historyBudget, marked } = await readSettings();
  return { budget: historyBudget, marked };
}, tellHistoryNews);

/** As long as exchanges follow one another closer than this, in ms, they are not slowed down by being recorded … */
const QUIET = 50;
/** … but they are on disk so soon after their end, in ms, and a little. */
const LONGEST = 1000;

interface Ended extends EndedExchange {
  readonly id: string;
  /** Lets the background end. */
  readonly release: () => void;
}

const ended = writeBehind<Ended>(
  async (items) => {
    await writer.record(items);
    await settle(items);
  },
  { quiet: QUIET, longest: LONGEST },
);

/** They are in the history, or are to be nowhere: the journal need not know them any more. */
async function settle(items: readonly Ended[]): Promise<void> {
  await journal.settle(items.map(({ id }) => id)).catch(() => {});
  for (const { release } of items) release();
}

/** What an earlier background told of, and did not live to record. */
let recovering: Promise<void> | null = null;

/** So many entries from the newest are looked through for one that was recorded, though the journal does not know it. */
const LATEST = 1000;

/** Lists in the history what an earlier background left in the journal. */
export function recoverHistory(): Promise<void> {
  return (recovering ??= recover());
}

async function recover(): Promise<void> {
  const left = await journal.left();
  if (left.length === 0) return;
  const release = keepAlive();
  try {
    const { items } = await historyReader.entries(null, LATEST).catch(() => ({ items: [] }));
    const known = new Set(items.map(({ exchange }) => exchange));
    const lost = left.filter(({ id, private: isPrivate }) => !isPrivate && !known.has(id));
    await writer.record(lost.map(lostExchange));
    await journal.settle(left.map(({ id }) => id));
  } finally {
    release();
  }
}

/** An exchange has begun: recording those before it can wait a little. */
export function postponeRecording(): void {
  ended.postpone();
}

/** Records an exchange that has ended, from all that was told of it. Nobody waits for it, and the next exchange goes first. */
export function recordExchange(order: Composed, updates: readonly ExchangeUpdate[]): void {
  ended.add({ id: order.id, ...gatherExchange(order, updates), release: keepAlive() });
}

/** What a panel has asked for. */
export async function changeHistory(change: HistoryChange): Promise<void> {
  await recoverHistory().catch(() => {});
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
      await settle(await ended.discard());
      await writer.erase();
      // A panel may have asked for them meanwhile, while they were still on disk.
      forgetSessions();
      return;
    case 'restore':
      return restore();
  }
}

/** What was loaded of the old data must not be used, nor written back, once the new are there. */
async function restore(): Promise<void> {
  const release = keepAlive();
  try {
    await settle(await ended.discard());
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
