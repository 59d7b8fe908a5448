import type { encoderNames } from '../../../model/batch.ts';

export type Encoder = (typeof encoderNames)[number];

/** A value as it stands in the request. */
export function encode(value: string, encoder: Encoder): string {
  switch (encoder) {
    case 'none':
      return value;
    case 'url':
      return percent(value);
    case 'base64':
      return btoa(Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join(''));
    case 'json':
      // Without the quotation marks, which stand in the request.
      return JSON.stringify(value).slice(1, -1);
  }
}

/** Everything but RFC 3986's unreserved characters, as UTF-8. A lone surrogate has none, and is replaced. */
function percent(value: string): string {
  return Array.from(new TextEncoder().encode(value), (byte) =>
    /[\w.~-]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}
