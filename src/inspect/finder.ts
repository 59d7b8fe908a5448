import { BytePattern, textPattern } from './byte-pattern.ts';

export interface Found {
  /** Matches so far. */
  readonly count: number;
  /** More are there than are kept. */
  readonly capped: boolean;
  readonly done: boolean;
}

/** A match within one row's text, in UTF-16 units. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** It is the match at which the person stands. */
  readonly current: boolean;
}

const MAX_MATCHES = 100_000;
const NOTHING: Found = { count: 0, capped: false, done: true };

/** Looks for a text in a body, piece by piece, and remembers where it is. A new search replaces the one under way. */
export class Finder {
  /** Index of the match at which the person stands; -1 for none. */
  current = -1;
  private readonly blob: Blob;
  private pattern = new BytePattern([]);
  private starts: number[] = [];
  private turn = 0;

  /** @param blob UTF-8, or any bytes */
  constructor(blob: Blob) {
    this.blob = blob;
  }

  /**
   * @param accepts whether a match between these offsets counts
   * @returns what there is in the end; null when a newer search took over
   */
  async search(
    query: string,
    onProgress: (found: Found) => void,
    accepts: (start: number, end: number) => boolean = () => true,
  ): Promise<Found | null> {
    const turn = ++this.turn;
    const pattern = textPattern(query);
    const starts: number[] = [];
    this.pattern = pattern;
    this.starts = starts;
    this.current = -1;
    if (pattern.maxLength === 0) return NOTHING;
    let rest = new Uint8Array();
    let base = 0;
    const keep = (at: number, length: number): void => {
      const start = base + at;
      if (starts.length <= MAX_MATCHES && accepts(start, start + length)) starts.push(start);
    };
    for await (const piece of this.blob.stream()) {
      if (turn !== this.turn) return null;
      const bytes = joined(rest, piece);
      // A match may go on in the next piece: the last bytes are looked at again with it.
      const to = Math.max(0, bytes.length - pattern.maxLength + 1);
      const reached = pattern.forEachIn(bytes, 0, to, keep);
      rest = bytes.slice(reached);
      base += reached;
      if (starts.length > MAX_MATCHES) break;
      onProgress({ count: starts.length, capped: false, done: false });
    }
    if (turn !== this.turn) return null;
    pattern.forEachIn(rest, 0, rest.length, keep);
    const capped = starts.length > MAX_MATCHES;
    if (capped) starts.length = MAX_MATCHES;
    return { count: starts.length, capped, done: true };
  }

  /** Offset of a match; null when there is no such match. */
  offsetOf(match: number): number | null {
    return this.starts[match] ?? null;
  }

  /**
   * The matches that show in a part of the body, in bytes from the part's beginning.
   * @param bytes the bytes around it; `base` is the offset of the first
   * @param from offset at which the part begins; `to` the one behind it
   */
  byteMarks(bytes: Uint8Array, base: number, from: number, to: number): Mark[] {
    const marks: Mark[] = [];
    if (this.starts.length === 0) return marks;
    let match = firstAtOrAfter(this.starts, Math.max(base, from - this.pattern.maxLength + 1));
    for (; (this.starts[match] ?? to) < to; match++) {
      const start = this.starts[match] ?? 0;
      const end = start + this.pattern.matchAt(bytes, start - base);
      if (end <= from) continue;
      const current = match === this.current;
      marks.push({ start: Math.max(start, from) - from, end: Math.min(end, to) - from, current });
    }
    return marks;
  }

  /** The same in UTF-16 units of the text that the part decodes to. */
  marks(bytes: Uint8Array, base: number, from: number, to: number): Mark[] {
    const marks = this.byteMarks(bytes, base, from, to);
    if (marks.length === 0) return marks;
    const units = (end: number): number => decoder.decode(bytes.subarray(from - base, from - base + end)).length;
    return marks.map(({ start, end, current }) => ({ start: units(start), end: units(end), current }));
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

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
