/** A guess at the encoding of a text that does not say: a small counterpart of the detector that Requests ships with. */

const SAMPLE = 0x10000;
const BOMS: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe, 0, 0], 'utf-32'],
  [[0, 0, 0xfe, 0xff], 'utf-32'],
  [[0xef, 0xbb, 0xbf], 'utf-8-sig'],
  [[0xff, 0xfe], 'utf-16'],
  [[0xfe, 0xff], 'utf-16'],
];

/** Japanese gives itself away by its kana. */
const JAPANESE = ['euc-jp', 'shift_jis'];
const KANA = /[\u3041-\u30ff]/g;
const LEAST_KANA = 0.2;

/** Up to which lead byte each of the others keeps its common characters; a text that decodes by luck goes beyond. */
const TWO_BYTE: readonly (readonly [label: string, last: number])[] = [
  ['euc-kr', 0xc8],
  ['big5', 0xc6],
  ['gb18030', 0xd7],
];
const LEAST_COMMON = 0.95;

/** Where each Cyrillic encoding has its small letters. */
const CYRILLIC: readonly (readonly [label: string, first: number, last: number])[] = [
  ['windows-1251', 0xe0, 0xff],
  ['koi8-r', 0xc0, 0xdf],
  ['iso-8859-5', 0xd0, 0xef],
];

function decodes(bytes: Uint8Array, label: string): string | null {
  try {
    // A full sample may end within a character.
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: bytes.length === SAMPLE });
  } catch {
    return null;
  }
}

function kanaShare(text: string): number {
  const foreign = text.match(/[^\0-\x7f]/gu)?.length ?? 1; // oxlint-disable-line no-control-regex -- all of ASCII
  return (text.match(KANA)?.length ?? 0) / foreign;
}

function commonShare(bytes: Uint8Array, last: number): number {
  let characters = 0;
  let common = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead <= 0x80) continue;
    i++;
    characters++;
    if (lead <= last) common++;
  }
  return common / characters;
}

function eastAsian(bytes: Uint8Array): string | null {
  const japanese = JAPANESE.find((label) => kanaShare(decodes(bytes, label) ?? '') >= LEAST_KANA);
  if (japanese !== undefined) return japanese;
  const found = TWO_BYTE.find(([label, last]) => {
    return commonShare(bytes, last) >= LEAST_COMMON && decodes(bytes, label) !== null;
  });
  return found?.[0] ?? null;
}

function cyrillic(high: Uint8Array): string | null {
  for (const [label, first, last] of CYRILLIC) {
    if (high.filter((byte) => byte >= first && byte <= last).length > high.length * 0.7) return label;
  }
  return null;
}

function withNulls(bytes: Uint8Array): string | null {
  let even = 0;
  let odd = 0;
  for (let i = bytes.indexOf(0); i >= 0; i = bytes.indexOf(0, i + 1)) {
    if (i % 2 === 0) even++;
    else odd++;
  }
  if (odd > bytes.length / 4 && even === 0) return 'utf-16-le';
  return even > bytes.length / 4 && odd === 0 ? 'utf-16-be' : null;
}

/**
 * The likely encoding by its Python name; null for no bytes. Only the first 64 KiB are looked at. Text that is neither
 * Unicode, East Asian nor Cyrillic is called windows-1252.
 */
export function guessCharset(content: Uint8Array): string | null {
  if (content.length === 0) return null;
  const bytes = content.subarray(0, SAMPLE);
  const bom = BOMS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (bom) return bom[1];
  const utf16 = withNulls(bytes);
  if (utf16 !== null) return utf16;
  const high = bytes.filter((byte) => byte > 0x7f);
  if (high.length === 0) return decodes(bytes, 'utf-8')?.includes('\x1b$') ? 'iso-2022-jp' : 'ascii';
  if (decodes(bytes, 'utf-8') !== null) return 'utf-8';
  // One foreign letter in a word is Western; pairs of them are needed for anything else.
  const dense = high.length > bytes.length * 0.3;
  return (dense ? (eastAsian(bytes) ?? cyrillic(high)) : null) ?? 'windows-1252';
}
