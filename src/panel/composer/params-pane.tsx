import type { Row } from '../../model/draft.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import type { Remark } from '../widgets/row-table.tsx';
import { RowsEditor } from './rows-editor.tsx';
import { SessionParams } from './session-params.tsx';

interface PaneProps {
  workbench: Workbench;
  asText: boolean;
  onAsText: (asText: boolean) => void;
}

/** The URL's query, row by row. */
export function ParamsPane({ workbench, asText, onAsText }: PaneProps) {
  const { params } = workbench.drafts.draft.value;
  return (
    <>
      <RowsEditor
        label={strings.params.table}
        rows={params}
        asText={asText}
        remark={lineBreakRemark}
        onAsText={onAsText}
        onChange={(rows) => workbench.drafts.setParams(rows)}
      />
      {!asText && <SessionParams workbench={workbench} />}
      {params.length === 0 && !asText && <p class="pane-hint">{strings.params.empty}</p>}
    </>
  );
}

function lineBreakRemark(row: Row): Remark | null {
  if (!row.enabled || !`${row.name}${row.value}`.includes('\n')) return null;
  return { invalid: true, content: <p class="field-problem">{strings.params.lineBreak}</p> };
}
