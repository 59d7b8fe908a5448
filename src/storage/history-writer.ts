import { unwrap, type IDBPTransaction } from 'idb';
import type { HistoryEntry, HistoryNews, RecordedExchange } from '../model/history.ts';
import { maskUrl } from '../model/secrets.ts';
import { openBackgroundDatabase, type BackgroundSchema, type StoredEntry } from './background-database.ts';
import { detach, sizeOfParts, type Part } from './detached.ts';
import { entryOf, HISTORY_KEY } from './history-reader.ts';
import { storedKey } from './keys.ts';
import { LockedError } from './master-key.ts';
import { searchText, type SearchText } from './search-text.ts';
import { seal, type Sealed } from './secret-box.ts';

/** What the writer goes by; read anew for each exchange. */
export interface HistoryRules {
  /** Bytes. */
  readonly budget: number;
  /** Names that are secret besides the known ones. */
  readonly marked: readonly string[];
}

/** The background's side of the history: nobody else changes it. Every change is told. */
export interface HistoryWriter {
  /** Never rejects: what cannot be stored is told as trouble. */
  record(exchange: RecordedExchange, body: Blob | null): Promise<void>;
  pin(ids: readonly number[], pinned: boolean): Promise<void>;
  remove(ids: readonly number[]): Promise<void>;
  /** Drops what does not fit the budget. */
  fit(): Promise<void>;
  /** History, sessions, jars and keys. */
  erase(): Promise<void>;
}

const STORES = ['entries', 'texts', 'exchanges', 'bodies', 'totals'] as const;
type Transaction = IDBPTransaction<BackgroundSchema, (typeof STORES)[number][], 'readwrite'>;
type Draft = Omit<StoredEntry, 'id'>;

const BYTES = 'bytes';
/** Rough size of one entry in the list, with the database's own bookkeeping. */
const ENTRY_BYTES = 400;

interface Stored {
  readonly entry: HistoryEntry;
  readonly total: number;
}

interface Prepared {
  readonly entry: Draft;
  readonly text: SearchText;
  readonly sealed: Sealed;
  readonly body: Blob | null;
  readonly parts: readonly Part[];
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

  /** `total`: bytes of all entries, this one included. */
  async function store(prepared: Prepared, withBodies: boolean): Promise<Stored> {
    const { entry, text, sealed, body, parts } = prepared;
    const kept: Draft = withBodies ? entry : withoutBodies(entry, text, prepared, 'unsaved');
    return change(async (transaction) => {
      // The database gives the id.
      const id = await transaction.objectStore('entries').add(kept as StoredEntry);
      // One after the other: a failure must not leave the others' behind, unheard.
      await transaction.objectStore('texts').put({ id, ...text, body: withBodies ? text.body : '' });
      await transaction.objectStore('exchanges').put({ id, sealed });
      await transaction.objectStore('bodies').put({
        id,
        response: withBodies ? body : null,
        parts: withBodies ? [...parts] : parts.map(() => null),
      });
      const total = await addBytes(transaction, kept.bytes);
      return { entry: entryOf({ ...kept, id }), total };
    });
  }

  async function fitInto(budget: number): Promise<void> {
    const news = await change((transaction) => shrink(transaction, budget));
    if (news.changed.length > 0) tell({ kind: 'changed', entries: news.changed });
    if (news.removed.length > 0) tell({ kind: 'removed', entries: news.removed });
  }

  return {
    async record(exchange, body) {
      try {
        const { budget, marked } = await rules();
        const prepared = await prepare(exchange, body, marked);
        const { entry, total } = await storeSomehow(prepared);
        tell({ kind: 'recorded', entry });
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

  /** With its bodies; else without. Nothing older goes for it: that is what the budget is for. */
  async function storeSomehow(prepared: Prepared): Promise<Stored> {
    try {
      return await store(prepared, true);
    } catch (error) {
      const stored = await store(prepared, false);
      tell(trouble(error));
      return stored;
    }
  }
}

function abort(transaction: Transaction): void {
  try {
    transaction.abort();
  } catch {
    // It has already ended, and so cannot be committed either.
  }
}

async function prepare(exchange: RecordedExchange, body: Blob | null, marked: readonly string[]): Promise<Prepared> {
  const text = await searchText(exchange, body, marked);
  const { plain, parts } = detach(exchange);
  const db = await openBackgroundDatabase();
  const sealed = await seal(await storedKey(unwrap(db), HISTORY_KEY), plain);
  const { request, prepared, hops, head, error } = exchange;
  const last = hops.at(-1)?.request ?? prepared ?? request;
  const bodyBytes = (body?.size ?? 0) + sizeOfParts(parts);
  return {
    entry: withIndexes({
      at: exchange.startedAt,
      method: last?.method ?? '',
      url: maskUrl(last?.url ?? '', marked),
      status: head?.status ?? null,
      error: error?.name ?? null,
      duration: exchange.duration,
      size: body?.size ?? null,
      type: mediaType(head?.headers ?? []),
      pinned: false,
      bodies: bodyBytes === 0 ? 'none' : 'kept',
      bytes: ENTRY_BYTES + text.fields.length + text.body.length + sealed.data.byteLength + bodyBytes,
    }),
    text,
    sealed,
    body,
    parts,
  };
}

/** The media type's essence, in lower case (RFC 9110 section 8.3.1). */
function mediaType(fields: readonly (readonly [name: string, value: string])[]): string {
  const value = fields.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return (value.split(';')[0] ?? '').trim().toLowerCase();
}

/** The properties that put an entry into the indexes of what may go. */
export function withIndexes<T extends Omit<HistoryEntry, 'id'>>(
  entry: T,
): T & Pick<StoredEntry, 'droppable' | 'removable'> {
  return {
    ...entry,
    ...(entry.pinned ? {} : { removable: entry.at }),
    ...(entry.pinned || entry.bodies !== 'kept' ? {} : { droppable: entry.at }),
  };
}

function withoutBodies(entry: Draft, text: SearchText, { body, parts }: Prepared, fate: 'unsaved'): Draft {
  const { droppable: _gone, ...rest } = entry;
  const bytes = entry.bytes - text.body.length - (body?.size ?? 0) - sizeOfParts(parts);
  return { ...rest, bodies: entry.bodies === 'none' ? 'none' : fate, bytes };
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
  const freed = (known?.response?.size ?? 0) + sizeOfParts(known?.parts ?? []) + (text?.body.length ?? 0);
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
