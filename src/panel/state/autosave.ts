import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Draft } from '../../model/draft.ts';

/** At most this long after a key the draft is on its way to disk. */
const DELAY = 150;

interface AutosaveOptions {
  draft: ReadonlySignal<Draft>;
  save: (draft: Draft) => Promise<void>;
}

export interface Autosave {
  /** The last attempt to save failed. */
  readonly failed: ReadonlySignal<boolean>;
  /** Saves now what is not saved yet; to be called when the page may go away. */
  flush(): void;
  stop(): void;
}

/**
 * Saves the draft as it is typed. The first change starts the clock and later ones do not put it back, so no more than
 * the last moment of typing is ever unsaved. One save runs at a time; the last draft wins.
 */
export function autosave({ draft, save }: AutosaveOptions): Autosave {
  const failed = signal(false);
  let saved = draft.peek();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let saving = false;

  async function run(): Promise<void> {
    if (saving) return;
    saving = true;
    while (saved !== draft.peek()) {
      const current = draft.peek();
      try {
        await save(current);
        failed.value = false;
      } catch {
        failed.value = true;
      }
      saved = current;
    }
    saving = false;
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    void run();
  }

  const stop = effect(() => {
    if (draft.value !== saved) timer ??= setTimeout(flush, DELAY);
  });

  return {
    failed,
    flush,
    stop() {
      stop();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
