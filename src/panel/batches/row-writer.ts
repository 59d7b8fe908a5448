import type { BatchResult } from '../../model/batch.ts';
import type { BatchStorage, KeptExchange } from '../../storage/batches.ts';

/** Puts results on record, in the order in which they come; what comes while one write is under way goes together. */
export interface RowWriter {
  /** Resolves when it is on record; rejects when it could not be. */
  put(row: BatchResult): Promise<void>;
  /** The same, with the next write or a little later: nobody waits for it. */
  putSoon(row: BatchResult, kept: KeptExchange | null): Promise<void>;
  /** The result did not come about: nothing was sent. */
  undo(index: number): Promise<void>;
  /** Writes what waits. */
  flush(): void;
}

/** How long a result may wait for company, in ms. The background keeps it as long as nobody says that it is on record. */
const COMPANY = 100;

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
  /** Those that wait for company hear of the write that they go with. */
  let joiners: ((write: Promise<void> | null) => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;

  function soon(): Promise<void> {
    next ??= (async () => {
      await last.catch(() => {});
      const { rows, kept, undone } = waiting;
      waiting = emptyBundle();
      const mine = next;
      next = null;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      for (const join of joiners) join(mine);
      joiners = [];
      last = storage.write(batch, [...rows.values()], [...kept.values()], [...undone]);
      await last;
    })();
    return next;
  }

  function take(row: BatchResult): void {
    waiting.undone.delete(row.index);
    waiting.rows.set(row.index, row);
  }

  return {
    put(row) {
      take(row);
      return soon();
    },
    putSoon(row, kept) {
      take(row);
      if (kept !== null) waiting.kept.set(row.index, kept);
      if (next !== null) return next;
      timer ??= setTimeout(() => void soon().catch(() => {}), COMPANY);
      return new Promise<Promise<void> | null>((join) => joiners.push(join)).then((write) => write ?? undefined);
    },
    undo(index) {
      waiting.rows.delete(index);
      waiting.undone.add(index);
      return soon();
    },
    flush() {
      if (joiners.length > 0) void soon().catch(() => {});
    },
  };
}
