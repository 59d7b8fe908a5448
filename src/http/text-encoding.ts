/**
 * Bytes to text in a named encoding, the same in Node and in browsers. TextDecoder alone will not do: to browsers
 * `iso-8859-1` and `ascii` are windows-1252, and to Node 20 windows-1252 is Latin-1.
 */
import { parseContentTypeHeader } from './content-type.ts';
import type { CaseInsensitiveHeaders } from './headers.ts';
import { singleByteTable } from './single-byte.ts';
import { Utf32Decoder } from './utf32.ts';

/** Text from bytes that come in pieces. What cannot be decoded becomes U+FFFD. */
export interface StreamDecoder {
  decode(bytes: Uint8Array): string;
  /** What the last bytes still hold back. */
  flush(): string;
}

/** Encoding names without separators, as Python knows them, to the platform's label. */
const LABELS: Readonly<Record<string, string>> = {
  u8: 'utf-8',
  utf: 'utf-8',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  eucjp: 'euc-jp',
  ujis: 'euc-jp',
  euckr: 'euc-kr',
  shiftjis: 'shift_jis',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp866: 'ibm866',
  iso2022jp: 'iso-2022-jp',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  latin9: 'iso-8859-15',
  macroman: 'macintosh',
  maccyrillic: 'x-mac-cyrillic',
};

function platformDecoder(label: string, dropsBom = false): StreamDecoder | null {
  try {
    const decoder = new TextDecoder(label, { ignoreBOM: !dropsBom });
    return { decode: (bytes) => decoder.decode(bytes, { stream: true }), flush: () => decoder.decode() };
  } catch {
    return null;
  }
}

function tableDecoder(table: Uint16Array): StreamDecoder {
  const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });
  const decode = (bytes: Uint8Array): string => {
    const units = new Uint16Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) units[i] = table[bytes[i] ?? 0] ?? 0;
    return utf16.decode(units);
  };
  return { decode, flush: () => '' };
}

/** UTF-16 that begins with a byte order mark, or is little-endian without one (as Python takes it on any PC). */
function sniffUtf16(): StreamDecoder {
  let decoder: StreamDecoder | null = null;
  let first: number | undefined;
  const start = (bytes: Uint8Array): string => {
    if (bytes.length + (first === undefined ? 0 : 1) < 2) {
      first ??= bytes[0];
      return '';
    }
    const joined = first === undefined ? bytes : Uint8Array.of(first, ...bytes);
    decoder = platformDecoder(joined[0] === 0xfe && joined[1] === 0xff ? 'utf-16be' : 'utf-16le', true);
    return decoder?.decode(joined) ?? '';
  };
  return {
    decode: (bytes) => decoder?.decode(bytes) ?? start(bytes),
    flush: () => decoder?.flush() ?? (first === undefined ? '' : '\ufffd'),
  };
}

/** A decoder for an encoding by any of its names; null for a name that nobody knows. */
export function decoderFor(encoding: string): StreamDecoder | null {
  const name = encoding.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
  const table = singleByteTable(name);
  if (table) return tableDecoder(table);
  if (name === 'utf8sig') return platformDecoder('utf-8', true);
  if (name === 'utf16' || name === 'u16') return sniffUtf16();
  if (/^(?:utf|u)32(?:le|be)?$/.test(name)) return new Utf32Decoder(/(?:le|be)$/.exec(name)?.[0]);
  const label = LABELS[name];
  return platformDecoder(label ?? encoding) ?? platformDecoder(encoding.replaceAll('_', '-'));
}

/** The whole text. An unknown encoding is read as UTF-8, as Requests does. */
export function decodeText(bytes: Uint8Array, encoding: string): string {
  const decoder = decoderFor(encoding) ?? decoderFor('utf-8');
  return decoder === null ? '' : decoder.decode(bytes) + decoder.flush();
}

/**
 * What the Content-Type says of the encoding: its charset as written; else ISO-8859-1 for text (RFC 2616 §3.7.1, by the
 * letters `text` anywhere), utf-8 for application/json; null for anything else.
 */
export function getEncodingFromHeaders(headers: Pick<CaseInsensitiveHeaders, 'get'>): string | null {
  const value = headers.get('content-type');
  if (!value) return null;
  const { type, params } = parseContentTypeHeader(value);
  const charset = params.get('charset');
  if (charset !== undefined) return charset;
  if (type.includes('text')) return 'ISO-8859-1';
  return type.includes('application/json') ? 'utf-8' : null;
}
