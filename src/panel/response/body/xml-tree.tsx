import { ChevronDown, ChevronRight } from 'lucide';
import { useId } from 'preact/hooks';
import type { XmlRow } from '../../../inspect/body-view.ts';
import { formatBytes, formatCount } from '../../../inspect/format.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';
import { CodeText } from './code-text.tsx';
import type { OpenView } from './open-view.ts';
import { WithPath } from './path-bar.tsx';
import { RowList, type Goal } from './row-list.tsx';
import { canFold, useActiveRow } from './use-active-row.ts';

interface XmlTreeProps {
  view: OpenView;
  goal: Goal | null;
}

const words = strings.responseBody;

/** Deeper levels are not indented further: they would be out of sight anyway. */
const MAX_INDENT = 60;

/** XML as a tree: one row a node, with its attributes; one tab stop for all. */
export function XmlTree({ view, goal: searched }: XmlTreeProps) {
  const id = useId();
  const { active, goal, setActive, onKeyDown } = useActiveRow(view, searched);
  return (
    <WithPath view={view} active={active}>
      <RowList
        view={view}
        label={words.tree}
        class="tree-rows xml-rows"
        goal={goal}
        attributes={{ role: 'tree', 'aria-activedescendant': `${id}-${active}`, onKeyDown }}
      >
        {(row, index) =>
          row.type === 'xml' && (
            <NodeRow
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

interface NodeRowProps {
  id: string;
  row: XmlRow;
  isActive: boolean;
  onPick: () => void;
  onToggle: () => void;
}

function NodeRow({ id, row, isActive, onPick, onToggle }: NodeRowProps) {
  const folds = canFold(row);
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
      title={row.depth > MAX_INDENT ? words.depth(row.depth) : undefined}
      onClick={onPick}
      onDblClick={folds ? onToggle : undefined}
    >
      <span class="tree-fold" onClick={folds ? onToggle : undefined} aria-hidden="true">
        {folds && <Icon of={row.part === 'open' ? ChevronDown : ChevronRight} size={12} />}
      </span>
      <span class="xml-node">
        <CodeText row={row} />
      </span>
      {row.clipped > 0 && <span class="json-note">… {words.clipped(formatBytes(row.clipped))}</span>}
      {folds && <span class="json-note"> {words.children(formatCount(row.size), row.size === 1)}</span>}
    </div>
  );
}
