import { ChevronDown, ChevronRight } from 'lucide';
import type { JsonRow } from '../../../inspect/body-view.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';
import { bracketsOf, FoundPath, JsonKey, JsonValue, sizeWords } from './json-token.tsx';
import { WithPath } from './path-bar.tsx';
import type { OpenView } from './open-view.ts';
import { RowList, type Goal } from './row-list.tsx';
import { canFold, useActiveRow } from './use-active-row.ts';

interface JsonViewerProps {
  view: OpenView;
  goal: Goal | null;
}

const words = strings.responseBody;

/** Deeper levels are not indented further: they would be out of sight anyway. */
const MAX_INDENT = 60;
const INDENT = '  ';

/** The body as indented JSON whose containers fold: by a click at the left, or by Left and Right on the active row. */
export function JsonViewer({ view, goal: searched }: JsonViewerProps) {
  const { active, goal, setActive, onKeyDown } = useActiveRow(view, searched);
  return (
    <WithPath view={view} active={active}>
      <RowList
        view={view}
        label={words.json}
        class="json-rows"
        goal={goal}
        attributes={{ onKeyDown, 'aria-description': words.jsonKeys }}
      >
        {(row, index) =>
          row.type === 'json' && (
            <Row
              key={index}
              row={row}
              isActive={index === active}
              onPick={() => setActive(index)}
              onToggle={() => view.toggle(row.node)}
            />
          )
        }
      </RowList>
    </WithPath>
  );
}

interface RowProps {
  row: JsonRow;
  isActive: boolean;
  onPick: () => void;
  onToggle: () => void;
}

function Row({ row, isActive, onPick, onToggle }: RowProps) {
  return (
    <div
      class="body-row"
      data-active={isActive}
      title={row.depth > MAX_INDENT ? words.depth(row.depth) : undefined}
      onClick={onPick}
    >
      {canFold(row) && (
        // For the mouse; a button of this size, one under the other, would be too small a target for anything else.
        <span
          class="fold"
          title={row.part === 'open' ? words.fold : words.unfold}
          aria-hidden="true"
          onClick={onToggle}
        >
          <Icon of={row.part === 'open' ? ChevronDown : ChevronRight} size={12} />
        </span>
      )}
      {INDENT.repeat(Math.min(row.depth, MAX_INDENT))}
      <FoundPath row={row} />
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
