import type { CapturedEntry } from '../../model/captured-entry.ts';
import { strings } from '../strings.ts';
import type { ListGroup } from '../widgets/listbox.tsx';
import type { CapturedPage } from './pages.ts';

/**
 * Entries under the page that was shown when they were sent, in the order of the pages; within a page they keep their order.
 * @param pages in order of time; null: all together, without headings
 * @param nameOf a page's URL as it may be shown
 */
export function groupEntries(
  entries: readonly CapturedEntry[],
  pages: readonly CapturedPage[] | null,
  nameOf: (url: string) => string = (url) => url,
): ListGroup<CapturedEntry>[] {
  if (pages === null) return [{ key: 'all', label: null, items: entries }];
  const byPage = new Map<number, CapturedEntry[]>();
  for (const entry of entries) {
    const page = pageOf(entry, pages);
    const group = byPage.get(page);
    if (group === undefined) byPage.set(page, [entry]);
    else group.push(entry);
  }
  const nameOfPage = (page: CapturedPage | undefined): string =>
    page === undefined ? strings.capture.otherPages : nameOf(page.url);
  return [...byPage]
    .sort(([a], [b]) => a - b)
    .map(([page, items]) => ({
      key: String(page),
      label: nameOfPage(pages[page]),
      items,
    }));
}

/** Index of the page that had begun when the request was sent; -1 before the first one. */
function pageOf({ startedAt }: CapturedEntry, pages: readonly CapturedPage[]): number {
  return pages.findLastIndex(({ began }) => began <= startedAt);
}
