import type { JsonNodes } from './json-nodes.ts';

/** A row is a value's index times two, plus one for the row of its closing bracket. */
export type RowCode = number;

export const nodeOf = (row: RowCode): number => row >>> 1;
export const isClosing = (row: RowCode): boolean => (row & 1) === 1;

/**
 * The rows that show, in order: those inside a folded container do not.
 * @param folded 1 for each container that is folded
 * @param closings whether closing brackets have rows of their own
 */
export function visibleRows(nodes: JsonNodes, folded: Uint8Array, closings: boolean): Uint32Array {
  const rows = new Uint32Array(closings ? nodes.count * 2 : nodes.count);
  let length = 0;
  const open: number[] = [];
  const closeUpTo = (index: number): void => {
    while (open.length > 0 && (nodes.next[open.at(-1) ?? 0] ?? 0) <= index) {
      const container = open.pop() ?? 0;
      // A container that the data left open has no closing bracket to show.
      if (closings && (nodes.end[container] ?? 0) > 0) rows[length++] = container * 2 + 1;
    }
  };
  for (let index = 0; index < nodes.count; index++) {
    closeUpTo(index);
    rows[length++] = index * 2;
    const next = nodes.next[index] ?? 0;
    if (next === index + 1) continue;
    if (folded[index] === 1) index = next - 1;
    else open.push(index);
  }
  closeUpTo(nodes.count);
  return rows.slice(0, length);
}

/** Folds every container that lies deeper than `depth`; 0 folds the roots. */
export function foldBelow(nodes: JsonNodes, depth: number): Uint8Array {
  const folded = new Uint8Array(nodes.count);
  const depths = new Uint32Array(nodes.count);
  for (let index = 0; index < nodes.count; index++) {
    const parent = nodes.parent[index] ?? 0;
    const own = parent === 0 ? 0 : (depths[parent - 1] ?? 0) + 1;
    depths[index] = own;
    if (own >= depth && nodes.isContainer(index)) folded[index] = 1;
  }
  return folded;
}
