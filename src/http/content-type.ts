import { cut } from './split-url.ts';
import { strip, stripChars } from './whitespace.ts';

export interface ContentType {
  /** As written, stripped. */
  type: string;
  /** By name in lower case; of a repeated name the last wins. */
  params: ReadonlyMap<string, string>;
}

/**
 * A Content-Type value taken apart as Requests does it: at every semicolon, quoted or not; quotes of either kind are
 * stripped; a parameter without `=` is left out.
 */
export function parseContentTypeHeader(header: string): ContentType {
  const [type = '', ...tokens] = header.split(';');
  const params = new Map<string, string>();
  for (const token of tokens) {
    const [name, value] = cut(strip(token), '=');
    if (token.includes('=')) params.set(stripChars(name, '"\' ').toLowerCase(), stripChars(value, '"\' '));
  }
  return { type: strip(type), params };
}
