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

  constructor(characters: readonly (readonly Uint8Array[])[]) {
    this.characters = characters;
    this.maxLength = characters.reduce((sum, forms) => sum + Math.max(...forms.map((form) => form.length)), 0);
    for (const form of characters[0] ?? []) this.first[form[0] ?? 0] = 1;
  }

  /** The length of the match that begins at `at`; 0 when there is none. */
  matchAt(bytes: Uint8Array, at: number): number {
    let end = at;
    for (const forms of this.characters) {
      const form = forms.find((candidate) => candidate.every((byte, i) => bytes[end + i] === byte));
      if (!form) return 0;
      end += form.length;
    }
    return end - at;
  }

  /** Calls `found` for each match that begins in `bytes[from..to)`, left to right, none overlapping; returns where it got. */
  forEachIn(bytes: Uint8Array, from: number, to: number, found: (at: number, length: number) => void): number {
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
}

/**
 * A pattern for a text. `0x` and pairs of hex digits stand for those bytes.
 * @param matchCase capital and small letters differ
 */
export function textPattern(query: string, matchCase = false): BytePattern {
  const hex = /^0x((?:[\da-f]{2}[ ]?)+)$/i.exec(query.trim());
  if (hex) {
    const pairs = hex[1]?.match(/[\da-f]{2}/gi) ?? [];
    return new BytePattern(pairs.map((pair) => [Uint8Array.of(Number.parseInt(pair, 16))]));
  }
  const encoder = new TextEncoder();
  return new BytePattern(
    Array.from(query, (character) => {
      const forms = new Set(matchCase ? [character] : [character, character.toLowerCase(), character.toUpperCase()]);
      return [...forms].map((form) => encoder.encode(form));
    }),
  );
}
