import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { TokenMarks, useTokenField } from '../tokens/token-marks.tsx';

interface TextEditorProps {
  label: string;
  value: string;
  placeholder?: string;
  /** Under this key the place of the caret and of the view is kept while the editor is away. */
  memory: string;
  invalid?: boolean;
  describedBy?: string | undefined;
  editor?: RefObject<HTMLTextAreaElement | null>;
  onInput: (value: string) => void;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly top: number;
  readonly left: number;
}

const places = new Map<string, Place>();

/** A monospaced text area that fills its pane and comes back as one left it. Tab leaves it, as in any form. */
export function TextEditor(props: TextEditorProps) {
  const { label, value, placeholder, memory, invalid, describedBy, onInput } = props;
  const own = useRef<HTMLTextAreaElement>(null);
  const editor = props.editor ?? own;

  useLayoutEffect(() => {
    const area = editor.current;
    if (area === null) return undefined;
    const place = places.get(memory);
    if (place !== undefined) {
      area.setSelectionRange(place.start, place.end);
      area.scrollTo(place.left, place.top);
    }
    return () =>
      places.set(memory, {
        start: area.selectionStart,
        end: area.selectionEnd,
        top: area.scrollTop,
        left: area.scrollLeft,
      });
  }, [memory, editor]);

  return (
    <>
      <textarea
        ref={editor}
        {...useTokenField()}
        class="editor"
        aria-label={label}
        aria-invalid={invalid === true ? true : undefined}
        aria-describedby={describedBy}
        placeholder={placeholder}
        value={value}
        wrap="off"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <TokenMarks field={editor} value={value} />
    </>
  );
}

/** Replaces the whole text as if it were typed, so that undo takes it back; setting `value` would forget the history. */
export function replaceText(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  area.select();
  // Deprecated without a successor for plain text fields: https://github.com/w3c/editing/issues/200
  const typed = area.ownerDocument.execCommand('insertText', false, text);
  if (!typed) {
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }
  area.setSelectionRange(0, 0);
  area.scrollTo(0, 0);
}

/** Puts the caret before the character at `offset`, in view. */
export function goTo(area: HTMLTextAreaElement, offset: number): void {
  area.focus();
  area.setSelectionRange(offset, Math.min(offset + 1, area.value.length));
  const lines = area.value.slice(0, offset).split('\n').length;
  const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight);
  if (Number.isFinite(lineHeight)) area.scrollTop = Math.max(0, (lines - 3) * lineHeight);
}
