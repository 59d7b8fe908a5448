import type { BatchResult } from '../../model/batch.ts';
import type { BatchStorage, KeptExchange } from '../../storage/batches.ts';

/** Puts results on record, in the order in which they come; what comes while one write is under way goes together. */
export interface RowWriter {
  /** Resolves when it is on record; rejects when it could not be. */
  put(row: BatchResult, kept?: KeptExchange | null): Promise<void>;
  /** The result did not come about: nothing was sent. */
  undo(index: number): Promise<void>;
  /** How many are waiting. */
  readonly backlog: number;
}

interface Bundle {
  readonly rows: Map<number, BatchResult>;
  readonly kept: Map<number, KeptExchange>;
  readonly undone: Set<number>;
}

const emptyBundle = (): Bundle => ({ rows: new Map(), kept: new Map(), undone: new Set() });

export function createRowWriter(storage: BatchStorage, batch: string): RowWriter {
  let waiting = emptyBundle();
  let next: Promise<void> | null = null;
  let last: Promise<void> = Promise.resolve();

  function soon(): Promise<void> {
    next ??= (async () => {
      await last.catch(() => {});
      const { rows, kept, undone } = waiting;
      waiting = emptyBundle();
      next = null;
      last = storage.write(batch, [...rows.values()], [...kept.values()], [...undone]);
      await last;
    })();
    return next;
  }

  return {
    put(row, kept = null) {
      waiting.undone.delete(row.index);
      waiting.rows.set(row.index, row);
      if (kept !== null) waiting.kept.set(row.index, kept);
      return soon();
    },
    undo(index) {
      waiting.rows.delete(index);
      waiting.undone.add(index);
      return soon();
    },
    get backlog() {
      return waiting.rows.size;
    },
  };
}
