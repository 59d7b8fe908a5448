/** One step from the old lines to the new ones; `old` and `new` are indexes, null where a line is missing. */
export interface DiffStep {
  readonly kind: 'same' | 'removed' | 'added';
  readonly old: number | null;
  readonly new: number | null;
}

/** Beyond so many differences the search is given up: everything between is then removed and added. */
const MAX_DISTANCE = 1000;

/**
 * The shortest way from one list of lines to another (E. W. Myers, "An O(ND) Difference Algorithm and Its
 * Variations", 1986).
 */
export function diffLines(before: readonly string[], after: readonly string[]): DiffStep[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  const middle = shortestEdit(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  const same = (old: number, next: number): DiffStep => ({ kind: 'same', old, new: next });
  return [
    ...Array.from({ length: head }, (_, i) => same(i, i)),
    ...middle.map(({ kind, old, new: next }) => ({
      kind,
      old: old === null ? null : old + head,
      new: next === null ? null : next + head,
    })),
    ...Array.from({ length: tail }, (_, i) => same(before.length - tail + i, after.length - tail + i)),
  ];
}

/** Per diagonal (`old - new`) how far `before` was read; one snapshot a number of edits, for the way back. */
function shortestEdit(before: readonly string[], after: readonly string[]): DiffStep[] {
  const limit = Math.min(before.length + after.length, MAX_DISTANCE);
  const reach = new Reach(limit);
  const trace: Reach[] = [];
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(reach.copy());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let old = reach.start(diagonal, edits);
      while (old < before.length && old - diagonal < after.length && before[old] === after[old - diagonal]) old++;
      reach.set(diagonal, old);
      if (old >= before.length && old - diagonal >= after.length) return wayBack(before.length, after.length, trace);
    }
  }
  return [
    ...before.map((_, old): DiffStep => ({ kind: 'removed', old, new: null })),
    ...after.map((_, next): DiffStep => ({ kind: 'added', old: null, new: next })),
  ];
}

class Reach {
  private readonly ends: Int32Array;
  private readonly limit: number;

  constructor(limit: number, ends = new Int32Array(2 * limit + 3)) {
    this.limit = limit;
    this.ends = ends;
  }

  copy(): Reach {
    return new Reach(this.limit, this.ends.slice());
  }

  set(diagonal: number, old: number): void {
    this.ends[diagonal + this.limit + 1] = old;
  }

  /** Whether the edit that leads onto a diagonal is best a removal. */
  isRemoval(diagonal: number, edits: number): boolean {
    if (diagonal === -edits) return false;
    return diagonal === edits || this.end(diagonal - 1) + 1 > this.end(diagonal + 1);
  }

  /** Where that edit leads to. */
  start(diagonal: number, edits: number): number {
    if (edits === 0) return 0;
    return this.isRemoval(diagonal, edits) ? this.end(diagonal - 1) + 1 : this.end(diagonal + 1);
  }

  private end(diagonal: number): number {
    return this.ends[diagonal + this.limit + 1] ?? 0;
  }
}

function wayBack(oldLength: number, newLength: number, trace: readonly Reach[]): DiffStep[] {
  const steps: DiffStep[] = [];
  let old = oldLength;
  let next = newLength;
  for (const [edits, reach] of [...trace.entries()].reverse()) {
    const diagonal = old - next;
    const start = reach.start(diagonal, edits);
    while (old > start) steps.push({ kind: 'same', old: --old, new: --next });
    if (edits === 0) break;
    if (reach.isRemoval(diagonal, edits)) steps.push({ kind: 'removed', old: --old, new: null });
    else steps.push({ kind: 'added', old: null, new: --next });
  }
  return steps.reverse();
}
