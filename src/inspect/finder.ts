import { blobPieces } from './blob-pieces.ts';
import { breather } from './breather.ts';
import { hexPattern, textPattern, type BytePattern } from './byte-pattern.ts';

/** What is looked for. */
export interface Query {
  readonly text: string;
  /** It is a regular expression. */
  readonly isPattern: boolean;
  /** Capital and small letters differ. */
  readonly matchCase: boolean;
}

export interface Found {
  /** Matches so far. */
  readonly count: number;
  /** More are there than are kept. */
  readonly capped: boolean;
  readonly done: boolean;
  /** How much of the body was looked through: 0 to 1. */
  readonly share: number;
}

/** A match within one row's text, in UTF-16 units. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** It is the match at which the person stands. */
  readonly current: boolean;
}

/** Matches in the order in which they stand, none overlapping. Offsets and lengths count bytes. */
export interface MatchBatch {
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
  /** Everything before this offset was looked through. */
  readonly searched: number;
}

/** Runs a regular expression over UTF-8. It throws when the pattern is none or takes too long. */
export type PatternSearch = (blob: Blob, query: Query) => AsyncIterable<MatchBatch>;

export interface SearchBounds {
  /** Whether a match between these offsets counts. */
  accepts?(start: number, end: number): boolean;
  /** Resolves as soon as what stands before an offset can be shown. */
  until?(offset: number): Promise<void>;
}

const MAX_MATCHES = 100_000;
const NOTHING: Found = { count: 0, capped: false, done: true, share: 1 };

/** Looks for a text in a body, piece by piece, and remembers where it is. A new search replaces the one under way. */
export class Finder {
  /** Index of the match at which the person stands; -1 for none. */
  current = -1;
  private readonly blob: Blob;
  private readonly searchPattern: PatternSearch | null;
  private starts: number[] = [];
  private lengths: number[] = [];
  private turn = 0;

  /**
   * @param blob UTF-8, or any bytes
   * @param searchPattern null where only text and bytes (`0x` and pairs of hex digits) are looked for
   */
  constructor(blob: Blob, searchPattern: PatternSearch | null) {
    this.blob = blob;
    this.searchPattern = searchPattern;
  }

  /** @returns what there is in the end; null when a newer search took over */
  async search(query: Query, onProgress: (found: Found) => void, bounds: SearchBounds = {}): Promise<Found | null> {
    const turn = ++this.turn;
    const starts: number[] = [];
    const lengths: number[] = [];
    this.starts = starts;
    this.lengths = lengths;
    this.current = -1;
    if (query.text === '') return NOTHING;
    for await (const batch of this.matches(query)) {
      await bounds.until?.(batch.searched);
      if (turn !== this.turn) return null;
      batch.starts.forEach((start, i) => {
        const length = batch.lengths[i] ?? 0;
        if (starts.length > MAX_MATCHES || bounds.accepts?.(start, start + length) === false) return;
        starts.push(start);
        lengths.push(length);
      });
      if (starts.length > MAX_MATCHES) {
        starts.length = MAX_MATCHES;
        return { count: MAX_MATCHES, capped: true, done: true, share: batch.searched / this.blob.size };
      }
      onProgress({ count: starts.length, capped: false, done: false, share: batch.searched / this.blob.size });
    }
    return turn === this.turn ? { ...NOTHING, count: starts.length } : null;
  }

  /** Offset of a match; null when there is no such match. */
  offsetOf(match: number): number | null {
    return this.starts[match] ?? null;
  }

  /** The matches that show in a part of the body, in bytes from the part's beginning. */
  byteMarks(from: number, to: number): Mark[] {
    const marks: Mark[] = [];
    // The match before may reach into the part.
    let match = Math.max(0, firstAtOrAfter(this.starts, from) - 1);
    for (; (this.starts[match] ?? to) < to; match++) {
      const start = this.starts[match] ?? 0;
      const end = start + (this.lengths[match] ?? 0);
      if (end <= from) continue;
      const current = match === this.current;
      marks.push({ start: Math.max(start, from) - from, end: Math.min(end, to) - from, current });
    }
    return marks;
  }

  /**
   * The same in UTF-16 units of the text that the part decodes to.
   * @param bytes the bytes around it; `base` is the offset of the first
   */
  marks(bytes: Uint8Array, base: number, from: number, to: number): Mark[] {
    const marks = this.byteMarks(from, to);
    if (marks.length === 0) return marks;
    const units = (end: number): number => decoder.decode(bytes.subarray(from - base, from - base + end)).length;
    return marks.map(({ start, end, current }) => ({ start: units(start), end: units(end), current }));
  }

  private matches(query: Query): AsyncIterable<MatchBatch> {
    if (query.isPattern && this.searchPattern !== null) return this.searchPattern(this.blob, query);
    const bytes = this.searchPattern === null ? hexPattern(query.text) : null;
    return searchBytes(this.blob, bytes ?? textPattern(query.text, query.matchCase));
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

async function* searchBytes(blob: Blob, pattern: BytePattern): AsyncGenerator<MatchBatch> {
  const breathe = breather();
  let rest = new Uint8Array();
  let base = 0;
  function scan(to: number): MatchBatch {
    const starts: number[] = [];
    const lengths: number[] = [];
    const reached = pattern.forEachIn(rest, 0, to, (at, length) => {
      starts.push(base + at);
      lengths.push(length);
    });
    rest = rest.slice(reached);
    base += reached;
    return { starts, lengths, searched: base };
  }
  for await (const piece of blobPieces(blob)) {
    rest = joined(rest, piece);
    // A match may go on in the next piece: the last bytes are looked at again with it.
    yield scan(Math.max(0, rest.length - pattern.maxLength + 1));
    await breathe();
  }
  yield scan(rest.length);
}

function firstAtOrAfter(sorted: readonly number[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}
