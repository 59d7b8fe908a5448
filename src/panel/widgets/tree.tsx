import { ChevronDown, ChevronRight } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useRowWindow } from '../response/body/use-row-window.ts';
import { onEscape } from './escape.ts';
import { Icon } from './icon.tsx';
import { LIST_ROW } from './listbox.tsx';
import { choose, chooseByKey, type Selection } from './selection.ts';

/** One line of a tree, as the tree needs it. */
export interface TreeItem {
  readonly id: string;
  /** 1 at the top. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** null: it can hold nothing. */
  readonly expanded: boolean | null;
}

/** Where something is dropped, as seen from a line. */
export type DropPart = 'before' | 'into' | 'after';

interface TreeProps<T extends TreeItem> {
  /** The accessible name. */
  label: string;
  items: readonly T[];
  selection: Selection;
  /** The line whose content is a text field at the moment: keys belong to it. */
  editing: string | null;
  onSelect: (selection: Selection) => void;
  onExpand: (id: string, open: boolean) => void;
  /** Enter, or a double click. */
  onOpen: (id: string) => void;
  /** Keys that the tree itself has no use for; true: used. */
  onKey: (event: KeyboardEvent) => boolean;
  /** The selection was dropped on a line; null: below all of them. */
  onDrop: (target: { readonly id: string; readonly part: DropPart } | null) => void;
  row: (item: T) => ComponentChildren;
}

/** Pixels that the pointer has to go before a press is a drag. */
const DRAG_FROM = 5;
/** Pixels from an edge within which a drag scrolls, and how far with each move. */
const EDGE = 24;

/**
 * A multiselectable tree of any length: of its lines only those in sight exist. One tab stop. Up, down, Home, End and the
 * page keys move and select, with Shift they extend, with Ctrl they only move; right opens or goes in, left closes or goes
 * out; Space toggles; what is selected can be dragged.
 */
export function Tree<T extends TreeItem>(props: TreeProps<T>) {
  const { label, items, selection, editing, onSelect, onExpand, onOpen, row } = props;
  // Made when a key or a click asks for it, not each time that a filter changes.
  const ids = useRef<{ of: readonly T[]; order: string[] } | null>(null);
  const orderOf = (): string[] => {
    if (ids.current?.of !== items) ids.current = { of: items, order: items.map(({ id }) => id) };
    return ids.current.order;
  };
  const { viewport, canvas, from, to, page, top } = useRowWindow(items.length, LIST_ROW);
  const active = useMemo(
    () => (selection.active === null ? -1 : items.findIndex(({ id }) => id === selection.active)),
    [items, selection.active],
  );
  const { drop, onPointerDown } = useDrag(viewport, items, props);

  // Only a move of the keyboard's scrolls: a line that arrives above must not.
  useEffect(() => {
    const list = viewport.current;
    if (list === null || active < 0) return;
    const edge = active * LIST_ROW;
    if (edge < list.scrollTop) list.scrollTop = edge;
    else if (edge + LIST_ROW > list.scrollTop + list.clientHeight) list.scrollTop = edge + LIST_ROW - list.clientHeight;
  }, [selection.active]);

  function onKeyDown(event: KeyboardEvent): void {
    if (editing !== null || event.isComposing) return;
    const item = items[active];
    if (!used(event, item)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function used(event: KeyboardEvent, item: T | undefined): boolean {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (isPlain && item !== undefined) {
      switch (event.key) {
        case 'Enter':
          onOpen(item.id);
          return true;
        case 'ArrowRight':
          if (item.expanded === false) onExpand(item.id, true);
          else if (item.expanded === true && (items[active + 1]?.level ?? 0) > item.level) visit(active + 1);
          return true;
        case 'ArrowLeft':
          if (item.expanded === true) onExpand(item.id, false);
          else visit(items.findLastIndex((other, at) => at < active && other.level < item.level));
          return true;
      }
    }
    if (props.onKey(event)) return true;
    const next = chooseByKey(selection, orderOf(), event, Math.max(1, page - 1));
    if (next !== null) onSelect(next);
    return next !== null;
  }

  function visit(at: number): void {
    const id = items[at]?.id;
    if (id !== undefined) onSelect(choose(selection, orderOf(), id, 'only'));
  }

  function onClick(event: MouseEvent): void {
    const id = idAt(event.target);
    if (id === undefined || id === editing) return;
    const item = items.find((other) => other.id === id);
    if (event.target instanceof Element && event.target.closest('.tree-twisty') !== null && item?.expanded != null) {
      onExpand(id, !item.expanded);
      return;
    }
    onSelect(
      choose(selection, orderOf(), id, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only'),
    );
  }

  const visible = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  // What `aria-activedescendant` names has to exist, and so has a field that is being typed in.
  if (active >= 0 && active < from) visible.unshift(active);
  if (active >= to) visible.push(active);

  return (
    <div
      ref={viewport}
      class="listbox tree"
      role="tree"
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={active < 0 ? undefined : itemId(label, selection.active ?? '')}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDblClick={(event) => {
        const id = idAt(event.target);
        const isTwisty = event.target instanceof Element && event.target.closest('.tree-twisty') !== null;
        if (id !== undefined && id !== editing && !isTwisty) onOpen(id);
      }}
      onPointerDown={onPointerDown}
    >
      <div class="listbox-canvas" style={{ height: `${canvas}px` }} role="presentation">
        {visible.map((index) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <div
              // A line that leaves at one end is used again at the other: new elements are what scrolling would be slow by.
              key={index < from || index >= to ? 'active' : item.id === editing ? 'editing' : index % (to - from)}
              class="listbox-option tree-item"
              style={{ top: `${top(index)}px`, '--level': item.level }}
              role="treeitem"
              id={itemId(label, item.id)}
              data-id={item.id}
              data-active={item.id === selection.active}
              data-drop={drop?.id === item.id ? drop.part : undefined}
              aria-level={item.level}
              aria-setsize={item.siblings}
              aria-posinset={item.position}
              aria-expanded={item.expanded ?? undefined}
              aria-selected={selection.ids.has(item.id)}
            >
              <span class="tree-twisty" aria-hidden="true">
                {item.expanded !== null && <Icon of={item.expanded ? ChevronDown : ChevronRight} size={12} />}
              </span>
              {row(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const itemId = (tree: string, id: string): string => `${tree}-item-${id}`;

function idAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-id]')?.dataset['id'] : undefined;
}

interface Drop {
  readonly id: string;
  readonly part: DropPart;
}

/** Dragging with the pointer: it works the same in every DevTools frame, which native drags do not. */
function useDrag<T extends TreeItem>(
  viewport: { readonly current: HTMLElement | null },
  items: readonly T[],
  { editing, selection, onSelect, onDrop }: TreeProps<T>,
): { drop: Drop | null; onPointerDown: (event: PointerEvent) => void } {
  const [drop, setDrop] = useState<Drop | null>(null);
  const latest = useRef({ items, onDrop });
  latest.current = { items, onDrop };

  function onPointerDown(event: PointerEvent): void {
    const list = viewport.current;
    const id = idAt(event.target);
    if (list === null || id === undefined || editing !== null || event.button !== 0 || event.pointerType === 'touch')
      return;
    const { clientX, clientY } = event;
    let target: Drop | null = null;
    let dragging = false;
    const ending = new AbortController();
    const { signal } = ending;

    const onMove = (move: PointerEvent): void => {
      if (!dragging && Math.hypot(move.clientX - clientX, move.clientY - clientY) < DRAG_FROM) return;
      if (!dragging) {
        dragging = true;
        list.dataset['dragging'] = 'true';
        // What is dragged is what is selected: a line that was not becomes it.
        if (!selection.ids.has(id)) onSelect({ ids: new Set([id]), active: id, anchor: id });
      }
      const box = list.getBoundingClientRect();
      if (move.clientY < box.top + EDGE) list.scrollTop -= EDGE;
      else if (move.clientY > box.bottom - EDGE) list.scrollTop += EDGE;
      target = dropAt(list, move, latest.current.items);
      setDrop(target);
    };
    const stop = (): void => {
      ending.abort();
      delete list.dataset['dragging'];
      setDrop(null);
    };
    const onUp = (up: PointerEvent): void => {
      stop();
      if (!dragging) return;
      // The click that follows would select the line under the pointer alone.
      const following = new AbortController();
      addEventListener('click', (click) => click.stopPropagation(), { capture: true, signal: following.signal });
      setTimeout(() => following.abort(), 0);
      if (list.contains(document.elementFromPoint(up.clientX, up.clientY))) latest.current.onDrop(target);
    };
    addEventListener('pointermove', onMove, { signal });
    addEventListener('pointerup', onUp, { signal });
    addEventListener('pointercancel', stop, { signal });
    signal.addEventListener(
      'abort',
      onEscape(() => {
        if (dragging) stop();
        return dragging;
      }),
    );
  }
  return { drop, onPointerDown };
}

function dropAt(list: HTMLElement, { clientX, clientY }: PointerEvent, items: readonly TreeItem[]): Drop | null {
  const under = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-id]');
  if (under === undefined || under === null || !list.contains(under)) return null;
  const id = under.dataset['id'];
  const item = items.find((other) => other.id === id);
  if (id === undefined || item === undefined) return null;
  const box = under.getBoundingClientRect();
  const share = (clientY - box.top) / box.height;
  if (item.expanded === null) return { id, part: share < 0.5 ? 'before' : 'after' };
  if (share < 0.25) return { id, part: 'before' };
  // Behind an open folder's line comes what is in it.
  return { id, part: share > 0.75 && !item.expanded ? 'after' : 'into' };
}
