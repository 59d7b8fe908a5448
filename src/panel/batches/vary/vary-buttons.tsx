import { Highlighter, Shuffle } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { strings } from '../../strings.ts';
import { IconButton } from '../../widgets/icon-button.tsx';

const words = strings.batchesStart.vary;
/** `marks.ts` has the same; that is loaded when a request is varied. */
const MARK = '§';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Marks what is selected in the request, and opens what varies it. */
export function VaryButtons({ onVary }: { onVary: () => void }) {
  const last = useRef<Field | null>(null);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      const isText =
        target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text');
      if (isText && target.closest('.request-side') !== null) last.current = target;
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, []);
  return (
    <>
      <IconButton
        icon={Highlighter}
        label={words.mark}
        hint={words.markHint}
        onClick={() => {
          if (last.current?.isConnected === true) mark(last.current);
        }}
      />
      <IconButton icon={Shuffle} label={words.open} hint={words.openHint} onClick={onVary} />
    </>
  );
}

/** Puts the signs around the selection, as if they were typed, so that undo takes them back. */
function mark(field: Field): void {
  const [from, to] = [field.selectionStart ?? 0, field.selectionEnd ?? 0];
  const text = `${MARK}${field.value.slice(from, to)}${MARK}`;
  field.focus();
  field.setSelectionRange(from, to);
  // Deprecated without a successor for plain text fields: https://github.com/w3c/editing/issues/200
  if (field.ownerDocument.execCommand('insertText', false, text)) return;
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
