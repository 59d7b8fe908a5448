/** A list of numbers that takes eight bytes for each. */
export class GrowingNumbers {
  length = 0;
  private values = new Float64Array(256);

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Float64Array(this.values.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }

  /** 0 for what is not there. */
  at(index: number): number {
    return index < this.length ? (this.values[index] ?? 0) : 0;
  }

  /** Of rising numbers, the index of the last one that is not above `value`; -1 when there is none. */
  lastUpTo(value: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
