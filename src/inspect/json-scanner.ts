import { JsonKind, JsonNodes } from './json-nodes.ts';
import { Digit, isComplete, nextDigit } from './json-number.ts';

/** What is wrong, in the words of Python's `json.JSONDecodeError`, and the offset of the byte where. */
export interface JsonProblem {
  readonly message: string;
  readonly offset: number;
}

export interface JsonScannerOptions {
  /** Several values one after the other (JSON Lines, RFC 7464) are no error. */
  readonly many?: boolean;
  /** Values at most; the rest is left out and `full` says so. */
  readonly maxNodes?: number;
}

/** 2 to the 24th, which fills the columns exactly: 420 MB. */
const DEFAULT_MAX_NODES = 16_777_216;

/** What may come next. */
const State = {
  value: 0,
  valueOrEnd: 1,
  keyOrEnd: 2,
  key: 3,
  colon: 4,
  commaOrEnd: 5,
  done: 6,
  string: 7,
  escape: 8,
  unicode: 9,
  number: 10,
  literal: 11,
  stopped: 12,
} as const;
type State = (typeof State)[keyof typeof State];

const LITERALS = ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'].map((word) =>
  Uint8Array.from(word, (letter) => letter.charCodeAt(0)),
);

/**
 * Reads JSON in UTF-8 as it comes, in pieces of any length, and remembers where each value stands. No value is ever
 * converted, so numbers stay as written; nesting costs no stack. As Python does, it takes `NaN` and `Infinity`.
 * After an error everything read before it stays in `nodes`.
 */
export class JsonScanner {
  readonly nodes = new JsonNodes();
  error: JsonProblem | null = null;
  /** More values were there than may be kept. */
  full = false;
  private readonly many: boolean;
  private readonly maxNodes: number;
  private state: State = State.value;
  /** Bytes read before the present piece. */
  private base = 0;
  private readonly open: number[] = [];
  private tokenStart = 0;
  private tokenIsKey = false;
  /** Offset of the key that waits for its value, plus 1. */
  private pendingKey = 0;
  private hexDigits = 0;
  private escapeAt = 0;
  private digit: Digit = Digit.minus;
  private numberEnd = 0;
  private literal: Uint8Array = new Uint8Array();
  private literalAt = 0;

  constructor(options: JsonScannerOptions = {}) {
    this.many = options.many ?? false;
    this.maxNodes = options.maxNodes ?? DEFAULT_MAX_NODES;
  }

  /** False when nothing more will be read: after an error, or when full. */
  get wantsMore(): boolean {
    return this.state !== State.stopped;
  }

  /** Everything before this offset stands in `nodes`: a key that waits for its value, or a value under way, does not yet. */
  get settled(): number {
    if (this.pendingKey > 0) return this.pendingKey - 1;
    return this.inToken ? this.tokenStart : this.base;
  }

  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && this.state !== State.stopped) at = this.step(bytes, at);
    this.base += bytes.length;
  }

  /** The data are at their end: what is still open is an error. */
  finish(): void {
    if (this.state === State.number) this.endNumber(this.base);
    switch (this.state) {
      case State.string:
      case State.escape:
        this.cut(this.base);
        this.fail('Unterminated string starting at', this.tokenStart);
        break;
      case State.unicode:
        this.cut(this.base);
        this.fail('Invalid \\uXXXX escape', this.escapeAt + 1);
        break;
      case State.literal:
        this.cut(this.base);
        this.fail('Expecting value', this.tokenStart);
        break;
      case State.value:
        if (!this.many || this.open.length > 0 || this.nodes.count === 0) this.fail('Expecting value', this.base);
        break;
      case State.valueOrEnd:
        this.fail('Expecting value', this.base);
        break;
      case State.key:
      case State.keyOrEnd:
        this.fail('Expecting property name enclosed in double quotes', this.base);
        break;
      case State.colon:
        this.fail("Expecting ':' delimiter", this.base);
        break;
      case State.commaOrEnd:
        this.fail("Expecting ',' delimiter", this.base);
        break;
      case State.number:
      case State.done:
      case State.stopped:
        break;
    }
    this.state = State.stopped;
  }

  /** Reads from `bytes[at]` on for as long as the state stays; returns where the next step begins. */
  private step(bytes: Uint8Array, at: number): number {
    switch (this.state) {
      case State.string:
        return this.inString(bytes, at);
      case State.escape:
        return this.inEscape(bytes[at] ?? 0, at);
      case State.unicode:
        return this.inUnicode(bytes[at] ?? 0, at);
      case State.number:
        return this.inNumber(bytes, at);
      case State.literal:
        return this.inLiteral(bytes[at] ?? 0, at);
      case State.stopped:
        return bytes.length;
      case State.value:
      case State.valueOrEnd:
      case State.keyOrEnd:
      case State.key:
      case State.colon:
      case State.commaOrEnd:
      case State.done:
      default:
        return this.between(bytes, at);
    }
  }

  private between(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && isSpace(bytes[at] ?? 0)) at++;
    const byte = bytes[at];
    if (byte === undefined) return at;
    const offset = this.base + at;
    if (this.state === State.commaOrEnd) return this.afterMember(byte, at);
    if (this.state === State.done) return this.fail('Extra data', offset);
    if (this.state === State.colon) {
      if (byte !== 0x3a) return this.fail("Expecting ':' delimiter", offset);
      this.state = State.value;
      return at + 1;
    }
    if (this.state === State.keyOrEnd || this.state === State.key) {
      if (byte === 0x7d && this.state === State.keyOrEnd) return this.close(at);
      if (byte !== 0x22) return this.fail('Expecting property name enclosed in double quotes', offset);
      return this.beginString(at, true);
    }
    if (byte === 0x5d && this.state === State.valueOrEnd) return this.close(at);
    // RFC 7464 puts a record separator before each value.
    if (byte === 0x1e && this.many && this.open.length === 0) return at + 1;
    return this.beginValue(byte, at);
  }

  private afterMember(byte: number, at: number): number {
    const inObject = this.nodes.kind[this.container] === JsonKind.object;
    if (byte === 0x2c) {
      this.state = inObject ? State.key : State.value;
      return at + 1;
    }
    if (byte === (inObject ? 0x7d : 0x5d)) return this.close(at);
    return this.fail("Expecting ',' delimiter", this.base + at);
  }

  private beginValue(byte: number, at: number): number {
    const offset = this.base + at;
    if (this.nodes.count >= this.maxNodes) {
      this.full = true;
      this.stop();
      return at;
    }
    if (byte === 0x7b || byte === 0x5b) {
      const kind = byte === 0x7b ? JsonKind.object : JsonKind.array;
      this.open.push(this.nodes.add(kind, offset, 0, this.pendingKey, this.container));
      this.pendingKey = 0;
      this.state = byte === 0x7b ? State.keyOrEnd : State.valueOrEnd;
      return at + 1;
    }
    if (byte === 0x22) return this.beginString(at, false);
    this.tokenStart = offset;
    if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      this.digit = byte === 0x2d ? Digit.minus : byte === 0x30 ? Digit.zero : Digit.integer;
      this.numberEnd = byte === 0x2d ? 0 : offset + 1;
      this.state = State.number;
      return at + 1;
    }
    const literal = LITERALS.find((word) => word[0] === byte);
    if (!literal) return this.fail('Expecting value', offset);
    this.literal = literal;
    this.literalAt = 1;
    this.state = State.literal;
    return at + 1;
  }

  private beginString(at: number, isKey: boolean): number {
    this.tokenStart = this.base + at;
    this.tokenIsKey = isKey;
    this.state = State.string;
    return at + 1;
  }

  private inString(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === 0x22) {
        this.endString(this.base + at + 1);
        return at + 1;
      }
      if (byte === 0x5c) {
        this.escapeAt = this.base + at;
        this.state = State.escape;
        return at + 1;
      }
      if (byte < 0x20) {
        this.cut(this.base + at);
        return this.fail('Invalid control character at', this.base + at);
      }
    }
    return at;
  }

  private inEscape(byte: number, at: number): number {
    if (byte === 0x75) {
      this.hexDigits = 0;
      this.state = State.unicode;
      return at + 1;
    }
    // " \ / b f n r t
    if (![0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74].includes(byte)) {
      this.cut(this.escapeAt);
      return this.fail('Invalid \\escape', this.escapeAt);
    }
    this.state = State.string;
    return at + 1;
  }

  private inUnicode(byte: number, at: number): number {
    const lower = byte | 0x20;
    if (!((byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x66))) {
      this.cut(this.escapeAt);
      return this.fail('Invalid \\uXXXX escape', this.escapeAt + 1);
    }
    if (++this.hexDigits === 4) this.state = State.string;
    return at + 1;
  }

  private endString(end: number): void {
    if (this.tokenIsKey) {
      this.pendingKey = this.tokenStart + 1;
      this.state = State.colon;
    } else {
      this.endScalar(JsonKind.string, end);
    }
  }

  private inNumber(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (this.digit === Digit.minus && byte === 0x49) {
        this.literal = LITERALS[5] ?? this.literal;
        this.literalAt = 2;
        this.state = State.literal;
        return at + 1;
      }
      const next = nextDigit(this.digit, byte);
      if (next === null) return this.endNumber(this.base + at) ? at : bytes.length;
      this.digit = next;
      if (isComplete(next)) this.numberEnd = this.base + at + 1;
    }
    return at;
  }

  /** False when the number was wrong and everything stops. */
  private endNumber(offset: number): boolean {
    if (this.numberEnd === 0) {
      this.cut(offset);
      this.fail('Expecting value', this.tokenStart);
      return false;
    }
    const complete = this.numberEnd === offset;
    const wrongAt = this.numberEnd;
    this.endScalar(JsonKind.number, this.numberEnd);
    // `1.` and `1e` are a number with something behind it, which is where Python sees the error.
    if (!complete) this.fail(this.open.length === 0 ? 'Extra data' : "Expecting ',' delimiter", wrongAt);
    return complete;
  }

  private inLiteral(byte: number, at: number): number {
    if (byte !== this.literal[this.literalAt]) {
      this.cut(this.base + at);
      return this.fail('Expecting value', this.tokenStart);
    }
    if (++this.literalAt === this.literal.length) this.endScalar(JsonKind.literal, this.base + at + 1);
    return at + 1;
  }

  private endScalar(kind: JsonKind, end: number): void {
    this.nodes.add(kind, this.tokenStart, end, this.pendingKey, this.container);
    this.pendingKey = 0;
    this.afterValue();
  }

  /** Keeps the part that came of a value which goes wrong here. */
  private cut(end: number): void {
    const inString = this.state === State.string || this.state === State.escape || this.state === State.unicode;
    if (!(inString && this.tokenIsKey)) this.endScalar(JsonKind.cut, end);
  }

  private afterValue(): void {
    if (this.open.length > 0) this.state = State.commaOrEnd;
    else this.state = this.many ? State.value : State.done;
  }

  private close(at: number): number {
    const index = this.open.pop();
    if (index !== undefined) {
      this.nodes.end[index] = this.base + at + 1;
      this.nodes.next[index] = this.nodes.count;
    }
    this.afterValue();
    return at + 1;
  }

  private get inToken(): boolean {
    return this.state >= State.string && this.state <= State.literal;
  }

  private get container(): number {
    return this.open.at(-1) ?? -1;
  }

  private fail(message: string, offset: number): number {
    this.error ??= { message, offset };
    this.stop();
    return Number.MAX_SAFE_INTEGER;
  }

  private stop(): void {
    for (const index of this.open) this.nodes.next[index] = this.nodes.count;
    this.state = State.stopped;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
