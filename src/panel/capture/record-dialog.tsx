import { strings } from '../strings.ts';
import { ModalDialog } from '../widgets/modal-dialog.tsx';

const words = strings.capture;

/** What recording does to the page, said before it does it. */
export function RecordDialog({ onStart, onCancel }: { onStart: () => void; onCancel: () => void }) {
  return (
    <ModalDialog
      title={words.recordTitle}
      onClose={onCancel}
      actions={
        <>
          <button type="button" class="button button-strong" onClick={onStart}>
            {words.recordStart}
          </button>
          <button type="button" class="button" onClick={onCancel}>
            {words.cancel}
          </button>
        </>
      }
    >
      {words.recordText.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </ModalDialog>
  );
}
