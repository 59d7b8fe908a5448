import { JsonKind, type JsonNodes } from './json-nodes.ts';
import { JsonScanner, type JsonProblem } from './json-scanner.ts';

/** A JSON text and where its values stand in it. A value is named by its index among `nodes`; 0 is the root. */
export interface JsonTree {
  /** UTF-8. */
  readonly bytes: Uint8Array;
  readonly nodes: JsonNodes;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads one JSON text. `full`: it holds more values than the scanner keeps. */
export function readJsonTree(bytes: Uint8Array): { tree: JsonTree; problem: JsonProblem | null; full: boolean } {
  const scanner = new JsonScanner();
  scanner.push(bytes);
  if (scanner.wantsMore) scanner.finish();
  return { tree: { bytes, nodes: scanner.nodes }, problem: scanner.error, full: scanner.full };
}

/** A value as it was written. */
export function textOf({ bytes, nodes }: JsonTree, node: number): string {
  return decoder.decode(bytes.subarray(nodes.start[node], nodes.end[node]));
}

/** What a string stands for. */
export function stringOf(tree: JsonTree, node: number): string {
  return unquoted(textOf(tree, node));
}

function unquoted(written: string): string {
  return written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1);
}

/** A member's name; null for what is no member. */
export function keyOf({ bytes, nodes }: JsonTree, node: number): string | null {
  const start = (nodes.key[node] ?? 0) - 1;
  if (start < 0) return null;
  let end = start + 1;
  while (end < bytes.length && bytes[end] !== QUOTE) end += bytes[end] === BACKSLASH ? 2 : 1;
  return unquoted(decoder.decode(bytes.subarray(start, end + 1)));
}

/** Whether a member has that name (UTF-8), without making a string of every name that is looked at. */
export function hasName(tree: JsonTree, node: number, name: Uint8Array): boolean {
  const { bytes, nodes } = tree;
  const start = nodes.key[node] ?? 0;
  if (start === 0) return false;
  for (let at = 0; at < name.length; at++) {
    const byte = bytes[start + at];
    if (byte === BACKSLASH) return keyOf(tree, node) === decoder.decode(name);
    if (byte !== name[at]) return false;
  }
  return bytes[start + name.length] === QUOTE;
}

/** The values that stand directly in a container, in order; none for any other value. */
export function* childrenOf({ nodes }: JsonTree, node: number): Generator<number, void> {
  if (!nodes.isContainer(node)) return;
  const end = nodes.behind(node);
  for (let child = node + 1; child < end; child = nodes.behind(child)) yield child;
}

export function isObject({ nodes }: JsonTree, node: number): boolean {
  return nodes.kind[node] === JsonKind.object;
}

export function isArray({ nodes }: JsonTree, node: number): boolean {
  return nodes.kind[node] === JsonKind.array;
}

/** The one path that leads to a value and to no other: a Normalized Path (RFC 9535 section 2.7). */
export function normalizedPath(tree: JsonTree, node: number): string {
  const steps: string[] = [];
  for (let at = node; ;) {
    const parent = (tree.nodes.parent[at] ?? 0) - 1;
    if (parent < 0) return `$${steps.reverse().join('')}`;
    const key = keyOf(tree, at);
    steps.push(key === null ? `[${positionIn(tree, parent, at)}]` : `['${key.replaceAll(ESCAPED, escape)}']`);
    at = parent;
  }
}

function positionIn(tree: JsonTree, parent: number, node: number): number {
  let position = 0;
  for (const child of childrenOf(tree, parent)) {
    if (child === node) break;
    position++;
  }
  return position;
}

// oxlint-disable-next-line no-control-regex -- RFC 9535 section 2.7 names exactly these
const ESCAPED = /['\\\u0000-\u001F]/g;
const SHORT: Readonly<Record<string, string>> = {
  "'": "\\'",
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escape(sign: string): string {
  return SHORT[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
