import { guessCharset } from '../http/charset-guess.ts';
import { decoderFor } from '../http/text-encoding.ts';
import { byteOrderMark } from './byte-order-mark.ts';
import { isJsonType, parseMediaType } from './media-type.ts';

export interface CharsetChoice {
  /** Lower case. */
  readonly charset: string;
  /**
   * `declared`: the Content-Type field says so; `unknown`: it names one that nobody knows. `mark`: the body begins with a byte
   * order mark.
   */
  readonly source: 'declared' | 'unknown' | 'mark' | 'json' | 'guessed';
}

/** What a person may choose from, the common ones first. `iso-8859-1` is the true one, not windows-1252. */
export const CHARSETS = [
  'utf-8',
  'iso-8859-1',
  'windows-1252',
  'us-ascii',
  'utf-16le',
  'utf-16be',
  'utf-32le',
  'utf-32be',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'iso-8859-16',
  'windows-874',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'ibm866',
  'koi8-r',
  'koi8-u',
  'macintosh',
  'x-mac-cyrillic',
  'gb18030',
  'gbk',
  'big5',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'euc-kr',
] as const;

/**
 * In which charset a body is shown first: the one that Content-Type names (an unknown name is read as UTF-8, as in
 * Requests), else the body's own mark, else what the bytes of JSON show (RFC 4627 section 3, Requests'
 * `guess_json_utf`), else a guess. Requests itself would take ISO-8859-1 for all text without a charset.
 * @param contentType the Content-Type field
 * @param head the first bytes of the body
 * @param cutOff more bytes follow, so that `head` may end within a character
 */
export function chooseCharset(contentType: string | null, head: Uint8Array, cutOff = false): CharsetChoice {
  const media = parseMediaType(contentType);
  const mark = byteOrderMark(head);
  const declared = media?.parameters.get('charset')?.trim().toLowerCase();
  if (declared) return declaredCharset(declared, mark?.charset);
  if (mark) return { charset: mark.charset, source: 'mark' };
  if (media && isJsonType(media)) return { charset: jsonCharset(head), source: 'json' };
  return { charset: guess(cutOff ? wholeCharacters(head) : head), source: 'guessed' };
}

/** `utf-16` and `utf-32` leave the byte order to the mark; without one it is little-endian, as for Python. */
function declaredCharset(name: string, marked: string | undefined): CharsetChoice {
  if (name === 'utf-16' || name === 'utf-32')
    return { charset: marked?.startsWith(name) === true ? marked : `${name}le`, source: 'declared' };
  return decoderFor(name) === null ? { charset: 'utf-8', source: 'unknown' } : { charset: name, source: 'declared' };
}

/** JSON begins with two ASCII characters, so that NUL bytes betray the wider encodings. */
function jsonCharset(head: Uint8Array): string {
  const nuls = [...head.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  if (nuls === '000x') return 'utf-32be';
  if (nuls === 'x000') return 'utf-32le';
  if (nuls.startsWith('0x')) return 'utf-16be';
  if (nuls.startsWith('x0')) return 'utf-16le';
  return 'utf-8';
}

const DECLARED_INSIDE =
  /<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w.:-]+)["']|<meta[^>]{1,400}\bcharset\s*=\s*["']?([\w.:-]+)/i;
const PRESCAN = 1024;

function guess(head: Uint8Array): string {
  const start = String.fromCharCode(...head.subarray(0, PRESCAN));
  const match = DECLARED_INSIDE.exec(start);
  const inside = (match?.[1] ?? match?.[2])?.toLowerCase();
  // A declaration that one can read is no UTF-16 (WHATWG HTML, prescan).
  if (inside !== undefined && decoderFor(inside) !== null && !/^utf-(?:16|32)/.test(inside)) return inside;
  const guessed = guessCharset(head) ?? 'utf-8';
  return PYTHON_NAMES.get(guessed) ?? guessed;
}

/** The bytes without the beginning of a UTF-8 character at their end. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  const lead = bytes.findLastIndex((byte) => (byte & 0xc0) !== 0x80);
  const first = bytes[lead] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return lead + length > bytes.length ? bytes.subarray(0, lead) : bytes;
}

/** Python's names for what stands under another one in `CHARSETS`. ASCII may go on as UTF-8 behind the part seen. */
const PYTHON_NAMES: ReadonlyMap<string, string> = new Map([
  ['ascii', 'utf-8'],
  ['utf-16-le', 'utf-16le'],
  ['utf-16-be', 'utf-16be'],
]);
