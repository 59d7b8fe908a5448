/** Which Unicode encoding a JSON text is in, without being told (RFC 4627 §3). */

const UTF32_LE_BOM = 0xfffe0000;
const UTF32_BE_BOM = 0x0000feff;

const NULL_PATTERNS: Readonly<Record<string, string>> = {
  '0x0x': 'utf-16-be',
  '0x0': 'utf-16-be',
  x0x0: 'utf-16-le',
  '000x': 'utf-32-be',
  '000': 'utf-32-be',
  x000: 'utf-32-le',
};

/** The encoding of a JSON text from its byte order mark or the NULs among its first four bytes; null when unclear. */
export function guessJsonUtf(data: Uint8Array): string | null {
  const [a, b, c, d] = data;
  if (a !== undefined && b !== undefined && c !== undefined && d !== undefined) {
    const first = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (first === UTF32_LE_BOM || first === UTF32_BE_BOM) return 'utf-32';
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8-sig';
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'utf-16';
  const nulls = Array.from(data.subarray(0, 4), (byte) => (byte === 0 ? '0' : 'x')).join('');
  if (!nulls.includes('0')) return 'utf-8';
  return NULL_PATTERNS[nulls] ?? null;
}
