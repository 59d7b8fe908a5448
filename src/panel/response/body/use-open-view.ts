import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ViewSpec } from '../../workers/body-messages.ts';
import { openView, type OpenView } from './open-view.ts';

/** Which body it is, however much of it has come. */
export interface BodyName {
  /** When its exchange began. */
  readonly startedAt: number | null;
  /** What was asked for. */
  readonly request: string;
}

export interface ShownView {
  readonly spec: ViewSpec;
  readonly view: OpenView;
  readonly name: BodyName;
}

/**
 * Opens a view, and another one when the spec changes; the one before stays, and goes on answering, until the new one
 * has something to show. When only more of the same body has come, that is as many rows: nothing jumps.
 */
export function useOpenView(spec: ViewSpec | null, name: BodyName): ShownView | null {
  const [shown, setShown] = useState<ShownView | null>(null);
  const current = useRef<ShownView | null>(null);
  useEffect(() => {
    function show(next: ShownView | null): void {
      const before = current.current;
      if (before !== null && before.view === next?.view) return;
      current.current = next;
      setShown(next);
      before?.view.close();
    }
    if (spec === null) {
      show(null);
      return undefined;
    }
    const view = openView(spec);
    const stop = effect(() => {
      const state = view.state.value;
      const isReady = state !== null && (state.done || state.rows >= rowsToKeep(current.current, { spec, name }));
      if (isReady || view.failure.value !== null) show({ spec, view, name });
    });
    return () => {
      stop();
      if (current.current?.view !== view) view.close();
    };
  }, [spec]);
  useEffect(() => () => current.current?.view.close(), []);
  return shown;
}

/** How many rows a new view must have to take the place of the one that is shown. */
function rowsToKeep(before: ShownView | null, next: Omit<ShownView, 'view'>): number {
  if (before === null || before.name.startedAt !== next.name.startedAt || !isAlike(before.spec, next.spec)) return 1;
  return Math.max(1, before.view.state.peek()?.rows ?? 1);
}

/** The same but for the bytes. */
function isAlike(one: ViewSpec, other: ViewSpec): boolean {
  return JSON.stringify({ ...one, blob: null }) === JSON.stringify({ ...other, blob: null });
}
