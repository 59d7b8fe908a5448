import { bodyTypes } from '../../model/draft.ts';
import { BODY_FILE } from '../state/files.ts';
import { lazyModule } from '../response/lazy-module.ts';
import { notesAbout } from '../state/plan.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';
import { TextEditor } from '../widgets/text-editor.tsx';
import { FileChooser } from './file-chooser.tsx';
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

/** Nor has most a body of parts, or of JSON. */
const jsonEditor = lazyModule(() => import('./json-editor.tsx'));

const multipartTable = lazyModule(() => import('./multipart-table.tsx'));

function Multipart({ workbench }: { workbench: Workbench }) {
  const table = multipartTable.use();
  return table === null ? null : <table.MultipartTable workbench={workbench} />;
}

function Json({ workbench }: { workbench: Workbench }) {
  const { drafts } = workbench;
  const { json } = drafts.draft.value.body;
  const editor = jsonEditor.use();
  return editor === null ? null : (
    <editor.JsonEditor
      label={words.editor}
      memory="json"
      value={json}
      hint={json.trim() === '' ? words.jsonEmpty : words.jsonHint}
      onInput={(text) => drafts.setBody({ json: text })}
    />
  );
}

function BodyEditor({ workbench, formAsText, onFormAsText }: BodyPaneProps) {
  const { drafts, files } = workbench;
  const { body } = drafts.draft.value;
  switch (body.type) {
    case 'none':
      return null;
    case 'json':
      return <Json workbench={workbench} />;
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
      return <Multipart workbench={workbench} />;
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
