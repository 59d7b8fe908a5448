import { HAS_DATA, type OnRecord, type RecordScanner } from './record-scanner.ts';

const LF = 0x0a;
const CR = 0x0d;

/** Finds lines as `Response.iterLines` does: at LF, CR and CRLF, also where two pieces share a CRLF. */
export class LineScanner implements RecordScanner {
  offset: number;
  private readonly onRecord: OnRecord;
  private readonly skipEmpty: boolean;
  private lineStart: number;
  private afterCr = false;

  /** @param offset where the bytes begin: 0, or the start of an earlier line */
  constructor(onRecord: OnRecord, skipEmpty: boolean, offset = 0) {
    this.onRecord = onRecord;
    this.skipEmpty = skipEmpty;
    this.offset = offset;
    this.lineStart = offset;
  }

  get pendingStart(): number {
    return this.lineStart;
  }

  push(bytes: Uint8Array): void {
    const { length } = bytes;
    let i = 0;
    while (i < length) {
      if (this.afterCr) {
        this.afterCr = false;
        if (bytes[i] === LF) {
          i++;
          this.lineStart = this.offset + i;
          continue;
        }
      }
      while (i < length && bytes[i] !== LF && bytes[i] !== CR) i++;
      if (i === length) break;
      this.emit(this.offset + i);
      this.afterCr = bytes[i] === CR;
      i++;
      this.lineStart = this.offset + i;
    }
    this.offset += length;
  }

  /** The last line needs no line end. */
  finish(): boolean {
    if (this.offset === this.lineStart) return false;
    this.emit(this.offset);
    this.lineStart = this.offset;
    return true;
  }

  private emit(end: number): void {
    if (end > this.lineStart || !this.skipEmpty) this.onRecord(this.lineStart, end, HAS_DATA);
  }
}
