import { CircleAlert } from 'lucide';
import { useId, useMemo, useRef } from 'preact/hooks';
import { findJsonMistake, formatJson, minifyJson, type JsonMistake } from '../../inspect/json-format.ts';
import { replaceTokens } from '../../variables/template.ts';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';
import { goTo, replaceText, TextEditor } from '../widgets/text-editor.tsx';
import { useSettled } from '../widgets/use-settled.ts';
import { JsonColours } from './json-colours.tsx';

interface JsonEditorProps {
  label: string;
  value: string;
  memory: string;
  placeholder?: string;
  /** What stands in the line below while there is nothing to complain about. */
  hint: string;
  onInput: (value: string) => void;
}

const words = strings.body;

/** A text editor that judges its JSON a moment after one stops typing, and says where the first mistake is. */
export function JsonEditor({ label, value, memory, placeholder, hint, onInput }: JsonEditorProps) {
  const id = useId();
  const editor = useRef<HTMLTextAreaElement>(null);
  const settled = useSettled(value, 250);
  const mistake = useMemo(() => (settled.trim() === '' ? null : findJsonMistake(asJson(settled))), [settled]);

  function rewrite(change: (text: string) => string | null): void {
    const area = editor.current;
    if (area === null) return;
    const text = aroundTokens(area.value, change);
    const wrong = findJsonMistake(asJson(area.value));
    if (text !== null) replaceText(area, text);
    else if (wrong !== null) goTo(area, wrong.offset);
  }

  return (
    <div class="json-editor">
      <div class="coloured-editor">
        <TextEditor
          label={label}
          value={value}
          memory={memory}
          {...(placeholder === undefined ? {} : { placeholder })}
          invalid={mistake !== null}
          describedBy={id}
          editor={editor}
          onInput={onInput}
        />
        <JsonColours field={editor} value={value} />
      </div>
      <div class="editor-foot">
        <div class="editor-status" id={id}>
          {mistake === null ? (
            <span class="editor-hint">{hint}</span>
          ) : (
            <Mistake mistake={mistake} onGo={() => editor.current !== null && goTo(editor.current, mistake.offset)} />
          )}
        </div>
        <button
          type="button"
          class="text-button"
          title={words.formatHint}
          onClick={() => rewrite((text) => formatJson(text))}
        >
          {words.format}
        </button>
        <button type="button" class="text-button" title={words.minifyHint} onClick={() => rewrite(minifyJson)}>
          {words.minify}
        </button>
      </div>
    </div>
  );
}

/** A token may stand for a number as well as in a string: digits of the same length are JSON in both places. */
const asJson = (text: string): string => replaceTokens(text, (written) => '1'.repeat(written.length));

/** What `change` makes of the JSON, the tokens in it untouched. It must keep the order and the text of values. */
function aroundTokens(text: string, change: (text: string) => string | null): string | null {
  // Digits that the text does not hold already.
  let stand = '7';
  while (text.includes(stand)) stand += '7';
  const tokens: string[] = [];
  const changed = change(
    replaceTokens(text, (written) => {
      tokens.push(written);
      return stand;
    }),
  );
  let next = 0;
  return changed === null ? null : changed.replaceAll(stand, () => tokens[next++] ?? '');
}

function Mistake({ mistake, onGo }: { mistake: JsonMistake; onGo: () => void }) {
  return (
    <span class="editor-problem">
      <Icon of={CircleAlert} size={12} />
      <button type="button" class="link-button" title={words.jsonGoTo} onClick={onGo}>
        {words.jsonPlace(mistake.line, mistake.column)}
      </button>
      <span class="editor-problem-text" title={mistake.message}>
        {mistake.message}
      </span>
    </span>
  );
}
