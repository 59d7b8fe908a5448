import { JsonNodes } from './json-nodes.ts';

/** What a node of an XML document is. Only elements hold others. An element of kind 0 is what JsonNodes calls a container. */
export const XmlKind = { element: 0, text: 2, cdata: 3, comment: 4, instruction: 5, doctype: 6 } as const;
export type XmlKind = (typeof XmlKind)[keyof typeof XmlKind];

export interface XmlProblem {
  readonly message: string;
  /** Bytes before it. */
  readonly offset: number;
}

const [TAB, LF, CR, SPACE, MARK, QUOTE, APOSTROPHE, DASH, SLASH] = [9, 10, 13, 0x20, 0x21, 0x22, 0x27, 0x2d, 0x2f];
const [LESS, GREATER, QUESTION, OPEN_BRACKET, CLOSE_BRACKET] = [0x3c, 0x3e, 0x3f, 0x5b, 0x5d];
/** Bytes by which any markup can be told. */
const TOLD_BY = 9;
/** An end tag that fits no element so near is left out: hostile markup would be slow otherwise. */
const MISMATCH_DEPTH = 64;
const DEFAULT_MAX_NODES = 8_388_608;

/** Names end here; no quotation mark stands around them. */
const isNameEnd = (byte: number | undefined): boolean =>
  byte === undefined || byte <= SPACE || byte === SLASH || byte === GREATER || byte === LESS;

/**
 * Finds where the elements, texts and comments of an XML document (UTF-8) stand, as its bytes come. Nothing is expanded:
 * neither entities nor declarations have any effect. What is not well-formed is taken as it seems to be meant, and the first
 * mistake is told. An element that holds nothing but text has no nodes inside; white space between elements is no node.
 */
export class XmlScanner {
  /** `start` and `end` reach from `<` to behind the end tag; keys there are none. */
  readonly nodes = new JsonNodes();
  error: XmlProblem | null = null;
  /** There are more nodes than are kept. */
  full = false;
  private readonly bytes: Uint8Array;
  private readonly maxNodes: number;
  /** Where what is being read begins, and how far its end was looked for. */
  private at = 0;
  private seen = 0;
  private quote = 0;
  private subsets = 0;
  private inComment = false;
  private readonly open: number[] = [];
  /** A text: whether it is a node of its own depends on what follows. */
  private text: { readonly start: number; readonly end: number } | null = null;

  /** @param bytes room for the whole document; it is filled from the beginning */
  constructor(bytes: Uint8Array, { maxNodes = DEFAULT_MAX_NODES }: { maxNodes?: number } = {}) {
    this.bytes = bytes;
    this.maxNodes = maxNodes;
  }

  /** Everything before this offset is among the nodes, or is none. */
  get settled(): number {
    return this.text?.start ?? this.at;
  }

  /** @param loaded bytes that are there @param ended no more will come */
  advance(loaded: number, ended: boolean): void {
    while (this.at < loaded && !this.full) {
      const end = this.tokenEnd(loaded, ended);
      if (end < 0) break;
      this.take(this.at, end);
      this.at = end;
      this.restart();
    }
    if (!ended || this.full) return;
    if (this.at < loaded) {
      this.fail('This markup does not end', this.at);
      this.flushText();
      this.add(XmlKind.text, this.at, loaded);
      this.at = loaded;
    }
    this.flushText();
    const last = this.open.at(-1);
    if (last !== undefined) this.fail(`<${this.nameOf(last)}> has no end tag`, this.nodes.start[last] ?? 0);
    else if (this.nodes.count === 0 && this.error === null) this.fail('There is no element', 0);
  }

  /** The name of an element as it is written, prefix included. */
  nameOf(node: number): string {
    const start = (this.nodes.start[node] ?? 0) + 1;
    return decoder.decode(this.bytes.subarray(start, this.nameEnd(start)));
  }

  /** Whether two elements are called the same. */
  sameName(one: number, other: number): boolean {
    return this.isNamed(one, (this.nodes.start[other] ?? 0) + 1);
  }

  /** Offset behind an element's start tag, or behind the whole of any other node. */
  headEnd(node: number): number {
    const start = this.nodes.start[node] ?? 0;
    if (this.nodes.kind[node] !== XmlKind.element) return this.nodes.end[node] ?? start;
    let quote = 0;
    for (let at = start + 1; at < this.bytes.length; at++) {
      const byte = this.bytes[at] ?? 0;
      if (quote !== 0) quote = byte === quote ? 0 : quote;
      else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
      else if (byte === GREATER) return at + 1;
    }
    return this.bytes.length;
  }

  private restart(): void {
    this.seen = 0;
    this.quote = 0;
    this.subsets = 0;
    this.inComment = false;
  }

  private startsWith(text: string, at = this.at): boolean {
    for (let i = 0; i < text.length; i++) if (this.bytes[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** Behind what begins at `at`; -1 when that has not come yet. */
  private tokenEnd(loaded: number, ended: boolean): number {
    const { bytes, at } = this;
    if (bytes[at] === LESS && loaded - at < TOLD_BY && !ended && (bytes[at + 1] === MARK || loaded - at < 2)) return -1;
    if (!this.isMarkup(at)) {
      const next = bytes.subarray(0, loaded).indexOf(LESS, Math.max(this.seen, at + 1));
      this.seen = loaded;
      return next >= 0 ? next : ended ? loaded : -1;
    }
    if (this.startsWith('<!--')) return this.endBy('-->', at + 4, loaded);
    if (this.startsWith('<![CDATA[')) return this.endBy(']]>', at + 9, loaded);
    if (bytes[at + 1] === QUESTION) return this.endBy('?>', at + 2, loaded);
    return this.tagEnd(loaded, bytes[at + 1] === MARK, bytes[at + 1] === SLASH);
  }

  private isMarkup(at: number): boolean {
    const next = this.bytes[at + 1];
    return this.bytes[at] === LESS && (next === MARK || next === QUESTION || next === SLASH || !isNameEnd(next));
  }

  private endBy(ending: string, from: number, loaded: number): number {
    const part = this.bytes.subarray(0, loaded);
    const first = from + ending.length - 1;
    for (let at = part.indexOf(GREATER, Math.max(this.seen, first)); at >= 0; at = part.indexOf(GREATER, at + 1))
      if (this.startsWith(ending, at - ending.length + 1)) return at + 1;
    this.seen = loaded;
    return -1;
  }

  /** A tag ends where no quotation marks stand around; a document type declaration also outside its subset and comments. */
  private tagEnd(loaded: number, isDeclaration: boolean, isEnd: boolean): number {
    for (let at = Math.max(this.seen, this.at + 1); at < loaded; at++) {
      const byte = this.bytes[at] ?? 0;
      if (this.inComment) {
        if (byte === GREATER && this.startsWith('-->', at - 2)) this.inComment = false;
      } else if (this.quote !== 0) {
        if (byte === this.quote) this.quote = 0;
      } else if ((byte === QUOTE || byte === APOSTROPHE) && !isEnd) this.quote = byte;
      else if (isDeclaration && byte === OPEN_BRACKET) this.subsets++;
      else if (isDeclaration && byte === CLOSE_BRACKET) this.subsets--;
      else if (isDeclaration && byte === DASH && this.subsets > 0 && this.startsWith('<!--', at - 3))
        this.inComment = true;
      else if (byte === GREATER && this.subsets <= 0) return at + 1;
    }
    this.seen = loaded;
    return -1;
  }

  private take(start: number, end: number): void {
    if (!this.isMarkup(start)) {
      if (this.text !== null || !this.isBlank(start, end)) this.text = { start: this.text?.start ?? start, end };
      if (this.bytes[start] === LESS) this.fail('A < stands in a text', start);
      return;
    }
    const next = this.bytes[start + 1];
    if (next === SLASH) {
      this.close(start, end);
      return;
    }
    this.flushText();
    if (next === QUESTION) this.add(XmlKind.instruction, start, end);
    else if (this.startsWith('<!--')) this.add(XmlKind.comment, start, end);
    else if (this.startsWith('<![CDATA[')) this.add(XmlKind.cdata, start, end);
    else if (next === MARK) this.add(XmlKind.doctype, start, end);
    else {
      const isEmpty = this.bytes[end - 2] === SLASH;
      const node = this.add(XmlKind.element, start, isEmpty ? end : 0);
      if (node >= 0 && !isEmpty) this.open.push(node);
    }
  }

  private close(start: number, end: number): void {
    const depth = this.openNamed(start + 2);
    const wanted = this.open.at(-1);
    if (this.error === null && (depth < 0 || depth < this.open.length - 1)) {
      const name = decoder.decode(this.bytes.subarray(start + 2, this.nameEnd(start + 2)));
      const problem =
        wanted === undefined ? `</${name}> ends nothing` : `</${name}> stands where <${this.nameOf(wanted)}> is open`;
      this.fail(problem, start);
    }
    if (depth < 0) return;
    while (this.open.length > depth) {
      const node = this.open.pop() ?? 0;
      if (this.nodes.size[node] === 0) this.text = null;
      else this.flushText(node);
      // What has no end tag of its own ends where this one begins.
      this.nodes.end[node] = this.open.length === depth ? end : start;
      this.nodes.next[node] = this.nodes.count;
    }
  }

  /** The innermost open element of a name; -1 for none. */
  private openNamed(nameStart: number): number {
    const nearest = Math.max(0, this.open.length - MISMATCH_DEPTH);
    for (let depth = this.open.length - 1; depth >= nearest; depth--)
      if (this.isNamed(this.open[depth] ?? 0, nameStart)) return depth;
    return -1;
  }

  private flushText(parent = this.open.at(-1) ?? -1): void {
    const { text } = this;
    this.text = null;
    if (text === null) return;
    if (parent < 0) this.fail('A text stands outside the element', text.start);
    this.add(XmlKind.text, text.start, text.end, parent);
  }

  private add(kind: XmlKind, start: number, end: number, parent = this.open.at(-1) ?? -1): number {
    if (this.nodes.count >= this.maxNodes) {
      this.full = true;
      return -1;
    }
    return this.nodes.add(kind, start, end, 0, parent);
  }

  private isNamed(node: number, nameStart: number): boolean {
    const start = (this.nodes.start[node] ?? 0) + 1;
    for (let i = 0; ; i++) {
      const [one, other] = [this.bytes[start + i], this.bytes[nameStart + i]];
      if (isNameEnd(one) || isNameEnd(other)) return isNameEnd(one) && isNameEnd(other);
      if (one !== other) return false;
    }
  }

  private nameEnd(start: number): number {
    let end = start;
    while (!isNameEnd(this.bytes[end])) end++;
    return end;
  }

  private isBlank(start: number, end: number): boolean {
    for (let at = start; at < end; at++) {
      const byte = this.bytes[at];
      if (byte !== SPACE && byte !== LF && byte !== CR && byte !== TAB) return false;
    }
    return true;
  }

  private fail(message: string, offset: number): void {
    this.error ??= { message, offset };
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
