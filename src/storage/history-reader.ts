import { unwrap } from 'idb';
import * as v from 'valibot';
import {
  historyEntrySchema,
  recordedExchangeSchema,
  type HistoryEntry,
  type RecordedExchange,
} from '../model/history.ts';
import { openBackgroundDatabase, type StoredEntry } from './background-database.ts';
import { asBlob, attach } from './detached.ts';
import { existingKey } from './keys.ts';
import { unseal } from './secret-box.ts';

/** A recorded exchange with its response's body; null for a body that there was not, or is no longer. */
export interface OpenedExchange {
  readonly entry: HistoryEntry;
  readonly exchange: RecordedExchange;
  readonly body: Blob | null;
}

/** One stretch of the history, newest first; `next` is where the stretch before it ends, null at the beginning. */
export interface Stretch<T> {
  readonly items: readonly T[];
  readonly next: number | null;
}

/** Reads the history; any panel may. */
export interface HistoryReader {
  /** At most `count` entries with an id below `below` (null: from the newest). */
  entries(below: number | null, count: number): Promise<Stretch<HistoryEntry>>;
  /** Which of the entries in a stretch hold all the words (in lower case) in fields or bodies. */
  search(words: readonly string[], below: number | null, count: number): Promise<Stretch<number>>;
  /** null when it is gone, or cannot be decrypted. @throws LockedError */
  open(id: number): Promise<OpenedExchange | null>;
}

/** The name of the key under which exchanges are encrypted. */
export const HISTORY_KEY = 'history';

async function stretchOf(below: number | null, count: number): Promise<{ range: IDBKeyRange; next: number | null }> {
  const db = await openBackgroundDatabase();
  let end = below;
  if (end === null) {
    const newest = await db.transaction('entries').store.openKeyCursor(null, 'prev');
    end = (newest?.key ?? 0) + 1;
  }
  // Ids run without gaps but for what was removed, so a range of ids is a stretch of about that length.
  const start = Math.max(0, end - count);
  return { range: IDBKeyRange.bound(start, end, false, true), next: start === 0 ? null : start };
}

export const historyReader: HistoryReader = {
  async entries(below, count) {
    const db = await openBackgroundDatabase();
    const { range, next } = await stretchOf(below, count);
    const found = await db.getAll('entries', range);
    return { items: found.reverse().map(entryOf), next };
  },
  async search(words, below, count) {
    const db = await openBackgroundDatabase();
    const { range, next } = await stretchOf(below, count);
    const found = await db.getAll('texts', range);
    const holds = ({ fields, body }: { fields: string; body: string }): boolean =>
      words.every((word) => fields.includes(word) || body.includes(word));
    const items = found.filter(holds).map(({ id }) => id);
    return { items: items.reverse(), next };
  },
  async open(id) {
    const db = await openBackgroundDatabase();
    const key = await existingKey(unwrap(db), HISTORY_KEY);
    const transaction = db.transaction(['entries', 'exchanges', 'bodies']);
    const [entry, stored, bodies] = await Promise.all([
      transaction.objectStore('entries').get(id),
      transaction.objectStore('exchanges').get(id),
      transaction.objectStore('bodies').get(id),
    ]);
    if (key === null || entry === undefined || stored === undefined) return null;
    const plain = await unseal(key, stored.sealed).catch(() => null);
    const parsed = v.safeParse(recordedExchangeSchema, attach(plain, bodies?.parts ?? []));
    if (!parsed.success) return null;
    const body = bodies?.response ?? null;
    return {
      entry: entryOf(entry),
      exchange: parsed.output,
      body: body === null ? null : asBlob(body),
    };
  },
};

/** The entry without what only the indexes need. */
export function entryOf(stored: StoredEntry): HistoryEntry {
  return v.parse(historyEntrySchema, stored);
}
