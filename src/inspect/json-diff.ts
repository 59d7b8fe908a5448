import { decimalOf } from './exact-number.ts';
import { diffLines } from './line-diff.ts';
import { JsonKind, type JsonNodes } from './json-nodes.ts';
import { JsonScanner } from './json-scanner.ts';

/** One place where two JSON texts mean something else. */
export interface JsonChange {
  /** `a.b[3]["odd key"]`; '' for the whole. */
  readonly path: string;
  readonly kind: 'changed' | 'added' | 'removed';
  /** As written; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface JsonDiff {
  readonly changes: readonly JsonChange[];
  /** More differ than are listed. */
  readonly cut: boolean;
}

const MAX_CHANGES = 500;
/** Values at most that a comparison looks at. */
const MAX_NODES = 500_000;
/** Deeper than this, values are compared as they are written: recursion has an end. */
const MAX_DEPTH = 500;

/**
 * What differs in the meaning of two JSON texts (UTF-8): the order of members and white space do not count, numbers count by
 * their exact value, however many digits they have (`1.0` is `1`, `1e2` is `100`). Of a repeated name the last one counts.
 * @returns null when one of them is not JSON, or too long
 */
export function diffJson(before: Uint8Array, after: Uint8Array): JsonDiff | null {
  const old = readTree(before);
  const fresh = readTree(after);
  if (old === null || fresh === null) return null;
  const changes: JsonChange[] = [];
  compare({ a: old, b: fresh, report: collect }, 0, 0, { path: '', depth: 0 });
  function collect(change: JsonChange): boolean {
    if (changes.length <= MAX_CHANGES) changes.push(change);
    return changes.length <= MAX_CHANGES;
  }
  return { changes: changes.slice(0, MAX_CHANGES), cut: changes.length > MAX_CHANGES };
}

interface Tree {
  readonly bytes: Uint8Array;
  readonly nodes: JsonNodes;
}

function readTree(bytes: Uint8Array): Tree | null {
  const scanner = new JsonScanner({ maxNodes: MAX_NODES });
  scanner.push(bytes);
  scanner.finish();
  return scanner.error !== null || scanner.full ? null : { bytes, nodes: scanner.nodes };
}

interface Pair {
  readonly a: Tree;
  readonly b: Tree;
  /** Returns whether to go on. */
  readonly report: (change: JsonChange) => boolean;
}

interface Place {
  readonly path: string;
  readonly depth: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function textOf({ bytes, nodes }: Tree, node: number): string {
  return decoder.decode(bytes.subarray(nodes.start[node], nodes.end[node]));
}

function compare(pair: Pair, left: number, right: number, place: Place): boolean {
  const kind = pair.a.nodes.kind[left];
  if (kind === pair.b.nodes.kind[right] && place.depth < MAX_DEPTH) {
    if (kind === JsonKind.object) return compareMembers(pair, left, right, place);
    if (kind === JsonKind.array) return compareElements(pair, left, right, place);
  }
  const before = textOf(pair.a, left);
  const after = textOf(pair.b, right);
  return sameScalar(before, after, kind) || pair.report({ path: place.path, kind: 'changed', before, after });
}

function compareMembers(pair: Pair, left: number, right: number, { path, depth }: Place): boolean {
  const before = members(pair.a, left);
  const after = members(pair.b, right);
  for (const [name, node] of before) {
    const other = after.get(name);
    const place = path + memberPath(name, path === '');
    const goesOn =
      other === undefined
        ? pair.report({ path: place, kind: 'removed', before: textOf(pair.a, node), after: null })
        : compare(pair, node, other, { path: place, depth: depth + 1 });
    if (!goesOn) return false;
  }
  for (const [name, node] of after) {
    if (before.has(name)) continue;
    const place = path + memberPath(name, path === '');
    if (!pair.report({ path: place, kind: 'added', before: null, after: textOf(pair.b, node) })) return false;
  }
  return true;
}

/** Elements that are alike are found where they moved to; what was put between them is added, and so on. */
function compareElements(pair: Pair, left: number, right: number, { path, depth }: Place): boolean {
  const { a, b, report } = pair;
  const before = children(a, left);
  const after = children(b, right);
  if (before.length === after.length) {
    return before.every((node, at) =>
      compare(pair, node, after[at] ?? 0, { path: `${path}[${at}]`, depth: depth + 1 }),
    );
  }
  const steps = diffLines(
    before.map((node) => canonical(a, node)),
    after.map((node) => canonical(b, node)),
  );
  return steps.every((step) => {
    if (step.kind === 'removed' && step.old !== null) {
      const text = textOf(a, before[step.old] ?? 0);
      return report({ path: `${path}[${step.old}]`, kind: 'removed', before: text, after: null });
    }
    if (step.kind === 'added' && step.new !== null) {
      const text = textOf(b, after[step.new] ?? 0);
      return report({ path: `${path}[${step.new}]`, kind: 'added', before: null, after: text });
    }
    return true;
  });
}

function children({ nodes }: Tree, container: number): number[] {
  const found: number[] = [];
  const end = nodes.next[container] ?? 0;
  for (let node = container + 1; node < end; node = nodes.next[node] ?? end) found.push(node);
  return found;
}

function members(tree: Tree, object: number): Map<string, number> {
  return new Map(children(tree, object).map((node) => [keyOf(tree, node), node]));
}

function keyOf({ bytes, nodes }: Tree, node: number): string {
  const start = (nodes.key[node] ?? 1) - 1;
  let end = start + 1;
  while (bytes[end] !== 0x22) end += bytes[end] === 0x5c ? 2 : 1;
  return String(JSON.parse(decoder.decode(bytes.subarray(start, end + 1))));
}

function memberPath(name: string, isFirst: boolean): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `[${JSON.stringify(name)}]`;
  return isFirst ? name : `.${name}`;
}

function sameScalar(before: string, after: string, kind: number | undefined): boolean {
  if (before === after) return true;
  if (kind === JsonKind.number) return exactNumber(before) === exactNumber(after);
  return kind === JsonKind.string && JSON.parse(before) === JSON.parse(after);
}

/** A number's digits without leading and trailing zeros, and its power of ten: the same for the same value. */
export function exactNumber(written: string): string {
  const decimal = decimalOf(written);
  if (decimal === null) return written;
  const { minus, digits, power } = decimal;
  return digits === '' ? '0' : `${minus ? '-' : ''}${digits}e${power}`;
}

/** The same text for the same meaning. */
function canonical(tree: Tree, node: number, depth = 0): string {
  const kind = tree.nodes.kind[node] ?? JsonKind.cut;
  if (depth > MAX_DEPTH) return textOf(tree, node);
  switch (kind) {
    case JsonKind.object: {
      const sorted = [...members(tree, node)].sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${sorted.map(([name, child]) => `${JSON.stringify(name)}:${canonical(tree, child, depth + 1)}`).join(',')}}`;
    }
    case JsonKind.array:
      return `[${children(tree, node)
        .map((child) => canonical(tree, child, depth + 1))
        .join(',')}]`;
    case JsonKind.number:
      return exactNumber(textOf(tree, node));
    case JsonKind.string:
      return JSON.stringify(JSON.parse(textOf(tree, node)));
    case JsonKind.literal:
    case JsonKind.cut:
    default:
      return textOf(tree, node);
  }
}
