import type { IDBPTransaction } from 'idb';
import type { HistoryEntry, HistoryNews } from '../model/history.ts';
import { openBackgroundDatabase, type BackgroundSchema, type StoredEntry } from './background-database.ts';
import { sizeOfParts } from './detached.ts';
import { entryOf } from './history-reader.ts';
import { historyRecord, withIndexes, withoutBodies, type EndedExchange, type HistoryRecord } from './history-record.ts';
import { LockedError } from './master-key.ts';

/** What the writer goes by; read anew each time that something is recorded. */
export interface HistoryRules {
  /** Bytes. */
  readonly budget: number;
  /** Names that are secret besides the known ones. */
  readonly marked: readonly string[];
}

/** The background's side of the history: nobody else changes it. Every change is told. */
export interface HistoryWriter {
  /** In this order, at once as far as possible. Never rejects: what cannot be stored is told as trouble. */
  record(ended: readonly EndedExchange[]): Promise<void>;
  pin(ids: readonly number[], pinned: boolean): Promise<void>;
  remove(ids: readonly number[]): Promise<void>;
  /** Drops what does not fit the budget. */
  fit(): Promise<void>;
  /** History, sessions, jars and keys. */
  erase(): Promise<void>;
}

const STORES = ['entries', 'texts', 'exchanges', 'bodies', 'totals'] as const;
type Transaction = IDBPTransaction<BackgroundSchema, (typeof STORES)[number][], 'readwrite'>;

const BYTES = 'bytes';
interface Stored {
  readonly entries: readonly HistoryEntry[];
  /** Bytes of all entries, these included. */
  readonly total: number;
}

export function createHistoryWriter(
  rules: () => Promise<HistoryRules>,
  tell: (news: HistoryNews) => void,
): HistoryWriter {
  async function change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const db = await openBackgroundDatabase();
    const transaction = db.transaction([...STORES], 'readwrite');
    try {
      const result = await work(transaction);
      await transaction.done;
      return result;
    } catch (error) {
      // All or nothing: what was done before the failure must not be committed.
      abort(transaction);
      // Its own failure says less than the one that led to it.
      await transaction.done.catch(() => {});
      throw error;
    }
  }

  /** All or none of them. */
  async function store(records: readonly HistoryRecord[]): Promise<Stored> {
    return change(async (transaction) => {
      // Asked for together, so that the database's process is not waited for again and again.
      const entries = await Promise.all(records.map((record) => add(transaction, record)));
      const bytes = records.reduce((sum, { entry }) => sum + entry.bytes, 0);
      return { entries, total: await addBytes(transaction, bytes) };
    });
  }

  async function fitInto(budget: number): Promise<void> {
    const news = await change((transaction) => shrink(transaction, budget));
    if (news.changed.length > 0) tell({ kind: 'changed', entries: news.changed });
    if (news.removed.length > 0) tell({ kind: 'removed', entries: news.removed });
  }

  return {
    async record(ended) {
      try {
        const { budget, marked } = await rules();
        const records: HistoryRecord[] = [];
        // One after the other: whatever else the background has to do comes in between.
        for (const one of ended) {
          const record = await historyRecord(one, marked).catch((error: unknown) => {
            tell(trouble(error));
            return null;
          });
          if (record !== null) records.push(record);
        }
        if (records.length === 0) return;
        const total = await storeSomehow(records);
        if (total > budget) await fitInto(budget);
      } catch (error) {
        tell(trouble(error));
      }
    },
    async pin(ids, pinned) {
      const entries = await change(async (transaction) => {
        const store = transaction.objectStore('entries');
        const changed: HistoryEntry[] = [];
        for (const id of ids) {
          const entry = await store.get(id);
          if (entry === undefined) continue;
          const next = withIndexes({ ...entryOf(entry), pinned });
          await store.put(next);
          changed.push(entryOf(next));
        }
        return changed;
      });
      tell({ kind: 'changed', entries });
    },
    async remove(ids) {
      await change(async (transaction) => {
        for (const id of ids) await removeOne(transaction, id);
      });
      tell({ kind: 'removed', entries: [...ids] });
    },
    async fit() {
      await fitInto((await rules()).budget);
    },
    async erase() {
      const db = await openBackgroundDatabase();
      const names = [...STORES, 'jars', 'sessions', 'staged', 'keys'] as const;
      const transaction = db.transaction([...names], 'readwrite');
      await Promise.all(names.map((name) => transaction.objectStore(name).clear()));
      await transaction.done;
      tell({ kind: 'erased' });
    },
  };

  /** Together; else each alone, and without its bodies where it must be. Gives the bytes of all entries. */
  async function storeSomehow(records: readonly HistoryRecord[]): Promise<number> {
    const [first, ...others] = records;
    if (first !== undefined && others.length === 0) return storeAlone(first);
    try {
      return told(await store(records));
    } catch {
      let total = 0;
      for (const record of records) {
        total = await storeAlone(record).catch((error: unknown) => {
          tell(trouble(error));
          return total;
        });
      }
      return total;
    }
  }

  async function storeAlone(record: HistoryRecord): Promise<number> {
    try {
      return told(await store([record]));
    } catch (error) {
      // Nothing older goes for its bodies: that is what the budget is for.
      const stored = await store([withoutBodies(record)]);
      tell(trouble(error));
      return told(stored);
    }
  }

  function told({ entries, total }: Stored): number {
    for (const entry of entries) tell({ kind: 'recorded', entry });
    return total;
  }
}

function abort(transaction: Transaction): void {
  try {
    transaction.abort();
  } catch {
    // It has already ended, and so cannot be committed either.
  }
}

async function add(
  transaction: Transaction,
  { entry, text, sealed, body, parts }: HistoryRecord,
): Promise<HistoryEntry> {
  // The database gives the id.
  const id = await transaction.objectStore('entries').add(entry as StoredEntry);
  // As functions: one that throws at once must not leave the others' failure unheard.
  await Promise.all(
    [
      () => transaction.objectStore('texts').put({ id, ...text }),
      () => transaction.objectStore('exchanges').put({ id, sealed }),
      () => transaction.objectStore('bodies').put({ id, response: body, parts: [...parts] }),
    ].map(async (put) => put()),
  );
  return entryOf({ ...entry, id });
}

async function addBytes(transaction: Transaction, bytes: number): Promise<number> {
  const totals = transaction.objectStore('totals');
  const total = Math.max(0, ((await totals.get(BYTES)) ?? 0) + bytes);
  await totals.put(total, BYTES);
  return total;
}

/** Bodies go first, oldest first; then whole entries. Pinned ones stay. */
async function shrink(
  transaction: Transaction,
  budget: number,
): Promise<{ changed: HistoryEntry[]; removed: number[] }> {
  const entries = transaction.objectStore('entries');
  const changed = new Map<number, HistoryEntry>();
  const removed: number[] = [];
  let total = (await transaction.objectStore('totals').get(BYTES)) ?? 0;
  while (total > budget) {
    const oldest = await entries.index('droppable').openCursor();
    if (oldest === null) break;
    const next = await dropBodies(transaction, oldest.value);
    total = await addBytes(transaction, next.bytes - oldest.value.bytes);
    changed.set(next.id, next);
  }
  while (total > budget) {
    const oldest = await entries.index('removable').openCursor();
    if (oldest === null) break;
    total -= await removeOne(transaction, oldest.value.id);
    removed.push(oldest.value.id);
    changed.delete(oldest.value.id);
  }
  return { changed: [...changed.values()], removed };
}

async function dropBodies(transaction: Transaction, entry: StoredEntry): Promise<HistoryEntry> {
  const bodies = transaction.objectStore('bodies');
  const texts = transaction.objectStore('texts');
  const known = await bodies.get(entry.id);
  const text = await texts.get(entry.id);
  const freed = sizeOfParts([known?.response ?? null, ...(known?.parts ?? [])]) + (text?.body.length ?? 0);
  await bodies.put({ id: entry.id, response: null, parts: known?.parts.map(() => null) ?? [] });
  if (text !== undefined) await texts.put({ ...text, body: '' });
  const next: HistoryEntry = { ...entryOf(entry), bodies: 'dropped', bytes: Math.max(0, entry.bytes - freed) };
  await transaction.objectStore('entries').put(withIndexes(next));
  return next;
}

/** @returns the bytes that it took */
async function removeOne(transaction: Transaction, id: number): Promise<number> {
  const entries = transaction.objectStore('entries');
  const bytes = (await entries.get(id))?.bytes ?? 0;
  for (const name of ['entries', 'texts', 'exchanges', 'bodies'] as const)
    await transaction.objectStore(name).delete(id);
  await addBytes(transaction, -bytes);
  return bytes;
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

function trouble(error: unknown): HistoryNews {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const reason = error instanceof LockedError ? 'locked' : isQuota(error) ? 'quota' : 'other';
  return { kind: 'trouble', reason, message };
}
