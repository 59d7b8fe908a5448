import { useEffect, useState } from 'preact/hooks';
import { isNodeRow, type NodeRow } from '../../../inspect/body-view.ts';
import type { OpenView } from './open-view.ts';
import { ROW_HEIGHT, type Goal } from './row-list.tsx';

export interface ActiveRow {
  /** Index of the row on which the keys work. */
  readonly active: number;
  /** The row to bring into sight. */
  readonly goal: Goal | null;
  readonly setActive: (row: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * The row on which keys work, in a view whose containers fold: Up, Down, Home, End and the page keys move, Right opens
 * or goes in, Left closes or goes out, Enter and Space do either (ARIA Authoring Practices, tree view).
 * @param searched where a search has led: that row becomes the active one
 */
export function useActiveRow(view: OpenView, searched: Goal | null): ActiveRow {
  const [active, setActive] = useState(0);
  const [goal, setGoal] = useState<Goal | null>(null);
  useEffect(() => {
    if (searched === null) return;
    setActive(searched.row);
    setGoal(searched);
  }, [searched]);

  function move(row: number): void {
    const target = Math.min(Math.max(0, row), (view.state.peek()?.rows ?? 1) - 1);
    setActive(target);
    setGoal({ row: target });
  }

  async function openOrClose(key: string): Promise<void> {
    const [row] = await view.rows(active, active + 1);
    if (!isNodeRow(row)) return;
    if (key === 'Enter' || key === ' ') {
      if (canFold(row)) view.toggle(row.node);
    } else if (key === 'ArrowRight') {
      if (isOpen(row)) move(active + 1);
      else if (canFold(row)) view.toggle(row.node);
    } else if (isOpen(row)) {
      view.toggle(row.node);
    } else {
      move(await containerRow(view, active, row));
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const list = event.currentTarget;
    const page = list instanceof HTMLElement ? Math.max(1, Math.floor(list.clientHeight / ROW_HEIGHT) - 1) : 1;
    const target = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: Infinity,
    }[event.key];
    if (target === undefined && !['ArrowLeft', 'ArrowRight', 'Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    if (target === undefined) void openOrClose(event.key);
    else move(target);
  }

  return { active, goal, setActive, onKeyDown };
}

function isOpen(row: NodeRow): boolean {
  return row.part === 'open' && row.size > 0;
}

export function canFold(row: NodeRow): boolean {
  return row.part === 'folded' || isOpen(row);
}

const STEP = 500;

/** The row that opens what a row stands in, read upwards in steps; for a closing bracket the one that it closes. */
async function containerRow(view: OpenView, index: number, row: NodeRow): Promise<number> {
  const isAbove = (candidate: NodeRow): boolean =>
    row.part === 'close' ? candidate.node === row.node : candidate.part !== 'close' && candidate.depth < row.depth;
  for (let to = index; to > 0; to -= STEP) {
    const from = Math.max(0, to - STEP);
    const found = (await view.rows(from, to)).findLastIndex((candidate) => isNodeRow(candidate) && isAbove(candidate));
    if (found >= 0) return from + found;
  }
  return index;
}
