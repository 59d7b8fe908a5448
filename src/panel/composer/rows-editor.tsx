import { useState } from 'preact/hooks';
import type { Row } from '../../model/draft.ts';
import { newRow, rowsToText, textToRows } from '../state/rows.ts';
import { strings } from '../strings.ts';
import { RowTable, type Remark } from '../widgets/row-table.tsx';

interface RowsEditorProps {
  /** `Params`, `Headers`, `Form`: the table's name, and the text area's with ` as text`. */
  label: string;
  rows: readonly Row[];
  asText: boolean;
  remark?: (row: Row) => Remark | null;
  onAsText: (asText: boolean) => void;
  onChange: (rows: readonly Row[]) => void;
}

/** Rows as a table, or all at once as text. */
export function RowsEditor({ label, rows, asText, remark, onAsText, onChange }: RowsEditorProps) {
  return (
    <div class="rows-editor" data-text={asText}>
      <button
        type="button"
        class="text-button rows-toggle"
        aria-pressed={asText}
        title={strings.table.editAsTextHint}
        onClick={() => onAsText(!asText)}
      >
        {strings.table.editAsText}
      </button>
      {asText ? (
        <RowsAsText label={label} rows={rows} onChange={onChange} />
      ) : (
        <RowTable
          label={label}
          rows={rows}
          fresh={newRow}
          {...(remark === undefined ? {} : { remark })}
          onChange={onChange}
        />
      )}
    </div>
  );
}

/** All rows as one text, a line each. */
export function RowsAsText({ label, rows, onChange }: Pick<RowsEditorProps, 'label' | 'rows' | 'onChange'>) {
  const [text, setText] = useState(() => rowsToText(rows));
  // Typed text stays as typed while it means these rows; rows that changed elsewhere (the URL) are written anew.
  const current = rowsToText(textToRows(text, rows)) === rowsToText(rows) ? text : rowsToText(rows);
  return (
    <>
      <div class="rows-text-head">{strings.table.asTextHint}</div>
      <textarea
        class="editor"
        aria-label={strings.table.asText(label)}
        value={current}
        spellcheck={false}
        autocapitalize="off"
        wrap="off"
        onInput={(event) => {
          setText(event.currentTarget.value);
          onChange(textToRows(event.currentTarget.value, rows));
        }}
      />
    </>
  );
}
