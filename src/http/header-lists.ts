/** Comma-separated lists in header fields as Requests parses them (RFC 2068 §2; `parse_http_list` of urllib). */
import { cut } from './split-url.ts';
import { strip } from './whitespace.ts';

/** The items between commas, stripped; commas in quoted strings do not count, a backslash there escapes. */
function splitList(value: string): string[] {
  const items: string[] = [];
  let item = '';
  let quoted = false;
  let escaped = false;
  for (const character of value) {
    if (escaped) {
      item += character;
      escaped = false;
    } else if (quoted && character === '\\') {
      escaped = true;
    } else if (!quoted && character === ',') {
      items.push(item);
      item = '';
    } else {
      if (character === '"') quoted = !quoted;
      item += character;
    }
  }
  if (item) items.push(item);
  return items.map(strip);
}

function isQuoted(value: string): boolean {
  return value.startsWith('"') && value.endsWith('"');
}

/**
 * A quoted string without its quotes and escapes; any other text as it is.
 * @param isFilename Leaves the backslashes of a path like `\\host\file` alone.
 */
export function unquoteHeaderValue(value: string, isFilename = false): string {
  if (!isQuoted(value)) return value;
  const inner = value.slice(1, -1);
  return isFilename && inner.startsWith('\\\\') ? inner : inner.replaceAll('\\\\', '\\').replaceAll('\\"', '"');
}

/** `token, "quoted value"` → `['token', 'quoted value']`. */
export function parseListHeader(value: string): string[] {
  return splitList(value).map((item) => (isQuoted(item) ? unquoteHeaderValue(item.slice(1, -1)) : item));
}

/** `foo="is a fish", bar` → `{ foo: 'is a fish', bar: null }`. The last of a repeated name wins. Has no prototype. */
export function parseDictHeader(value: string): Record<string, string | null> {
  const parameters: Record<string, string | null> = Object.create(null);
  for (const item of splitList(value)) {
    const [name, raw] = cut(item, '=');
    if (!item.includes('=')) parameters[name] = null;
    else parameters[name] = isQuoted(raw) ? unquoteHeaderValue(raw.slice(1, -1)) : raw;
  }
  return parameters;
}
