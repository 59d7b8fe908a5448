import { isOnceOnly } from '../../inspect/once-only.ts';
import type { Row } from '../../model/draft.ts';
import { headerNotes, notesAbout, type PlanNote } from '../state/plan.ts';
import { liveRows } from '../state/rows.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import type { Remark } from '../widgets/row-table.tsx';
import { DefaultFields } from './default-fields.tsx';
import { PlanNotes } from './plan-notes.tsx';
import { RowsEditor } from './rows-editor.tsx';

interface PaneProps {
  workbench: Workbench;
  asText: boolean;
  onAsText: (asText: boolean) => void;
}

/** Header fields: own rows first, then those that every request carries. */
export function HeadersPane({ workbench, asText, onAsText }: PaneProps) {
  const { headers } = workbench.drafts.draft.value;
  const notes = headerNotes(workbench.preview.value.plan);
  const live = liveRows(headers);
  /** Notes are told once: on the last row of that name. */
  const bearer = new Map(live.map((row) => [row.name.toLowerCase(), row.id]));
  const defaults = workbench.defaultHeaders.value.map(([name]) => name.toLowerCase());
  const elsewhere = notes.filter(({ field }) => {
    const name = field.toLowerCase();
    return asText || !(bearer.has(name) || defaults.includes(name));
  });

  return (
    <>
      <RowsEditor
        label={strings.headers.table}
        rows={headers}
        asText={asText}
        remark={(row) =>
          bearer.get(row.name.toLowerCase()) === row.id ? remarkOn(row, notesAbout(notes, row.name)) : remarkOn(row, [])
        }
        onAsText={onAsText}
        onChange={(rows) => workbench.drafts.setHeaders(rows)}
      />
      <PlanNotes notes={elsewhere} named />
      {!asText && <DefaultFields workbench={workbench} notes={notes} setAbove={new Set(bearer.keys())} />}
    </>
  );
}

function remarkOn(row: Row, notes: readonly PlanNote[]): Remark | null {
  const broken = row.enabled && `${row.name}${row.value}`.includes('\n');
  const onceOnly = row.enabled && isOnceOnly(row.name);
  if (!broken && !onceOnly && notes.length === 0) return null;
  return {
    invalid: broken,
    content: (
      <>
        {broken && <p class="field-problem">{strings.headers.lineBreak}</p>}
        {onceOnly && <p class="field-note">{strings.headers.onceOnly}</p>}
        <PlanNotes notes={notes} />
      </>
    ),
  };
}
