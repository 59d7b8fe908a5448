import { blobPieces } from './blob-pieces.ts';
import type { Found, FoldingView, Query, ViewState, XmlRow } from './body-view.ts';
import { breather } from './breather.ts';
import { Finder, type PatternSearch } from './finder.ts';
import { JsonRows, nodeOf, type RowCode } from './json-rows.ts';
import { ReadMark } from './read-mark.ts';
import { placeOf } from './text-place.ts';
import { XmlKind, XmlScanner } from './xml-scanner.ts';
import { attributesIn, xmlTokens } from './xml-tokens.ts';

/** The text stays in memory here: what is longer is left to the text view. */
const MAX_XML_BYTES = 256 * 1024 * 1024;
/** Bytes of a node that a row shows. */
const MAX_ROW_BYTES = 2000;
/** Bytes of a start tag in which declarations of namespaces are looked for. */
const MAX_TAG_BYTES = 65_536;
/** A tree of no more nodes than this starts all open. */
const SMALL_TREE = 200;
const OPEN_LEVELS = 2;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** XML as a tree, one row a node, exactly as it was written: entities are never expanded. */
export class XmlView implements FoldingView {
  private readonly blob: Blob;
  private readonly finder: Finder;
  private readonly indexed = new ReadMark();
  private bytes: Uint8Array = new Uint8Array();
  private scanner = new XmlScanner(this.bytes);
  private visible = new JsonRows(this.scanner.nodes, false, Infinity);
  private loaded = 0;
  private done = false;
  private arranged = 0;
  private counted = { parent: -1, at: 0, position: 0 };
  private onState: (state: ViewState) => void = () => {};

  /**
   * @param blob UTF-8
   * @param searchPattern runs regular expressions
   */
  constructor(blob: Blob, searchPattern: PatternSearch) {
    this.blob = blob;
    this.finder = new Finder(blob, searchPattern);
  }

  async load(onState: (state: ViewState) => void): Promise<void> {
    this.onState = onState;
    this.bytes = new Uint8Array(Math.min(this.blob.size, MAX_XML_BYTES));
    this.scanner = new XmlScanner(this.bytes);
    this.visible = new JsonRows(this.scanner.nodes, false, Infinity);
    const breathe = breather();
    let isSmall = true;
    const kept = this.blob.size > MAX_XML_BYTES ? this.blob.slice(0, MAX_XML_BYTES) : this.blob;
    for await (const piece of blobPieces(kept)) {
      this.bytes.set(piece, this.loaded);
      this.loaded += piece.length;
      this.scanner.advance(this.loaded, false);
      if (isSmall && this.scanner.nodes.count > SMALL_TREE) {
        isSmall = false;
        this.visible.foldFrom(OPEN_LEVELS);
      }
      this.visible.extend(false);
      this.indexed.reach(this.scanner.settled);
      this.tell();
      await breathe();
    }
    this.scanner.advance(this.loaded, true);
    if (isSmall && this.scanner.nodes.count > SMALL_TREE) this.visible.foldFrom(OPEN_LEVELS);
    this.done = true;
    this.visible.extend(true);
    this.indexed.end();
    this.arrange();
  }

  async rows(from: number, to: number): Promise<XmlRow[]> {
    return Array.from(this.visible.slice(from, to), (code) => this.row(code));
  }

  toggle(node: number): void {
    this.visible.toggle(node);
    this.arrange();
  }

  foldAll(folded: boolean): void {
    this.visible.foldFrom(folded ? 1 : Infinity);
    this.arrange();
  }

  /** A location path (XPath) with names as they are written; a number where several are called the same. */
  pathOf(node: number): string {
    const steps: string[] = [];
    for (let at = node; at >= 0; at = (this.scanner.nodes.parent[at] ?? 0) - 1) steps.push(this.stepTo(at));
    return `/${steps.reverse().join('/')}`;
  }

  /** A node as it was written; of an element that holds nothing but text, the text. */
  textOf(node: number): string {
    const { nodes } = this.scanner;
    const start = nodes.start[node] ?? 0;
    const end = nodes.end[node] || this.loaded;
    const headEnd = this.scanner.headEnd(node);
    const isPlain = this.isElement(node) && nodes.size[node] === 0 && nodes.isClosed(node) && headEnd < end;
    const text = decoder.decode(this.bytes.subarray(isPlain ? headEnd : start, end));
    return isPlain ? text.slice(0, text.lastIndexOf('</')) : text;
  }

  /** The namespace in which an element's name stands; '' for none. */
  namespaceOf(node: number): string {
    if (!this.isElement(node)) return '';
    const prefix = /^([^:]+):/.exec(this.scanner.nameOf(node))?.[1];
    if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
    const declaration = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
    for (let at = node; at >= 0; at = (this.scanner.nodes.parent[at] ?? 0) - 1) {
      const start = this.scanner.nodes.start[at] ?? 0;
      const tag = this.bytes.subarray(start, Math.min(this.scanner.headEnd(at), start + MAX_TAG_BYTES));
      const found = attributesIn(decoder.decode(tag)).find(({ name }) => name === declaration);
      if (found !== undefined) return found.value;
    }
    return '';
  }

  async find(query: Query, onProgress: (found: Found) => void): Promise<Found | null> {
    return await this.finder.search(query, onProgress, {
      accepts: (start, end) => this.isShown(start, end),
      until: (offset) => this.indexed.until(offset),
    });
  }

  async goTo(match: number): Promise<number | null> {
    const offset = this.finder.offsetOf(match);
    if (offset === null) return null;
    this.finder.current = match;
    const node = this.scanner.nodes.at(offset);
    if (this.visible.reveal(node)) this.arrange();
    const row = this.visible.rowOf(node);
    return row < 0 ? null : row;
  }

  private arrange(): void {
    this.arranged++;
    this.visible.extend(this.done);
    this.tell();
  }

  private tell(): void {
    const problem = this.done ? this.scanner.error : null;
    this.onState({
      rows: this.visible.length,
      columns: 0,
      loaded: this.loaded,
      arranged: this.arranged,
      done: this.done,
      problem: problem && { ...placeOf(this.bytes, problem), isXml: true },
      limited: this.done && (this.blob.size > MAX_XML_BYTES || this.scanner.full),
    });
  }

  private row(code: RowCode): XmlRow {
    const { nodes } = this.scanner;
    const node = nodeOf(code);
    const start = nodes.start[node] ?? 0;
    const end = this.shownEnd(node);
    const shownEnd = Math.min(end, start + MAX_ROW_BYTES);
    const depth = nodes.depth(node);
    const kind = this.kindOf(node);
    const text = decoder.decode(this.bytes.subarray(start, shownEnd));
    const size = nodes.size[node] ?? 0;
    return {
      type: 'xml',
      node,
      part: size === 0 ? 'value' : this.visible.isFolded(node, depth) ? 'folded' : 'open',
      depth,
      position: this.positionOf(node, (nodes.parent[node] ?? 0) - 1),
      text,
      tokens: xmlTokens(kind, text),
      marks: this.finder.marks(this.bytes, 0, start, shownEnd),
      clipped: end - shownEnd,
      size,
    };
  }

  /** Behind what a row shows of a node: the whole of it, unless others stand in it. */
  private shownEnd(node: number): number {
    const { nodes } = this.scanner;
    const isWhole = nodes.size[node] === 0 && nodes.isClosed(node);
    return isWhole ? (nodes.end[node] ?? 0) : Math.min(this.loaded, this.scanner.headEnd(node));
  }

  private kindOf(node: number): XmlKind {
    const kind = this.scanner.nodes.kind[node];
    return Object.values(XmlKind).find((known) => known === kind) ?? XmlKind.text;
  }

  private isElement(node: number): boolean {
    return this.scanner.nodes.kind[node] === XmlKind.element;
  }

  /** Matches count where rows show them. */
  private isShown(start: number, end: number): boolean {
    const node = this.scanner.nodes.at(start);
    return node >= 0 && end <= this.shownEnd(node);
  }

  /** Which node of its element it is. Among many the walk begins at the row counted last. */
  private positionOf(node: number, parent: number): number {
    const { nodes } = this.scanner;
    const goesOn = this.counted.parent === parent && this.counted.at <= node;
    let { at, position } = goesOn ? this.counted : { at: parent + 1, position: 0 };
    for (; at < node; at = nodes.next[at] ?? node) position++;
    this.counted = { parent, at, position };
    return position;
  }

  private stepTo(node: number): string {
    const { nodes } = this.scanner;
    const kind = this.kindOf(node);
    const isElement = kind === XmlKind.element;
    const parent = (nodes.parent[node] ?? 0) - 1;
    const until = parent < 0 ? nodes.count : nodes.behind(parent);
    let before = 0;
    let others = 0;
    for (let at = parent + 1; at < until; at = nodes.behind(at)) {
      if (at === node || !this.isAlike(at, node)) continue;
      others++;
      if (at < node) before++;
    }
    const name = isElement ? this.scanner.nameOf(node) : STEPS[kind];
    return others === 0 ? name : `${name}[${before + 1}]`;
  }

  private isAlike(one: number, other: number): boolean {
    const kind = this.kindOf(one);
    if (!this.isElement(one) || !this.isElement(other)) return STEPS[kind] === STEPS[this.kindOf(other)];
    return this.scanner.sameName(one, other);
  }
}

const STEPS: Readonly<Record<XmlKind, string>> = {
  [XmlKind.element]: '*',
  [XmlKind.text]: 'text()',
  [XmlKind.cdata]: 'text()',
  [XmlKind.comment]: 'comment()',
  [XmlKind.instruction]: 'processing-instruction()',
  [XmlKind.doctype]: 'DOCTYPE',
};
