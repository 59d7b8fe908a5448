/** Strict UTF-8: what Python would refuse is refused, not replaced by U+FFFD. */
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * @throws RangeError when the text holds a lone surrogate: UTF-8 cannot say it, and Requests refuses it
 * (UnicodeEncodeError) where TextEncoder would silently write U+FFFD.
 */
export function assertWellFormed(text: string): void {
  if (LONE_SURROGATE.test(text)) throw new RangeError('surrogates cannot be encoded as UTF-8');
}

/** @throws RangeError for a lone surrogate. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  assertWellFormed(text);
  return encoder.encode(text);
}

/** Keeps a byte order mark. @throws RangeError when the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new RangeError('the bytes are not UTF-8', { cause });
  }
}

/** Bytes that the text takes in UTF-8, without encoding it. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // Each half of a surrogate pair counts two: four bytes for the pair.
    length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return length;
}
