/** Pieces that came within this time of each other count as one. Milliseconds. */
const GRAIN = 5;
/** Beyond so many, neighbours are joined: the times of a long stream get coarser, not more. */
const MOST = 8192;

/**
 * When the bytes of a body came: `[offset, time]` pairs one after the other, `offset` being the number of bytes that
 * were there at `time` (milliseconds since the epoch).
 */
export type Arrivals = readonly number[];

/** Keeps when bytes came, in bounded memory. */
export class ArrivalLog {
  pairs: number[] = [];
  private grain = GRAIN;

  /** @param offset bytes that are there now */
  note(offset: number, time: number): void {
    const last = this.pairs.length - 1;
    if (last > 0 && time - (this.pairs[last] ?? 0) < this.grain) this.pairs[last - 1] = offset;
    else this.pairs.push(offset, time);
    if (this.pairs.length > 2 * MOST) this.thin();
  }

  /** What came in a part of the body, the ends cut to it. */
  within(from: number, to: number): number[] {
    const found: number[] = [];
    for (let at = firstBeyond(this.pairs, from); at < this.pairs.length; at += 2) {
      found.push(Math.min(to, this.pairs[at] ?? 0), this.pairs[at + 1] ?? 0);
      if ((this.pairs[at] ?? 0) >= to) break;
    }
    return found;
  }

  private thin(): void {
    this.grain *= 2;
    const kept: number[] = [];
    // The earlier time of two: that is when the first byte of both came.
    for (let at = 0; at + 3 < this.pairs.length; at += 4) kept.push(this.pairs[at + 2] ?? 0, this.pairs[at + 1] ?? 0);
    if (this.pairs.length % 4 !== 0) kept.push(...this.pairs.slice(-2));
    this.pairs = kept;
  }
}

/** When the byte before `offset` was there; null where that is not known. */
export function arrivedAt(pairs: Arrivals, offset: number): number | null {
  return pairs[firstBeyond(pairs, offset - 1) + 1] ?? null;
}

/** Index of the first pair whose offset is above `offset`. */
function firstBeyond(pairs: Arrivals, offset: number): number {
  let low = 0;
  let high = pairs.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pairs[middle * 2] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}
