import { blobPieces } from './blob-pieces.ts';
import type { FoldingView, Found, JsonRow, Problem, Query, ViewState } from './body-view.ts';
import { breather } from './breather.ts';
import { Finder, type PatternSearch } from './finder.ts';
import { JsonKind } from './json-nodes.ts';
import { isClosing, JsonRows, nodeOf, type RowCode } from './json-rows.ts';
import type { JsonPath } from './json-path-ast.ts';
import { parseJsonPath } from './json-path-parse.ts';
import { selectNodes } from './json-path.ts';
import { normalizedPath } from './json-tree.ts';
import { JsonScanner } from './json-scanner.ts';
import { ReadMark } from './read-mark.ts';
import { placeOf } from './text-place.ts';

export type JsonLayout = 'pretty' | 'tree';

export interface JsonViewOptions {
  /** `pretty`: the text, indented, brackets included. `tree`: one row a value, with the outer levels open. */
  readonly layout: JsonLayout;
  /** Several values in a row are no error. */
  readonly many: boolean;
}

/** The text stays in memory here, unlike elsewhere: what is longer is left to the text view. */
export const MAX_JSON_BYTES = 256 * 1024 * 1024;

/** Bytes of one value that a row shows. */
const MAX_VALUE_BYTES = 2000;
const MAX_KEY_BYTES = 500;

/** A tree of no more values than this starts all open. */
const SMALL_TREE = 200;
const OPEN_LEVELS = 2;

/** More values than this are too many to look at; a query that finds them is refused. */
const MAX_FOUND = 100_000;

export interface Filtered {
  readonly found: number;
  readonly shown: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** JSON as indented text or as a tree, exactly as it was written. */
export class JsonView implements FoldingView {
  private readonly blob: Blob;
  private readonly layout: JsonLayout;
  private readonly finder: Finder;
  private readonly scanner: JsonScanner;
  private readonly visible: JsonRows;
  private readonly indexed = new ReadMark();
  private bytes: Uint8Array = new Uint8Array();
  private loaded = 0;
  private done = false;
  private problem: Problem | null = null;
  private arranged = 0;
  private filterTurn = 0;
  private counted = { parent: -1, at: 0, position: 0 };
  private onState: (state: ViewState) => void = () => {};

  /**
   * @param blob UTF-8
   * @param searchPattern runs regular expressions
   */
  constructor(blob: Blob, options: JsonViewOptions, searchPattern: PatternSearch) {
    this.blob = blob;
    this.layout = options.layout;
    this.finder = new Finder(blob, searchPattern);
    this.scanner = new JsonScanner({ many: options.many });
    this.visible = new JsonRows(this.scanner.nodes, options.layout === 'pretty', Infinity);
  }

  async load(onState: (state: ViewState) => void): Promise<void> {
    this.onState = onState;
    this.bytes = new Uint8Array(Math.min(this.blob.size, MAX_JSON_BYTES));
    const breathe = breather();
    let isSmall = true;
    const kept = this.blob.size > MAX_JSON_BYTES ? this.blob.slice(0, MAX_JSON_BYTES) : this.blob;
    for await (const piece of blobPieces(kept)) {
      this.bytes.set(piece, this.loaded);
      this.loaded += piece.length;
      if (this.scanner.wantsMore) this.scanner.push(piece);
      if (isSmall && this.layout === 'tree' && this.scanner.nodes.count > SMALL_TREE) {
        isSmall = false;
        this.visible.foldFrom(OPEN_LEVELS);
      }
      this.visible.extend(false);
      this.indexed.reach(this.scanner.settled);
      this.tell();
      await breathe();
    }
    if (this.scanner.wantsMore && !this.limited) this.scanner.finish();
    this.done = true;
    this.problem = this.scanner.error && placeOf(this.bytes, this.scanner.error);
    this.visible.extend(true);
    this.indexed.end();
    this.tell();
  }

  async rows(from: number, to: number): Promise<JsonRow[]> {
    return Array.from(this.visible.slice(from, to), (code, i) => this.row(code, from + i));
  }

  /** Opens or closes a container. */
  toggle(node: number): void {
    this.visible.toggle(node);
    this.arrange();
  }

  /** Opens or closes everything; the roots stay open. */
  foldAll(folded: boolean): void {
    this.visible.foldFrom(folded ? 1 : Infinity);
    this.arrange();
  }

  /**
   * Shows only the values that a JSONPath finds, as soon as everything is read; null shows everything again.
   * @returns how many were found, and how many of them are shown
   * @throws JsonPathError
   */
  async filter(path: string | null): Promise<Filtered> {
    const turn = ++this.filterTurn;
    const query = path === null ? null : parseJsonPath(path);
    if (query !== null) await this.indexed.until(Infinity);
    if (turn !== this.filterTurn) return { found: 0, shown: 0 };
    const found = query === null ? null : this.select(query);
    this.visible.filter(found);
    this.arrange();
    return { found: found?.length ?? 0, shown: this.visible.shownRoots };
  }

  /** Where a value stands, as a Normalized Path of RFC 9535. */
  pathOf(node: number): string {
    return normalizedPath({ bytes: this.bytes, nodes: this.scanner.nodes }, node);
  }

  /** A value as it was written, of a container all that is inside. */
  textOf(node: number): string {
    const { nodes } = this.scanner;
    const end = nodes.end[node] ?? 0;
    return decoder.decode(this.bytes.subarray(nodes.start[node] ?? 0, end === 0 ? this.loaded : end));
  }

  async find(query: Query, onProgress: (found: Found) => void): Promise<Found | null> {
    return await this.finder.search(query, onProgress, {
      accepts: (start, end) => this.isShown(start, end) && this.isKept(start),
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

  private select(query: JsonPath): number[] {
    const { nodes } = this.scanner;
    const found: number[] = [];
    // Several values one after the other are so many roots.
    for (let root = 0; root < nodes.count; root = nodes.behind(root)) {
      const limits = { found: MAX_FOUND - found.length };
      for (const node of selectNodes({ bytes: this.bytes, nodes }, query, limits, root)) found.push(node);
    }
    return found;
  }

  private get limited(): boolean {
    return this.blob.size > MAX_JSON_BYTES || this.scanner.full;
  }

  private arrange(): void {
    this.arranged++;
    this.visible.extend(this.done);
    this.tell();
  }

  private tell(): void {
    this.onState({
      rows: this.visible.length,
      columns: 0,
      loaded: this.loaded,
      arranged: this.arranged,
      done: this.done,
      problem: this.problem,
      limited: this.done && this.limited,
    });
  }

  private row(code: RowCode, index: number): JsonRow {
    const { nodes } = this.scanner;
    const node = nodeOf(code);
    const root = this.visible.rootOf(index);
    const depth = nodes.depth(node) - (root === null ? 0 : nodes.depth(root));
    const kind = this.kindOf(node);
    const keyStart = (nodes.key[node] ?? 0) - 1;
    const start = nodes.start[node] ?? 0;
    const isContainer = nodes.isContainer(node);
    const end = isContainer ? start + 1 : (nodes.end[node] ?? 0);
    const keyEnd = keyStart < 0 ? -1 : Math.min(stringEnd(this.bytes, keyStart), keyStart + MAX_KEY_BYTES);
    const shownEnd = Math.min(end, start + MAX_VALUE_BYTES);
    const parent = (nodes.parent[node] ?? 0) - 1;
    const hasKey = keyStart >= 0 && !isClosing(code) && root !== node;
    return {
      type: 'json',
      node,
      kind,
      part: this.partOf(code, depth),
      depth,
      path: root === node && !isClosing(code) ? this.pathOf(node) : null,
      key: hasKey ? decoder.decode(this.bytes.subarray(keyStart, keyEnd)) : null,
      position: this.layout === 'tree' ? this.positionOf(node, parent) : 0,
      text: isContainer ? '' : decoder.decode(this.bytes.subarray(start, shownEnd)),
      clipped: end - shownEnd,
      size: nodes.size[node] ?? 0,
      comma: root !== node && !this.isComing(node) && this.hasNext(node, parent),
      keyMarks: hasKey ? this.finder.marks(this.bytes, 0, keyStart, keyEnd) : [],
      marks: isContainer ? [] : this.finder.marks(this.bytes, 0, start, shownEnd),
    };
  }

  /** A container that may still grow. */
  private isComing(node: number): boolean {
    const { nodes } = this.scanner;
    return !this.done && nodes.isContainer(node) && !nodes.isClosed(node);
  }

  /** Whether another value follows in the same container, as far as it has come. */
  private hasNext(node: number, parent: number): boolean {
    const { nodes } = this.scanner;
    return parent >= 0 && nodes.behind(node) < nodes.behind(parent);
  }

  private kindOf(node: number): JsonKind {
    const kind = this.scanner.nodes.kind[node];
    return Object.values(JsonKind).find((known) => known === kind) ?? JsonKind.literal;
  }

  private partOf(code: RowCode, depth: number): JsonRow['part'] {
    const node = nodeOf(code);
    const { nodes } = this.scanner;
    if (!nodes.isContainer(node)) return 'value';
    if (isClosing(code)) return 'close';
    if (nodes.size[node] === 0) return nodes.end[node] === 0 ? 'open' : 'empty';
    return this.visible.isFolded(node, depth) ? 'folded' : 'open';
  }

  /** Which value of its container it is. In a long array the walk begins at the row counted last. */
  private positionOf(node: number, parent: number): number {
    const { nodes } = this.scanner;
    const goesOn = this.counted.parent === parent && this.counted.at <= node;
    let { at, position } = goesOn ? this.counted : { at: parent + 1, position: 0 };
    for (; at < node; at = nodes.next[at] ?? node) position++;
    this.counted = { parent, at, position };
    return position;
  }

  /** Matches count where rows show them: in keys and in plain values, not in brackets and white space between. */
  private isShown(start: number, end: number): boolean {
    const { nodes } = this.scanner;
    const node = nodes.at(start);
    if (node < 0) return false;
    const keyStart = (nodes.key[node] ?? 0) - 1;
    if (keyStart >= 0 && end <= stringEnd(this.bytes, keyStart)) return true;
    return !nodes.isContainer(node) && start >= (nodes.start[node] ?? 0) && end <= (nodes.end[node] ?? 0);
  }

  /** Whether a filter leaves the value in which a byte stands. */
  private isKept(offset: number): boolean {
    return this.visible.keeps(this.scanner.nodes.at(offset));
  }
}

/** Offset behind a string that begins at `start`. */
function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
  return Math.min(at + 1, bytes.length);
}
