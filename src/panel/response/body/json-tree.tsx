import { ChevronDown, ChevronRight } from 'lucide';
import { useId } from 'preact/hooks';
import type { JsonRow } from '../../../inspect/body-view.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';
import { bracketsOf, FoundPath, JsonKey, JsonValue, sizeWords } from './json-token.tsx';
import { WithPath } from './path-bar.tsx';
import type { OpenView } from './open-view.ts';
import { RowList, type Goal } from './row-list.tsx';
import { canFold, useActiveRow } from './use-active-row.ts';

interface JsonTreeProps {
  view: OpenView;
  goal: Goal | null;
}

/** Deeper levels are not indented further: they would be out of sight anyway. */
const MAX_INDENT = 60;

/** The body as a tree: one row a value, one tab stop for all. */
export function JsonTree({ view, goal: searched }: JsonTreeProps) {
  const id = useId();
  const { active, goal, setActive, onKeyDown } = useActiveRow(view, searched);
  return (
    <WithPath view={view} active={active}>
      <RowList
        view={view}
        label={strings.responseBody.tree}
        class="tree-rows"
        goal={goal}
        attributes={{ role: 'tree', 'aria-activedescendant': `${id}-${active}`, onKeyDown }}
      >
        {(row, index) =>
          row.type === 'json' && (
            <TreeRow
              key={index}
              id={`${id}-${index}`}
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

interface TreeRowProps {
  id: string;
  row: JsonRow;
  isActive: boolean;
  onPick: () => void;
  onToggle: () => void;
}

function TreeRow({ id, row, isActive, onPick, onToggle }: TreeRowProps) {
  const folds = canFold(row);
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
      <FoundPath row={row} />
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
