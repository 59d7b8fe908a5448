import { blobPieces } from './blob-pieces.ts';
import type { BodyView, Found, Query, RowToken, TextRow, ViewState } from './body-view.ts';
import { breather } from './breather.ts';
import { tokenKinds, type CodeTokens } from './code-language.ts';
import { Finder, type PatternSearch } from './finder.ts';
import { ReadMark } from './read-mark.ts';
import { RowSplitter, type RowPlace } from './row-splitter.ts';
import { readBytes } from './read-bytes.ts';

/** Only every so many rows' places are kept: the rows between are split again when they are needed. */
const STRIDE = 64;

/** Rows of more columns than this are never made: browsers slow down on them, and wrapping is one click away. */
export const MAX_COLUMNS = 1000;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text as lines. */
export class TextView implements BodyView {
  private readonly blob: Blob;
  private readonly columns: number;
  private readonly finder: Finder;
  private readonly counted = new ReadMark();
  private readonly checkpoints: RowPlace[] = [];
  private tokens: CodeTokens | null = null;
  private onState: (state: ViewState) => void = () => {};
  private state: ViewState | null = null;
  private rowCount = 0;

  /**
   * @param blob UTF-8
   * @param columns columns of a row; longer lines are broken
   * @param searchPattern runs regular expressions
   */
  constructor(blob: Blob, columns: number, searchPattern: PatternSearch) {
    this.blob = blob;
    this.columns = Math.min(Math.max(columns, 1), MAX_COLUMNS);
    this.finder = new Finder(blob, searchPattern);
  }

  async load(onState: (state: ViewState) => void): Promise<void> {
    this.onState = onState;
    let loaded = 0;
    const splitter = new RowSplitter(this.columns, (row) => this.count(row), { start: 0, line: 1, continued: false });
    const breathe = breather();
    const tell = (done: boolean): void => {
      const { rowCount: rows } = this;
      const arranged = this.state?.arranged ?? 0;
      this.state = { rows, columns: splitter.widest, loaded, arranged, done, problem: null, limited: false };
      onState(this.state);
    };
    for await (const piece of blobPieces(this.blob)) {
      splitter.push(piece);
      loaded += piece.length;
      this.counted.reach(splitter.settled);
      if (loaded < this.blob.size) tell(false);
      await breathe();
    }
    splitter.finish();
    this.counted.end();
    tell(true);
  }

  async rows(from: number, to: number): Promise<TextRow[]> {
    const first = this.checkpoints[Math.floor(from / STRIDE)];
    if (!first || to <= from) return [];
    const last = this.checkpoints[Math.floor((to - 1) / STRIDE)] ?? this.checkpoints.at(-1) ?? first;
    const behind = this.checkpoints[Math.ceil(to / STRIDE)]?.start ?? this.blockEnd(last);
    const bytes = await readBytes(this.blob, first.start, behind);
    const places: RowPlace[] = [];
    const splitter = new RowSplitter(this.columns, (row) => places.push(row), first);
    splitter.push(bytes);
    splitter.finish();
    const skip = from % STRIDE;
    return places.slice(skip, skip + Math.min(to, this.rowCount) - from).map((place) => ({
      type: 'text',
      line: place.line,
      continued: place.continued,
      text: decoder.decode(bytes.subarray(place.start - first.start, place.end - first.start)),
      tokens: this.tokens === null ? [] : tokensIn(this.tokens, bytes, first.start, place),
      marks: this.finder.marks(bytes, first.start, place.start, place.end),
    }));
  }

  /** The body in UTF-8, in which tokens count. */
  get text(): Blob {
    return this.blob;
  }

  /** Colours the text; null makes it plain again. */
  colour(tokens: CodeTokens | null): void {
    this.tokens = tokens;
    if (this.state === null) return;
    this.state = { ...this.state, arranged: this.state.arranged + 1 };
    this.onState(this.state);
  }

  async find(query: Query, onProgress: (found: Found) => void): Promise<Found | null> {
    return await this.finder.search(query, onProgress, { until: (offset) => this.counted.until(offset) });
  }

  async goTo(match: number): Promise<number | null> {
    const offset = this.finder.offsetOf(match);
    if (offset === null) return null;
    this.finder.current = match;
    const block = Math.max(0, this.blockOf(offset));
    const place = this.checkpoints[block];
    if (!place) return null;
    const bytes = await readBytes(this.blob, place.start, offset + 1);
    let row = block * STRIDE - 1;
    const splitter = new RowSplitter(this.columns, () => row++, place);
    splitter.push(bytes);
    splitter.finish();
    return row;
  }

  private count(row: RowPlace): void {
    if (this.rowCount % STRIDE === 0) this.checkpoints.push(row);
    this.rowCount++;
  }

  /** Where reading may stop when no checkpoint stands behind: further than a block's rows can reach. */
  private blockEnd(block: RowPlace): number {
    return Math.min(this.blob.size, block.start + STRIDE * (this.columns * 5 + 2));
  }

  /** The last checkpoint at or before an offset. */
  private blockOf(offset: number): number {
    let low = 0;
    let high = this.checkpoints.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.checkpoints[middle]?.start ?? Infinity) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** The tokens that show in a row. @param base offset of the first of the bytes */
function tokensIn(tokens: CodeTokens, bytes: Uint8Array, base: number, row: RowPlace): RowToken[] {
  const { starts, ends, kinds } = tokens;
  const units = (from: number, to: number): number => decoder.decode(bytes.subarray(from - base, to - base)).length;
  const found: RowToken[] = [];
  let at = row.start;
  let unit = 0;
  for (let i = firstEndingBehind(ends, row.start); i < starts.length && (starts[i] ?? 0) < row.end; i++) {
    const from = Math.max(starts[i] ?? 0, row.start);
    const to = Math.min(ends[i] ?? 0, row.end);
    const start = unit + units(at, from);
    unit = start + units(from, to);
    at = to;
    found.push({ start, end: unit, kind: tokenKinds[kinds[i] ?? 0] ?? 'meta' });
  }
  return found;
}

function firstEndingBehind(ends: Uint32Array, offset: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
