export type Pattern =
  /** One character out of a set. */
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean }
  /** The beginning or the end of the text. */
  | { readonly kind: 'start' | 'finish' }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly branches: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly least: number; readonly most: number };

const MAX_DEPTH = 100;
const NORMAL = /[^()*+.?[\\\]{|}^$\p{Cs}]/uy;
const ESCAPED = /\\(?:[()*+,\-.?[\\\]^nrt{|}])/y;
const CATEGORY = /\\[pP]\{(?:L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|Z[lps]?|S[ckmo]?|C[cfno]?)\}/y;
const QUANTITY = /\{(\d+)(,(\d*))?\}/y;
const CLASS_CHARACTER = /[^[\\\]\-\p{Cs}]/uy;

/**
 * Reads an I-Regexp (RFC 9485): the part of regular expressions that means the same everywhere. `^` and `$` are the ends of
 * the text, which the RFC's grammar leaves open and the JSONPath compliance suite wants.
 * @returns null when the text is none
 */
export function parseIRegexp(text: string): Pattern | null {
  const reader = new Reader(text);
  const pattern = reader.choice();
  return pattern === null || reader.at < text.length ? null : pattern;
}

class Reader {
  at = 0;
  private readonly text: string;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  choice(): Pattern | null {
    const branches: Pattern[] = [];
    do {
      const branch = this.sequence();
      if (branch === null) return null;
      branches.push(branch);
    } while (this.take('|'));
    return branches.length === 1 ? (branches[0] ?? null) : { kind: 'choice', branches };
  }

  private sequence(): Pattern | null {
    const parts: Pattern[] = [];
    while (this.at < this.text.length && !'|)'.includes(this.text[this.at] ?? '')) {
      const atom = this.atom();
      const part = atom === null ? null : this.quantified(atom);
      if (part === null) return null;
      parts.push(part);
    }
    return { kind: 'sequence', parts };
  }

  private quantified(part: Pattern): Pattern | null {
    if (this.take('*')) return { kind: 'repeat', part, least: 0, most: Infinity };
    if (this.take('+')) return { kind: 'repeat', part, least: 1, most: Infinity };
    if (this.take('?')) return { kind: 'repeat', part, least: 0, most: 1 };
    if (this.text[this.at] !== '{') return part;
    const [found, first = '', range, last = ''] = this.match(QUANTITY);
    if (found === undefined) return null;
    const least = Number(first);
    const most = range === undefined ? least : last === '' ? Infinity : Number(last);
    return most < least ? null : { kind: 'repeat', part, least, most };
  }

  private atom(): Pattern | null {
    if (this.take('(')) {
      if (++this.depth > MAX_DEPTH) return null;
      const inner = this.choice();
      this.depth--;
      return inner !== null && this.take(')') ? inner : null;
    }
    if (this.take('^')) return { kind: 'start' };
    if (this.take('$')) return { kind: 'finish' };
    // RFC 9485 section 5.3: a dot is anything but a line feed and a carriage return.
    if (this.take('.')) return { kind: 'character', accepts: (character) => character !== '\n' && character !== '\r' };
    if (this.take('[')) return this.characterClass();
    const [category] = this.match(CATEGORY);
    if (category !== undefined) return oneOf(category, false);
    const character = this.match(NORMAL)[0] ?? this.escaped();
    return character === undefined ? null : { kind: 'character', accepts: (other) => other === character };
  }

  private characterClass(): Pattern | null {
    const negated = this.take('^');
    let inside = this.take('-') ? '\\-' : '';
    while (!this.take(']')) {
      if (this.text.startsWith('-]', this.at)) {
        this.at++;
        inside += '\\-';
        continue;
      }
      const [category] = this.match(CATEGORY);
      const part = category ?? this.range();
      if (part === null) return null;
      inside += part;
    }
    return inside === '' ? null : oneOf(inside, negated);
  }

  /** One character of a class, or a range of them, as RegExp writes it. */
  private range(): string | null {
    const from = this.match(CLASS_CHARACTER)[0] ?? this.escaped();
    if (from === undefined) return null;
    if (this.text[this.at] !== '-' || this.text[this.at + 1] === ']') return codePoint(from);
    this.at++;
    const to = this.match(CLASS_CHARACTER)[0] ?? this.escaped();
    if (to === undefined || (to.codePointAt(0) ?? 0) < (from.codePointAt(0) ?? 0)) return null;
    return `${codePoint(from)}-${codePoint(to)}`;
  }

  private escaped(): string | undefined {
    const [found] = this.match(ESCAPED);
    if (found === undefined) return undefined;
    return { '\\n': '\n', '\\r': '\r', '\\t': '\t' }[found] ?? found.slice(1);
  }

  private take(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private match(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? [];
    this.at += found[0]?.length ?? 0;
    return found;
  }
}

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function oneOf(inside: string, negated: boolean): Pattern {
  const test = new RegExp(`^[${negated ? '^' : ''}${inside}]$`, 'u');
  return { kind: 'character', accepts: (character) => test.test(character) };
}
