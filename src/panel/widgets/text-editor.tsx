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

/**
 * Replaces the whole text; the request's own history takes it back. The browser's would want the text typed, for which
 * Chromium needs some milliseconds a line: minutes for a long text.
 */
export function replaceText(area: HTMLTextAreaElement, text: string): void {
  area.value = text;
  area.dispatchEvent(new Event('input', { bubbles: true }));
  area.focus();
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
