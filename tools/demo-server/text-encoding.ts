/**
 * Percent-encoding as httpbin's WSGI server sees it. A "byte string" here is a string with one character a byte
 * (Latin-1), as Node gives request targets and field values.
 */

/** Undoes percent-encoding; what is not valid stays as it is. */
function percentDecode(byteString: string): string {
  return byteString.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Reads bytes as UTF-8, with U+FFFD for what is not. */
export function utf8(byteString: string): string {
  return Buffer.from(byteString, 'latin1').toString();
}

/** A segment of a path or a query, decoded to text. */
export function decoded(byteString: string): string {
  return utf8(percentDecode(byteString));
}

/** The pairs of a query or of an urlencoded form, in order. */
export function queryPairs(byteString: string): [name: string, value: string][] {
  return byteString
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decoded(name.replaceAll('+', ' ')), decoded(value.replaceAll('+', ' '))];
    });
}

/** Characters that need no escape anywhere in the URL that is shown. */
const plain = "A-Za-z0-9\\-._~$!'()*+,;";

/**
 * The address of a request as httpbin shows it: escapes of plain characters and of well-formed UTF-8 are undone, all
 * others are put in.
 */
export function shownTarget(target: string): string {
  const [path = '', ...rest] = target.split('?');
  const shownPath = readable(escape(Buffer.from(decoded(path)).toString('latin1'), '/:'));
  return rest.length === 0 ? shownPath : `${shownPath}?${readable(escape(rest.join('?'), ':&%='))}`;
}

function escape(byteString: string, safe: string): string {
  return byteString.replace(new RegExp(`[^${plain}${safe}]`, 'g'), percent);
}

function readable(escaped: string): string {
  const undone = escaped.replace(/%([0-9a-f]{2})/gi, (all, hex: string) => {
    const byte = String.fromCharCode(Number.parseInt(hex, 16));
    return byte > '\x7f' || new RegExp(`[${plain}]`).test(byte) ? byte : all;
  });
  const sequence = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\x80-\xff]/g;
  return undone.replace(sequence, (bytes) => {
    const text = utf8(bytes);
    const wellFormed = Buffer.from(text).toString('latin1') === bytes;
    return wellFormed ? text : bytes.replace(/[^]/g, percent);
  });
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
