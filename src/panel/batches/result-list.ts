import type { BatchResult, Find } from '../../model/batch.ts';
import type { RowLabel } from './plan.ts';

export const resultShows = ['all', 'different', 'failed', 'sent'] as const;
export type ResultShow = (typeof resultShows)[number];

export const resultColumns = ['index', 'request', 'status', 'size', 'duration', 'differences'] as const;
/** A number: what was looked for, by its place in the plan. */
export type ResultColumn = (typeof resultColumns)[number] | number;

/** Which results are looked at, and in what order. */
export interface ResultView {
  readonly show: ResultShow;
  /** Words that must all be there. */
  readonly text: string;
  readonly by: ResultColumn;
  readonly descending: boolean;
}

/** What of a batch is listed. */
export interface ResultSource {
  readonly total: number;
  /** Paths alone would not tell them apart. */
  readonly hasSeveralHosts: boolean;
  row(index: number): BatchResult | undefined;
  label(index: number): RowLabel;
  readonly finds: readonly Find[];
  /** What the others are compared with; null where each has an original of its own. */
  readonly baseline: ((index: number) => BatchResult | undefined) | null;
  /** What else an export says of a result. */
  readonly more?: (index: number) => Readonly<Record<string, string | null>>;
}

/** What a filter asks for: words that must all be there. */
export const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** The indexes of the results that pass, in order. */
export function listResults(source: ResultSource, { show, text, by, descending }: ResultView): number[] {
  const words = wordsOf(text);
  const found: number[] = [];
  for (let index = 0; index < source.total; index++) {
    const row = source.row(index);
    if (passes(row, show) && (words.length === 0 || holdsWords(source.label(index), row, words))) found.push(index);
  }
  if (by === 'index') return descending ? found.reverse() : found;
  const key = typeof by === 'number' ? foundKey(by) : keys[by];
  // Made once for each: comparing asks for them again and again.
  const sortable = found.map((index) => ({ index, key: key(source.row(index), source.label(index)) }));
  const sign = descending ? -1 : 1;
  return sortable
    .sort((a, b) => {
      // What has no such figure stays at the end, whichever way one sorts.
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || a.index - b.index;
      return a.key === b.key ? a.index - b.index : a.key < b.key ? -sign : sign;
    })
    .map(({ index }) => index);
}

type Key = (row: BatchResult | undefined, label: RowLabel) => string | number | null;
const foundKey =
  (at: number): Key =>
  (row) =>
    row?.found[at] ?? null;
const keys: Readonly<Record<Exclude<(typeof resultColumns)[number], 'index'>, Key>> = {
  request: (_row, { method, url, values }) => values?.join(' ') ?? `${url} ${method}`,
  status: (row) => row?.status ?? null,
  size: (row) => row?.size ?? null,
  duration: (row) => (row === undefined || row.state === 'started' ? null : row.duration),
  differences: (row) => row?.differences ?? null,
};

function passes(row: BatchResult | undefined, show: ResultShow): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'sent':
      return row !== undefined;
    case 'different':
      return (row?.differences ?? 0) > 0;
    case 'failed':
      return row !== undefined && row.state !== 'done' && row.state !== 'started';
  }
}

/** Whether request and result hold all the words, which are in lower case. */
export function holdsWords(
  { method, url, values }: RowLabel,
  row: BatchResult | undefined,
  words: readonly string[],
): boolean {
  const name = values === undefined ? `${method} ${url}` : values.join(' ');
  const found = row?.found.join(' ') ?? '';
  const text = `${name} ${row?.status ?? ''} ${row?.error?.name ?? ''} ${row?.state ?? ''} ${found}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What stands out of a result beside the baseline's. */
export interface Outstanding {
  readonly status: boolean;
  readonly size: boolean;
  readonly duration: boolean;
}

/** A time stands out when it is this many times the baseline's, and longer by this much. Milliseconds. */
const SLOWER = 3;
const SLOWER_BY = 100;

export function outstanding(row: BatchResult | undefined, baseline: BatchResult | undefined): Outstanding {
  if (row === undefined || baseline === undefined || row.state === 'started' || row.index === baseline.index) {
    return { status: false, size: false, duration: false };
  }
  return {
    status: row.status !== baseline.status,
    size: row.size !== baseline.size,
    duration: row.duration > baseline.duration * SLOWER && row.duration > baseline.duration + SLOWER_BY,
  };
}
