/**
 * True when the bytes are well-formed UTF-8.
 * @param cutOff the bytes are the beginning of more: a character that their end cuts through is no fault
 */
export function isUtf8(bytes: Uint8Array, cutOff = false): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cutOff });
    return true;
  } catch {
    return false;
  }
}

/** The nearest offset at or before `offset` at which a character of UTF-8 begins. */
export function characterStart(bytes: Uint8Array, offset: number): number {
  let at = offset;
  // A character has four bytes at most; more continuation bytes in a row are no UTF-8 and may be cut anywhere.
  for (let back = 0; back < 4 && at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80; back++) at--;
  return ((bytes[at] ?? 0) & 0xc0) === 0x80 ? offset : at;
}
