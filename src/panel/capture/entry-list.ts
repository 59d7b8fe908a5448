import { signal, type ReadonlySignal } from '@preact/signals';
import type { CapturedEntry } from '../../model/captured-entry.ts';

/** Every number here is told to the user when it is reached. */
export const captureLimits = {
  entries: 20_000,
  /** How many of the oldest go at once when there are too many. */
  droppedAtOnce: 500,
  /** Bytes of request bodies in all. */
  requestBodies: 64 * 1024 * 1024,
} as const;

/** What was given up so far, and is gone. */
export interface Dropped {
  readonly entries: number;
  readonly requestBodies: number;
}

/** One step from an earlier state of the list to the present one. `null` on the left is new, on the right is gone. */
export type EntryChange = readonly [before: CapturedEntry | null, after: CapturedEntry | null];

export interface EntryList {
  /** Rises with every change; the entries themselves are read from here afterwards. */
  readonly version: ReadonlySignal<number>;
  readonly dropped: ReadonlySignal<Dropped>;
  readonly pinned: ReadonlySignal<ReadonlySet<string>>;
  readonly size: number;
  all(): Iterable<CapturedEntry>;
  get(id: string): CapturedEntry | undefined;
  /** Adds entries, or puts them in the place of those of the same id. Returns what had to go for them. */
  put(entries: readonly CapturedEntry[]): readonly CapturedEntry[];
  /** Removes, and returns, all that are not pinned and that the test names. They do not count as `dropped`. */
  removeWhere(test: (entry: CapturedEntry) => boolean): readonly CapturedEntry[];
  pin(ids: readonly string[], on: boolean): void;
  /** The steps since the version before; null when they are no longer known one by one. */
  changesSince(version: number): readonly EntryChange[] | null;
}

interface Limits {
  readonly entries: number;
  readonly droppedAtOnce: number;
  readonly requestBodies: number;
}

/** How many versions back `changesSince` can look. */
const REMEMBERED = 64;

/** The captured requests, in the order in which they were heard of. The oldest go when there are too many. */
export function createEntryList(limits: Limits = captureLimits): EntryList {
  const version = signal(0);
  const dropped = signal<Dropped>({ entries: 0, requestBodies: 0 });
  const pinned = signal<ReadonlySet<string>>(new Set());
  const entries = new Map<string, CapturedEntry>();
  const history: { version: number; changes: readonly EntryChange[] }[] = [];
  let bodyBytes = 0;

  function commit(changes: readonly EntryChange[]): void {
    if (changes.length === 0) return;
    history.push({ version: version.value + 1, changes });
    if (history.length > REMEMBERED) history.shift();
    version.value += 1;
  }

  function set(entry: CapturedEntry): EntryChange {
    const before = entries.get(entry.id) ?? null;
    bodyBytes += bodyWeight(entry) - (before === null ? 0 : bodyWeight(before));
    entries.set(entry.id, entry);
    return [before, entry];
  }

  function remove(entry: CapturedEntry): EntryChange {
    bodyBytes -= bodyWeight(entry);
    entries.delete(entry.id);
    return [entry, null];
  }

  function dropOldest(): CapturedEntry[] {
    if (entries.size <= limits.entries) return [];
    const wanted = entries.size - limits.entries + limits.droppedAtOnce;
    const gone: CapturedEntry[] = [];
    for (const entry of entries.values()) {
      if (gone.length === wanted) break;
      if (!pinned.value.has(entry.id)) gone.push(entry);
    }
    dropped.value = { ...dropped.value, entries: dropped.value.entries + gone.length };
    return gone;
  }

  function dropOldestBodies(): EntryChange[] {
    const changes: EntryChange[] = [];
    for (const entry of entries.values()) {
      if (bodyBytes <= limits.requestBodies) break;
      if (bodyWeight(entry) === 0 || pinned.value.has(entry.id)) continue;
      changes.push(
        set({ ...entry, body: { state: 'incomplete', gap: 'dropped', text: null, length: lengthOf(entry) } }),
      );
    }
    if (changes.length > 0) {
      dropped.value = { ...dropped.value, requestBodies: dropped.value.requestBodies + changes.length };
    }
    return changes;
  }

  return {
    version,
    dropped,
    pinned,
    get size() {
      return entries.size;
    },
    all: () => entries.values(),
    get: (id) => entries.get(id),
    put(added) {
      const changes = added.map(set);
      const gone = dropOldest();
      commit([...changes, ...gone.map(remove), ...dropOldestBodies()]);
      return gone;
    },
    removeWhere(test) {
      const gone = [...entries.values()].filter((entry) => !pinned.value.has(entry.id) && test(entry));
      commit(gone.map(remove));
      return gone;
    },
    pin(ids, on) {
      const next = new Set(pinned.value);
      for (const id of ids) {
        if (on && entries.has(id)) next.add(id);
        else next.delete(id);
      }
      pinned.value = next;
    },
    changesSince(known) {
      if (known === version.value) return [];
      const steps = history.filter((step) => step.version > known);
      return steps.length === version.value - known ? steps.flatMap(({ changes }) => changes) : null;
    },
  };
}

function bodyWeight({ body }: CapturedEntry): number {
  if (body.state === 'exact') return body.bytes.byteLength;
  return body.state === 'incomplete' ? (body.text?.length ?? 0) : 0;
}

function lengthOf({ body }: CapturedEntry): number | null {
  if (body.state === 'exact') return body.bytes.byteLength;
  return body.state === 'incomplete' ? body.length : null;
}
