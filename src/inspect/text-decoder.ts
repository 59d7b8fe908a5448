/** Turns bytes into text, piece by piece: a character may be spread over pieces. `last` ends the text. */
export type Decode = (bytes: Uint8Array, last: boolean) => string;

/** True Latin-1: every byte is the character of that number. TextDecoder reads windows-1252 under all these names. */
const LATIN1 = new Set(['iso-8859-1', 'iso8859-1', 'iso_8859-1', 'latin1', 'latin-1', 'l1', 'cp819', 'ibm819']);
const ASCII = new Set(['us-ascii', 'ascii', 'ansi_x3.4-1968', 'iso646-us']);
const UTF32 = new Map([
  ['utf-32le', true],
  ['utf-32be', false],
]);

export function isSupportedCharset(charset: string): boolean {
  const name = charset.toLowerCase();
  if (LATIN1.has(name) || ASCII.has(name) || UTF32.has(name)) return true;
  try {
    return new TextDecoder(name).encoding !== 'replacement';
  } catch {
    return false;
  }
}

/**
 * A decoder that never fails: what is wrong becomes U+FFFD. A byte order mark is left out.
 * @param charset one for which `isSupportedCharset` holds; others are read as UTF-8
 */
export function createDecoder(charset: string): Decode {
  const name = charset.toLowerCase();
  if (LATIN1.has(name)) return (bytes) => latin1(bytes);
  if (ASCII.has(name)) return (bytes) => latin1(bytes).replaceAll(/[\u0080-\u00ff]/g, '\ufffd');
  const littleEndian = UTF32.get(name);
  if (littleEndian !== undefined) return utf32(littleEndian);
  const decoder = new TextDecoder(isSupportedCharset(name) ? name : 'utf-8');
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

/** As many arguments as `String.fromCharCode` takes safely at a time. */
const SPREAD = 8192;

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += SPREAD) text += String.fromCharCode(...bytes.subarray(at, at + SPREAD));
  return text;
}

/** No browser decodes UTF-32, but Requests does. */
function utf32(littleEndian: boolean): Decode {
  let rest = new Uint8Array();
  let first = true;
  return (piece, last) => {
    const bytes = new Uint8Array(rest.length + piece.length);
    bytes.set(rest);
    bytes.set(piece, rest.length);
    const whole = bytes.length - (bytes.length % 4);
    const view = new DataView(bytes.buffer);
    let text = '';
    for (let at = 0; at < whole; at += 4) {
      const point = view.getUint32(at, littleEndian);
      const valid = point <= 0x10_ffff && (point < 0xd800 || point > 0xdfff);
      if (!(first && point === 0xfeff)) text += valid ? String.fromCodePoint(point) : '\ufffd';
      first = false;
    }
    rest = bytes.slice(whole);
    return last && rest.length > 0 ? `${text}\ufffd` : text;
  };
}
