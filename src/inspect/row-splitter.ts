/** A row of text on screen: a line, or a part of a line that is longer than a row may be. */
export interface RowPlace {
  /** Offset of its first byte, and behind its last one, the line's end not included. */
  readonly start: number;
  readonly end: number;
  /** Number of its line, from 1. */
  readonly line: number;
  /** It goes on with the line of the row before. */
  readonly continued: boolean;
}

const TAB_SIZE = 4;

/** Text never has as many: a run of stray continuation bytes, which have no width, must end somewhere too. */
const MAX_BYTES_A_COLUMN = 4;

/**
 * Splits UTF-8, which comes in pieces, into rows: at LF, CR and CRLF, and within a line wherever it is full. Columns
 * are those of a monospaced face: East Asian characters and emoji take two, told from their first byte, which is near
 * enough. No character is ever cut.
 */
export class RowSplitter {
  /** Columns of the widest row so far. */
  widest = 0;
  private readonly columns: number;
  private rowStart: number;
  private line: number;
  private continued: boolean;
  private offset: number;
  private column = 0;
  private afterCr = false;
  private readonly onRow: (row: RowPlace) => void;

  /** @param from where the text begins: 0, 1 and false, or the place of an earlier row */
  constructor(
    columns: number,
    onRow: (row: RowPlace) => void,
    from: { readonly start: number; readonly line: number; readonly continued: boolean },
  ) {
    this.columns = columns;
    this.onRow = onRow;
    this.rowStart = from.start;
    this.offset = from.start;
    this.line = from.line;
    this.continued = from.continued;
  }

  /** Everything before this offset stands in rows that were told. */
  get settled(): number {
    return this.rowStart;
  }

  push(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      const at = this.offset + i;
      if (this.afterCr) {
        this.afterCr = false;
        if (byte === 0x0a) {
          this.rowStart = at + 1;
          continue;
        }
      }
      if (byte === 0x0a || byte === 0x0d) {
        this.endLine(at);
        this.afterCr = byte === 0x0d;
      } else if ((byte & 0xc0) !== 0x80) {
        const width = byte === 0x09 ? TAB_SIZE - (this.column % TAB_SIZE) : byte < 0xe3 || byte === 0xef ? 1 : 2;
        if (this.column + width > this.columns && this.column > 0) this.breakRow(at);
        this.column += width;
      } else if (at - this.rowStart >= this.columns * MAX_BYTES_A_COLUMN) {
        this.breakRow(at);
      }
    }
    this.offset += bytes.length;
  }

  /** The text ends here: what is left is the last row. A text that ends with a line's end has no empty row behind it. */
  finish(): void {
    if (this.offset > this.rowStart || this.offset === 0) this.emit(this.offset);
  }

  private endLine(at: number): void {
    this.emit(at);
    this.rowStart = at + 1;
    this.line++;
    this.continued = false;
    this.column = 0;
  }

  private breakRow(at: number): void {
    this.emit(at);
    this.rowStart = at;
    this.continued = true;
    this.column = 0;
  }

  private emit(end: number): void {
    if (this.column > this.widest) this.widest = this.column;
    this.onRow({ start: this.rowStart, end, line: this.line, continued: this.continued });
  }
}
