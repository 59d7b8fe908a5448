import { ROOT, type CollectionNode } from '../../model/collection.ts';
import type { TreeItem } from '../widgets/tree.tsx';
import { searchTextOf, type CollectionTree } from './collection-tree.ts';

/** One line of the tree as it is drawn. */
export interface TreeRow extends TreeItem {
  readonly node: CollectionNode;
}

export const treeSorts = ['own', 'name', 'used'] as const;
export type TreeSort = (typeof treeSorts)[number];

/** How many requests the list of those used last holds. */
const USED_SHOWN = 50;

/** How the lines are chosen and sorted. */
export interface RowOptions {
  /** All of them must be there, in lower case. */
  readonly words: readonly string[];
  readonly sort: TreeSort;
  readonly expanded: ReadonlySet<string>;
}

/** The lines that are shown, from top to bottom. While a filter is set, the folders that hold something stand open. */
export function treeRows(tree: CollectionTree, { words, sort, expanded }: RowOptions): readonly TreeRow[] {
  if (sort === 'used') return usedLast(tree, words);
  const isFiltered = words.length > 0;
  const rows: DrawnRow[] = [];
  /** @param all the folder itself has all the words, so everything in it is shown */
  const draw = (parent: string, level: number, all: boolean): boolean => {
    const children = tree.children(parent);
    const mine: DrawnRow[] = [];
    for (const node of sort === 'name' ? children.toSorted(byName) : children) {
      const isHit = all || !isFiltered || holds(node, words);
      const isFolder = node.kind === 'folder';
      if (!isHit && !isFolder) continue;
      const isOpen = isFolder ? isFiltered || expanded.has(node.id) : null;
      const row = { id: node.id, node, level, position: mine.length + 1, siblings: 0, expanded: isOpen };
      const at = rows.push(row) - 1;
      const isHolder = isOpen === true && draw(node.id, level + 1, isFiltered && isHit);
      if (isHit || isHolder) mine.push(row);
      else rows.length = at;
    }
    for (const row of mine) row.siblings = mine.length;
    return mine.length > 0;
  };
  draw(ROOT, 1, false);
  return rows;
}

/** The ids of the selected requests and of those in selected folders, in the order of the lines; not what a filter hides. */
export function requestsIn(tree: CollectionTree, options: RowOptions, selected: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const expanded = new Set([...tree.all()].map(({ id }) => id));
  /** The level of the selected folder that the lines stand in. */
  let inside: number | null = null;
  for (const { id, level, node } of treeRows(tree, { ...options, expanded })) {
    if (inside !== null && level <= inside) inside = null;
    if (node.kind === 'request') {
      if (inside !== null || selected.has(id)) found.push(id);
    } else if (inside === null && selected.has(id)) inside = level;
  }
  return found;
}

/** How many siblings are shown is known only after the last of them. */
type DrawnRow = { -readonly [Member in keyof TreeRow]: TreeRow[Member] };

function usedLast(tree: CollectionTree, words: readonly string[]): TreeRow[] {
  const used = [...tree.all()]
    .filter((node) => node.kind === 'request' && node.usedAt > 0 && holds(node, words))
    .sort((a, b) => b.usedAt - a.usedAt)
    .slice(0, USED_SHOWN);
  const siblings = used.length;
  return used.map((node, at) => ({ id: node.id, node, level: 1, position: at + 1, siblings, expanded: null }));
}

function holds(node: CollectionNode, words: readonly string[]): boolean {
  const text = searchTextOf(node);
  for (const word of words) if (!text.includes(word)) return false;
  return true;
}

/** Folders first. Comparing by the language's rules costs too much for many thousands to be made anew each time. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function byName(a: CollectionNode, b: CollectionNode): number {
  if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
  return collator.compare(a.name, b.name);
}
