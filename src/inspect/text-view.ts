import { blobPieces } from './blob-pieces.ts';
import type { BodyView, Found, Query, TextRow, ViewState } from './body-view.ts';
import { breather } from './breather.ts';
import { Finder, type PatternSearch } from './finder.ts';
import { ReadMark } from './read-mark.ts';
import { RowSplitter, type RowPlace } from './row-splitter.ts';

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
    let loaded = 0;
    const splitter = new RowSplitter(this.columns, (row) => this.count(row), { start: 0, line: 1, continued: false });
    const breathe = breather();
    const tell = (done: boolean): void =>
      onState({
        rows: this.rowCount,
        columns: splitter.widest,
        loaded,
        arranged: 0,
        done,
        problem: null,
        limited: false,
      });
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
    const bytes = new Uint8Array(await this.blob.slice(first.start, behind).arrayBuffer());
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
      marks: this.finder.marks(bytes, first.start, place.start, place.end),
    }));
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
    const bytes = new Uint8Array(await this.blob.slice(place.start, offset + 1).arrayBuffer());
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
