import { useMemo } from 'preact/hooks';
import { diffLines } from '../../inspect/line-diff.ts';
import '../compare/compare.css';
import { TextChanges } from '../compare/text-changes.tsx';
import type { OpenRequest } from '../state/open-requests.ts';
import { strings } from '../strings.ts';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import { draftLines } from './same-draft.ts';

const words = strings.collections.formDialog;

interface FormDialogProps {
  request: OpenRequest;
  onSave: () => void;
  onSaveAs: () => void;
  onRevert: () => void;
  onClose: () => void;
}

/** How an open request differs from its saved form, and the ways out of that. */
export function FormDialog({ request, onSave, onSaveAs, onRevert, onClose }: FormDialogProps) {
  const draft = request.drafts.draft.value;
  const saved = request.saved.value;
  const diff = useMemo(() => {
    const [before, after] = [saved === null ? [] : draftLines(saved.draft), draftLines(draft)];
    const steps = diffLines(before, after).map((step) => ({ ...step, volatile: false }));
    return { kind: 'text' as const, steps, before, after };
  }, [saved, draft]);
  const isSame = saved !== null && saved.isSame(draft);
  return (
    <ModalDialog
      title={words.title(saved?.name ?? '')}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onSaveAs}>
            {words.saveAs}
          </button>
          <button type="button" class="button" disabled={isSame} onClick={onRevert}>
            {words.revert}
          </button>
          <button type="button" class="button" disabled={isSame} onClick={onSave}>
            {words.save}
          </button>
          <button type="button" class="button button-strong" onClick={onClose}>
            {words.close}
          </button>
        </>
      }
    >
      {isSame ? (
        <p>{words.same}</p>
      ) : (
        <>
          <p class="pane-hint">{words.legend}</p>
          <TextChanges diff={diff} />
        </>
      )}
    </ModalDialog>
  );
}
