import { GrowingNumbers } from './growing-numbers.ts';
import { HAS_ID, HAS_RETRY } from './record-scanner.ts';

/** Where looking for a record begins: at the start of an earlier one that is near. */
export interface Checkpoint {
  /** Number of the record that begins there, from 0. */
  readonly record: number;
  readonly start: number;
  /** Where the next checkpoint stands; null when there is none. */
  readonly behind: number | null;
  /** Where the block begins that last set an id before it; -1 for none. */
  readonly idStart: number;
}

/** Records between two checkpoints at most; bytes between their starts, long records aside. */
const STRIDE = 256;
export const REACH = 64 * 1024;

/** Where the records of a stream are. It keeps 24 bytes for every 256 records or 64 KiB, and nothing else. */
export class RecordIndex {
  count = 0;
  /** Where the block begins that last set an id, or a retry time; -1 for none. */
  idStart = -1;
  retryStart = -1;
  private readonly records = new GrowingNumbers();
  private readonly starts = new GrowingNumbers();
  private readonly ids = new GrowingNumbers();

  add(start: number, flags: number): void {
    const last = this.records.length - 1;
    if (last < 0 || this.count - this.records.at(last) >= STRIDE || start - this.starts.at(last) >= REACH) {
      this.records.push(this.count);
      this.starts.push(start);
      this.ids.push(this.idStart);
    }
    if ((flags & HAS_ID) !== 0) this.idStart = start;
    if ((flags & HAS_RETRY) !== 0) this.retryStart = start;
    this.count++;
  }

  /** The checkpoint at or before a record; null when there are no records. */
  before(record: number): Checkpoint | null {
    const at = this.records.lastUpTo(record);
    if (at < 0) return null;
    const behind = at + 1 < this.records.length ? this.starts.at(at + 1) : null;
    return { record: this.records.at(at), start: this.starts.at(at), behind, idStart: this.ids.at(at) };
  }
}
