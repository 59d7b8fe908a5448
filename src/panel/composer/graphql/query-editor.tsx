import { BookOpen } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import type { Workbench } from '../../state/workbench.ts';
import { strings } from '../../strings.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import { TextEditor } from '../../widgets/text-editor.tsx';
import type { Completion } from './complete.ts';
import { useSchema } from './use-schema.ts';

interface QueryEditorProps {
  workbench: Workbench;
  value: string;
  onInput: (value: string) => void;
}

const words = strings.body.schema;
/** Completions that are offered at a time. */
const SHOWN = 12;

/** The query, and what may stand at its caret once the server's schema is there: a click or Ctrl+Space puts it in. */
export function QueryEditor({ workbench, value, onInput }: QueryEditorProps) {
  const editor = useRef<HTMLTextAreaElement>(null);
  const { known, note, loading, load } = useSchema(workbench);
  const [caret, setCaret] = useState(0);
  const found = known === null ? null : known.complete(known.schema, value, Math.min(caret, value.length));

  function follow(): void {
    setCaret(editor.current?.selectionStart ?? 0);
  }

  function insert({ text }: Completion): void {
    const area = editor.current;
    if (area === null || found === null) return;
    area.focus();
    area.setSelectionRange(found.from, caret);
    // Deprecated without a successor that undo knows: https://github.com/w3c/editing/issues/200
    if (!area.ownerDocument.execCommand('insertText', false, text))
      onInput(value.slice(0, found.from) + text + value.slice(caret));
    follow();
  }

  return (
    <>
      <div class="editor-head">
        <h2 class="editor-title">{strings.body.query}</h2>
        <span class="editor-hint" aria-live="polite">
          {note}
        </span>
        <IconButton icon={BookOpen} label={words.load} hint={words.loadHint} disabled={loading} onClick={load} />
      </div>
      <div
        class="query-area"
        onKeyUp={follow}
        onClick={follow}
        onInput={follow}
        onKeyDown={(event) => {
          const [first] = found?.list ?? [];
          if (first === undefined || event.key !== ' ' || !event.ctrlKey) return;
          event.preventDefault();
          insert(first);
        }}
      >
        <TextEditor
          label={strings.body.query}
          memory="graphql-query"
          placeholder="query Name { field }"
          value={value}
          editor={editor}
          onInput={onInput}
        />
      </div>
      {found !== null && found.list.length > 0 && (
        <div class="completions" role="group" aria-label={words.completions}>
          {found.list.slice(0, SHOWN).map((completion, at) => (
            <button
              key={completion.text}
              type="button"
              class="completion"
              title={
                at === 0
                  ? words.insertFirst(completion.text, completion.type)
                  : words.insert(completion.text, completion.type)
              }
              // The caret stays where it is.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => insert(completion)}
            >
              {completion.text} <span class="completion-type">{completion.type}</span>
            </button>
          ))}
        </div>
      )}
    </>
  );
}
