import type { Original } from '../../model/batch.ts';

/** Responses of a batch that others of it are compared with. */
export interface Baselines {
  /** Waits for it, if it has not come back yet; null: it has no response. */
  get(index: number): Promise<Original | null>;
  set(index: number, original: Original | null): void;
}

/** So many are held in memory; the others are read from the disk again. */
const HELD = 60;

/**
 * @param known the results that were there before
 * @param read reads one that is on record
 */
export function createBaselines(
  known: ReadonlySet<number>,
  read: (index: number) => Promise<Original | null>,
): Baselines {
  const held = new Map<number, Promise<Original | null>>();
  const waiting = new Map<number, (original: Original | null) => void>();
  const concluded = new Set(known);

  return {
    get(index) {
      const here = held.get(index);
      if (here !== undefined) return here;
      if (concluded.has(index)) return read(index);
      const coming = new Promise<Original | null>((resolve) => waiting.set(index, resolve));
      held.set(index, coming);
      return coming;
    },
    set(index, original) {
      concluded.add(index);
      held.delete(index);
      held.set(index, Promise.resolve(original));
      waiting.get(index)?.(original);
      waiting.delete(index);
      for (const oldest of held.keys()) {
        if (held.size <= HELD) break;
        if (!waiting.has(oldest)) held.delete(oldest);
      }
    },
  };
}
