import type { CapturedEntry } from '../../model/captured-entry.ts';
import type { EntryList } from './entry-list.ts';
import type { EntryMarks, Filter } from './filter.ts';
import { entryOrder, type SortOrder } from './sort.ts';

/** What decides which entries show, and in what order. A new object each time one of them changes. */
export interface View {
  readonly filter: Filter;
  readonly order: SortOrder;
  readonly pinned: ReadonlySet<string>;
  readonly replayed: ReadonlySet<string>;
}

/**
 * Keeps the entries that pass the filter, in order, pinned ones first. What arrives is put in its place one by one;
 * only another view, or a list that changed beyond recognition, is worked out anew.
 */
export function trackVisible(list: EntryList): (view: View) => readonly CapturedEntry[] {
  let shown: CapturedEntry[] = [];
  let known: { view: View; version: number } | null = null;

  return (view) => {
    const version = list.version.value;
    const changes = known !== null && sameView(known.view, view) ? list.changesSince(known.version) : null;
    known = { view, version };
    const compare = comparison(view);
    if (changes === null || changes.length > 1000) {
      shown = [...list.all()].filter((entry) => passes(entry, view)).sort(compare);
      return shown;
    }
    if (changes.length === 0) return shown;
    // A new array: whoever holds the last one must not see it change.
    shown = [...shown];
    for (const [before, after] of changes) {
      if (before !== null) removeFrom(shown, before);
      if (after !== null && passes(after, view)) insertInto(shown, after, compare);
    }
    return shown;
  };
}

function sameView(a: View, b: View): boolean {
  return a.filter === b.filter && a.order === b.order && a.pinned === b.pinned && a.replayed === b.replayed;
}

function passes(entry: CapturedEntry, { filter, pinned, replayed }: View): boolean {
  const marks: EntryMarks = { pinned: pinned.has(entry.id), replayed: replayed.has(entry.id) };
  return filter.test(entry, marks);
}

type Compare = (a: CapturedEntry, b: CapturedEntry) => number;

function comparison({ order, pinned }: View): Compare {
  const compare = entryOrder(order);
  if (pinned.size === 0) return compare;
  return (a, b) => Number(pinned.has(b.id)) - Number(pinned.has(a.id)) || compare(a, b);
}

function insertInto(shown: CapturedEntry[], entry: CapturedEntry, compare: Compare): void {
  let low = 0;
  let high = shown.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = shown[middle];
    if (other !== undefined && compare(other, entry) <= 0) low = middle + 1;
    else high = middle;
  }
  shown.splice(low, 0, entry);
}

function removeFrom(shown: CapturedEntry[], entry: CapturedEntry): void {
  const at = shown.lastIndexOf(entry);
  if (at >= 0) shown.splice(at, 1);
}
