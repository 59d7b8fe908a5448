import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useRowWindow } from '../response/body/use-row-window.ts';
import { choose, chooseByKey, type Selection, type SelectMode } from './selection.ts';

/** Pixels; the stylesheet has the same. */
export const LIST_ROW = 24;

/** Options that belong together under a heading; null: without one. */
export interface ListGroup<T> {
  readonly key: string;
  readonly label: string | null;
  readonly items: readonly T[];
}

interface ListboxProps<T extends { readonly id: string }> {
  /** The accessible name. */
  label: string;
  groups: readonly ListGroup<T>[];
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** Enter, or a double click. */
  onOpen?: (id: string) => void;
  /** New rows come at the end: stay there while one is there. */
  followEnd?: boolean;
  option: (item: T) => ComponentChildren;
}

type Row<T> =
  | { readonly kind: 'heading'; readonly group: ListGroup<T> }
  | { readonly kind: 'option'; readonly group: ListGroup<T>; readonly item: T; readonly position: number };

/**
 * A multiselectable listbox of any length: rows of one height, of which only those in sight exist. One tab stop; arrow keys,
 * Home, End, Page up and down move and select, with Shift they extend, with Ctrl they only move; Space toggles; Ctrl+A takes all.
 */
export function Listbox<T extends { readonly id: string }>(props: ListboxProps<T>) {
  const { label, groups, selection, onSelect, onOpen, option } = props;
  const rows = useMemo(() => toRows(groups), [groups]);
  const order = useMemo(() => rows.flatMap((row) => (row.kind === 'option' ? [row.item.id] : [])), [rows]);
  const { viewport, canvas, from, to, page, top } = useRowWindow(rows.length, LIST_ROW);
  const active = useMemo(
    () => rows.findIndex((row) => row.kind === 'option' && row.item.id === selection.active),
    [rows, selection.active],
  );
  useFollowEnd(viewport, rows.length, props.followEnd === true);

  // Only a move of the keyboard's scrolls: a row that arrives above must not.
  useEffect(() => {
    const list = viewport.current;
    if (list === null || active < 0) return;
    const edge = active * LIST_ROW;
    if (edge < list.scrollTop) list.scrollTop = edge;
    else if (edge + LIST_ROW > list.scrollTop + list.clientHeight) list.scrollTop = edge + LIST_ROW - list.clientHeight;
  }, [selection.active]);

  function pick(target: EventTarget | null, mode: SelectMode): void {
    const id = target instanceof Element ? target.closest<HTMLElement>('[data-id]')?.dataset['id'] : undefined;
    if (id !== undefined) onSelect(choose(selection, order, id, mode));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && selection.active !== null && onOpen) {
      event.preventDefault();
      onOpen(selection.active);
      return;
    }
    const next = chooseByKey(selection, order, event, Math.max(1, page - 1));
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(next);
  }

  const visible = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  // What `aria-activedescendant` names has to exist.
  if (active >= 0 && active < from) visible.unshift(active);
  if (active >= to) visible.push(active);

  return (
    <div
      ref={viewport}
      class="listbox"
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={active < 0 ? undefined : optionId(label, selection.active ?? '')}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={(event) =>
        pick(event.target, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only')
      }
      onDblClick={() => {
        if (selection.active !== null) onOpen?.(selection.active);
      }}
    >
      <div class="listbox-canvas" style={{ height: `${canvas}px` }} role="presentation">
        {byGroup(visible, rows).map(({ group, indexes }, place) => {
          const content = indexes.map((index) => {
            const row = rows[index];
            return row === undefined ? null : (
              <RowView
                // A row that leaves at one end is used again at the other: new elements are what scrolling would be slow by.
                key={index < from || index >= to ? 'active' : `${row.kind} ${index % (to - from)}`}
                row={row}
                top={top(index)}
                total={order.length}
                label={label}
                selection={selection}
                option={option}
              />
            );
          });
          if (group.label === null) return content;
          return (
            <div key={place} role="group" aria-label={group.label}>
              {content}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const optionId = (list: string, id: string): string => `${list}-option-${id}`;

interface RowViewProps<T extends { readonly id: string }> {
  row: Row<T>;
  top: number;
  total: number;
  label: string;
  selection: Selection;
  option: (item: T) => ComponentChildren;
}

function RowView<T extends { readonly id: string }>({ row, top, total, label, selection, option }: RowViewProps<T>) {
  if (row.kind === 'heading') {
    return (
      <div class="listbox-heading" style={{ top: `${top}px` }} role="presentation" title={row.group.label ?? ''}>
        {row.group.label}
      </div>
    );
  }
  const { id } = row.item;
  return (
    <div
      class="listbox-option"
      style={{ top: `${top}px` }}
      role="option"
      id={optionId(label, id)}
      data-id={id}
      data-active={id === selection.active}
      aria-selected={selection.ids.has(id)}
      aria-setsize={total}
      aria-posinset={row.position}
    >
      {option(row.item)}
    </div>
  );
}

function toRows<T>(groups: readonly ListGroup<T>[]): Row<T>[] {
  const rows: Row<T>[] = [];
  let position = 0;
  for (const group of groups) {
    if (group.label !== null) rows.push({ kind: 'heading', group });
    for (const item of group.items) rows.push({ kind: 'option', group, item, position: ++position });
  }
  return rows;
}

function byGroup<T>(indexes: readonly number[], rows: readonly Row<T>[]): { group: ListGroup<T>; indexes: number[] }[] {
  const found: { group: ListGroup<T>; indexes: number[] }[] = [];
  for (const index of indexes) {
    const group = rows[index]?.group;
    if (group === undefined) continue;
    const last = found.at(-1);
    if (last?.group === group) last.indexes.push(index);
    else found.push({ group, indexes: [index] });
  }
  return found;
}

/** A list that one reads at its end stays at its end when it grows. */
function useFollowEnd(viewport: { readonly current: HTMLElement | null }, rows: number, follow: boolean): void {
  const wasAtEnd = useRef(false);
  useEffect(() => {
    const list = viewport.current;
    if (list === null) return undefined;
    const onScroll = (): void => {
      wasAtEnd.current = list.scrollTop > 0 && list.scrollTop + list.clientHeight > list.scrollHeight - LIST_ROW;
    };
    list.addEventListener('scroll', onScroll, { passive: true });
    return () => list.removeEventListener('scroll', onScroll);
  }, [viewport]);
  useLayoutEffect(() => {
    const list = viewport.current;
    if (list !== null && follow && wasAtEnd.current) list.scrollTop = list.scrollHeight;
  }, [rows, follow]);
}
