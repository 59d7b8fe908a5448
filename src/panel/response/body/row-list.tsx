import type { ComponentChildren, HTMLAttributes } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ViewRow } from '../../../inspect/body-view.ts';
import type { OpenView } from './open-view.ts';
import { useRows } from './use-rows.ts';
import { useRowWindow } from './use-row-window.ts';

/** Pixels; the stylesheet has the same. */
export const ROW_HEIGHT = 18;

/** Where a search has led; a new object each time, so that the same row can be asked for again. */
export interface Goal {
  readonly row: number;
}

interface RowListProps {
  view: OpenView;
  label: string;
  class: string;
  goal: Goal | null;
  /** Characters of the widest row, where that is known. */
  columns?: number;
  /** Digits that the numbers at the left take. */
  gutter?: number;
  attributes?: HTMLAttributes<HTMLDivElement>;
  children: (row: ViewRow, index: number) => ComponentChildren;
}

/** Rows of one height, of which only those in sight exist. */
export function RowList({ view, label, class: className, goal, columns, gutter, attributes, children }: RowListProps) {
  const rowCount = view.state.value?.rows ?? 0;
  const { viewport, canvas, from, to, top, reveal } = useRowWindow(rowCount, ROW_HEIGHT);
  const fetched = useRows(view, from, to);
  const isThere = goal !== null && goal.row < rowCount;
  useEffect(() => {
    // A search may be ahead of what was told of the rows.
    if (goal !== null && isThere) reveal(goal.row);
  }, [goal, isThere, reveal]);
  return (
    <div ref={viewport} class={`row-list ${className}`} role="group" aria-label={label} tabIndex={0} {...attributes}>
      <div
        class="row-canvas"
        style={{ height: `${canvas}px`, '--columns': columns ?? 0, '--gutter': gutter ?? 0 }}
        role="presentation"
      >
        <div class="row-window" style={{ top: `${top(fetched.from)}px` }} role="presentation">
          {fetched.rows.map((row, i) => children(row, fetched.from + i))}
        </div>
      </div>
    </div>
  );
}
