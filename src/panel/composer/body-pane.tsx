import { bodyTypes } from '../../model/draft.ts';
import { BODY_FILE } from '../state/files.ts';
import { lazyModule } from '../response/lazy-module.ts';
import { notesAbout } from '../state/plan.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';
import { TextEditor } from '../widgets/text-editor.tsx';
import { FileChooser } from './file-chooser.tsx';
import { JsonEditor } from './json-editor.tsx';
import { MultipartTable } from './multipart-table.tsx';
import { PlanNotes } from './plan-notes.tsx';
import { RowsEditor } from './rows-editor.tsx';

interface BodyPaneProps {
  workbench: Workbench;
  formAsText: boolean;
  onFormAsText: (asText: boolean) => void;
}

const words = strings.body;
const choices = bodyTypes.map((type) => [type, words.types[type]] as const);

/** The body in one of seven kinds. Each keeps its own text, so that changing the kind loses nothing. */
export function BodyPane(props: BodyPaneProps) {
  const { drafts, preview } = props.workbench;
  const { body } = drafts.draft.value;
  return (
    <>
      <div class="pane-bar">
        <Select label={words.type} value={body.type} options={choices} onChange={(type) => drafts.setBody({ type })} />
        {body.type === 'none' && <span class="pane-bar-hint">{words.none}</span>}
      </div>
      <PlanNotes notes={notesAbout(preview.value.plan, ':body')} />
      <BodyEditor {...props} />
    </>
  );
}

/** Most requests are no GraphQL. */
const graphqlEditor = lazyModule(() => import('./graphql-editor.tsx'));

function Graphql({ workbench }: { workbench: Workbench }) {
  const editor = graphqlEditor.use();
  return editor === null ? null : <editor.GraphqlEditor workbench={workbench} />;
}

function BodyEditor({ workbench, formAsText, onFormAsText }: BodyPaneProps) {
  const { drafts, files } = workbench;
  const { body } = drafts.draft.value;
  switch (body.type) {
    case 'none':
      return null;
    case 'json':
      return (
        <JsonEditor
          label={words.editor}
          memory="json"
          value={body.json}
          hint={body.json.trim() === '' ? words.jsonEmpty : words.jsonHint}
          onInput={(json) => drafts.setBody({ json })}
        />
      );
    case 'text':
      return (
        <>
          <TextEditor
            label={words.editor}
            memory="text"
            value={body.text}
            onInput={(text) => drafts.setBody({ text })}
          />
          <div class="editor-foot">
            <span class="editor-hint">{words.textHint}</span>
          </div>
        </>
      );
    case 'form':
      return (
        <RowsEditor
          label={words.form}
          rows={body.form}
          asText={formAsText}
          onAsText={onFormAsText}
          onChange={(form) => drafts.setBody({ form: [...form] })}
        />
      );
    case 'multipart':
      return <MultipartTable workbench={workbench} />;
    case 'graphql':
      return <Graphql workbench={workbench} />;
    case 'file':
      break;
  }
  return (
    <div class="file-body">
      <FileChooser
        file={files.files.value.get(BODY_FILE)}
        rememberedName={body.filename}
        large
        onChoose={(file) => {
          files.set(BODY_FILE, file);
          drafts.setBody({ filename: file.name });
        }}
        onClear={() => {
          files.clear(BODY_FILE);
          drafts.setBody({ filename: '' });
        }}
      />
      <p class="pane-hint">{words.fileHint}</p>
    </div>
  );
}
