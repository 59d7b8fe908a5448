/**
 * A text to look for in UTF-8 without decoding it: for each character the byte sequences that count as it. Working on
 * bytes, a match's place is exact even where the body is no UTF-8.
 */
export class BytePattern {
  /** Bytes of the longest possible match; 0 for the empty pattern, which matches nothing. */
  readonly maxLength: number;
  private readonly characters: readonly (readonly Uint8Array[])[];
  /** 1 for every byte with which a match can begin. */
  private readonly first = new Uint8Array(256);
  /** Where every character is one byte: the two that count as it. */
  private readonly pairs: readonly [Uint8Array, Uint8Array] | null;
  /** For each byte how far it stands from the end of such a pattern, which is how far one may go on (Horspool 1980). */
  private readonly skip = new Uint32Array(256);

  constructor(characters: readonly (readonly Uint8Array[])[]) {
    this.characters = characters;
    this.maxLength = characters.reduce((sum, forms) => sum + Math.max(...forms.map((form) => form.length)), 0);
    for (const form of characters[0] ?? []) this.first[form[0] ?? 0] = 1;
    this.pairs = onePlace(characters);
    if (this.pairs === null) return;
    this.skip.fill(this.maxLength);
    for (const bytes of this.pairs)
      bytes.subarray(0, -1).forEach((byte, i) => {
        this.skip[byte] = Math.min(this.skip[byte] ?? 0, this.maxLength - 1 - i);
      });
  }

  /** Calls `found` for each match that begins in `bytes[from..to)`, left to right, none overlapping; returns where it got. */
  forEachIn(bytes: Uint8Array, from: number, to: number, found: (at: number, length: number) => void): number {
    if (this.pairs !== null) return this.skipThrough(bytes, from, to, found);
    let at = from;
    while (at < to) {
      if (this.first[bytes[at] ?? 0] === 1) {
        const length = this.matchAt(bytes, at);
        if (length > 0) {
          found(at, length);
          at += length;
          continue;
        }
      }
      at++;
    }
    return at;
  }

  /** The length of the match that begins at `at`; 0 when there is none. */
  private matchAt(bytes: Uint8Array, at: number): number {
    let end = at;
    for (const forms of this.characters) {
      const form = forms.find((candidate) => candidate.every((byte, i) => bytes[end + i] === byte));
      if (!form) return 0;
      end += form.length;
    }
    return end - at;
  }

  private skipThrough(
    bytes: Uint8Array,
    from: number,
    to: number,
    found: (at: number, length: number) => void,
  ): number {
    const [ones = bytes, others = bytes] = this.pairs ?? [];
    const length = this.maxLength;
    const last = length - 1;
    let at = from;
    while (at < to) {
      if (at + length > bytes.length) return Math.max(at, to);
      let i = last;
      while (i >= 0 && (bytes[at + i] === ones[i] || bytes[at + i] === others[i])) i--;
      if (i < 0) found(at, length);
      at += i < 0 ? length : (this.skip[bytes[at + last] ?? 0] ?? 1);
    }
    return at;
  }
}

/** The one or two bytes that count as each character; null when a character has more forms or longer ones. */
function onePlace(characters: readonly (readonly Uint8Array[])[]): readonly [Uint8Array, Uint8Array] | null {
  if (characters.length === 0) return null;
  if (characters.some((forms) => forms.length > 2 || forms.some((form) => form.length !== 1))) return null;
  const pick = (which: 0 | 1): Uint8Array =>
    Uint8Array.from(characters, (forms) => (forms[which] ?? forms[0])?.[0] ?? 0);
  return [pick(0), pick(1)];
}

/** A pattern for `0x` and pairs of hex digits; null for anything else. */
export function hexPattern(query: string): BytePattern | null {
  const digits = /^0x((?:[\da-f]{2} ?)+)$/i.exec(query.trim())?.[1];
  const pairs = digits?.match(/[\da-f]{2}/gi) ?? [];
  if (pairs.length === 0) return null;
  return new BytePattern(pairs.map((pair) => [Uint8Array.of(Number.parseInt(pair, 16))]));
}

/** A pattern for a text. @param matchCase capital and small letters differ */
export function textPattern(query: string, matchCase = false): BytePattern {
  const encoder = new TextEncoder();
  return new BytePattern(
    Array.from(query, (character) => {
      const forms = new Set(matchCase ? [character] : [character, character.toLowerCase(), character.toUpperCase()]);
      return [...forms].map((form) => encoder.encode(form));
    }),
  );
}
