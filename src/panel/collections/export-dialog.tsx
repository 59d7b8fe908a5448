import { useMemo, useState } from 'preact/hooks';
import { formatCount } from '../../inspect/format.ts';
import { saveBody } from '../response/body/save-body.ts';
import { strings } from '../strings.ts';
import { CheckField } from '../widgets/fields.tsx';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import { SecretField } from '../widgets/secret-field.tsx';
import { useReplies } from '../workers/job.ts';
import { fileName } from './file-name.ts';
import { startTransfer } from './transfer.ts';
import { TransferProgress } from './transfer-progress.tsx';

const words = strings.collections.exportDialog;

interface ExportDialogProps {
  id: string;
  name: string;
  marked: readonly string[];
  onClose: () => void;
}

/** Saves a folder with all that is in it as a file. Secrets stay here, unless a passphrase encrypts them. */
export function ExportDialog({ id, name, marked, onClose }: ExportDialogProps) {
  const [withSecrets, setWithSecrets] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [started, setStarted] = useState(false);
  const transfer = useMemo(startTransfer, []);
  const heard = transfer.heard.value;
  useReplies(transfer, (reply) => {
    if (reply.op === 'exported') saveBody(reply.file, fileName(name));
  });
  const isRunning = started && (heard === null || heard.op === 'progress');
  const isDone = heard?.op === 'exported';
  return (
    <ModalDialog
      title={words.title(name)}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            {isDone ? words.close : words.cancel}
          </button>
          {!isDone && (
            <button
              type="button"
              class="button button-strong"
              disabled={isRunning || (withSecrets && passphrase === '')}
              onClick={() => {
                setStarted(true);
                transfer.ask({ op: 'export', id, passphrase: withSecrets ? passphrase : null, marked });
              }}
            >
              {words.save}
            </button>
          )}
        </>
      }
    >
      {!isDone && !isRunning && (
        <>
          <CheckField
            label={words.withSecrets}
            checked={withSecrets}
            note={words.secretsNote}
            onChange={setWithSecrets}
          />
          {withSecrets && <SecretField label={words.passphrase} value={passphrase} onInput={setPassphrase} />}
          {withSecrets && <p class="pane-hint">{words.passphraseNote}</p>}
        </>
      )}
      {isRunning && <TransferProgress heard={heard} />}
      {heard?.op === 'problem' && (
        <p class="field-problem" role="alert">
          {strings.collections.transfer.problems[heard.problem](heard.detail)}
        </p>
      )}
      {isDone && (
        <p role="status">
          {words.done(fileName(name), formatCount(heard.requests))}{' '}
          {heard.leftOut > 0 && words.leftOut(formatCount(heard.leftOut))}
        </p>
      )}
    </ModalDialog>
  );
}
