import type { JsonNodes } from './json-nodes.ts';

/** A row is a value's index times two, plus one for the row of its closing bracket. */
export type RowCode = number;

export const nodeOf = (row: RowCode): number => row >>> 1;
export const isClosing = (row: RowCode): boolean => (row & 1) === 1;

const FIRST_CAPACITY = 1024;
/** Values that were filtered may stand in each other, so that there are more rows than values: no more are made than these. */
const MAX_FILTERED_ROWS = 4_000_000;

/**
 * The rows that show, in order: those inside a folded container do not. They grow as values are added, so that the first
 * ones can be shown while the rest is still being read.
 */
export class JsonRows {
  /** How many rows there are. */
  length = 0;
  private readonly nodes: JsonNodes;
  private readonly closings: boolean;
  private codes = new Uint32Array(FIRST_CAPACITY);
  /** Containers at this depth and below are folded, unless they were turned around one by one. */
  private foldDepth: number;
  private readonly turned = new Set<number>();
  /** Only these values are shown, each with what is inside; null for all. */
  private roots: readonly number[] | null = null;
  /** Those of them that stand in no other, in the order of the text. */
  private outermost: readonly number[] = [];
  /** The row in which each of them begins. */
  private rootRows: number[] = [];
  /** The value that comes next. */
  private at = 0;
  /** Containers that the next value may stand in. */
  private open: number[] = [];
  /** A folded container whose row is there, but whose end is not. */
  private folding = -1;

  /**
   * @param closings whether closing brackets have rows of their own
   * @param foldDepth from which depth on containers begin folded
   */
  constructor(nodes: JsonNodes, closings: boolean, foldDepth: number) {
    this.nodes = nodes;
    this.closings = closings;
    this.foldDepth = foldDepth;
  }

  /** Adds rows for the values that came. @param ended no more will come, so that what is open stays open */
  extend(ended: boolean): void {
    if (this.roots === null) {
      this.visit(this.nodes.count, ended);
      return;
    }
    for (const root of this.roots.slice(this.rootRows.length)) {
      if (this.length > MAX_FILTERED_ROWS) return;
      this.rootRows.push(this.length);
      this.open = [];
      this.at = root;
      this.visit(this.nodes.behind(root), true);
    }
  }

  /** Shows only some values, in this order, each as if it stood alone; null shows everything again. */
  filter(roots: readonly number[] | null): void {
    this.roots = roots;
    const outermost: number[] = [];
    for (const root of (roots ?? []).toSorted((one, two) => one - two))
      if (outermost.length === 0 || root >= this.nodes.behind(outermost.at(-1) ?? 0)) outermost.push(root);
    this.outermost = outermost;
    this.reset();
  }

  /** Whether a value stands in one of those that are shown. */
  keeps(node: number): boolean {
    return this.roots === null || this.outermostOf(node) !== null;
  }

  /** How many of the values that are to be shown are shown. */
  get shownRoots(): number {
    return this.rootRows.length;
  }

  /** The value with which the part begins in which a row stands; null when nothing is filtered. */
  rootOf(row: number): number | null {
    return this.roots === null ? null : (this.roots[lastUpTo(this.rootRows, row)] ?? null);
  }

  private outermostOf(node: number): number | null {
    const root = this.outermost[lastUpTo(this.outermost, node)];
    return root !== undefined && node < this.nodes.behind(root) ? root : null;
  }

  private visit(until: number, ended: boolean): void {
    const { nodes } = this;
    for (;;) {
      this.closeUpTo(this.at, ended);
      if (this.at >= until) return;
      const index = this.at;
      const isContainer = nodes.isContainer(index);
      if (isContainer && this.folds(index, this.open.length)) {
        if (this.folding !== index) this.add(index * 2);
        this.folding = index;
        if (!ended && !nodes.isClosed(index)) return;
        this.at = nodes.next[index] ?? 0;
        continue;
      }
      this.add(index * 2);
      if (isContainer) this.open.push(index);
      this.at++;
    }
  }

  /** @param depth of its row */
  isFolded(node: number, depth: number): boolean {
    return this.nodes.isContainer(node) && this.folds(node, depth);
  }

  /** Opens or closes a container; the rows have to be extended anew. */
  toggle(node: number): void {
    if (!this.turned.delete(node)) this.turned.add(node);
    this.reset();
  }

  /** Folds everything from a depth on, whatever was done before; the rows have to be extended anew. */
  foldFrom(depth: number): void {
    this.foldDepth = depth;
    this.turned.clear();
    this.reset();
  }

  /** Opens what a value stands in; true when something was folded, so that the rows have to be extended anew. */
  reveal(node: number): boolean {
    const { parent } = this.nodes;
    const root = this.outermostOf(node) ?? -1;
    let hidden = false;
    let depth = this.nodes.depth(node) - (root < 0 ? 0 : this.nodes.depth(root));
    for (let up = parent[node] ?? 0; up > 0 && depth > 0; up = parent[up - 1] ?? 0) {
      if (!this.folds(up - 1, --depth)) continue;
      hidden = true;
      if (!this.turned.delete(up - 1)) this.turned.add(up - 1);
    }
    if (hidden) this.reset();
    return hidden;
  }

  slice(from: number, to: number): Uint32Array {
    return this.codes.subarray(Math.min(from, this.length), Math.min(to, this.length));
  }

  /** The row in which a value begins, or -1 when it is not shown. Rows stand in the order of their brackets and values. */
  rowOf(node: number): number {
    // Filtered values stand in any order.
    if (this.roots !== null) return this.codes.subarray(0, this.length).indexOf(node * 2);
    const offset = this.nodes.start[node] ?? 0;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.offsetOf(this.codes[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return this.codes[low] === node * 2 && low < this.length ? low : -1;
  }

  private offsetOf(code: RowCode): number {
    const node = nodeOf(code);
    return isClosing(code) ? (this.nodes.end[node] ?? 0) - 1 : (this.nodes.start[node] ?? 0);
  }

  private folds(node: number, depth: number): boolean {
    return depth >= this.foldDepth !== (this.turned.size > 0 && this.turned.has(node));
  }

  private closeUpTo(index: number, ended: boolean): void {
    const { nodes, open } = this;
    for (let container = open.at(-1); container !== undefined; container = open.at(-1)) {
      const isClosed = nodes.isClosed(container);
      if (!(isClosed || ended) || (nodes.next[container] ?? 0) > index) return;
      open.pop();
      // A container that the data left open has no closing bracket to show.
      if (this.closings && isClosed && (nodes.size[container] ?? 0) > 0) this.add(container * 2 + 1);
    }
  }

  private add(code: RowCode): void {
    if (this.length === this.codes.length) {
      const codes = new Uint32Array(this.codes.length * 2);
      codes.set(this.codes);
      this.codes = codes;
    }
    this.codes[this.length++] = code;
  }

  private reset(): void {
    this.length = 0;
    this.at = 0;
    this.open = [];
    this.folding = -1;
    this.rootRows = [];
  }
}

/** Index of the last number that is not above a bound; -1 when there is none. */
function lastUpTo(sorted: readonly number[], bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= bound) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
