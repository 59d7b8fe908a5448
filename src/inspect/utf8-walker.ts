/**
 * Goes through UTF-8 that may be broken, and knows at each step where the decoded text is: what finds places in text
 * says through it where they are in the bytes. It follows the decoder of the Encoding standard (section 8.1.1), by which
 * every wrong sequence becomes one U+FFFD.
 */
export class Utf8Walker {
  /** Bytes passed. */
  offset = 0;
  /** UTF-16 units that they decode to. */
  unit = 0;
  private readonly bytes: Uint8Array;
  /** Every byte is one unit: there is nothing to walk through. */
  private readonly isFlat: boolean;

  /** @param units how long the text is that the bytes decode to */
  constructor(bytes: Uint8Array, units: number) {
    this.bytes = bytes;
    this.isFlat = units === bytes.length;
  }

  /** Goes on to a unit and gives its byte; units must be asked for in their order. The second half of a pair is its first. */
  offsetOf(unit: number): number {
    if (this.isFlat) return unit;
    while (this.unit < unit && this.offset < this.bytes.length) {
      const { bytes, units } = sequenceAt(this.bytes, this.offset);
      if (this.unit + units > unit) break;
      this.offset += bytes;
      this.unit += units;
    }
    return this.offset;
  }

  /** Goes on to a byte and gives its unit; bytes must be asked for in their order. */
  unitOf(offset: number): number {
    if (this.isFlat) return offset;
    while (this.offset < offset) {
      const { bytes, units } = sequenceAt(this.bytes, this.offset);
      this.offset += bytes;
      this.unit += units;
    }
    return this.unit;
  }
}

interface Sequence {
  readonly bytes: number;
  readonly units: number;
}

const ONE: Sequence = { bytes: 1, units: 1 };

/** The character, or the wrong sequence, that begins with a byte. */
function sequenceAt(bytes: Uint8Array, at: number): Sequence {
  const lead = bytes[at] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return ONE;
  const needed = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  // The second byte rules out overlong forms, surrogates, and what is above U+10FFFF.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i <= needed; i++) {
    const byte = bytes[at + i] ?? 0;
    const fits = i === 1 ? byte >= lowest && byte <= highest : (byte & 0xc0) === 0x80;
    if (!fits) return { bytes: i, units: 1 };
  }
  return { bytes: needed + 1, units: needed === 3 ? 2 : 1 };
}
