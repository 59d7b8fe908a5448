import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ArchiveHead } from '../../formats/backup/archive.ts';
import { formatBytes, formatCount } from '../../inspect/format.ts';
import { strings } from '../strings.ts';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import { SecretField } from '../widgets/secret-field.tsx';
import { JobProgress } from '../workers/job-progress.tsx';
import { useReplies } from '../workers/job.ts';
import { startBackup } from './backup.ts';
import type { BackupActions } from './backup-part.tsx';
import { settleRestore } from './settle-restore.ts';

const all = strings.backup;
const words = all.restoreDialog;

/** What is told of a backup before it is restored, by the store that it is counted in. */
const counted = [
  ['panel/nodes', 'nodes'],
  ['panel/requests', 'requests'],
  ['panel/environments', 'environments'],
  ['background/sessions', 'sessions'],
  ['background/entries', 'entries'],
  ['panel/batchHeads', 'batchHeads'],
] as const;

interface RestoreDialogProps {
  file: File;
  actions: BackupActions;
  onClose: () => void;
}

/** Shows what a backup is, and puts it in place of everything that is kept. The page goes away at the end of that. */
export function RestoreDialog({ file, actions, onClose }: RestoreDialogProps) {
  const [passphrase, setPassphrase] = useState('');
  const [head, setHead] = useState<ArchiveHead | null>(null);
  const [isLate, setLate] = useState(false);
  const [started, setStarted] = useState(false);
  const backup = useMemo(startBackup, [file]);
  const heard = backup.heard.value;
  useReplies(backup, (reply) => {
    if (reply.op === 'head') setHead(reply.head);
    if (reply.op === 'problem') setStarted(false);
    if (reply.op === 'restored') actions.finishRestore().catch(() => setLate(true));
  });
  useEffect(() => {
    backup.ask({ op: 'look', file });
    // What was stopped has changed nothing, and leaves nothing; unless it was done just then.
    return () => void settleRestore(() => actions.finishRestore());
  }, [backup]);
  const isDeciding = heard?.op === 'deciding' || heard?.op === 'restored';
  const isRunning = heard === null || heard.op === 'progress' || isDeciding;
  const canRestore = head !== null && !isRunning && (head.sealed === null || passphrase !== '');
  return (
    <ModalDialog
      title={words.title}
      onClose={isDeciding ? () => {} : onClose}
      actions={
        <>
          <button type="button" class="button" disabled={isDeciding && !isLate} onClick={onClose}>
            {isLate ? all.close : all.cancel}
          </button>
          <button
            type="button"
            class="button button-danger"
            disabled={!canRestore}
            onClick={() => {
              setStarted(true);
              backup.ask({ op: 'restore', passphrase: head?.sealed == null ? null : passphrase });
            }}
          >
            {words.restore}
          </button>
        </>
      }
    >
      <p class="backup-name">
        <bdi>{file.name}</bdi> <span class="dim">{formatBytes(file.size)}</span>
      </p>
      {isRunning && (
        <JobProgress
          text={isDeciding ? words.deciding : started ? words.reading : words.looking}
          done={heard?.op === 'progress' ? heard.done : 0}
          total={heard?.op === 'progress' ? heard.total : null}
          write={formatBytes}
        />
      )}
      {heard?.op === 'problem' && (
        <p class="field-problem" role="alert">
          {all.problems[heard.problem](heard.detail)} {words.nothing}
        </p>
      )}
      {isLate && <p role="alert">{words.later}</p>}
      {head !== null && !isRunning && (
        <>
          <Facts head={head} />
          <p>{words.warning}</p>
          {head.sealed !== null && (
            <div class="backup-fields">
              <SecretField label={words.passphrase} value={passphrase} onInput={setPassphrase} />
            </div>
          )}
        </>
      )}
    </ModalDialog>
  );
}

function Facts({ head: { at, by, sealed, counts } }: { head: ArchiveHead }) {
  return (
    <>
      <p>
        {words.made(new Date(at).toLocaleString(), by)} {sealed === null ? words.clean : words.sealed}
      </p>
      <ul class="dialog-facts">
        {counted.map(([store, name]) => {
          const count = counts[store] ?? 0;
          // Batches are counted in any case, and stand in an encrypted backup only.
          const isThere = count > 0 && (name !== 'batchHeads' || sealed !== null);
          return isThere && <li key={name}>{words.counts[name](formatCount(count))}</li>;
        })}
      </ul>
    </>
  );
}
