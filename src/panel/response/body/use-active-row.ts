import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
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
  const [active, showActive] = useState(0);
  /** The same, as it is before it is drawn: keys may come faster than that. */
  const now = useRef(0);
  /** Keys that wait for the ones before them to be carried out. */
  // A view that is closed answers no more: the next one has keys of its own.
  const waiting = useMemo(() => ({ view, keys: 0, last: Promise.resolve() }), [view]);
  const [goal, setGoal] = useState<Goal | null>(null);
  useEffect(() => {
    if (searched === null) return;
    setActive(searched.row);
    setGoal(searched);
  }, [searched]);

  function setActive(row: number): void {
    now.current = row;
    showActive(row);
  }

  function move(row: number): void {
    const target = Math.min(Math.max(0, row), (view.state.peek()?.rows ?? 1) - 1);
    setActive(target);
    setGoal({ row: target });
  }

  async function openOrClose(key: string): Promise<void> {
    const at = now.current;
    const [row] = await view.rows(at, at + 1);
    if (!isNodeRow(row)) return;
    if (key === 'Enter' || key === ' ') {
      if (canFold(row)) view.toggle(row.node);
    } else if (key === 'ArrowRight') {
      if (isOpen(row)) move(at + 1);
      else if (canFold(row)) view.toggle(row.node);
    } else if (isOpen(row)) {
      view.toggle(row.node);
    } else {
      move(await containerRow(view, at, row));
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const list = event.currentTarget;
    const page = list instanceof HTMLElement ? Math.max(1, Math.floor(list.clientHeight / ROW_HEIGHT) - 1) : 1;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    const { key } = event;
    if (by === undefined && !['ArrowLeft', 'ArrowRight', 'Enter', ' '].includes(key)) return;
    event.preventDefault();
    if (by !== undefined && waiting.keys === 0) move(now.current + by);
    else inTurn(() => (by === undefined ? openOrClose(key) : move(now.current + by)));
  }

  /** What a key does depends on the row to which the one before it has led. */
  function inTurn(work: () => Promise<void> | void): void {
    waiting.keys += 1;
    waiting.last = waiting.last
      .then(work)
      // A view that cannot be read says so itself.
      .catch(() => {})
      .finally(() => (waiting.keys -= 1));
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
