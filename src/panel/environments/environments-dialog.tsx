import { CopyPlus, Plus, Trash2 } from 'lucide';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { GLOBALS, type Environment } from '../../model/environment.ts';
import { newVariable, type EnvironmentStore } from '../state/environments.ts';
import { strings } from '../strings.ts';
import { TokenContext } from '../tokens/token-context.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import './environments.css';
import { TransferBar } from './transfer-bar.tsx';
import { VariablesEditor } from './variables-editor.tsx';

const words = strings.environments;

interface EnvironmentsDialogProps {
  store: EnvironmentStore;
  /** A variable to define at once. */
  define: string | null;
  lasting: boolean;
  onClose: () => void;
}

/** Global variables and environments, each a table. Every change counts at once. */
export function EnvironmentsDialog({ store, define, lasting, onClose }: EnvironmentsDialogProps) {
  const { globals, all, chosen } = store;
  const [selected, setSelected] = useState(chosen.peek()?.id ?? GLOBALS);
  const [removed, setRemoved] = useState<Environment | null>(null);
  const set = all.value.find(({ id }) => id === selected) ?? globals.value;
  const panel = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (define === null) return;
    const rows = set.variables;
    if (!rows.some((row) => row.name.trim() === define)) {
      store.setVariables(set.id, [...rows, newVariable({ name: define })]);
    }
    // Once the row is there, its value is what is missing.
    setTimeout(() => {
      const lines = panel.current?.querySelectorAll('[data-row]:not([data-blank="true"])');
      const line = [...(lines ?? [])].find((row) => row.querySelector('textarea')?.value.trim() === define);
      line?.querySelectorAll('textarea')[1]?.focus();
    });
  }, []);

  return (
    <ModalDialog
      title={words.title}
      onClose={onClose}
      actions={
        <button type="button" class="button button-strong" onClick={onClose}>
          {words.done}
        </button>
      }
    >
      <div class="environments">
        {store.failed.value && (
          <p class="field-problem" role="alert">
            {words.notSaved}
          </p>
        )}
        {!lasting && <p class="pane-hint">{words.privately}</p>}
        <div class="environments-parts">
          <SetList store={store} selected={set.id} onSelect={setSelected} />
          <div class="environments-set" ref={panel}>
            <SetBar
              store={store}
              set={set}
              onSelect={setSelected}
              onRemove={() => {
                setRemoved(set);
                store.remove(set.id);
                if (chosen.peek() === null) store.choose(null);
                setSelected(GLOBALS);
              }}
            />
            <TokenContext.Provider value={store.scopes.value}>
              <VariablesEditor
                key={set.id}
                label={words.table}
                rows={set.variables}
                onChange={(rows) => store.setVariables(set.id, rows)}
              />
            </TokenContext.Provider>
          </div>
        </div>
        {removed !== null && (
          <p class="pane-hint">
            <button
              type="button"
              class="link-button"
              onClick={() => {
                setSelected(store.add(removed.name, removed.variables));
                setRemoved(null);
              }}
            >
              {words.undoRemove(nameOf(removed))}
            </button>
          </p>
        )}
        <TransferBar store={store} set={set} onSelect={setSelected} />
      </div>
    </ModalDialog>
  );
}

const nameOf = ({ id, name }: Environment): string =>
  id === GLOBALS ? words.globals : name.trim() === '' ? words.unnamed : name;

interface SetListProps {
  store: EnvironmentStore;
  selected: string;
  onSelect: (id: string) => void;
}

function SetList({ store, selected, onSelect }: SetListProps) {
  return (
    <nav class="environments-list" aria-label={words.sets}>
      {[store.globals.value, ...store.all.value].map((set) => (
        <button
          key={set.id}
          type="button"
          class="environments-item"
          aria-current={set.id === selected ? 'true' : undefined}
          onClick={() => onSelect(set.id)}
        >
          <span class="environments-item-name">{nameOf(set)}</span>
          <span class="dim">{set.variables.length}</span>
        </button>
      ))}
      <button
        type="button"
        class="environments-item environments-add"
        onClick={() => onSelect(store.add(words.newName))}
      >
        <Icon of={Plus} size={12} /> {words.add}
      </button>
    </nav>
  );
}

interface SetBarProps {
  store: EnvironmentStore;
  set: Environment;
  onSelect: (id: string) => void;
  onRemove: () => void;
}

function SetBar({ store, set, onSelect, onRemove }: SetBarProps) {
  const id = useId();
  if (set.id === GLOBALS) return <p class="pane-hint environments-bar">{words.globalsHint}</p>;
  return (
    <div class="environments-bar">
      <input
        id={id}
        type="text"
        class="text-input"
        aria-label={words.name}
        title={words.setHint}
        value={set.name}
        spellcheck={false}
        onInput={(event) => store.rename(set.id, event.currentTarget.value)}
      />
      <IconButton
        icon={CopyPlus}
        label={words.duplicate}
        onClick={() =>
          onSelect(
            store.add(
              words.copyOf(set.name),
              set.variables.map((row) => newVariable({ ...row, id: crypto.randomUUID() })),
            ),
          )
        }
      />
      <IconButton icon={Trash2} label={words.remove} onClick={onRemove} />
    </div>
  );
}
