/** A part of a text: `start` and `end` are offsets in it, in UTF-16 units. */
interface Span {
  readonly start: number;
  readonly end: number;
}

export type Piece = TextPiece | Token;
export type Token = VariableToken | DynamicToken;

export interface TextPiece extends Span {
  readonly kind: 'text';
  /** Without the backslashes that only escape. */
  readonly text: string;
}

/** `{{name}}` */
export interface VariableToken extends Span {
  readonly kind: 'variable';
  readonly name: string;
}

/** `{{$name argument}}`; the argument may hold tokens itself. */
export interface DynamicToken extends Span {
  readonly kind: 'dynamic';
  readonly name: string;
  readonly argument: readonly Piece[];
}

/** Characters of a variable's name, and of a dynamic variable's argument, at most; what is longer is plain text. */
const MAX_NAME = 200;
const MAX_ARGUMENT = 10_000;
/** How deep tokens may stand in each other's arguments. */
const MAX_DEPTH = 10;

const NAME = /[^{}\r\n]*/y;
const DYNAMIC = /\s*\$([A-Za-z]\w*)(?=\s|\}\})/y;

/** Whether there can be tokens in a text at all: most texts have none. */
export const mayHoldTokens = (text: string): boolean => text.includes('{{');

/**
 * A text as plain parts and tokens, in order and without a gap. What only looks like a token (`{{}}`, one that is not closed)
 * is plain text. A backslash before `{{` takes its meaning away; two are two backslashes and a token, so that a JSON string
 * that ends in an escaped backslash keeps it. Of more than two braces the inner two count.
 */
export function parseTemplate(text: string): Piece[] {
  return new Reader(text).pieces(0, text.length, 0, false).pieces;
}

const UNCLOSED = Symbol('unclosed');

/** Where a sign stands next, without looking twice through the same text. */
class Search {
  private readonly text: string;
  private readonly sign: string;
  private asked = 0;
  private found = -2;

  constructor(text: string, sign: string) {
    this.text = text;
    this.sign = sign;
  }

  /** -1: nowhere. */
  from(at: number): number {
    const isKnown = this.found !== -2 && at >= this.asked && (this.found === -1 || at <= this.found);
    if (!isKnown) {
      this.asked = at;
      this.found = this.text.indexOf(this.sign, at);
    }
    return this.found;
  }
}

/** The text with something else in the place of each token; escapes stay as they are written. */
export function replaceTokens(text: string, replace: (written: string, index: number) => string): string {
  if (!mayHoldTokens(text)) return text;
  let index = 0;
  return parseTemplate(text)
    .map(({ kind, start, end }) => {
      const written = text.slice(start, end);
      return kind === 'text' ? written : replace(written, index++);
    })
    .join('');
}

interface Read {
  readonly pieces: Piece[];
  /** Where reading stopped: the end, or the `}}` that closes the token around it. */
  readonly end: number;
  readonly closed: boolean;
}

class Reader {
  private readonly text: string;
  private readonly openings: Search;
  private readonly closings: Search;

  constructor(text: string) {
    this.text = text;
    this.openings = new Search(text, '{{');
    this.closings = new Search(text, '}}');
  }

  /** Reads from `start` up to `limit`, or up to the `}}` that ends an argument. */
  pieces(start: number, limit: number, depth: number, inArgument: boolean): Read {
    const { text } = this;
    const pieces: Piece[] = [];
    let plain = '';
    let plainStart = start;
    let at = start;
    const flush = (end: number): void => {
      if (end > plainStart) pieces.push({ kind: 'text', text: plain, start: plainStart, end });
      plain = '';
    };
    while (at < limit) {
      const next = this.nextBraces(at, limit, inArgument);
      plain += text.slice(at, next);
      at = next;
      if (at >= limit) break;
      if (text[at] === '}') {
        flush(at);
        return { pieces, end: at, closed: true };
      }
      if (text[at + 2] === '{') {
        plain += '{';
        at++;
        continue;
      }
      const token = this.token(at, limit, depth);
      // What is around one that is not closed is not closed either: to try again from there would cost time without end.
      if (token === UNCLOSED && inArgument) return { pieces, end: limit, closed: false };
      if (token === null || token === UNCLOSED) {
        plain += '{{';
        at += 2;
      } else if (this.isEscaped(at, plainStart)) {
        plain = plain.slice(0, -1) + text.slice(at, token.end);
        at = token.end;
      } else {
        flush(at);
        pieces.push(token);
        at = token.end;
        plainStart = at;
      }
    }
    flush(limit);
    return { pieces, end: limit, closed: false };
  }

  private nextBraces(at: number, limit: number, inArgument: boolean): number {
    const opening = this.openings.from(at);
    const closing = inArgument ? this.closings.from(at) : -1;
    const next = Math.min(opening < 0 ? limit : opening, closing < 0 ? limit : closing);
    return Math.min(next, limit);
  }

  private isEscaped(at: number, from: number): boolean {
    let backslashes = 0;
    while (at - backslashes - 1 >= from && this.text[at - backslashes - 1] === '\\') backslashes++;
    return backslashes % 2 === 1;
  }

  private token(start: number, limit: number, depth: number): Token | typeof UNCLOSED | null {
    const { text } = this;
    DYNAMIC.lastIndex = start + 2;
    const dynamic = DYNAMIC.exec(text);
    if (dynamic?.[1] !== undefined) return this.dynamic(start, dynamic[1], DYNAMIC.lastIndex, limit, depth);
    NAME.lastIndex = start + 2;
    const inside = NAME.exec(text)?.[0] ?? '';
    const end = start + 2 + inside.length;
    const name = inside.trim();
    if (name === '' || name.startsWith('$') || name.length > MAX_NAME) return null;
    if (end + 2 > limit || !text.startsWith('}}', end)) return null;
    return { kind: 'variable', name, start, end: end + 2 };
  }

  private dynamic(
    start: number,
    name: string,
    from: number,
    limit: number,
    depth: number,
  ): DynamicToken | typeof UNCLOSED | null {
    if (depth >= MAX_DEPTH) return null;
    const { text } = this;
    // One space divides the name from the argument; more of them belong to it.
    const begin = text.startsWith('}}', from) ? from : from + 1;
    const argument = this.pieces(begin, Math.min(limit, begin + MAX_ARGUMENT), depth + 1, true);
    if (!argument.closed) return UNCLOSED;
    return { kind: 'dynamic', name, argument: argument.pieces, start, end: argument.end + 2 };
  }
}
