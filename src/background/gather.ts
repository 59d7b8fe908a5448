/** Gathers what comes within `wait` milliseconds of the first, and hands it over together. */
export interface Gatherer<T> {
  add(item: T): void;
  /** Hands over what there is, now. */
  flush(): void;
}

/** @param put adds one more to those that wait; default: behind them */
export function gather<T>(
  wait: number,
  hand: (items: T[]) => void,
  put: (waiting: T[], item: T) => void = (waiting, item) => void waiting.push(item),
): Gatherer<T> {
  let waiting: T[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return;
    const items = waiting;
    waiting = [];
    hand(items);
  }

  return {
    add(item) {
      put(waiting, item);
      timer ??= setTimeout(flush, wait);
    },
    flush,
  };
}
