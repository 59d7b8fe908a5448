import { useMemo, useState } from 'preact/hooks';
import { formatBytes, formatCount } from '../../inspect/format.ts';
import { SHORTEST_PASSPHRASE } from '../../storage/passphrase.ts';
import { saveBody } from '../response/body/save-body.ts';
import { strings } from '../strings.ts';
import { ChoiceField } from '../widgets/choice-field.tsx';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import { SecretField } from '../widgets/secret-field.tsx';
import { JobProgress } from '../workers/job-progress.tsx';
import { useReplies } from '../workers/job.ts';
import { startBackup } from './backup.ts';

const all = strings.backup;
const words = all.saveDialog;
const modes = ['all', 'clean'] as const;
type Mode = (typeof modes)[number];

interface SaveDialogProps {
  marked: readonly string[];
  version: string;
  onClose: () => void;
}

/** Saves everything as one file: encrypted under a passphrase, or without secrets. */
export function SaveDialog({ marked, version, onClose }: SaveDialogProps) {
  const [mode, setMode] = useState<Mode>('all');
  const [typed, setTyped] = useState('');
  const [again, setAgain] = useState('');
  const [started, setStarted] = useState(false);
  const backup = useMemo(startBackup, []);
  const heard = backup.heard.value;
  const [name] = useState(() => `request-workbench-${new Date().toISOString().slice(0, 10)}.tar`);
  useReplies(backup, (reply) => {
    if (reply.op === 'saved') saveBody(reply.file, name);
  });
  const isRunning = started && (heard === null || heard.op === 'progress');
  const isDone = heard?.op === 'saved';
  const problem =
    typed === '' || typed.length < SHORTEST_PASSPHRASE
      ? words.short(SHORTEST_PASSPHRASE)
      : typed === again
        ? null
        : words.differ;
  const canSave = !isRunning && (mode === 'clean' || problem === null);
  function save(): void {
    setStarted(true);
    backup.ask({ op: 'save', passphrase: mode === 'all' ? typed : null, marked, by: version });
  }
  return (
    <ModalDialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            {isDone ? all.close : all.cancel}
          </button>
          {!isDone && (
            <button type="button" class="button button-strong" disabled={!canSave} onClick={save}>
              {words.save}
            </button>
          )}
        </>
      }
    >
      {!isDone && !isRunning && (
        <>
          <ChoiceField
            legend={words.what}
            choices={modes.map((value) => ({ value, label: words.modes[value], note: words.modeNotes[value] }))}
            chosen={mode}
            onChoose={setMode}
          />
          {mode === 'all' && (
            <div class="backup-fields">
              <SecretField label={words.passphrase} value={typed} onInput={setTyped} />
              <SecretField label={words.again} value={again} onInput={setAgain} />
              {problem !== null && again !== '' && <p class="field-problem">{problem}</p>}
            </div>
          )}
        </>
      )}
      {isRunning && (
        <JobProgress
          text={words.saving}
          done={heard?.op === 'progress' ? heard.done : 0}
          total={heard?.op === 'progress' ? heard.total : null}
          write={formatCount}
        />
      )}
      {heard?.op === 'problem' && (
        <p class="field-problem" role="alert">
          {all.problems[heard.problem](heard.detail)}
        </p>
      )}
      {isDone && (
        <p role="status">
          {words.done(name, formatBytes(heard.file.size), formatCount(heard.records))}{' '}
          {heard.unreadable > 0 && words.unreadable(formatCount(heard.unreadable))}
        </p>
      )}
    </ModalDialog>
  );
}
