import { Eye, EyeOff } from 'lucide';
import { useState } from 'preact/hooks';
import type { Row } from '../../model/draft.ts';
import type { Variable } from '../../model/environment.ts';
import { MASK } from '../../model/secrets.ts';
import { RowsAsText } from '../composer/rows-editor.tsx';
import { newVariable } from '../state/environments.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { LineField } from '../widgets/line-field.tsx';
import { RowTable, type ExtraColumn, type Remark } from '../widgets/row-table.tsx';

const words = strings.environments;

interface VariablesEditorProps {
  label: string;
  rows: readonly Variable[];
  onChange: (rows: readonly Variable[]) => void;
}

/** Variables as a table, or all at once as text. */
export function VariablesEditor({ label, rows, onChange }: VariablesEditorProps) {
  const [asText, setAsText] = useState(false);
  return (
    <div class="rows-editor variables-editor" data-text={asText}>
      <button
        type="button"
        class="text-button rows-toggle"
        aria-pressed={asText}
        title={strings.table.editAsTextHint}
        onClick={() => setAsText(!asText)}
      >
        {strings.table.editAsText}
      </button>
      {asText ? (
        <RowsAsText label={label} rows={rows.map(masked)} onChange={(text) => onChange(fromText(text, rows))} />
      ) : (
        <VariablesTable label={label} rows={rows} onChange={onChange} />
      )}
    </div>
  );
}

const masked = (row: Variable): Variable => (row.secret && row.value !== '' ? { ...row, value: MASK } : row);

/** Rows that the text left as they were keep what it does not show. */
function fromText(text: readonly Row[], before: readonly Variable[]): Variable[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return text.map((row) => {
    const old = known.get(row.id);
    return old === undefined ? newVariable(row) : { ...old, enabled: row.enabled };
  });
}

function VariablesTable({ label, rows, onChange }: VariablesEditorProps) {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    const next = new Set(shown);
    if (!next.delete(id)) next.add(id);
    setShown(next);
  };

  const columns: ExtraColumn<Variable>[] = [
    {
      title: strings.table.valueColumn,
      kind: 'value',
      cell: (row, update) => (
        <div class="variable-value">
          <LineField
            label={strings.table.value}
            placeholder={row.name === '' && row.value === '' ? strings.table.value : ''}
            class={row.secret && !shown.has(row.id) ? 'masked' : ''}
            value={row.value}
            // What a person types may hold variables.
            onInput={(value) => update({ value, literal: false })}
          />
          {row.secret && (
            <IconButton
              icon={shown.has(row.id) ? EyeOff : Eye}
              label={words.show(row.name)}
              pressed={shown.has(row.id)}
              onClick={() => toggle(row.id)}
            />
          )}
        </div>
      ),
    },
    {
      title: words.secret,
      kind: 'secret',
      cell: (row, update) => (
        <input
          type="checkbox"
          aria-label={words.secret}
          title={words.secretHint}
          checked={row.secret}
          onChange={(event) => update({ secret: event.currentTarget.checked })}
        />
      ),
    },
  ];

  return (
    <RowTable
      class="variables-table"
      label={label}
      rows={rows}
      fresh={newVariable}
      columns={columns}
      remark={(row) => remarkOn(row, rows)}
      onChange={onChange}
    />
  );
}

function remarkOn(row: Variable, rows: readonly Variable[]): Remark | null {
  const name = row.name.trim();
  const counts = rows.findLast((other) => other.enabled && other.name.trim() === name);
  const text =
    row.enabled && name !== '' && counts !== undefined && counts.id !== row.id
      ? words.shadowed
      : row.literal && row.value.includes('{{')
        ? words.literal
        : null;
  return text === null ? null : { invalid: false, content: <p class="field-note">{text}</p> };
}
