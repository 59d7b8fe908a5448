import { diffLines, type DiffStep } from './line-diff.ts';
import { isVolatileLine } from './volatile.ts';

/** A line on one side, and which part of it the other side has otherwise (UTF-16 units). */
export interface DiffSide {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Two texts beside each other: a line on either side, or on one alone. */
export type DiffRow =
  | {
      readonly kind: 'same' | 'changed';
      readonly before: DiffSide | null;
      readonly after: DiffSide | null;
      /** It would differ every time. */
      readonly volatile: boolean;
    }
  | { readonly kind: 'skipped'; readonly count: number };

export interface DiffRows {
  readonly rows: readonly DiffRow[];
  /** Rows that differ, and would not differ every time; also those that are not listed. */
  readonly differences: number;
  /** There are more rows than are listed. */
  readonly cut: boolean;
}

/** Lines alike that stand around a change. */
const CONTEXT = 3;
/** A text that is new from end to end is not worth more. */
const MAX_ROWS = 2000;
/** Of a longer line the beginning is shown. */
const MAX_LINE = 2000;

/** Compares two texts line by line; of what is alike only what stands near a change is kept. */
export function diffRows(before: readonly string[], after: readonly string[]): DiffRows {
  const pairs = pairUp(diffLines(before, after));
  const near = new Set<number>();
  for (const [at, { same }] of pairs.entries())
    if (!same) for (let other = at - CONTEXT; other <= at + CONTEXT; other++) near.add(other);
  const rows: DiffRow[] = [];
  let differences = 0;
  let skipped = 0;
  for (const [at, pair] of pairs.entries()) {
    if (!near.has(at)) {
      skipped++;
      continue;
    }
    if (skipped > 0) rows.push({ kind: 'skipped', count: skipped });
    skipped = 0;
    const row = toRow(pair, before, after);
    if (row.kind === 'changed' && !row.volatile) differences++;
    if (rows.length <= MAX_ROWS) rows.push(row);
  }
  if (skipped > 0) rows.push({ kind: 'skipped', count: skipped });
  return { rows: rows.slice(0, MAX_ROWS), differences, cut: rows.length > MAX_ROWS };
}

interface Pair {
  readonly same: boolean;
  readonly old: number | null;
  readonly new: number | null;
}

/** What was removed and what was added in its place stand beside each other. */
function pairUp(steps: readonly DiffStep[]): Pair[] {
  const pairs: Pair[] = [];
  let removed: number[] = [];
  let added: number[] = [];
  const settle = (): void => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++)
      pairs.push({ same: false, old: removed[i] ?? null, new: added[i] ?? null });
    removed = [];
    added = [];
  };
  for (const { kind, old, new: fresh } of steps) {
    if (kind === 'removed' && old !== null) removed.push(old);
    else if (kind === 'added' && fresh !== null) added.push(fresh);
    else {
      settle();
      pairs.push({ same: true, old, new: fresh });
    }
  }
  settle();
  return pairs;
}

function toRow(
  { same, old, new: fresh }: Pair,
  before: readonly string[],
  after: readonly string[],
): DiffRow & {
  kind: 'same' | 'changed';
} {
  const left = old === null ? null : (before[old] ?? '');
  const right = fresh === null ? null : (after[fresh] ?? '');
  const [head, tail] = left === null || right === null ? [0, 0] : common(left, right);
  const side = (text: string | null, at: number | null): DiffSide | null =>
    text === null || at === null
      ? null
      : { line: at + 1, text: text.slice(0, MAX_LINE), from: same ? 0 : head, to: same ? 0 : text.length - tail };
  return {
    kind: same ? 'same' : 'changed',
    before: side(left, old),
    after: side(right, fresh),
    volatile: !same && left !== null && right !== null && isVolatileLine(left, right),
  };
}

/** How many characters are alike at the beginning and at the end; a pair of surrogates is not torn apart. */
function common(one: string, other: string): [head: number, tail: number] {
  const most = Math.min(one.length, other.length);
  let head = 0;
  while (head < most && one[head] === other[head]) head++;
  if (isHighSurrogate(one, head - 1)) head--;
  let tail = 0;
  while (tail < most - head && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
  if (isHighSurrogate(one, one.length - tail - 1)) tail = Math.max(0, tail - 1);
  return [head, tail];
}

function isHighSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00;
}
