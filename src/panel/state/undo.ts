import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Draft } from '../../model/draft.ts';
import type { DraftStore } from './draft.ts';

/** Changes of one part that follow each other as fast as this are one step: a word typed, not its letters. In ms. */
const ONE_STEP = 600;
/** Steps that can be taken back. */
const DEPTH = 200;

/** Takes changes of a draft back, and makes them again. */
export interface UndoHistory {
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  undo(): void;
  redo(): void;
  stop(): void;
}

export function createUndoHistory({ draft, replace }: Pick<DraftStore, 'draft' | 'replace'>): UndoHistory {
  const past = signal<readonly Draft[]>([]);
  const future = signal<readonly Draft[]>([]);
  let present = draft.peek();
  let last: { at: number; parts: string } | null = null;

  const stop = effect(() => {
    const next = draft.value;
    if (next === present) return;
    const before = present;
    present = next;
    const parts = changedParts(before, next);
    const now = Date.now();
    const isSameStep = last !== null && last.parts === parts && now - last.at < ONE_STEP;
    last = { at: now, parts };
    if (isSameStep) return;
    past.value = [...past.peek(), before].slice(-DEPTH);
    future.value = [];
  });

  function go(from: typeof past, to: typeof past): void {
    const target = from.peek().at(-1);
    if (target === undefined) return;
    from.value = from.peek().slice(0, -1);
    to.value = [...to.peek(), present];
    // What is typed next is a step of its own; and this change is none.
    last = null;
    present = target;
    replace(target);
  }

  return {
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    undo: () => go(past, future),
    redo: () => go(future, past),
    stop,
  };
}

/** Which parts of a draft differ. URL and Params change together, so they count as one. */
function changedParts(before: Draft, next: Draft): string {
  const parts = Object.entries(next)
    .filter(([key, value]) => before[key as keyof Draft] !== value)
    .map(([key]) => (key === 'params' ? 'url' : key));
  return [...new Set(parts)].join();
}
