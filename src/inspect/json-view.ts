import type { BodyView, Found, JsonRow, Problem, ViewState } from './body-view.ts';
import { Finder } from './finder.ts';
import { JsonKind } from './json-nodes.ts';
import { foldBelow, isClosing, nodeOf, visibleRows, type RowCode } from './json-rows.ts';
import { JsonScanner, type JsonProblem } from './json-scanner.ts';

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

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** JSON as indented text or as a tree, exactly as it was written. */
export class JsonView implements BodyView {
  private readonly blob: Blob;
  private readonly layout: JsonLayout;
  private readonly finder: Finder;
  private readonly scanner: JsonScanner;
  private bytes: Uint8Array = new Uint8Array();
  private folded: Uint8Array = new Uint8Array();
  private visible: Uint32Array = new Uint32Array();
  private counted = { parent: -1, at: 0, position: 0 };
  private onState: (state: ViewState) => void = () => {};

  /** @param blob UTF-8 */
  constructor(blob: Blob, options: JsonViewOptions) {
    this.blob = blob;
    this.layout = options.layout;
    this.finder = new Finder(blob);
    this.scanner = new JsonScanner({ many: options.many });
  }

  async load(onState: (state: ViewState) => void): Promise<void> {
    this.onState = onState;
    this.bytes = new Uint8Array(Math.min(this.blob.size, MAX_JSON_BYTES));
    let loaded = 0;
    for await (const piece of this.blob.slice(0, MAX_JSON_BYTES).stream()) {
      this.bytes.set(piece, loaded);
      loaded += piece.length;
      if (this.scanner.wantsMore) this.scanner.push(piece);
      onState({ rows: 0, columns: 0, loaded, done: false, problem: null, limited: false });
    }
    if (this.scanner.wantsMore && !this.limited) this.scanner.finish();
    const { nodes } = this.scanner;
    const isSmall = this.layout === 'pretty' || nodes.count <= SMALL_TREE;
    this.folded = isSmall ? new Uint8Array(nodes.count) : foldBelow(nodes, OPEN_LEVELS);
    this.arrange();
  }

  async rows(from: number, to: number): Promise<JsonRow[]> {
    return Array.from(this.visible.subarray(from, to), (code) => this.row(code));
  }

  /** Opens or closes a container. */
  toggle(node: number): void {
    this.folded[node] = this.folded[node] === 1 ? 0 : 1;
    this.arrange();
  }

  /** Opens or closes everything; the roots stay open. */
  foldAll(folded: boolean): void {
    const { nodes } = this.scanner;
    this.folded = folded ? foldBelow(nodes, 1) : new Uint8Array(nodes.count);
    this.arrange();
  }

  async find(query: string, onProgress: (found: Found) => void): Promise<Found | null> {
    return await this.finder.search(query, onProgress, (start, end) => this.isShown(start, end));
  }

  async goTo(match: number): Promise<number | null> {
    const offset = this.finder.offsetOf(match);
    if (offset === null) return null;
    this.finder.current = match;
    const { nodes } = this.scanner;
    const node = nodes.at(offset);
    let hidden = false;
    for (let up = nodes.parent[node] ?? 0; up > 0; up = nodes.parent[up - 1] ?? 0) {
      hidden ||= this.folded[up - 1] === 1;
      this.folded[up - 1] = 0;
    }
    if (hidden) this.arrange();
    const row = this.visible.indexOf(node * 2);
    return row < 0 ? null : row;
  }

  private get limited(): boolean {
    return this.blob.size > MAX_JSON_BYTES || this.scanner.full;
  }

  private arrange(): void {
    this.visible = visibleRows(this.scanner.nodes, this.folded, this.layout === 'pretty');
    const { error } = this.scanner;
    this.onState({
      rows: this.visible.length,
      columns: 0,
      loaded: this.bytes.length,
      done: true,
      problem: error ? this.place(error) : null,
      limited: this.limited,
    });
  }

  private row(code: RowCode): JsonRow {
    const { nodes } = this.scanner;
    const node = nodeOf(code);
    const kind = this.kindOf(node);
    const keyStart = (nodes.key[node] ?? 0) - 1;
    const start = nodes.start[node] ?? 0;
    const isContainer = nodes.isContainer(node);
    const end = isContainer ? start + 1 : (nodes.end[node] ?? 0);
    const keyEnd = keyStart < 0 ? -1 : Math.min(stringEnd(this.bytes, keyStart), keyStart + MAX_KEY_BYTES);
    const shownEnd = Math.min(end, start + MAX_VALUE_BYTES);
    const parent = (nodes.parent[node] ?? 0) - 1;
    const hasKey = keyStart >= 0 && !isClosing(code);
    return {
      type: 'json',
      node,
      kind,
      part: this.partOf(code),
      depth: nodes.depth(node),
      key: hasKey ? decoder.decode(this.bytes.subarray(keyStart, keyEnd)) : null,
      position: this.layout === 'tree' ? this.positionOf(node, parent) : 0,
      text: isContainer ? '' : decoder.decode(this.bytes.subarray(start, shownEnd)),
      clipped: end - shownEnd,
      size: nodes.size[node] ?? 0,
      comma: parent >= 0 && (nodes.next[node] ?? 0) < (nodes.next[parent] ?? 0),
      keyMarks: hasKey ? this.finder.marks(this.bytes, 0, keyStart, keyEnd) : [],
      marks: isContainer ? [] : this.finder.marks(this.bytes, 0, start, shownEnd),
    };
  }

  private kindOf(node: number): JsonKind {
    const kind = this.scanner.nodes.kind[node];
    return Object.values(JsonKind).find((known) => known === kind) ?? JsonKind.literal;
  }

  private partOf(code: RowCode): JsonRow['part'] {
    const node = nodeOf(code);
    const { nodes } = this.scanner;
    if (!nodes.isContainer(node)) return 'value';
    if (isClosing(code)) return 'close';
    if (nodes.size[node] === 0) return nodes.end[node] === 0 ? 'open' : 'empty';
    return this.folded[node] === 1 ? 'folded' : 'open';
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

  private place({ message, offset }: JsonProblem): Problem {
    let line = 1;
    let lineStart = 0;
    for (let at = this.bytes.indexOf(0x0a); at >= 0 && at < offset; at = this.bytes.indexOf(0x0a, at + 1)) {
      line++;
      lineStart = at + 1;
    }
    const column = countCharacters(this.bytes.subarray(lineStart, offset)) + 1;
    return { message, line, column, position: countCharacters(this.bytes.subarray(0, offset)) };
  }
}

/** Offset behind a string that begins at `start`. */
function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
  return Math.min(at + 1, bytes.length);
}

function countCharacters(bytes: Uint8Array): number {
  return bytes.reduce((count, byte) => ((byte & 0xc0) === 0x80 ? count : count + 1), 0);
}
