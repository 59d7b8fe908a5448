import { useRef, useState } from 'preact/hooks';
import { GLOBALS, type Environment } from '../../model/environment.ts';
import { saveBody } from '../response/body/save-body.ts';
import { newVariable, type EnvironmentStore } from '../state/environments.ts';
import { strings } from '../strings.ts';
import { environmentsFromJson, environmentsToJson, type ImportedEnvironment } from './transfer.ts';

const words = strings.environments;

interface TransferBarProps {
  store: EnvironmentStore;
  set: Environment;
  onSelect: (id: string) => void;
}

/** Takes environments from files and saves them as such. */
export function TransferBar({ store, set, onSelect }: TransferBarProps) {
  const [withSecrets, setWithSecrets] = useState(false);
  const [said, setSaid] = useState('');
  const input = useRef<HTMLInputElement>(null);

  function save(environments: readonly Environment[], name: string): void {
    saveBody(new Blob([environmentsToJson(environments, withSecrets)], { type: 'application/json' }), name);
  }

  async function read(file: File): Promise<void> {
    const imported = environmentsFromJson(await file.text());
    setSaid(imported === null ? words.notImported : words.imported(imported.length));
    const ids = (imported ?? []).map((environment) => take(store, environment));
    if (ids[0] !== undefined) onSelect(ids[0]);
  }

  return (
    <div class="environments-transfer">
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) void read(file);
          event.currentTarget.value = '';
        }}
      />
      <button type="button" class="button" title={words.importHint} onClick={() => input.current?.click()}>
        {words.import}
      </button>
      <button
        type="button"
        class="button"
        title={words.exportHint}
        onClick={() => save([set], words.fileName(set.id === GLOBALS ? words.globals : set.name))}
      >
        {words.export}
      </button>
      <button
        type="button"
        class="button"
        onClick={() => save([store.globals.peek(), ...store.all.peek()], words.allFileName)}
      >
        {words.exportAll}
      </button>
      <label class="environments-secrets">
        <input
          type="checkbox"
          checked={withSecrets}
          onChange={(event) => setWithSecrets(event.currentTarget.checked)}
        />
        {words.withSecrets}
      </label>
      <span class="pane-hint" role="status">
        {said}
      </span>
    </div>
  );
}

/** Global variables join those that are there; an environment becomes one more. */
function take(store: EnvironmentStore, { name, global, variables }: ImportedEnvironment): string {
  const rows = variables.map((row) => newVariable(row));
  if (!global) return store.add(name, rows);
  const names = new Set(rows.map((row) => row.name));
  const kept = store.globals.peek().variables.filter((row) => !names.has(row.name));
  store.setVariables(GLOBALS, [...kept, ...rows]);
  return GLOBALS;
}
