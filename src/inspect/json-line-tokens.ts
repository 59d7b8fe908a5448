import type { TokenKind } from './code-language.ts';

export interface LineToken {
  /** Offsets in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
}

/** A string that may lack its end, something like a number, or a word. No token of JSON goes over a line end. */
const TOKEN = /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"?|-?\d[\w.]*(?:(?<=[eE])[+-]\d+)?|[A-Za-z_$][\w$]*/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LITERAL = /^(?:true|false|null)$/;
const COLON = /[ \t\r\n]*:/y;

/**
 * The tokens of JSON that have a colour, from one place to another within a line. Each line is read by itself: a text that
 * is being written is wrong most of the time, and a mistake must not change the colours of what stands below it.
 */
export function jsonLineTokens(text: string, from: number, to: number): LineToken[] {
  const tokens: LineToken[] = [];
  for (const { 0: written, index } of text.slice(from, to).matchAll(TOKEN)) {
    const start = from + index;
    const end = start + written.length;
    const kind = kindOf(text, written, end);
    if (kind !== null) tokens.push({ start, end, kind });
  }
  return tokens;
}

function kindOf(text: string, written: string, end: number): TokenKind | null {
  if (written.startsWith('"')) {
    COLON.lastIndex = end;
    return COLON.test(text) ? 'attribute' : 'string';
  }
  if (NUMBER.test(written)) return 'number';
  return LITERAL.test(written) ? 'literal' : null;
}
