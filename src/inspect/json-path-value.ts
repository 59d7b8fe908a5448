import { compareNumbers } from './exact-number.ts';
import { JsonKind } from './json-nodes.ts';
import type { ComparisonOperator } from './json-path-ast.ts';
import { childrenOf, keyOf, stringOf, textOf, type JsonTree } from './json-tree.ts';

/** What filters compare. Numbers stay as written; arrays and objects stay where they are. */
export type PathValue =
  | { readonly type: 'nothing' }
  | { readonly type: 'number' | 'string' | 'literal'; readonly text: string }
  | { readonly type: 'container'; readonly node: number };

export const NOTHING: PathValue = { type: 'nothing' };

/** The value that stands at a node. */
export function valueAt(tree: JsonTree, node: number): PathValue {
  switch (tree.nodes.kind[node] ?? JsonKind.cut) {
    case JsonKind.object:
    case JsonKind.array:
      return { type: 'container', node };
    case JsonKind.string:
      return { type: 'string', text: stringOf(tree, node) };
    case JsonKind.number:
      return { type: 'number', text: textOf(tree, node) };
    case JsonKind.literal:
      return { type: 'literal', text: textOf(tree, node) };
    case JsonKind.cut:
    default:
      return NOTHING;
  }
}

interface Comparing {
  readonly tree: JsonTree;
  readonly spend: (work: number) => void;
}

/** RFC 9535 section 2.3.5.2.2. */
export function holds(context: Comparing, left: PathValue, operator: ComparisonOperator, right: PathValue): boolean {
  switch (operator) {
    case '==':
      return areEqual(context, left, right);
    case '!=':
      return !areEqual(context, left, right);
    case '<':
      return isLess(left, right);
    case '>':
      return isLess(right, left);
    case '<=':
      return isLess(left, right) || areEqual(context, left, right);
    case '>=':
      return isLess(right, left) || areEqual(context, left, right);
  }
}

function isLess(left: PathValue, right: PathValue): boolean {
  if (left.type === 'number' && right.type === 'number') return compareNumbers(left.text, right.text) < 0;
  return left.type === 'string' && right.type === 'string' && compareStrings(left.text, right.text) < 0;
}

/** By Unicode scalar values: UTF-16 units would put U+FFFD above U+10000. */
function compareStrings(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a === b) continue;
    const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
    return isHigh(a) === isHigh(b) ? a - b : isHigh(a) ? 1 : -1;
  }
  return left.length - right.length;
}

function areEqual(context: Comparing, left: PathValue, right: PathValue): boolean {
  if (left.type === 'nothing' || right.type === 'nothing') return left.type === right.type;
  if (left.type === 'container' || right.type === 'container') {
    if (left.type !== 'container' || right.type !== 'container') return false;
    return areContainersEqual(context, left.node, right.node);
  }
  if (left.type !== right.type) return false;
  if (left.type === 'number') return compareNumbers(left.text, right.text) === 0;
  return left.text === right.text;
}

/** Deep, without recursion. Of a repeated name the last one counts. */
function areContainersEqual({ tree, spend }: Comparing, first: number, second: number): boolean {
  const waiting: [number, number][] = [[first, second]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [left, right] = pair;
    if (left === right) continue;
    const kind = tree.nodes.kind[left];
    if (kind !== tree.nodes.kind[right]) return false;
    spend(1 + (tree.nodes.size[left] ?? 0) + (tree.nodes.size[right] ?? 0));
    if (kind === JsonKind.array) {
      if (tree.nodes.size[left] !== tree.nodes.size[right]) return false;
      const others = childrenOf(tree, right);
      for (const child of childrenOf(tree, left)) waiting.push([child, others.next().value ?? child]);
    } else if (kind === JsonKind.object) {
      const members = membersOf(tree, left);
      const others = membersOf(tree, right);
      if (members.size !== others.size) return false;
      for (const [name, child] of members) {
        const other = others.get(name);
        if (other === undefined) return false;
        waiting.push([child, other]);
      }
    } else if (!areEqual({ tree, spend }, valueAt(tree, left), valueAt(tree, right))) return false;
  }
  return true;
}

function membersOf(tree: JsonTree, object: number): Map<string, number> {
  const members = new Map<string, number>();
  for (const child of childrenOf(tree, object)) members.set(keyOf(tree, child) ?? '', child);
  return members;
}
