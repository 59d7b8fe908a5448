import { ChevronDown, ChevronRight } from 'lucide';
import type { JsonRow } from '../../../inspect/body-view.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';
import { bracketsOf, JsonKey, JsonValue, sizeWords } from './json-token.tsx';
import type { OpenView } from './open-view.ts';
import { RowList, type Goal } from './row-list.tsx';

interface JsonViewerProps {
  view: OpenView;
  goal: Goal | null;
}

const words = strings.response.body;

/** Deeper levels are not indented further: they would be out of sight anyway. */
const MAX_INDENT = 60;
const INDENT = '  ';

/** The body as indented JSON whose containers fold. Up and Down lead from one fold button to the next. */
export function JsonViewer({ view, goal }: JsonViewerProps) {
  return (
    <RowList view={view} label={words.json} class="json-rows" goal={goal} attributes={{ onKeyDown: moveBetweenFolds }}>
      {(row) => row.type === 'json' && <Row key={`${row.node} ${row.part === 'close'}`} row={row} view={view} />}
    </RowList>
  );
}

function Row({ row, view }: { row: JsonRow; view: OpenView }) {
  const folds = row.part === 'folded' || (row.part === 'open' && row.size > 0);
  return (
    <div class="body-row" title={row.depth > MAX_INDENT ? String(row.depth) : undefined}>
      {folds && (
        <button
          type="button"
          class="fold"
          aria-expanded={row.part === 'open'}
          aria-label={row.part === 'open' ? words.fold : words.unfold}
          title={row.part === 'open' ? words.fold : words.unfold}
          onClick={() => view.toggle(row.node)}
        >
          <Icon of={row.part === 'open' ? ChevronDown : ChevronRight} size={12} />
        </button>
      )}
      {INDENT.repeat(Math.min(row.depth, MAX_INDENT))}
      <JsonKey row={row} />
      {row.key !== null && ': '}
      <Content row={row} />
    </div>
  );
}

function Content({ row }: { row: JsonRow }) {
  const [open, close] = bracketsOf(row);
  const comma = row.comma ? ',' : '';
  switch (row.part) {
    case 'value':
      return (
        <>
          <JsonValue row={row} />
          {comma}
        </>
      );
    case 'open':
      return <>{open}</>;
    case 'close':
      return <>{close + comma}</>;
    case 'empty':
      return <>{open + close + comma}</>;
    case 'folded':
    default:
      return (
        <>
          {open}
          <span class="json-note">… {sizeWords(row)}</span>
          {close + comma}
        </>
      );
  }
}

function moveBetweenFolds(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement) || !event.target.matches('.fold')) return;
  const list = event.target.closest('.row-list');
  const folds = [...(list?.querySelectorAll<HTMLElement>('.fold') ?? [])];
  const next = folds[folds.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
