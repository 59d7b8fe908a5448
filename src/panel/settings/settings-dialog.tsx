import { useEffect, useId, useState } from 'preact/hooks';
import { formatBytes } from '../../inspect/format.ts';
import { themes } from '../../model/settings.ts';
import type { StorageUsage } from '../../storage/usage.ts';
import { BackupPart, type BackupActions } from '../backup/backup-part.tsx';
import { EraseConfirm } from '../lock/erase-confirm.tsx';
import type { SettingsStore } from '../state/settings.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { SelectField, TextField } from '../widgets/fields.tsx';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import { PassphrasePart, type PassphraseActions } from './passphrase-part.tsx';

const words = strings.settings;
const MIB = 1024 * 1024;

/** What the dialog does beyond changing settings. */
export interface SettingsActions {
  /** null where nothing is kept. */
  usage: (() => Promise<StorageUsage>) | null;
  /** null where nothing is kept. */
  passphrase: PassphraseActions | null;
  /** null where nothing is kept. */
  backup: BackupActions | null;
  /** The budget was changed. */
  fit: () => void;
  /** Erases everything that is kept. */
  erase: () => Promise<void>;
}

interface SettingsDialogProps {
  store: SettingsStore;
  workbench: Workbench;
  actions: SettingsActions;
  version: string;
  onClose: () => void;
}

/** Everything that one can set for the whole workbench; each change counts at once. */
export function SettingsDialog({ store, workbench, actions, version, onClose }: SettingsDialogProps) {
  const settings = store.settings.value;
  return (
    <ModalDialog
      title={strings.settingsStart.title}
      onClose={onClose}
      actions={
        <button type="button" class="button button-strong" onClick={onClose}>
          {words.done}
        </button>
      }
    >
      <div class="settings">
        {store.failed.value && (
          <p class="field-problem" role="alert">
            {words.notSaved}
          </p>
        )}
        <SelectField
          label={words.theme}
          value={settings.theme}
          options={themes.map((theme) => [theme, words.themes[theme]] as const)}
          onChange={(theme) => void store.change({ theme })}
        />
        <Defaults store={store} workbench={workbench} />
        <History store={store} actions={actions} />
        <SecretNames store={store} />
        {actions.passphrase !== null && <PassphrasePart actions={actions.passphrase} />}
        {actions.backup !== null && <BackupPart actions={actions.backup} marked={settings.marked} version={version} />}
        <Erase erase={actions.erase} />
        <p class="dim">{words.version(version)}</p>
      </div>
    </ModalDialog>
  );
}

function Defaults({ store, workbench }: { store: SettingsStore; workbench: Workbench }) {
  const { defaults } = store.settings.value;
  const { options } = workbench.drafts.draft.value;
  const isSame = JSON.stringify(defaults) === JSON.stringify(options);
  return (
    <section class="settings-part" aria-label={words.defaults}>
      <h3>{words.defaults}</h3>
      <p class="pane-hint">{defaults === null ? words.defaultsStandard : words.defaultsOwn}</p>
      <p class="settings-buttons">
        <button
          type="button"
          class="button"
          disabled={isSame}
          onClick={() => void store.change({ defaults: structuredClone(options) })}
        >
          {words.defaultsTake}
        </button>
        <button
          type="button"
          class="button"
          disabled={defaults === null}
          onClick={() => void store.change({ defaults: null })}
        >
          {words.defaultsReset}
        </button>
      </p>
    </section>
  );
}

function History({ store, actions }: { store: SettingsStore; actions: SettingsActions }) {
  const { historyBudget } = store.settings.value;
  const [typed, setTyped] = useState(String(Math.round(historyBudget / MIB)));
  const [usage, setUsage] = useState<StorageUsage | null>(null);
  const problem = /^\d{1,7}$/.test(typed.trim()) ? null : words.budgetProblem;
  useEffect(() => {
    void actions.usage?.().then(setUsage, () => null);
  }, [actions, historyBudget]);
  return (
    <section class="settings-part" aria-label={words.history}>
      <h3>{words.history}</h3>
      <TextField
        label={words.budget}
        value={typed}
        numeric
        problem={problem}
        onInput={(text) => {
          setTyped(text);
          if (!/^\d{1,7}$/.test(text.trim())) return;
          void store.change({ historyBudget: Number(text) * MIB }).then(actions.fit);
        }}
      />
      <p class="pane-hint">{words.budgetHint}</p>
      {actions.usage !== null && (
        // It has its place before it is known: nothing below it jumps.
        <p class="pane-hint settings-usage">
          {usage !== null &&
            words.usage(
              formatBytes(usage.history),
              usage.used === null ? null : formatBytes(usage.used),
              usage.quota === null ? null : formatBytes(usage.quota),
            )}{' '}
          {usage !== null && (usage.persisted ? words.persisted : words.notPersisted)}
        </p>
      )}
    </section>
  );
}

function SecretNames({ store }: { store: SettingsStore }) {
  const id = useId();
  const [typed, setTyped] = useState(store.settings.peek().marked.join('\n'));
  return (
    <section class="settings-part" aria-label={words.secrets}>
      <h3>
        <label for={id}>{words.secrets}</label>
      </h3>
      <textarea
        id={id}
        class="text-input settings-names"
        rows={3}
        spellcheck={false}
        value={typed}
        placeholder={words.secretsPlaceholder}
        onInput={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          const marked = text
            .split(/[\n,]/)
            .map((name) => name.trim())
            .filter(Boolean);
          void store.change({ marked });
        }}
      />
      <p class="pane-hint">{words.secretsHint}</p>
    </section>
  );
}

function Erase({ erase }: { erase: () => Promise<void> }) {
  return (
    <section class="settings-part" aria-label={words.erase}>
      <h3>{words.erase}</h3>
      <p class="pane-hint">{words.eraseHint}</p>
      <EraseConfirm label={words.erase} erase={erase} />
    </section>
  );
}
