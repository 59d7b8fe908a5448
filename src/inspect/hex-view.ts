import type { BodyView, Found, HexRow, ViewState } from './body-view.ts';
import { Finder } from './finder.ts';

/** Any bytes, so many a row. Nothing has to be read beforehand. */
export class HexView implements BodyView {
  private readonly blob: Blob;
  private readonly width: number;
  private readonly finder: Finder;

  /** @param width bytes of a row */
  constructor(blob: Blob, width: number) {
    this.blob = blob;
    this.width = Math.max(1, width);
    this.finder = new Finder(blob);
  }

  async load(onState: (state: ViewState) => void): Promise<void> {
    const { size } = this.blob;
    const rows = Math.ceil(size / this.width);
    onState({ rows, columns: 0, loaded: size, done: true, problem: null, limited: false });
  }

  async rows(from: number, to: number): Promise<HexRow[]> {
    const base = from * this.width;
    // A match may reach into these rows from the one before and out of them.
    const start = Math.max(0, base - MARK_MARGIN);
    const around = new Uint8Array(await this.blob.slice(start, to * this.width + MARK_MARGIN).arrayBuffer());
    const rows: HexRow[] = [];
    for (let offset = base; offset < Math.min(to * this.width, this.blob.size); offset += this.width) {
      const end = Math.min(offset + this.width, this.blob.size);
      rows.push({
        type: 'hex',
        offset,
        bytes: around.slice(offset - start, end - start),
        marks: this.finder.byteMarks(around, start, offset, end),
      });
    }
    return rows;
  }

  async find(query: string, onProgress: (found: Found) => void): Promise<Found | null> {
    return await this.finder.search(query, onProgress);
  }

  async goTo(match: number): Promise<number | null> {
    const offset = this.finder.offsetOf(match);
    if (offset === null) return null;
    this.finder.current = match;
    return Math.floor(offset / this.width);
  }
}

/** Bytes read on either side of the rows in sight; a match longer than this is marked in part. */
const MARK_MARGIN = 1024;
