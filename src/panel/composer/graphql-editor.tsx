import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { TextField } from '../widgets/fields.tsx';
import { QueryEditor } from './graphql/query-editor.tsx';
import { JsonEditor } from './json-editor.tsx';

const words = strings.body;

/** A query, its variables and the operation's name; sent together as one JSON object. */
export function GraphqlEditor({ workbench }: { workbench: Workbench }) {
  const { drafts } = workbench;
  const { graphql } = drafts.draft.value.body;
  const set = (change: Partial<typeof graphql>): void => drafts.setBody({ graphql: { ...graphql, ...change } });
  return (
    <div class="graphql-editor">
      <QueryEditor workbench={workbench} value={graphql.query} onInput={(query) => set({ query })} />
      <h2 class="editor-title">{words.variables}</h2>
      <JsonEditor
        label={words.variables}
        memory="graphql-variables"
        placeholder={words.variablesPlaceholder}
        value={graphql.variables}
        hint={words.graphqlHint}
        onInput={(variables) => set({ variables })}
      />
      <div class="form-grid">
        <TextField
          label={words.operationName}
          value={graphql.operationName}
          onInput={(operationName) => set({ operationName })}
        />
      </div>
    </div>
  );
}
