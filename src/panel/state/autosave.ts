import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Draft } from '../../model/draft.ts';

/** At most this long after a key the draft is on its way to disk. */
const DELAY = 150;

interface AutosaveOptions {
  draft: ReadonlySignal<Draft>;
  save: (draft: Draft) => Promise<void>;
  /** The draft as it stands is not saved anywhere yet: saves it at once. */
  now?: boolean;
}

export interface Autosave {
  /** The last attempt to save failed. */
  readonly failed: ReadonlySignal<boolean>;
  /** Saves now what is not saved yet; to be called when the page may go away. Resolves when it is done. */
  flush(): Promise<void>;
  stop(): void;
}

/**
 * Saves the draft as it is typed. The first change starts the clock and later ones do not put it back, so no more than
 * the last moment of typing is ever unsaved. One save runs at a time; the last draft wins.
 */
export function autosave({ draft, save, now }: AutosaveOptions): Autosave {
  const failed = signal(false);
  let saved = now === true ? null : draft.peek();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let saving: Promise<void> | null = null;

  async function run(): Promise<void> {
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
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (saving !== null) return saving;
    const running = run();
    saving = running.finally(() => {
      saving = null;
    });
    return saving;
  }

  const stop = effect(() => {
    if (draft.value !== saved) timer ??= setTimeout(() => void flush(), DELAY);
  });
  if (now === true) void flush();

  return {
    failed,
    flush,
    stop() {
      stop();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
