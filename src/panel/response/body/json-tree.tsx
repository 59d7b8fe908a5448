import { ChevronDown, ChevronRight } from 'lucide';
import { useEffect, useId, useState } from 'preact/hooks';
import type { JsonRow, ViewRow } from '../../../inspect/body-view.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';
import { bracketsOf, JsonKey, JsonValue, sizeWords } from './json-token.tsx';
import type { OpenView } from './open-view.ts';
import { ROW_HEIGHT, RowList, type Goal } from './row-list.tsx';

interface JsonTreeProps {
  view: OpenView;
  goal: Goal | null;
}

const MAX_INDENT = 60;

/** The body as a tree, worked by keys as the ARIA practices want it: one tab stop, arrows move, open and close. */
export function JsonTree({ view, goal: searched }: JsonTreeProps) {
  const id = useId();
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

  async function onKeyDown(event: KeyboardEvent): Promise<void> {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
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
    if (target !== undefined) move(target);
    else await openOrClose(event.key);
  }

  async function openOrClose(key: string): Promise<void> {
    const row = asJson((await view.rows(active, active + 1))[0]);
    if (row === null) return;
    const isOpen = row.part === 'open' && row.size > 0;
    if (key === 'Enter' || key === ' ') {
      if (isOpen || row.part === 'folded') view.toggle(row.node);
    } else if (key === 'ArrowRight') {
      if (isOpen) move(active + 1);
      else if (row.part === 'folded') view.toggle(row.node);
    } else if (isOpen) {
      view.toggle(row.node);
    } else {
      move(await parentRow(view, active, row.depth));
    }
  }

  return (
    <RowList
      view={view}
      label={strings.response.body.tree}
      class="tree-rows"
      goal={goal}
      attributes={{
        role: 'tree',
        'aria-activedescendant': `${id}-${active}`,
        onKeyDown: (event: KeyboardEvent) => void onKeyDown(event),
      }}
    >
      {(row, index) =>
        row.type === 'json' && (
          <TreeRow
            key={row.node}
            id={`${id}-${index}`}
            row={row}
            isActive={index === active}
            onPick={() => setActive(index)}
            onToggle={() => view.toggle(row.node)}
          />
        )
      }
    </RowList>
  );
}

interface TreeRowProps {
  id: string;
  row: JsonRow;
  isActive: boolean;
  onPick: () => void;
  onToggle: () => void;
}

function TreeRow({ id, row, isActive, onPick, onToggle }: TreeRowProps) {
  const folds = row.part === 'folded' || (row.part === 'open' && row.size > 0);
  const [open, close] = bracketsOf(row);
  return (
    <div
      id={id}
      class="body-row"
      role="treeitem"
      aria-level={row.depth + 1}
      aria-posinset={row.position + 1}
      aria-selected={isActive}
      aria-expanded={folds ? row.part === 'open' : undefined}
      data-active={isActive}
      style={{ '--depth': Math.min(row.depth, MAX_INDENT) }}
      onClick={onPick}
      onDblClick={folds ? onToggle : undefined}
    >
      <span class="tree-fold" onClick={folds ? onToggle : undefined} aria-hidden="true">
        {folds && <Icon of={row.part === 'open' ? ChevronDown : ChevronRight} size={12} />}
      </span>
      {row.key === null ? row.depth > 0 && <span class="json-index">{row.position}</span> : <JsonKey row={row} />}
      {row.depth > 0 && <span class="json-colon">: </span>}
      {row.part === 'value' ? (
        <JsonValue row={row} />
      ) : (
        <span class="json-note">
          {open}
          {row.size > 0 && ` ${sizeWords(row)} `}
          {close}
        </span>
      )}
    </div>
  );
}

/** Rows are read upwards in steps until one stands less deep: its container. */
async function parentRow(view: OpenView, row: number, depth: number): Promise<number> {
  const STEP = 500;
  for (let to = row; to > 0; to -= STEP) {
    const from = Math.max(0, to - STEP);
    const rows = await view.rows(from, to);
    const found = rows.findLastIndex((candidate) => (asJson(candidate)?.depth ?? depth) < depth);
    if (found >= 0) return from + found;
  }
  return row;
}

function asJson(row: ViewRow | undefined): JsonRow | null {
  return row?.type === 'json' ? row : null;
}
