import { VariablesEditor } from '../environments/variables-editor.tsx';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { ExtractionTable } from './extraction-table.tsx';

const words = strings.variables;

/** What goes into this request alone, and what it takes out of its response. */
export function VariablesPane({ workbench: { drafts } }: { workbench: Workbench }) {
  const { variables, extract } = drafts.draft.value;
  return (
    <>
      <section class="variables-part" aria-label={words.requestTitle}>
        <h2 class="editor-title">{words.requestTitle}</h2>
        <VariablesEditor
          label={strings.environments.table}
          rows={variables}
          onChange={(rows) => drafts.setVariables(rows)}
        />
        {variables.length === 0 && <p class="pane-hint">{words.requestHint}</p>}
      </section>
      <section class="variables-part" aria-label={strings.extract.title}>
        <h2 class="editor-title">{strings.extract.title}</h2>
        <ExtractionTable rows={extract} onChange={(rows) => drafts.setExtract(rows)} />
        {extract.length === 0 && <p class="pane-hint">{strings.extract.hint}</p>}
      </section>
    </>
  );
}
