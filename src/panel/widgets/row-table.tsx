import { Trash2 } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { strings } from '../strings.ts';
import { IconButton } from './icon-button.tsx';
import { LineField } from './line-field.tsx';

/** What a row of any of the tables has. */
export interface TableRow {
  readonly id: string;
  readonly enabled: boolean;
  readonly name: string;
  readonly value: string;
}

/** Something to say about a row, under its value. */
export interface Remark {
  /** Marks the value as wrong. */
  readonly invalid: boolean;
  readonly content: ComponentChildren;
}

/** One cell further right than the name. */
export interface ExtraColumn<R> {
  readonly title: string;
  /** Part of the cell's class. */
  readonly kind: string;
  readonly cell: (row: R, update: (change: Partial<R>) => void) => ComponentChildren;
}

interface RowTableProps<R extends TableRow> {
  /** The table's accessible name. */
  label: string;
  rows: readonly R[];
  /** Makes the empty last row. */
  fresh: () => R;
  remark?: (row: R) => Remark | null;
  /** Replaces the plain value column. */
  columns?: readonly ExtraColumn<R>[];
  class?: string;
  onChange: (rows: R[]) => void;
}

/**
 * Name and value rows that are edited in place. One empty row is always last; typing in it makes it a row. Enter goes on to
 * the next field, up and down go to the row above and below.
 */
export function RowTable<R extends TableRow>(props: RowTableProps<R>) {
  const { label, rows, fresh, remark, columns, onChange } = props;
  const table = useRef<HTMLDivElement>(null);
  const focusNext = useRef<number | null>(null);
  const blank = useRef<R | null>(null);
  // Once the blank row is a row, a new one takes its place; it keeps its id, and with that its element and the focus.
  if (blank.current === null || rows.some((row) => row.id === blank.current?.id)) blank.current = fresh();
  const all = [...rows, blank.current];

  useLayoutEffect(() => {
    if (focusNext.current !== null) focusField(focusNext.current, 0);
    focusNext.current = null;
  }, [rows]);

  function focusField(row: number, column: number): boolean {
    const fields = table.current?.querySelectorAll('[data-row]')[row]?.querySelectorAll<HTMLElement>('textarea');
    const field = fields?.[Math.min(column, (fields.length ?? 1) - 1)];
    field?.focus();
    return field !== undefined;
  }

  function update(row: R, change: Partial<R>): void {
    const changed = { ...row, ...change };
    onChange(
      rows.some(({ id }) => id === row.id)
        ? rows.map((old) => (old.id === row.id ? changed : old))
        : [...rows, changed],
    );
  }

  function remove(index: number): void {
    focusNext.current = index;
    onChange(rows.filter((_, at) => at !== index));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const line = field.closest<HTMLElement>('[data-row]');
    if (line === null) return;
    const row = Number(line.dataset['row']);
    const column = [...line.querySelectorAll('textarea')].indexOf(field);
    const oneLine = !field.value.includes('\n');
    const moved =
      (event.key === 'ArrowUp' && oneLine && row > 0 && focusField(row - 1, column)) ||
      (event.key === 'ArrowDown' && oneLine && focusField(row + 1, column)) ||
      (event.key === 'Enter' && !event.shiftKey && (column === 0 ? focusField(row, 1) : focusField(row + 1, 0)));
    if (moved) event.preventDefault();
  }

  return (
    <div class={`row-table ${props.class ?? ''}`} role="table" aria-label={label} ref={table} onKeyDown={onKeyDown}>
      <div class="row row-head" role="row">
        <div class="cell cell-check" role="columnheader">
          <span class="sr-only">{strings.table.enabledColumn}</span>
        </div>
        <div class="cell" role="columnheader">
          {strings.table.nameColumn}
        </div>
        {columns === undefined ? (
          <div class="cell" role="columnheader">
            {strings.table.valueColumn}
          </div>
        ) : (
          columns.map(({ title, kind }) => (
            <div key={kind} class={`cell cell-${kind}`} role="columnheader">
              {title}
            </div>
          ))
        )}
        <div class="cell cell-actions" role="columnheader">
          <span class="sr-only">{strings.table.actionsColumn}</span>
        </div>
      </div>
      {all.map((row, index) => {
        const said = remark?.(row) ?? null;
        const remarkId = said === null ? undefined : `remark-${row.id}`;
        const isLast = index === rows.length;
        return (
          <div key={row.id} class="row" role="row" data-row={index} data-off={!row.enabled} data-blank={isLast}>
            <div class="cell cell-check" role="cell">
              {!isLast && (
                <input
                  type="checkbox"
                  aria-label={strings.table.enabled}
                  title={strings.table.enabledHint}
                  checked={row.enabled}
                  onChange={(event) => update(row, { enabled: event.currentTarget.checked } as Partial<R>)}
                />
              )}
            </div>
            <div class="cell cell-name" role="cell">
              <LineField
                label={strings.table.name}
                placeholder={isLast ? strings.table.name : ''}
                value={row.name}
                invalid={row.name.includes('\n') && said?.invalid === true}
                describedBy={remarkId}
                onInput={(name) => update(row, { name } as Partial<R>)}
              />
            </div>
            {columns === undefined ? (
              <div class="cell cell-value" role="cell">
                <LineField
                  label={strings.table.value}
                  placeholder={isLast ? strings.table.value : ''}
                  value={row.value}
                  invalid={row.value.includes('\n') && said?.invalid === true}
                  describedBy={remarkId}
                  onInput={(value) => update(row, { value } as Partial<R>)}
                />
              </div>
            ) : (
              columns.map(({ kind, cell }) => (
                <div key={kind} class={`cell cell-${kind}`} role="cell">
                  {cell(row, (change) => update(row, change))}
                </div>
              ))
            )}
            <div class="cell cell-actions" role="cell">
              {!isLast && (
                <IconButton
                  icon={Trash2}
                  label={strings.table.remove}
                  hint={strings.table.removeHint}
                  onClick={() => remove(index)}
                />
              )}
            </div>
            {said !== null && (
              <div class="row-remark" role="cell" id={remarkId}>
                {said.content}
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}
