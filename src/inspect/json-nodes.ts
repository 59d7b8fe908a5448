/** What a JSON value is. `cut` is one that the end of the data or an error cut short. */
export const JsonKind = { object: 0, array: 1, string: 2, number: 3, literal: 4, cut: 5 } as const;
export type JsonKind = (typeof JsonKind)[keyof typeof JsonKind];

const FIRST_CAPACITY = 256;

/**
 * The values of a JSON text, or the nodes of an XML document, in the order in which they begin, as columns of numbers: 25 bytes a value however deep
 * the text is nested, so that millions fit. Offsets count the text's bytes. Duplicate keys are simply two values.
 */
export class JsonNodes {
  count = 0;
  kind = new Uint8Array(FIRST_CAPACITY);
  /** Offset of a value's first byte. */
  start = new Uint32Array(FIRST_CAPACITY);
  /** Offset behind a value's last byte; 0 for a container that was never closed. */
  end = new Uint32Array(FIRST_CAPACITY);
  /** Offset of a member's key (its quotation mark) plus 1; 0 for values without one. */
  key = new Uint32Array(FIRST_CAPACITY);
  /** Index of the container plus 1; 0 for a root. */
  parent = new Uint32Array(FIRST_CAPACITY);
  /** Index behind the last value inside; for a value without any its own index plus 1. */
  next = new Uint32Array(FIRST_CAPACITY);
  /** How many values a container holds directly. */
  size = new Uint32Array(FIRST_CAPACITY);

  /** Adds a value and returns its index. `parent` is an index, or -1. */
  add(kind: number, start: number, end: number, key: number, parent: number): number {
    const index = this.count++;
    if (index === this.kind.length) this.grow();
    this.kind[index] = kind;
    this.start[index] = start;
    this.end[index] = end;
    this.key[index] = key;
    this.parent[index] = parent + 1;
    this.next[index] = index + 1;
    if (parent >= 0) this.size[parent] = (this.size[parent] ?? 0) + 1;
    return index;
  }

  isContainer(index: number): boolean {
    return (this.kind[index] ?? JsonKind.literal) <= JsonKind.array;
  }

  /** Whether a container's closing bracket has come. */
  isClosed(index: number): boolean {
    return (this.end[index] ?? 0) > 0;
  }

  /** Index behind the last value inside, as far as values have come: an open container reaches to the end. */
  behind(index: number): number {
    return this.isContainer(index) && !this.isClosed(index) ? this.count : (this.next[index] ?? this.count);
  }

  /** How many containers a value stands in. */
  depth(index: number): number {
    let depth = 0;
    for (let up = this.parent[index] ?? 0; up > 0; up = this.parent[up - 1] ?? 0) depth++;
    return depth;
  }

  /** The value in which a byte stands: the last one, in order, that begins at or before it; -1 before the first. */
  at(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.first(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Offset of a value's first byte, its key included. */
  first(index: number): number {
    const key = this.key[index] ?? 0;
    return key > 0 ? key - 1 : (this.start[index] ?? 0);
  }

  private grow(): void {
    const bigger = <T extends Uint8Array | Uint32Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    const capacity = this.kind.length * 2;
    this.kind = bigger(this.kind, new Uint8Array(capacity));
    this.start = bigger(this.start, new Uint32Array(capacity));
    this.end = bigger(this.end, new Uint32Array(capacity));
    this.key = bigger(this.key, new Uint32Array(capacity));
    this.parent = bigger(this.parent, new Uint32Array(capacity));
    this.next = bigger(this.next, new Uint32Array(capacity));
    this.size = bigger(this.size, new Uint32Array(capacity));
  }
}
