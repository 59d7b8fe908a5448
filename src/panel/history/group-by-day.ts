import { strings } from '../strings.ts';
import type { ListGroup } from '../widgets/listbox.tsx';
import type { HistoryItem } from './history-list.ts';

const words = strings.history;

/** Pinned entries first, then a group a day. @param items newest first; sorted otherwise they stay together */
export function groupByDay(items: readonly HistoryItem[], byTime: boolean, now = Date.now()): ListGroup<HistoryItem>[] {
  if (!byTime) return [{ key: 'all', label: null, items }];
  const pinned = items.filter(({ entry }) => entry.pinned);
  const groups: { key: string; label: string; items: HistoryItem[] }[] = [];
  const days = new Map<number, HistoryItem[]>();
  let day: { start: number; end: number } | null = null;
  for (const item of items) {
    if (item.entry.pinned) continue;
    const { at } = item.entry;
    if (day === null || at < day.start || at >= day.end) day = dayOf(at);
    const group = days.get(day.start);
    if (group !== undefined) {
      group.push(item);
      continue;
    }
    const fresh = [item];
    days.set(day.start, fresh);
    groups.push({ key: String(day.start), label: dayName(day.start, now), items: fresh });
  }
  return [...(pinned.length > 0 ? [{ key: 'pinned', label: words.pinned, items: pinned }] : []), ...groups];
}

/** The local day that holds a moment; days are not all of the same length. */
function dayOf(at: number): { start: number; end: number } {
  const date = new Date(at);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  return { start: new Date(year, month, day).getTime(), end: new Date(year, month, day + 1).getTime() };
}

function dayName(start: number, now: number): string {
  const today = dayOf(now).start;
  if (start === today) return words.today;
  if (start === dayOf(today - 1).start) return words.yesterday;
  return new Date(start).toLocaleDateString(undefined, { dateStyle: 'full' });
}
