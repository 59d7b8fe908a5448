import type { CapturedEntry } from '../../model/captured-entry.ts';
import { strings } from '../strings.ts';
import type { ListGroup } from '../widgets/listbox.tsx';
import type { CapturedPage } from './pages.ts';

/**
 * Entries under the page that was shown when they were sent, in the order of the pages; within a page they keep their order.
 * @param pages in order of time; null: all together, without headings
 */
export function groupEntries(
  entries: readonly CapturedEntry[],
  pages: readonly CapturedPage[] | null,
): ListGroup<CapturedEntry>[] {
  if (pages === null) return [{ key: 'all', label: null, items: entries }];
  const byPage = new Map<number, CapturedEntry[]>();
  for (const entry of entries) {
    const page = pageOf(entry, pages);
    const group = byPage.get(page);
    if (group === undefined) byPage.set(page, [entry]);
    else group.push(entry);
  }
  return [...byPage]
    .sort(([a], [b]) => a - b)
    .map(([page, items]) => ({
      key: String(page),
      label: pages[page]?.url ?? strings.capture.otherPages,
      items,
    }));
}

/** Index of the page that had begun when the request was sent; -1 before the first one. */
function pageOf({ startedAt }: CapturedEntry, pages: readonly CapturedPage[]): number {
  return pages.findLastIndex(({ began }) => began <= startedAt);
}
