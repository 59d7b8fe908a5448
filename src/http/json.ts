/**
 * Reading JSON as Python's `json.loads` does: NaN and infinities are numbers, errors carry their place, and every number
 * is available as it was written, which `JSON.parse` of Node 20 cannot give.
 */
import { JSONDecodeError } from './errors.ts';

/** As for `JSON.parse`, without `this`. `context.source` is the text of a value that is no container. */
export type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

type Frame = { target: unknown[]; close: ']' } | { target: Record<string, unknown>; close: '}'; key: string };

/** Stands for a container that has been opened and waits for its first value. */
const OPENED = Symbol('opened');
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
// oxlint-disable-next-line no-control-regex -- JSON strings may not hold them unescaped
const PLAIN_TEXT = /[^"\\\0-\x1f]*/y;
// Python wants the string to go on after it, too.
const HEX4 = /[0-9a-fA-F]{4}(?=[^])/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const LITERALS: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
];

function define(target: Record<string, unknown>, key: string, value: unknown): void {
  // A plain assignment to this key would change the object's prototype.
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}

/** One pass over one text. Open containers are on a list of their own, so that depth costs memory, not stack. */
class Parser {
  readonly #text: string;
  readonly #reviver: Reviver | undefined;
  readonly #open: Frame[] = [];
  #at = 0;

  constructor(text: string, reviver?: Reviver) {
    this.#text = text;
    this.#reviver = reviver;
  }

  parse(): unknown {
    if (this.#text.startsWith('\ufeff')) throw this.#error('Unexpected UTF-8 BOM (decode using utf-8-sig)');
    this.#match(SPACE);
    for (;;) {
      const start = this.#at;
      let value = this.#begin();
      if (value === OPENED) continue;
      let source = this.#reviver && this.#isScalar(value) ? this.#text.slice(start, this.#at) : undefined;
      for (;;) {
        const frame = this.#open.at(-1);
        value = this.#keep(frame, value, source);
        source = undefined;
        this.#match(SPACE);
        if (frame === undefined) {
          if (this.#at < this.#text.length) throw this.#error('Extra data');
          return value;
        }
        if (!this.#closes(frame)) break;
        value = frame.target;
      }
    }
  }

  #isScalar(value: unknown): boolean {
    return typeof value !== 'object' || value === null;
  }

  /** A value begins here: a whole one, or a container's opening. */
  #begin(): unknown {
    const first = this.#text[this.#at];
    if (first === '"') return this.#string();
    if (first === '{' || first === '[') return this.#container(first);
    const number = first === 'N' || first === 'I' ? '' : this.#match(NUMBER);
    if (number) return Number(number);
    for (const [word, value] of LITERALS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    throw this.#error('Expecting value');
  }

  #container(bracket: '{' | '['): unknown {
    this.#at++;
    this.#match(SPACE);
    const frame: Frame = bracket === '[' ? { target: [], close: ']' } : { target: {}, close: '}', key: '' };
    if (this.#text[this.#at] === frame.close) {
      this.#at++;
      return frame.target;
    }
    this.#open.push(frame);
    if (frame.close === '}') frame.key = this.#key();
    return OPENED;
  }

  /** After a value: whether the container ends here. If not, a comma (and a name) is read. */
  #closes(frame: Frame): boolean {
    if (this.#text[this.#at] === frame.close) {
      this.#at++;
      this.#open.pop();
      return true;
    }
    if (this.#text[this.#at] !== ',') throw this.#error("Expecting ',' delimiter");
    this.#at++;
    this.#match(SPACE);
    if (frame.close === '}') frame.key = this.#key();
    return false;
  }

  #key(): string {
    if (this.#text[this.#at] !== '"') throw this.#error('Expecting property name enclosed in double quotes');
    const key = this.#string();
    this.#match(SPACE);
    if (this.#text[this.#at] !== ':') throw this.#error("Expecting ':' delimiter");
    this.#at++;
    this.#match(SPACE);
    return key;
  }

  /** Puts a finished value into its container (none: it is the root) and gives what the reviver made of it. */
  #keep(frame: Frame | undefined, value: unknown, source: string | undefined): unknown {
    const key = frame === undefined ? '' : frame.close === '}' ? frame.key : String(frame.target.length);
    const revived = this.#reviver ? this.#reviver(key, value, source === undefined ? {} : { source }) : value;
    if (frame?.close === ']') frame.target.push(revived);
    else if (frame !== undefined && revived !== undefined) define(frame.target, key, revived);
    else if (frame !== undefined) delete frame.target[key];
    return revived;
  }

  #string(): string {
    const start = this.#at++;
    let out = this.#match(PLAIN_TEXT);
    for (;;) {
      const stop = this.#text[this.#at];
      if (stop === undefined) throw this.#error('Unterminated string starting at', start);
      if (stop !== '"' && stop !== '\\') throw this.#error('Invalid control character at');
      this.#at++;
      if (stop === '"') return out;
      out += this.#escape(start) + this.#match(PLAIN_TEXT);
    }
  }

  /** What follows a backslash. */
  #escape(start: number): string {
    const kind = this.#text[this.#at++];
    if (kind === undefined) throw this.#error('Unterminated string starting at', start);
    if (kind !== 'u') {
      const character = ESCAPES[kind];
      if (character === undefined) throw this.#error('Invalid \\escape', this.#at - 2);
      return character;
    }
    const digits = this.#match(HEX4);
    if (!digits) throw this.#error('Invalid \\uXXXX escape', this.#at - 1);
    return String.fromCharCode(parseInt(digits, 16));
  }

  /** What a sticky pattern finds here, and moves past it; '' when it finds nothing. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #error(problem: string, at = this.#at): JSONDecodeError {
    const before = this.#text.slice(0, at);
    const line = before.split('\n').length;
    const column = at - before.lastIndexOf('\n');
    return new JSONDecodeError(`${problem}: line ${line} column ${column} (char ${at})`, this.#text, at);
  }
}

/**
 * The value of a JSON text. The last of a repeated name wins; `__proto__` is a name like any other; depth is bounded by
 * memory only.
 * @param reviver Called for every value once it is complete, inner ones first; undefined leaves the member out.
 * @throws JSONDecodeError with Python's message; `pos` counts UTF-16 units of `doc`.
 */
export function parseJson(text: string, reviver?: Reviver): unknown {
  if (reviver !== undefined) return new Parser(text, reviver).parse();
  try {
    return JSON.parse(text);
  } catch {
    // Either JSON that only Python takes (NaN), or an error whose place our own reader tells.
    return new Parser(text).parse();
  }
}
