import { HAS_DATA, HAS_ID, HAS_RETRY, type OnRecord, type RecordScanner } from './record-scanner.ts';

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
/** Enough of a line's start to tell its field, behind a byte order mark. */
const LEAD = 9;
const FIELDS = [
  { name: [0x64, 0x61, 0x74, 0x61], flag: HAS_DATA },
  { name: [0x69, 0x64], flag: HAS_ID },
  { name: [0x72, 0x65, 0x74, 0x72, 0x79], flag: HAS_RETRY },
] as const;

/**
 * Finds the blocks of an event stream: what stands between empty lines, whether it is dispatched as an event or not.
 * Lines end with LF, CR or CRLF; one byte order mark at the very beginning is passed over (WHATWG HTML section 9.2.6).
 */
export class SseScanner implements RecordScanner {
  offset: number;
  private readonly onRecord: OnRecord;
  private readonly lead = new Uint8Array(LEAD);
  private lineStart: number;
  private lineLength = 0;
  private blockStart = -1;
  private blockEnd = 0;
  private flags = 0;
  private afterCr = false;

  /** @param offset where the bytes begin: 0, or the start of an earlier block */
  constructor(onRecord: OnRecord, offset = 0) {
    this.onRecord = onRecord;
    this.offset = offset;
    this.lineStart = offset;
  }

  get pendingStart(): number {
    return this.blockStart >= 0 ? this.blockStart : this.lineStart;
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
      const from = i;
      while (i < length && bytes[i] !== LF && bytes[i] !== CR) i++;
      for (let at = from; at < i && this.lineLength + at - from < LEAD; at++)
        this.lead[this.lineLength + at - from] = bytes[at] ?? 0;
      this.lineLength += i - from;
      if (i === length) break;
      this.endLine(this.offset + i);
      this.afterCr = bytes[i] === CR;
      i++;
      this.lineStart = this.offset + i;
      this.lineLength = 0;
    }
    this.offset += length;
  }

  /** A block that no empty line ends is never dispatched. */
  finish(): boolean {
    return false;
  }

  private endLine(at: number): void {
    const mark = this.lineStart === 0 && this.lineLength >= 3 && isMark(this.lead) ? 3 : 0;
    if (this.lineLength > mark) {
      if (this.blockStart < 0) this.blockStart = this.lineStart;
      this.blockEnd = at;
      for (const { name, flag } of FIELDS) if (this.isField(name, mark)) this.flags |= flag;
      return;
    }
    if (this.blockStart >= 0) this.onRecord(this.blockStart, this.blockEnd, this.flags);
    this.blockStart = -1;
    this.flags = 0;
  }

  private isField(name: readonly number[], mark: number): boolean {
    const end = mark + name.length;
    if (!name.every((byte, index) => this.lead[mark + index] === byte)) return false;
    return this.lineLength === end || (this.lineLength > end && this.lead[end] === COLON);
  }
}

function isMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
