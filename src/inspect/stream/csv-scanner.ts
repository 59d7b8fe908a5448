import { HAS_DATA, type OnRecord, type RecordScanner } from './record-scanner.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** Finds the records of CSV (RFC 4180): lines, but for line ends between quotation marks. */
export class CsvScanner implements RecordScanner {
  offset: number;
  private readonly onRecord: OnRecord;
  private start: number;
  private quoted = false;
  private afterCr = false;

  constructor(onRecord: OnRecord, offset = 0) {
    this.onRecord = onRecord;
    this.offset = offset;
    this.start = offset;
  }

  get pendingStart(): number {
    return this.start;
  }

  push(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      if (this.afterCr) {
        this.afterCr = false;
        if (byte === LF) {
          this.start = this.offset + i + 1;
          continue;
        }
      }
      if (byte === QUOTE) {
        this.quoted = !this.quoted;
      } else if ((byte === LF || byte === CR) && !this.quoted) {
        this.emit(this.offset + i);
        this.afterCr = byte === CR;
        this.start = this.offset + i + 1;
      }
    }
    this.offset += bytes.length;
  }

  finish(): boolean {
    if (this.offset === this.start) return false;
    this.emit(this.offset);
    this.start = this.offset;
    return true;
  }

  private emit(end: number): void {
    if (end > this.start) this.onRecord(this.start, end, HAS_DATA);
  }
}
