import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { standardSettings, type Settings } from '../../model/settings.ts';

/** Where settings are kept. */
export interface SettingsStorage {
  read(): Promise<Settings>;
  change(change: Partial<Settings>): Promise<Settings>;
  /** Tells that another panel has changed something. */
  hear(listener: () => void): () => void;
}

/** What a person has set, the same in every open panel. */
export interface SettingsStore {
  readonly settings: ReadonlySignal<Settings>;
  /** The last change could not be saved. */
  readonly failed: ReadonlySignal<boolean>;
  /** Counts at once, and is saved. */
  change(change: Partial<Settings>): Promise<void>;
  /** As at the first time; for after everything was erased. */
  reset(): void;
}

/** @param storage null where nothing may be kept: settings last as long as the page */
export async function createSettings(storage: SettingsStorage | null): Promise<SettingsStore> {
  const settings = signal(standardSettings);
  const failed = signal(false);
  /** Changes of this panel that are on their way to the disk. */
  const pending = new Set<Partial<Settings>>();

  /**
   * What is stored is read again whenever somebody has changed it: messages of other panels come in any order, and what
   * the last one says need not be what was written last.
   */
  async function refresh(): Promise<void> {
    const stored = (await storage?.read().catch(() => null)) ?? settings.peek();
    settings.value = Object.assign({}, stored, ...pending);
  }

  if (storage !== null) {
    await refresh();
    storage.hear(() => void refresh());
  }
  return {
    settings,
    failed,
    async change(change) {
      settings.value = { ...settings.value, ...change };
      if (storage === null) return;
      pending.add(change);
      failed.value = await storage.change(change).then(
        () => false,
        () => true,
      );
      pending.delete(change);
      // What could not be saved counts all the same, for as long as the panel is open.
      if (!failed.value) await refresh();
    },
    reset() {
      settings.value = standardSettings;
    },
  };
}

/** Keeps the page's theme as it is set; `devtools` leaves it to the browser. */
export function applyTheme(settings: ReadonlySignal<Settings>, root: HTMLElement): () => void {
  return effect(() => {
    const { theme } = settings.value;
    root.dataset['theme'] = theme;
  });
}
