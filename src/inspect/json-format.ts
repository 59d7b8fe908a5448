/**
 * JSON as text: finding its first mistake, indenting it and taking its white space out. Tokens are copied as they stand,
 * so numbers, escapes, the order of keys and repeated keys survive, which `JSON.parse` would not let them. Pure.
 */
export interface JsonMistake {
  /** What was expected or is wrong, to stand before "at line …, column …". */
  readonly message: string;
  /** Counts UTF-16 units from 0; line and column count from 1. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

type Visit = (token: string) => void;

class MistakeError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_$][\w$]*/y;
// oxlint-disable-next-line no-control-regex -- RFC 8259 section 7 names exactly these
const PLAIN = /[^"\\\u0000-\u001F]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

/** Reads one RFC 8259 text, without recursion: depth costs memory, never the stack. */
function scan(text: string, visit: Visit): void {
  const open: ('{' | '[')[] = [];
  let at = 0;

  function match(pattern: RegExp): string {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  }

  function string(): string {
    const start = at++;
    for (;;) {
      match(PLAIN);
      const sign = text[at];
      if (sign === '"') {
        at++;
        return text.slice(start, at);
      }
      if (sign === undefined) throw new MistakeError('a string is not closed', start);
      if (sign !== '\\') throw new MistakeError('a control character in a string (write it as an escape)', at);
      if (match(ESCAPE) === '') throw new MistakeError('an escape that JSON does not know', at);
    }
  }

  /** Reads a value, or only the beginning of an array or an object; true when the value is complete. */
  function value(): boolean {
    const sign = text[at];
    if (sign === '{' || sign === '[') {
      at++;
      visit(sign);
      open.push(sign);
      return false;
    }
    if (sign === '"') {
      visit(string());
      return true;
    }
    visit(scalar(sign));
    return true;
  }

  function scalar(sign: string | undefined): string {
    const start = at;
    const number = match(NUMBER);
    if (number !== '') {
      if (/[\w.]/.test(text[at] ?? '')) throw new MistakeError('a number that JSON does not know', start);
      return number;
    }
    const word = match(WORD);
    if (word === 'true' || word === 'false' || word === 'null') return word;
    if (word !== '') throw new MistakeError(`${word} is not a JSON value`, start);
    if (sign === "'") throw new MistakeError('strings stand in double quotes', start);
    throw new MistakeError(sign === undefined ? 'a value is missing' : 'a value was expected', start);
  }

  function key(): void {
    if (text[at] !== '"') throw new MistakeError('a name in double quotes was expected', at);
    visit(string());
    match(SPACE);
    if (text[at] !== ':') throw new MistakeError('a colon was expected', at);
    at++;
    visit(':');
    match(SPACE);
  }

  /** After a complete value: closes what ends here; true when another value follows. */
  function next(): boolean {
    for (;;) {
      match(SPACE);
      const inside = open.at(-1);
      if (inside === undefined) {
        if (at < text.length) throw new MistakeError('there is more after the value', at);
        return false;
      }
      const close = inside === '{' ? '}' : ']';
      if (text[at] === close) {
        at++;
        visit(close);
        open.pop();
        continue;
      }
      if (text[at] !== ',') throw new MistakeError(`a comma or ${close} was expected`, at);
      const comma = at++;
      match(SPACE);
      if (text[at] === close) throw new MistakeError(`a comma too many before ${close}`, comma);
      visit(',');
      if (inside === '{') key();
      return true;
    }
  }

  match(SPACE);
  for (;;) {
    if (value()) {
      if (!next()) return;
      continue;
    }
    match(SPACE);
    const inside = open.at(-1);
    if (text[at] === (inside === '{' ? '}' : ']')) {
      if (!next()) return;
    } else if (inside === '{') key();
  }
}

/** The first mistake in a JSON text, or null when it is JSON. A leading byte order mark is a mistake, as in Python. */
export function findJsonMistake(text: string): JsonMistake | null {
  try {
    scan(text, () => {});
    return null;
  } catch (error) {
    if (!(error instanceof MistakeError)) throw error;
    const before = text.slice(0, error.offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    return {
      message: error.message,
      offset: error.offset,
      line: before.split('\n').length,
      column: error.offset - lineStart + 1,
    };
  }
}

/** The same JSON, one member a line. @returns null when the text is not JSON */
export function formatJson(text: string, indent = '  '): string | null {
  const out: string[] = [];
  let depth = 0;
  let previous = '';
  const newLine = (): void => void out.push('\n', indent.repeat(depth));
  return rewrite(text, out, (token) => {
    const closes = token === '}' || token === ']';
    if (closes) depth--;
    const opened = previous === '{' || previous === '[';
    if (closes ? !opened : opened || previous === ',') newLine();
    out.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') depth++;
    previous = token;
  });
}

/** The same JSON without white space. @returns null when the text is not JSON */
export function minifyJson(text: string): string | null {
  const out: string[] = [];
  return rewrite(text, out, (token) => void out.push(token));
}

function rewrite(text: string, out: readonly string[], visit: Visit): string | null {
  try {
    scan(text, visit);
  } catch (error) {
    if (error instanceof MistakeError) return null;
    throw error;
  }
  return out.join('');
}
