import { JsonPathError } from './json-path-ast.ts';

const SPACE = /[ \t\n\r]*/y;
const NAME = /[A-Za-z_\u0080-\uD7FF\uE000-\u{10FFFF}][\w\u0080-\uD7FF\uE000-\u{10FFFF}]*/uy;
const INTEGER = /0|-?[1-9]\d*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const FUNCTION = /[a-z][a-z\d_]*/y;
const HEX = /[\dA-Fa-f]{4}/y;
// oxlint-disable-next-line no-control-regex -- RFC 9535 section 2.3.1.1 names exactly these
const PLAIN = /[^"'\\\p{Cs}\u0000-\u001F]+/uy;
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '/': '/',
  '\\': '\\',
};

/** Reads the words of a JSONPath one after the other. */
export class JsonPathCursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** @throws JsonPathError always */
  fail(message: string, at = this.at): never {
    throw new JsonPathError('syntax', message, at);
  }

  skipSpace(): void {
    this.match(SPACE);
  }

  looksAt(sign: string): boolean {
    return this.text.startsWith(sign, this.at);
  }

  /** Reads the sign if it is there. */
  take(sign: string): boolean {
    if (!this.looksAt(sign)) return false;
    this.at += sign.length;
    return true;
  }

  expect(sign: string): void {
    if (!this.take(sign)) this.fail(`${sign} was expected`);
  }

  /** A member name as it stands after a dot; '' when there is none. */
  name(): string {
    return this.match(NAME);
  }

  functionName(): string {
    return this.match(FUNCTION);
  }

  /** A number as written; '' when there is none. */
  number(): string {
    return this.match(NUMBER);
  }

  /** An index; null when there is none. RFC 9535 section 2.1: within the range of I-JSON. */
  integer(): number | null {
    const start = this.at;
    const digits = this.match(INTEGER);
    if (digits === '') return null;
    const value = Number(digits);
    if (!Number.isSafeInteger(value)) this.fail('a number that is too large', start);
    return value;
  }

  get isAtString(): boolean {
    return this.looksAt('"') || this.looksAt("'");
  }

  /** A string with its quotes, either kind. */
  string(): string {
    const start = this.at;
    const quote = this.text[this.at++];
    let read = '';
    for (;;) {
      read += this.match(PLAIN);
      const sign = this.text[this.at];
      if (sign === undefined) this.fail('a string is not closed', start);
      this.at++;
      if (sign === quote) return read;
      if (sign === '"' || sign === "'") read += sign;
      else if (sign === '\\') read += this.escape(quote ?? '');
      else this.fail('a character that a string has to write as an escape', this.at - 1);
    }
  }

  private escape(quote: string): string {
    const start = this.at - 1;
    const sign = this.text[this.at++] ?? '';
    if (sign === quote) return quote;
    if (sign !== 'u') return ESCAPES[sign] ?? this.fail('an escape that JSONPath does not know', start);
    const first = this.hex(start);
    if (first < 0xd800 || first > 0xdfff) return String.fromCharCode(first);
    if (first > 0xdbff || !this.take('\\u')) this.fail('half of a surrogate pair', start);
    const second = this.hex(start);
    if (second < 0xdc00 || second > 0xdfff) this.fail('half of a surrogate pair', start);
    return String.fromCharCode(first, second);
  }

  private hex(start: number): number {
    const digits = this.match(HEX);
    return digits === '' ? this.fail('four hexadecimal digits belong after \\u', start) : Number.parseInt(digits, 16);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}
