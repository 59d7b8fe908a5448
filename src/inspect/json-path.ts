import { IRegexp, PatternTooLarge } from './i-regexp.ts';
import {
  JsonPathError,
  type InnerQuery,
  type JsonPath,
  type LogicalCall,
  type LogicalExpression,
  type Operand,
  type Segment,
  type Selector,
} from './json-path-ast.ts';
import { holds, NOTHING, valueAt, type PathValue } from './json-path-value.ts';
import { childrenOf, hasName, isArray, isObject, type JsonTree } from './json-tree.ts';

export interface JsonPathLimits {
  /** Values that may be found. */
  readonly found?: number;
  /** Values that may be looked at, one of a filter counting like any other; about ten million take a second. */
  readonly work?: number;
}

const MAX_FOUND = 1_000_000;
const MAX_WORK = 50_000_000;
/** Patterns that a filter takes from the data itself are remembered up to this many. */
const PATTERNS_KEPT = 100;

const encoder = new TextEncoder();

/**
 * The values that a path finds, as indexes into the tree's nodes, in the order of RFC 9535; one that is found twice is there
 * twice. Numbers are compared by their exact values. Of a repeated name the last member is the one that the name selects.
 * @param root where `$` stands: another one than 0 where several values follow each other
 * @throws JsonPathError with the code `limit`
 */
export function selectNodes(tree: JsonTree, path: JsonPath, limits: JsonPathLimits = {}, root = 0): number[] {
  if (tree.nodes.count === 0) return [];
  return new Evaluation(tree, root, limits).select(root, path.segments);
}

class Evaluation {
  private readonly tree: JsonTree;
  private readonly root: number;
  private readonly maxFound: number;
  private work: number;
  private readonly patterns = new Map<string, IRegexp | null>();
  private readonly names = new Map<string, Uint8Array>();
  private readonly constants = new Map<InnerQuery, number[]>();

  constructor(tree: JsonTree, root: number, limits: JsonPathLimits) {
    this.tree = tree;
    this.root = root;
    this.maxFound = limits.found ?? MAX_FOUND;
    this.work = limits.work ?? MAX_WORK;
  }

  select(from: number, segments: readonly Segment[]): number[] {
    let found = [from];
    for (const segment of segments) {
      const next: number[] = [];
      for (const node of found) {
        if (segment.kind === 'child') this.apply(segment.selectors, node, next);
        else this.applyToAll(segment.selectors, node, next);
      }
      found = next;
    }
    return found;
  }

  private readonly spend = (work: number): void => {
    this.work -= work;
    if (this.work < 0) throw new JsonPathError('limit', 'this JSONPath looks at too much in this JSON');
  };

  private keep(into: number[], node: number): void {
    if (into.length >= this.maxFound) {
      throw new JsonPathError('limit', `this JSONPath finds more than ${this.maxFound} values`);
    }
    into.push(node);
  }

  /** Nodes stand in the order in which they begin: all that is inside one follows it without a gap. */
  private applyToAll(selectors: readonly Selector[], node: number, into: number[]): void {
    const { nodes } = this.tree;
    const end = nodes.next[node] ?? 0;
    for (let inner = node; inner < end; inner++) {
      this.spend(1);
      if (nodes.isContainer(inner)) this.apply(selectors, inner, into);
    }
  }

  private apply(selectors: readonly Selector[], node: number, into: number[]): void {
    if (!this.tree.nodes.isContainer(node)) return;
    for (const selector of selectors) {
      switch (selector.kind) {
        case 'name': {
          const member = this.member(node, selector.name);
          if (member !== null) this.keep(into, member);
          break;
        }
        case 'wildcard':
          for (const child of this.children(node)) this.keep(into, child);
          break;
        case 'index': {
          const element = this.element(node, selector.index);
          if (element !== null) this.keep(into, element);
          break;
        }
        case 'slice':
          this.slice(node, selector, into);
          break;
        case 'filter':
          for (const child of this.children(node)) if (this.isTrue(selector.test, child)) this.keep(into, child);
          break;
      }
    }
  }

  private *children(node: number): Generator<number, void> {
    for (const child of childrenOf(this.tree, node)) {
      this.spend(1);
      yield child;
    }
  }

  private member(node: number, name: string): number | null {
    if (!isObject(this.tree, node)) return null;
    const written = this.names.get(name) ?? encoder.encode(name);
    this.names.set(name, written);
    let found: number | null = null;
    for (const child of this.children(node)) if (hasName(this.tree, child, written)) found = child;
    return found;
  }

  private element(node: number, index: number): number | null {
    if (!isArray(this.tree, node)) return null;
    const size = this.tree.nodes.size[node] ?? 0;
    const wanted = index < 0 ? size + index : index;
    if (wanted < 0 || wanted >= size) return null;
    let position = 0;
    for (const child of this.children(node)) if (position++ === wanted) return child;
    return null;
  }

  /** RFC 9535 section 2.3.4.2.2. */
  private slice(node: number, selector: Selector & { kind: 'slice' }, into: number[]): void {
    const { step } = selector;
    if (!isArray(this.tree, node) || step === 0) return;
    const all = [...this.children(node)];
    const size = all.length;
    const normal = (at: number): number => (at >= 0 ? at : size + at);
    const start = normal(selector.start ?? (step > 0 ? 0 : size - 1));
    const end = selector.end === null ? (step > 0 ? size : -1) : normal(selector.end);
    if (step > 0) {
      const upper = Math.min(Math.max(end, 0), size);
      for (let at = Math.min(Math.max(start, 0), size); at < upper; at += step) this.keep(into, all[at] ?? 0);
    } else {
      const lower = Math.min(Math.max(end, -1), size - 1);
      for (let at = Math.min(Math.max(start, -1), size - 1); at > lower; at += step) this.keep(into, all[at] ?? 0);
    }
  }

  private isTrue(test: LogicalExpression, node: number): boolean {
    this.spend(1);
    switch (test.kind) {
      case 'or':
        return test.terms.some((term) => this.isTrue(term, node));
      case 'and':
        return test.terms.every((term) => this.isTrue(term, node));
      case 'not':
        return !this.isTrue(test.term, node);
      case 'exists':
        return this.query(test.query, node).length > 0;
      case 'compare': {
        const { tree, spend } = this;
        const left = this.operand(test.left, node);
        return holds({ tree, spend }, left, test.operator, this.operand(test.right, node));
      }
      case 'match':
      case 'search':
        return this.matches(test, node);
    }
  }

  /** A query that begins at the root finds the same every time. */
  private query(query: InnerQuery, node: number): number[] {
    if (query.from === '@') return this.select(node, query.segments);
    const known = this.constants.get(query) ?? this.select(this.root, query.segments);
    this.constants.set(query, known);
    return known;
  }

  private operand(operand: Operand, node: number): PathValue {
    switch (operand.kind) {
      case 'scalar':
        return operand;
      case 'singular':
        return this.onlyValue(operand.query, node);
      case 'value':
        return this.onlyValue(operand.of, node);
      case 'count':
        return { type: 'number', text: String(this.query(operand.of, node).length) };
      case 'length':
        return this.length(this.operand(operand.of, node));
    }
  }

  private onlyValue(query: InnerQuery, node: number): PathValue {
    const found = this.query(query, node);
    return found.length === 1 && found[0] !== undefined ? valueAt(this.tree, found[0]) : NOTHING;
  }

  private length(value: PathValue): PathValue {
    if (value.type === 'container') return { type: 'number', text: String(this.tree.nodes.size[value.node] ?? 0) };
    if (value.type !== 'string') return NOTHING;
    this.spend(value.text.length);
    // oxlint-disable-next-line typescript/no-misused-spread -- code points are what RFC 9535 section 2.4.4 counts
    return { type: 'number', text: String([...value.text].length) };
  }

  private matches({ kind, subject, pattern }: LogicalCall, node: number): boolean {
    const text = this.operand(subject, node);
    const source = this.operand(pattern, node);
    if (text.type !== 'string' || source.type !== 'string') return false;
    const regexp = this.regexp(source.text);
    // RFC 9535 section 2.4.6: what is no I-Regexp matches nothing.
    return regexp?.test(text.text, kind === 'match', this.spend) ?? false;
  }

  private regexp(source: string): IRegexp | null {
    const known = this.patterns.get(source);
    if (known !== undefined) return known;
    this.spend(source.length);
    if (this.patterns.size >= PATTERNS_KEPT) this.patterns.clear();
    try {
      const made = IRegexp.from(source);
      this.patterns.set(source, made);
      return made;
    } catch (error) {
      if (error instanceof PatternTooLarge) throw new JsonPathError('limit', 'a regular expression that is too large');
      throw error;
    }
  }
}
