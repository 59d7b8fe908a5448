import { useState } from 'preact/hooks';
import { withoutSecrets, writeSessionFile } from '../../formats/session/session-file.ts';
import type { SessionSettings } from '../../model/session.ts';
import { saveBody } from '../response/body/save-body.ts';
import type { SessionStore } from '../state/sessions.ts';
import { strings } from '../strings.ts';
import { CheckField } from '../widgets/fields.tsx';
import { ModalDialog } from '../widgets/modal-dialog.tsx';

const words = strings.sessions.export;

interface ExportDialogProps {
  store: SessionStore;
  session: SessionSettings;
  /** Names that are secret besides the known ones. */
  marked: readonly string[];
  onClose: () => void;
}

/** Saves a session as a file: without secrets unless one asks for them. */
export function ExportDialog({ store, session, marked, onClose }: ExportDialogProps) {
  const [whole, setWhole] = useState(false);
  const [failed, setFailed] = useState(false);

  async function save(): Promise<void> {
    try {
      const file = whole
        ? { settings: session, cookies: await store.jar(session.id) }
        : withoutSecrets(session, marked);
      const name = session.name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '_').trim() || 'session';
      saveBody(new Blob([writeSessionFile(file)], { type: 'application/json' }), `${name}.session.json`);
      onClose();
    } catch {
      setFailed(true);
    }
  }

  return (
    <ModalDialog
      title={words.title(session.name)}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button button-strong" onClick={() => void save()}>
            {words.save}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {words.cancel}
          </button>
        </>
      }
    >
      <p>{words.text}</p>
      <CheckField
        label={words.secrets}
        checked={whole}
        {...(whole ? { note: words.secretsHint, tone: 'warning' as const } : {})}
        onChange={setWhole}
      />
      {failed && (
        <p class="field-problem" role="alert">
          {words.failed}
        </p>
      )}
    </ModalDialog>
  );
}
