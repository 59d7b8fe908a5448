import { ROOT, type CollectionNode } from '../../model/collection.ts';
import type { CollectionTree } from './collection-tree.ts';

/** One line of the tree as it is drawn. */
export interface TreeRow {
  readonly node: CollectionNode;
  /** 1 for what stands at the top. */
  readonly level: number;
  /** Among those of its siblings that are shown, from 1. */
  readonly position: number;
  readonly siblings: number;
  /** null for a request. */
  readonly expanded: boolean | null;
}

export const treeSorts = ['own', 'name', 'used'] as const;
export type TreeSort = (typeof treeSorts)[number];

/** How many requests the list of those used last holds. */
const USED_SHOWN = 50;

interface RowOptions {
  /** All of them must be there, in lower case. */
  readonly words: readonly string[];
  readonly sort: TreeSort;
  readonly expanded: ReadonlySet<string>;
}

/** The lines that are shown, from top to bottom. While a filter is set, the folders that hold something stand open. */
export function treeRows(tree: CollectionTree, { words, sort, expanded }: RowOptions): TreeRow[] {
  if (sort === 'used') return usedLast(tree, words);
  const passing = words.length === 0 ? null : passingNodes(tree, words);
  const rows: TreeRow[] = [];
  const draw = (parent: string, level: number): void => {
    const children = tree.children(parent);
    const shown = passing === null ? children : children.filter(({ id }) => passing.has(id));
    const ordered = sort === 'name' ? shown.toSorted(byName) : shown;
    for (const [at, node] of ordered.entries()) {
      const isOpen = node.kind === 'folder' ? passing !== null || expanded.has(node.id) : null;
      rows.push({ node, level, position: at + 1, siblings: ordered.length, expanded: isOpen });
      if (isOpen === true) draw(node.id, level + 1);
    }
  };
  draw(ROOT, 1);
  return rows;
}

function usedLast(tree: CollectionTree, words: readonly string[]): TreeRow[] {
  const used = [...tree.all()]
    .filter((node) => node.kind === 'request' && node.usedAt > 0 && holds(node, words))
    .sort((a, b) => b.usedAt - a.usedAt)
    .slice(0, USED_SHOWN);
  return used.map((node, at) => ({ node, level: 1, position: at + 1, siblings: used.length, expanded: null }));
}

/** What holds all the words, all that is in a folder that does, and the folders above either. */
function passingNodes(tree: CollectionTree, words: readonly string[]): ReadonlySet<string> {
  const passing = new Set<string>();
  const look = (parent: string, all: boolean): boolean => {
    let any = false;
    for (const node of tree.children(parent)) {
      const isHit = all || holds(node, words);
      const isHolder = node.kind === 'folder' && look(node.id, isHit);
      if (!isHit && !isHolder) continue;
      passing.add(node.id);
      any = true;
    }
    return any;
  };
  look(ROOT, false);
  return passing;
}

const texts = new WeakMap<CollectionNode, string>();

function holds(node: CollectionNode, words: readonly string[]): boolean {
  let text = texts.get(node);
  if (text === undefined) {
    text = `${node.method} ${node.name} ${node.url}`.toLowerCase();
    texts.set(node, text);
  }
  return words.every((word) => text.includes(word));
}

/** Folders first. Comparing by the language's rules costs too much for many thousands to be made anew each time. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function byName(a: CollectionNode, b: CollectionNode): number {
  if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
  return collator.compare(a.name, b.name);
}
