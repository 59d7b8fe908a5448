import type { HeaderLine, HeadersInitCI } from './types.ts';

type Entry = readonly [HeaderLine, ...HeaderLine[]];

function joined(lines: Entry): string {
  return lines.length === 1 ? lines[0][1] : lines.map(([, value]) => value).join(', ');
}

function pairsOf(init: HeadersInitCI): Iterable<readonly [string, string | null]> {
  // A type guard on Symbol.iterator does not narrow the record away.
  return Symbol.iterator in init ? (init as Iterable<readonly [string, string | null]>) : Object.entries(init);
}

/**
 * Header fields by name, whatever its case. The counterpart of Requests' `CaseInsensitiveDict`: iteration gives each
 * name once, in the case in which it was last set, at the place where it was first set.
 *
 * Beyond Requests it keeps repeated lines apart (`append`, `getAll`, `lines`); `get` and iteration join them with
 * `, ` (RFC 9110 §5.3).
 */
export class CaseInsensitiveHeaders implements Iterable<[string, string]> {
  readonly #entries = new Map<string, Entry>();

  /** @param init As for `update`. */
  constructor(init?: HeadersInitCI) {
    if (init !== undefined) this.update(init);
  }

  /** The field's value, repeated lines joined with `, `; undefined when there is none. */
  get(name: string): string | undefined {
    const lines = this.#entries.get(name.toLowerCase());
    return lines && joined(lines);
  }

  /** The values of the field's lines, in order. */
  getAll(name: string): readonly string[] {
    return (this.#entries.get(name.toLowerCase()) ?? []).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Replaces every line of the field by one; the name is kept in the case given here. */
  set(name: string, value: string): void {
    this.#entries.set(name.toLowerCase(), [[name, value]]);
  }

  /** Adds a line to the field, after those that it has. */
  append(name: string, value: string): void {
    const lines = this.#entries.get(name.toLowerCase());
    this.#entries.set(name.toLowerCase(), lines ? [...lines, [name, value]] : [[name, value]]);
  }

  /** Removes every line of the field; tells whether there was one. */
  delete(name: string): boolean {
    return this.#entries.delete(name.toLowerCase());
  }

  /** Sets every field of `init`; a value of null removes the field. Repeated lines of another object stay repeated. */
  update(init: HeadersInitCI): void {
    if (init instanceof CaseInsensitiveHeaders) {
      for (const [key, lines] of init.#entries) this.#entries.set(key, lines);
      return;
    }
    for (const [name, value] of pairsOf(init)) {
      if (value === null) this.delete(name);
      else this.set(name, value);
    }
  }

  /** Names in lower case with their values. */
  *lowerItems(): IterableIterator<[string, string]> {
    for (const [key, lines] of this.#entries) yield [key, joined(lines)];
  }

  /** Every line, repeated ones apart, those of one field together. */
  lines(): HeaderLine[] {
    return [...this.#entries.values()].flat();
  }

  /** Whether the other holds the same fields and values; case of names and order do not count. */
  equals(other: HeadersInitCI): boolean {
    const theirs = other instanceof CaseInsensitiveHeaders ? other : new CaseInsensitiveHeaders(other);
    if (theirs.size !== this.size) return false;
    for (const [key, value] of this.lowerItems()) if (theirs.get(key) !== value) return false;
    return true;
  }

  copy(): CaseInsensitiveHeaders {
    return new CaseInsensitiveHeaders(this);
  }

  get size(): number {
    return this.#entries.size;
  }

  *[Symbol.iterator](): IterableIterator<[string, string]> {
    for (const lines of this.#entries.values()) yield [lines[0][0], joined(lines)];
  }
}
