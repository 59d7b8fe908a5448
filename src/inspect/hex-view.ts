import type { BodyView, Found, HexRow, Query, ViewState } from './body-view.ts';
import { Finder } from './finder.ts';
import { readBytes } from './read-bytes.ts';

/** Any bytes, so many a row. Nothing has to be read beforehand. */
export class HexView implements BodyView {
  private readonly blob: Blob;
  private readonly width: number;
  private readonly finder: Finder;

  /** @param width bytes of a row */
  constructor(blob: Blob, width: number) {
    this.blob = blob;
    this.width = Math.max(1, width);
    this.finder = new Finder(blob, null);
  }

  async load(onState: (state: ViewState) => void): Promise<void> {
    const { size } = this.blob;
    const rows = Math.ceil(size / this.width);
    onState({ rows, columns: 0, loaded: size, arranged: 0, done: true, problem: null, limited: false });
  }

  async rows(from: number, to: number): Promise<HexRow[]> {
    const base = from * this.width;
    const part = await readBytes(this.blob, base, to * this.width);
    const rows: HexRow[] = [];
    for (let offset = base; offset < Math.min(to * this.width, this.blob.size); offset += this.width) {
      const end = Math.min(offset + this.width, this.blob.size);
      rows.push({
        type: 'hex',
        offset,
        bytes: part.slice(offset - base, end - base),
        marks: this.finder.byteMarks(offset, end),
      });
    }
    return rows;
  }

  async find(query: Query, onProgress: (found: Found) => void): Promise<Found | null> {
    return await this.finder.search(query, onProgress);
  }

  async goTo(match: number): Promise<number | null> {
    const offset = this.finder.offsetOf(match);
    if (offset === null) return null;
    this.finder.current = match;
    return Math.floor(offset / this.width);
  }
}
