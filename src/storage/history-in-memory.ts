import type { HistoryEntry, HistoryNews } from '../model/history.ts';
import { asBlob, sizeOfParts } from './detached.ts';
import type { HistoryReader, OpenedExchange, Stretch } from './history-reader.ts';
import { lineOf, type EndedExchange } from './history-record.ts';
import { searchText, type SearchText } from './search-text.ts';

/** A history that leaves nothing on disk, and goes with its page. */
export interface HistoryInMemory {
  readonly reader: HistoryReader;
  /** Hears of each change until the function that is returned is called. */
  hear(listener: (news: HistoryNews) => void): () => void;
  record(ended: EndedExchange): Promise<void>;
  pin(ids: readonly number[], pinned: boolean): void;
  remove(ids: readonly number[]): void;
  erase(): void;
}

interface Kept extends OpenedExchange {
  readonly text: SearchText;
}

/** Rough size of an exchange without the response's body. */
const EXCHANGE_BYTES = 4096;

/**
 * @param budget bytes; beyond it the oldest exchanges go that are not pinned
 * @param marked names that are secret besides the known ones
 */
export function historyInMemory(budget: number, marked: () => readonly string[]): HistoryInMemory {
  /** By id, oldest first. */
  const all = new Map<number, Kept>();
  const listeners = new Set<(news: HistoryNews) => void>();
  let last = 0;

  function tell(news: HistoryNews): void {
    for (const listener of listeners) listener(news);
  }

  function remove(ids: readonly number[]): void {
    for (const id of ids) all.delete(id);
    if (ids.length > 0) tell({ kind: 'removed', entries: [...ids] });
  }

  function shrink(): void {
    let total = [...all.values()].reduce((sum, { entry }) => sum + entry.bytes, 0);
    const gone: number[] = [];
    for (const [id, { entry }] of all) {
      if (total <= budget) break;
      if (entry.pinned) continue;
      total -= entry.bytes;
      gone.push(id);
    }
    remove(gone);
  }

  function stretch<T>(below: number | null, count: number, take: (kept: Kept) => T | null): Stretch<T> {
    const end = below ?? last + 1;
    const start = Math.max(0, end - count);
    const items: T[] = [];
    for (let id = end - 1; id >= start; id -= 1) {
      const kept = all.get(id);
      const item = kept === undefined ? null : take(kept);
      if (item !== null) items.push(item);
    }
    return { items, next: start === 0 ? null : start };
  }

  return {
    reader: {
      entries: (below, count) => Promise.resolve(stretch(below, count, ({ entry }) => entry)),
      search: (words, below, count) =>
        Promise.resolve(
          stretch(below, count, ({ entry, text }) =>
            words.every((word) => text.fields.includes(word) || text.body.includes(word)) ? entry.id : null,
          ),
        ),
      open: (id) => Promise.resolve(all.get(id) ?? null),
    },
    hear(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async record({ exchange, body }) {
      // Its place is that of its end, however long reading its body takes.
      const id = (last += 1);
      const text = await searchText(exchange, body, marked());
      const size = body === null ? null : sizeOfParts([body]);
      const entry: HistoryEntry = {
        id,
        ...lineOf(exchange, size, marked()),
        bodies: size === null || size === 0 ? 'none' : 'kept',
        bytes: EXCHANGE_BYTES + text.fields.length + text.body.length + (size ?? 0),
      };
      all.set(id, { entry, exchange, text, body: body === null ? null : asBlob(body) });
      tell({ kind: 'recorded', entry });
      shrink();
    },
    pin(ids, pinned) {
      const entries: HistoryEntry[] = [];
      for (const id of ids) {
        const kept = all.get(id);
        if (kept === undefined) continue;
        const entry = { ...kept.entry, pinned };
        all.set(id, { ...kept, entry });
        entries.push(entry);
      }
      tell({ kind: 'changed', entries });
    },
    remove,
    erase() {
      all.clear();
      tell({ kind: 'erased' });
    },
  };
}
