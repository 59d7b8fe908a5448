/** What waits for a quiet moment to be written. */
export interface WriteBehind<T> {
  add(item: T): void;
  /** Something is going on that writing would slow down. */
  postpone(): void;
  /** Gives back what is not being written yet, which will not be written, as soon as nothing else is. */
  discard(): Promise<readonly T[]>;
}

/**
 * Collects what is to be written until nothing was added or postponed for `quiet` ms; but no item waits for longer than
 * `longest` ms to be taken. Writes are never two at once.
 * @param write gets the items in the order in which they came; must not reject
 */
export function writeBehind<T>(
  write: (items: readonly T[]) => Promise<void>,
  { quiet, longest }: { readonly quiet: number; readonly longest: number },
): WriteBehind<T> {
  const waiting: T[] = [];
  /** When the first of them came. */
  let since = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> | null = null;

  function schedule(): void {
    clearTimeout(timer);
    if (waiting.length === 0 || writing !== null) return;
    timer = setTimeout(take, Math.min(quiet, Math.max(0, since + longest - performance.now())));
  }

  function take(): void {
    writing = write(waiting.splice(0)).finally(() => {
      writing = null;
      schedule();
    });
  }

  return {
    add(item) {
      if (waiting.length === 0) since = performance.now();
      waiting.push(item);
      schedule();
    },
    postpone: schedule,
    async discard() {
      const discarded = waiting.splice(0);
      clearTimeout(timer);
      await writing;
      return discarded;
    },
  };
}
