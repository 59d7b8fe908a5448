import { textPattern, type BytePattern } from '../byte-pattern.ts';
import type { ByteSource } from './byte-source.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import type { OnRecord, RecordScanner } from './record-scanner.ts';

/** Bytes looked at in one go. */
const SLICE = 1024 * 1024;
/** Records that are kept at most: 8 MiB of numbers. */
const MOST = 1_000_000;

/**
 * The records in whose bytes a text occurs, capital and small letters alike. It follows a stream at its own pace and
 * reads each byte once.
 */
export class RecordFilter {
  readonly query: string;
  readonly records = new GrowingNumbers();
  limited = false;
  /** Bytes looked at. */
  offset = 0;
  private readonly pattern: BytePattern;
  private readonly scanner: RecordScanner;
  private readonly found: number[] = [];
  private record = 0;
  private at = 0;
  private rest: Uint8Array<ArrayBuffer> = new Uint8Array();

  constructor(query: string, scanner: (onRecord: OnRecord) => RecordScanner) {
    this.query = query;
    this.pattern = textPattern(query);
    this.scanner = scanner((start, end) => this.take(start, end));
  }

  /** Looks at one more slice; false when there was none. */
  async advance(source: ByteSource): Promise<boolean> {
    const { size } = source;
    if (this.offset >= size || this.limited) return false;
    const bytes = await source.read(this.offset, Math.min(size, this.offset + SLICE));
    if (bytes.length === 0) return false;
    this.search(bytes);
    this.scanner.push(bytes);
    this.offset += bytes.length;
    // What was found before the record that goes on now lies in records that are decided.
    const { pendingStart } = this.scanner;
    const keep = this.found.findLast((place) => place >= pendingStart);
    this.found.length = 0;
    this.at = 0;
    if (keep !== undefined) this.found.push(keep);
    return true;
  }

  finish(): void {
    this.scanner.finish();
  }

  /** Remembers where matches begin; one that may go on in the next slice is looked at again with it. */
  private search(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.rest.length + bytes.length);
    joined.set(this.rest);
    joined.set(bytes, this.rest.length);
    const base = this.offset - this.rest.length;
    const overlap = Math.max(0, this.pattern.maxLength - 1);
    this.pattern.forEachIn(joined, 0, joined.length, (at) => this.found.push(base + at));
    this.rest = joined.slice(Math.max(0, joined.length - overlap));
  }

  private take(start: number, end: number): void {
    while ((this.found[this.at] ?? Infinity) < start) this.at++;
    if ((this.found[this.at] ?? Infinity) < end) {
      if (this.records.length < MOST) this.records.push(this.record);
      else this.limited = true;
    }
    this.record++;
  }
}
