/**
 * Python's idea of whitespace, which Requests' rules are written in. It differs from JavaScript's: U+001C–U+001F and
 * U+0085 count, U+FEFF does not.
 */
/** The inside of a character class. */
export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const LEADING = new RegExp(`^[${SPACE}]+`);
const TRAILING = new RegExp(`[${SPACE}]+$`);

/** `str.lstrip()` */
export function stripStart(text: string): string {
  return text.replace(LEADING, '');
}

/** `str.strip()` */
export function strip(text: string): string {
  return text.replace(LEADING, '').replace(TRAILING, '');
}

/** `str.strip(chars)`: removes any of the given characters from both ends. */
export function stripChars(text: string, chars: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && chars.includes(text.charAt(start))) start++;
  while (end > start && chars.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
