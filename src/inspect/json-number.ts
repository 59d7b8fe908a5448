/** What of a number was read last (RFC 8259 section 6). */
export const Digit = { minus: 0, zero: 1, integer: 2, point: 3, fraction: 4, e: 5, sign: 6, exponent: 7 } as const;
export type Digit = (typeof Digit)[keyof typeof Digit];

/** True when the number may end here. */
export function isComplete(digit: Digit): boolean {
  return digit === Digit.zero || digit === Digit.integer || digit === Digit.fraction || digit === Digit.exponent;
}

/** What stands there with one more byte; null when the byte does not belong to the number. */
export function nextDigit(digit: Digit, byte: number): Digit | null {
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isE = byte === 0x65 || byte === 0x45;
  switch (digit) {
    case Digit.minus:
      if (!isDigit) return null;
      return byte === 0x30 ? Digit.zero : Digit.integer;
    case Digit.zero:
    case Digit.integer:
      if (isDigit) return digit === Digit.integer ? digit : null;
      if (byte === 0x2e) return Digit.point;
      return isE ? Digit.e : null;
    case Digit.point:
      return isDigit ? Digit.fraction : null;
    case Digit.fraction:
      if (isDigit) return digit;
      return isE ? Digit.e : null;
    case Digit.e:
      if (byte === 0x2b || byte === 0x2d) return Digit.sign;
      return isDigit ? Digit.exponent : null;
    case Digit.sign:
    case Digit.exponent:
    default:
      return isDigit ? Digit.exponent : null;
  }
}
