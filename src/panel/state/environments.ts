import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { GLOBALS, type Environment, type Variable } from '../../model/environment.ts';
import type { EnvironmentStorage } from '../../storage/environments.ts';
import { scopeOf, type VariableScope } from '../../variables/scopes.ts';
import { strings } from '../strings.ts';

/** Milliseconds: no more of typing than this is ever unsaved. */
const DELAY = 150;
const CHOSEN = 'workbench-environment';

type Change = (before: Environment) => Environment;
export type NewValue = Pick<Variable, 'value' | 'secret' | 'literal'>;

/** Global variables and environments, the same in every open panel, and which environment this panel works in. */
export interface EnvironmentStore {
  readonly globals: ReadonlySignal<Environment>;
  /** In their order, without the globals. */
  readonly all: ReadonlySignal<readonly Environment[]>;
  readonly chosen: ReadonlySignal<Environment | null>;
  /** The weakest first: globals, then the chosen environment. */
  readonly scopes: ReadonlySignal<readonly VariableScope[]>;
  /** The last change could not be saved, or something saved could not be read. */
  readonly failed: ReadonlySignal<boolean>;
  choose(id: string | null): void;
  /** @returns the new one's id */
  add(name: string, variables?: readonly Variable[]): string;
  rename(id: string, name: string): void;
  setVariables(id: string, variables: readonly Variable[]): void;
  /** Gives a variable its value, and makes it where there is none of that name. */
  put(id: string, name: string, value: NewValue): void;
  remove(id: string): void;
  /** Saves now what is not saved yet. */
  flush(): Promise<void>;
  /** All gone here; what is on disk is erased by others. */
  reset(): void;
}

interface StoreOptions {
  /** null where nothing may be kept. */
  storage: EnvironmentStorage | null;
  /** Remembers which environment was chosen. */
  memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;
}

export const newVariable = (fields: Partial<Variable> = {}): Variable => ({
  id: crypto.randomUUID(),
  enabled: true,
  name: '',
  value: '',
  secret: false,
  literal: false,
  ...fields,
});

const noGlobals = (): Environment => ({ id: GLOBALS, name: '', variables: [] });

export function createEnvironments({ storage, memory }: StoreOptions): EnvironmentStore {
  const sets = signal<readonly Environment[]>([]);
  const chosenId = signal(memory?.getItem(CHOSEN) ?? null);
  const failed = signal(false);
  /** Changes that are shown already and not on disk yet, by environment. */
  const pending = new Map<string, Change[]>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let saving: Promise<void> | null = null;

  const globals = computed(() => sets.value.find(({ id }) => id === GLOBALS) ?? noGlobals());
  const all = computed(() => sets.value.filter(({ id }) => id !== GLOBALS));
  const chosen = computed(() => all.value.find(({ id }) => id === chosenId.value) ?? null);
  const scopes = computed(() => [
    scopeOf(GLOBALS, strings.environments.globals, globals.value.variables),
    ...(chosen.value === null ? [] : [scopeOf('environment', chosen.value.name, chosen.value.variables)]),
  ]);

  function apply(before: readonly Environment[], id: string, change: Change): readonly Environment[] {
    const known = before.some((set) => set.id === id);
    if (known) return before.map((set) => (set.id === id ? change(set) : set));
    return [...before, change({ ...noGlobals(), id })];
  }

  function change(id: string, how: Change): void {
    sets.value = apply(sets.peek(), id, how);
    if (storage === null) return;
    pending.set(id, [...(pending.get(id) ?? []), how]);
    timer ??= setTimeout(() => void flush(), DELAY);
  }

  async function save(to: EnvironmentStorage): Promise<void> {
    for (const [id, changes] of pending) {
      try {
        await to.update(id, (stored) => changes.reduce((set, next) => next(set), stored ?? { ...noGlobals(), id }));
        failed.value = false;
      } catch {
        failed.value = true;
      }
      const left = pending.get(id)?.slice(changes.length) ?? [];
      if (left.length === 0) pending.delete(id);
      else pending.set(id, left);
    }
  }

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (storage === null) return;
    saving = (saving ?? Promise.resolve()).then(() => save(storage));
    await saving;
  }

  async function load(from: EnvironmentStorage): Promise<void> {
    try {
      const { environments, unreadable } = await from.load();
      let loaded = environments;
      for (const [id, changes] of pending) for (const how of changes) loaded = apply(loaded, id, how);
      sets.value = loaded;
      if (unreadable > 0) failed.value = true;
    } catch {
      failed.value = true;
    }
  }

  if (storage !== null) {
    void load(storage);
    storage.hear(() => void load(storage));
  }

  return {
    globals,
    all,
    chosen,
    scopes,
    failed,
    choose(id) {
      chosenId.value = id;
      if (id === null) memory?.removeItem(CHOSEN);
      else memory?.setItem(CHOSEN, id);
    },
    add(name, variables = []) {
      const id = crypto.randomUUID();
      change(id, (set) => ({ ...set, name, variables: [...variables] }));
      return id;
    },
    rename: (id, name) => change(id, (set) => ({ ...set, name })),
    setVariables: (id, variables) => change(id, (set) => ({ ...set, variables: [...variables] })),
    put: (id, name, value) => change(id, (set) => ({ ...set, variables: withValue(set.variables, name, value) })),
    remove(id) {
      pending.delete(id);
      sets.value = sets.peek().filter((set) => set.id !== id);
      if (storage === null) return;
      // What is being saved right now would bring it back.
      saving = (saving ?? Promise.resolve())
        .then(() => storage.remove(id))
        .catch(() => {
          failed.value = true;
        });
    },
    flush,
    reset() {
      pending.clear();
      sets.value = [];
    },
  };
}

/** The last enabled one of that name is the one that counts. */
function withValue(variables: readonly Variable[], name: string, value: NewValue): Variable[] {
  const at = variables.findLastIndex((row) => row.enabled && row.name.trim() === name);
  const before = variables[at];
  if (before === undefined) return [...variables, newVariable({ name, ...value })];
  // What was marked secret stays so, whatever its new value looks like.
  return variables.with(at, { ...before, ...value, secret: value.secret || before.secret });
}
