import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatBytes, formatCount } from '../../inspect/format.ts';
import { importModes, type ImportBefore, type ImportMode } from '../../storage/collection-transfer.ts';
import { strings } from '../strings.ts';
import { ChoiceField } from '../widgets/choice-field.tsx';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import { SecretField } from '../widgets/secret-field.tsx';
import { useReplies } from '../workers/job.ts';
import { startTransfer } from './transfer.ts';
import { TransferProgress } from './transfer-progress.tsx';
import type { ImportPreview, TransferReply } from './transfer-messages.ts';

const words = strings.collections.importDialog;

interface ImportDialogProps {
  file: File;
  marked: readonly string[];
  /** What is offered where the collection is there already. */
  modes?: readonly ImportMode[];
  /** A collection was taken in. */
  onImported: (root: string, before: ImportBefore | null) => void;
  onClose: () => void;
}

/** Reads a file, shows what is in it and what it would change, and takes it in: whole, or not at all. */
export function ImportDialog({ file, marked, modes = importModes, onImported, onClose }: ImportDialogProps) {
  const [mode, setMode] = useState<ImportMode | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const transfer = useMemo(startTransfer, [file]);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  useReplies(transfer, (reply) => {
    if (reply.op === 'preview') setPreview(reply.preview);
    if (reply.op === 'imported') onImported(reply.root, reply.before);
  });
  useEffect(() => transfer.ask({ op: 'read', file, marked }), [transfer]);
  const heard = transfer.heard.value;
  const chosen = mode ?? (preview?.existing == null ? 'copy' : 'merge');
  const isRunning = heard === null || heard.op === 'progress';
  const isDone = heard?.op === 'imported';
  const canImport =
    preview !== null && !isRunning && !isDone && (heard.op !== 'problem' || heard.problem === 'passphrase');
  return (
    <ModalDialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            {isDone || heard?.op === 'problem' ? words.close : words.cancel}
          </button>
          {!isDone && (
            <button
              type="button"
              class="button button-strong"
              disabled={!canImport}
              onClick={() =>
                transfer.ask({ op: 'import', mode: chosen, passphrase: passphrase === '' ? null : passphrase })
              }
            >
              {words.import}
            </button>
          )}
        </>
      }
    >
      <p class="dialog-file">
        <bdi>{file.name}</bdi> <span class="dim">{formatBytes(file.size)}</span>
      </p>
      {isRunning && <TransferProgress heard={heard} />}
      <Outcome heard={heard} />
      {preview !== null && !isRunning && !isDone && (
        <>
          <Facts preview={preview} />
          {preview.existing !== null && (
            <Modes
              modes={modes}
              existing={preview.existing}
              added={preview.requests + preview.folders + 1}
              chosen={chosen}
              onChoose={setMode}
            />
          )}
          {preview.sealed && (
            <>
              <p class="pane-hint">{words.sealed}</p>
              <SecretField label={words.passphrase} value={passphrase} onInput={setPassphrase} />
            </>
          )}
        </>
      )}
    </ModalDialog>
  );
}

function Outcome({ heard }: { heard: TransferReply | null }) {
  if (heard?.op === 'imported') {
    const { added, changed, removed } = heard.count;
    return (
      <p role="status">
        {words.done(formatCount(added), formatCount(changed), formatCount(removed))}{' '}
        {heard.before === null && words.lasting}
      </p>
    );
  }
  if (heard?.op !== 'problem') return null;
  return (
    <p class="field-problem" role="alert">
      {strings.collections.transfer.problems[heard.problem](heard.detail)}{' '}
      {heard.problem !== 'passphrase' && words.nothing}
    </p>
  );
}

function Facts({ preview: { name, folders, requests, examples, cleaned } }: { preview: ImportPreview }) {
  return (
    <ul class="dialog-facts">
      <li>
        <strong>
          <bdi>{name}</bdi>
        </strong>
      </li>
      <li>{words.holds(formatCount(requests), formatCount(folders), formatCount(examples))}</li>
      {cleaned > 0 && <li>{words.cleaned(formatCount(cleaned))}</li>}
    </ul>
  );
}

interface ModesProps {
  modes: readonly ImportMode[];
  existing: NonNullable<ImportPreview['existing']>;
  /** How many nodes the file has. */
  added: number;
  chosen: ImportMode;
  onChoose: (mode: ImportMode) => void;
}

function Modes({ modes, existing, added, chosen, onChoose }: ModesProps) {
  const fresh = formatCount(added - existing.changed);
  const notes: Record<ImportMode, string> = {
    copy: words.modeNotes.copy,
    merge: words.modeNotes.merge(formatCount(existing.changed), fresh),
    replace: words.modeNotes.replace(formatCount(existing.changed), fresh, formatCount(existing.removed)),
  };
  return (
    <ChoiceField
      legend={words.existing(existing.name)}
      choices={modes.map((value) => ({ value, label: words.modes[value], note: notes[value] }))}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}
