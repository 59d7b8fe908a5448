import type { VaryMode } from '../../../model/batch.ts';

/** How many requests the lists make, the unvaried one not counted. `counts`: values of each position. */
export function countCombinations(mode: VaryMode, counts: readonly number[]): number {
  if (counts.length === 0) return 0;
  switch (mode) {
    case 'single':
      return counts.reduce((sum, count) => sum + count, 0);
    case 'same':
      return counts[0] ?? 0;
    case 'step':
      return Math.min(...counts);
    case 'all':
      return counts.reduce((product, count) => product * count, 1);
  }
}

/**
 * Which value each position has in the request of that number, counted from 0; null: what it has unvaried. In `all` the
 * last position changes fastest; in `same` the first position's list is everyone's.
 */
export function combination(mode: VaryMode, counts: readonly number[], number: number): (number | null)[] {
  switch (mode) {
    case 'single': {
      let rest = number;
      const at = counts.findIndex((count) => rest < count || ((rest -= count), false));
      return counts.map((_, position) => (position === at ? rest : null));
    }
    case 'same':
    case 'step':
      return counts.map(() => number);
    case 'all': {
      let rest = number;
      return counts
        .toReversed()
        .map((count) => {
          const value = rest % count;
          rest = Math.floor(rest / count);
          return value;
        })
        .reverse();
    }
  }
}
