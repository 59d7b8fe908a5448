import { useRef, useState } from 'preact/hooks';
import { strings } from '../strings.ts';
import './backup.css';
import { RestoreDialog } from './restore-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';

const words = strings.backup;

export interface BackupActions {
  /** Asks the background for its part of a restore. */
  finishRestore(): Promise<void>;
}

interface BackupPartProps {
  actions: BackupActions;
  /** Names that are secret besides the known ones. */
  marked: readonly string[];
  /** The extension's version. */
  version: string;
}

/** Backs up everything that is kept, and restores it. */
export function BackupPart({ actions, marked, version }: BackupPartProps) {
  const [isSaving, setSaving] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const field = useRef<HTMLInputElement>(null);
  return (
    <section class="settings-part" aria-label={words.title}>
      <h3>{words.title}</h3>
      <p class="pane-hint">{words.about}</p>
      <p class="settings-buttons">
        <button type="button" class="button" onClick={() => setSaving(true)}>
          {words.save}
        </button>
        <button type="button" class="button" onClick={() => field.current?.click()}>
          {words.restore}
        </button>
        <input
          ref={field}
          class="backup-file"
          type="file"
          accept=".tar"
          hidden
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0] ?? null);
            // The same file can be chosen again.
            event.currentTarget.value = '';
          }}
        />
      </p>
      {isSaving && <SaveDialog marked={marked} version={version} onClose={() => setSaving(false)} />}
      {file !== null && <RestoreDialog file={file} actions={actions} onClose={() => setFile(null)} />}
    </section>
  );
}
