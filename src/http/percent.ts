/** Percent-encoding (RFC 3986 §2.1) as urllib and urllib3 do it. */
import { assertWellFormed } from './utf8.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`);
const encoder = new TextEncoder();

/** UTF-8, except that a lone surrogate becomes its three bytes (Python's `surrogatepass`). */
function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return HEX[code] ?? '';
  if (code >= 0xd800 && code <= 0xdfff)
    return escapeBytes([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]);
  return escapeBytes(encoder.encode(character));
}

function escapeBytes(bytes: Iterable<number>): string {
  let out = '';
  for (const byte of bytes) out += HEX[byte] ?? '';
  return out;
}

/** Escapes every character that `unsafe` matches. `unsafe` needs the flags `gu`, to see whole characters. */
export function escapeMatches(text: string, unsafe: RegExp): string {
  return text.replace(unsafe, escapeCharacter);
}

const NOT_FORM_SAFE = /[^\w.~-]/gu;
const FORM_SAFE = /^[\w.~-]*$/;

function escapeInForm(character: string): string {
  if (character === ' ') return '+';
  assertWellFormed(character);
  return escapeCharacter(character);
}

/** `quote_plus`: a space becomes `+`, only letters, digits and `_.-~` stay. Throws RangeError for a lone surrogate. */
export function quotePlus(text: string): string {
  return FORM_SAFE.test(text) ? text : text.replace(NOT_FORM_SAFE, escapeInForm);
}

/** `quote_plus` of raw bytes. */
export function quotePlusBytes(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    out += byte === 0x20 ? '+' : FORM_SAFE.test(character) ? character : HEX[byte];
  }
  return out;
}

const ESCAPES = /(?:%[0-9a-f]{2})+/gi;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** `unquote`: decodes every valid escape as UTF-8; what is not UTF-8 becomes U+FFFD. */
export function unquote(text: string): string {
  return text.replace(ESCAPES, (escapes) =>
    utf8.decode(Uint8Array.from(escapes.slice(1).split('%'), (digits) => parseInt(digits, 16))),
  );
}
