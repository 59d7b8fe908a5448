import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { standardSettings, type Settings } from '../../model/settings.ts';

/** Where settings are kept. */
export interface SettingsStorage {
  read(): Promise<Settings>;
  change(change: Partial<Settings>): Promise<Settings>;
  hear(listener: (settings: Settings) => void): () => void;
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
  if (storage !== null) {
    settings.value = await storage.read().catch(() => standardSettings);
    storage.hear((changed) => {
      settings.value = changed;
    });
  }
  return {
    settings,
    failed,
    async change(change) {
      settings.value = { ...settings.value, ...change };
      if (storage === null) return;
      failed.value = await storage.change(change).then(
        () => false,
        () => true,
      );
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
