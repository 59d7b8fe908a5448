import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { HistoryEntry, HistoryNews } from '../../model/history.ts';
import type { HistoryReader } from '../../storage/history-reader.ts';

/** An entry as the list shows it. */
export interface HistoryItem {
  /** The entry's id, as the list wants it. */
  readonly id: string;
  readonly entry: HistoryEntry;
  /** What is searched without looking into the exchange itself; lower case. */
  readonly text: string;
}

export const historySorts = ['time', 'method', 'url', 'status', 'duration', 'size'] as const;
export type HistorySort = (typeof historySorts)[number];

/** The history as a panel knows it: loaded when it is first looked at, kept up to date from then on. */
export interface HistoryList {
  readonly filterText: Signal<string>;
  readonly sort: Signal<HistorySort>;
  /** What passes the filter, in order. */
  readonly shown: ReadonlySignal<readonly HistoryItem[]>;
  readonly total: ReadonlySignal<number>;
  /** Rises with every change of an entry. */
  readonly version: ReadonlySignal<number>;
  /** Fields and bodies are being searched, or entries loaded. */
  readonly busy: ReadonlySignal<boolean>;
  /** What could not be recorded, in the browser's words; null when all is well. */
  readonly trouble: Signal<Extract<HistoryNews, { kind: 'trouble' }> | null>;
  /** The history cannot be read. */
  readonly failed: ReadonlySignal<boolean>;
  get(id: string): HistoryEntry | undefined;
  /** Loads what is not loaded yet. */
  open(): void;
}

/** A stretch is to take about this long, so that nothing else has to wait for it. In ms. */
const STRETCH_TIME = 12;
const FIRST_STRETCH = 100;
const SMALLEST = 20;
const LARGEST = 5000;
/** Typing goes on; searching every body for each letter would be for nothing. In ms. */
const TYPING = 120;

/** Sorting and grouping a longer list takes some milliseconds: exchanges in quick succession are shown together. */
const SHORT_LIST = 2000;
/** In ms; not long enough to be noticed. */
const LONG_LIST_DELAY = 100;

interface HistoryListOptions {
  reader: HistoryReader;
  hear: (listener: (news: HistoryNews) => void) => () => void;
}

export function createHistoryList({ reader, hear }: HistoryListOptions): HistoryList {
  const items = new Map<number, HistoryItem>();
  const version = signal(0);
  const loading = signal(false);
  const searching = signal(false);
  const failed = signal(false);
  const found = signal<ReadonlySet<number>>(new Set());
  const filterText = signal('');
  const sort = signal<HistorySort>('time');
  const trouble = signal<HistoryList['trouble']['value']>(null);
  let begun = false;
  /** What went while the list was being loaded: what was read just before must not bring it back. */
  const gone = new Set<number>();
  let erased = false;

  const put = (entry: HistoryEntry): void => {
    items.set(entry.id, { id: String(entry.id), entry, text: textOf(entry) });
  };
  const words = computed(() => wordsOf(filterText.value));
  /** Newest first. The map's order is not that: what is recorded while it loads comes in between. */
  const all = computed(() => (version.value, [...items.values()].sort((a, b) => b.entry.id - a.entry.id)));
  const passing = computed(() => {
    const wanted = words.value;
    const deep = found.value;
    if (wanted.length === 0) return all.value;
    return all.value.filter(({ entry, text }) => deep.has(entry.id) || wanted.every((word) => text.includes(word)));
  });

  async function load(): Promise<void> {
    loading.value = true;
    let published = 0;
    try {
      await eachStretch(
        (below, count) => reader.entries(below, count),
        ({ items: entries }) => {
          if (erased) return false;
          for (const entry of entries) if (!items.has(entry.id) && !gone.has(entry.id)) put(entry);
          // Sorting and drawing cost more the longer the list: it is shown at lengths that double.
          if (items.size >= 2 * published) {
            published = items.size;
            version.value++;
          }
          return true;
        },
      );
    } catch {
      failed.value = true;
    }
    version.value++;
    loading.value = false;
    gone.clear();
  }

  /** Looks into fields and bodies for what the list itself does not show. */
  async function search(wanted: readonly string[]): Promise<void> {
    const isCurrent = (): boolean => words.peek() === wanted;
    found.value = new Set();
    searching.value = wanted.length > 0;
    if (wanted.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, TYPING));
    if (!isCurrent()) return;
    try {
      await eachStretch(
        (below, count) => reader.search(wanted, below, count),
        ({ items: ids }) => {
          if (!isCurrent()) return false;
          if (ids.length > 0) found.value = new Set([...found.value, ...ids]);
          return true;
        },
      );
    } catch {
      failed.value = true;
    }
    if (isCurrent()) searching.value = false;
  }

  let due: ReturnType<typeof setTimeout> | null = null;
  /** Shows what has changed: at once, or together with what else changes in a moment where the list is long. */
  function publish(): void {
    if (items.size <= SHORT_LIST) version.value++;
    else
      due ??= setTimeout(() => {
        due = null;
        version.value++;
      }, LONG_LIST_DELAY);
  }

  function receive(news: HistoryNews): void {
    switch (news.kind) {
      case 'recorded':
        put(news.entry);
        break;
      case 'changed':
        news.entries.forEach(put);
        break;
      case 'removed':
        for (const id of news.entries) {
          items.delete(id);
          if (loading.peek()) gone.add(id);
        }
        break;
      case 'erased':
        items.clear();
        // Nothing that is still being read is there any more.
        erased = loading.peek();
        break;
      case 'restored':
        return;
      case 'trouble':
        trouble.value = news;
        return;
    }
    publish();
  }

  hear(receive);
  words.subscribe((wanted) => void search(wanted));

  return {
    filterText,
    sort,
    shown: computed(() => sorted(passing.value, sort.value)),
    total: computed(() => (version.value, items.size)),
    version,
    busy: computed(() => loading.value || searching.value),
    trouble,
    failed,
    get: (id) => items.get(Number(id))?.entry,
    open() {
      if (begun) return;
      begun = true;
      void load();
    },
  };
}

type Stretch = { readonly next: number | null };

/** Reads stretch by stretch, each as long as fits the time, until there are no more or `take` says it is enough. */
async function eachStretch<S extends Stretch>(
  read: (below: number | null, count: number) => Promise<S>,
  take: (stretch: S) => boolean,
): Promise<void> {
  let below: number | null = null;
  let count = FIRST_STRETCH;
  for (;;) {
    const started = performance.now();
    const stretch = await read(below, count);
    if (!take(stretch) || stretch.next === null) return;
    below = stretch.next;
    const factor = Math.min(4, Math.max(0.25, STRETCH_TIME / Math.max(1, performance.now() - started)));
    count = Math.round(Math.min(LARGEST, Math.max(SMALLEST, count * factor)));
  }
}

function textOf({ method, url, status, error, type }: HistoryEntry): string {
  return `${method} ${url} ${status ?? ''} ${error ?? ''} ${type}`.toLowerCase();
}

/** All words must be there, in any order. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

const keys: Readonly<Record<Exclude<HistorySort, 'time'>, (entry: HistoryEntry) => string | number>> = {
  method: (entry) => entry.method,
  url: (entry) => entry.url,
  status: (entry) => entry.status ?? 0,
  duration: (entry) => -entry.duration,
  size: (entry) => -(entry.size ?? 0),
};

/** `items` come newest first, and stay so among those alike. */
function sorted(items: readonly HistoryItem[], by: HistorySort): readonly HistoryItem[] {
  if (by === 'time') return items;
  const key = keys[by];
  return items.toSorted((a, b) => {
    const [left, right] = [key(a.entry), key(b.entry)];
    return left === right ? 0 : left < right ? -1 : 1;
  });
}
