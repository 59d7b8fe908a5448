import { signal, type ReadonlySignal } from '@preact/signals';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import type { InspectedNetwork, PageStart } from '../inspected-network.ts';

/** A page of the inspected tab. */
export interface CapturedPage extends PageStart {
  /** When its first request was sent, in the log's time: the log's clock is not the page's. */
  readonly began: number;
}

export interface PageLog {
  /** In order of time. */
  readonly pages: ReadonlySignal<readonly CapturedPage[]>;
  /** A request has ended: it may be the document of the present page. */
  note(entry: CapturedEntry): void;
}

interface PageLogOptions {
  network: Pick<InspectedNetwork, 'pageStart' | 'onNavigated'>;
  /** What was captured so far. */
  entries: () => Iterable<CapturedEntry>;
  onBegin: (page: CapturedPage) => void;
}

/** The clocks of the log and of the page differ by so much at most. Milliseconds. */
const CLOCK_SLACK = 2000;
/** How often, and how many times, the page is asked after a navigation whether it is another one. */
const PAGE_INTERVAL = 100;
const PAGE_TRIES = 30;
/** Times without an answer, after which the document is believed instead. */
const SILENCES = 5;
/** After a document, which may be a frame's where the fields do not say so. */
const DOCUMENT_TRIES = 10;

/** Tells one page of the tab from the next. Neither browser says in its log to which page a request belongs. */
export function createPageLog({ network, entries, onBegin }: PageLogOptions): PageLog {
  const pages = signal<readonly CapturedPage[]>([]);
  /** Times that the page will still be asked; the event may come while the old page answers, or several at once. */
  let triesLeft = 0;
  /** A document of the whole tab whose page has not answered yet. */
  let unclaimed: CapturedEntry | null = null;

  async function ask(tries: number): Promise<void> {
    const isAsking = triesLeft > 0;
    triesLeft = Math.max(triesLeft, tries);
    if (isAsking) return;
    let silences = 0;
    for (let asked = triesLeft; asked > 0; asked = triesLeft) {
      triesLeft -= 1;
      asked -= 1;
      const answer = await network.pageStart();
      silences = answer === null ? silences + 1 : 0;
      const start = silences < SILENCES ? answer : startOf(unclaimed);
      // After `pushState` there is no other page.
      if (start === null || pages.value.some(({ at }) => at === start.at)) {
        await new Promise((resolve) => setTimeout(resolve, PAGE_INTERVAL));
      } else {
        if (triesLeft === asked) triesLeft = 0;
        unclaimed = null;
        begin(start);
      }
    }
  }

  /** The page's document is the first that it needs, whatever the clocks say. */
  function begin(start: PageStart): void {
    const distance = ({ startedAt }: CapturedEntry): number => Math.abs(startedAt - start.at);
    const [document] = [...entries()]
      .filter((entry) => isDocumentOf(entry, start))
      .sort((a, b) => distance(a) - distance(b));
    const page = { ...start, began: Math.min(start.at, document?.startedAt ?? start.at) };
    pages.value = [...pages.value, page];
    onBegin(page);
  }

  async function first(): Promise<void> {
    const start = await network.pageStart();
    if (start !== null && pages.value.length === 0) pages.value = [{ ...start, began: start.at }];
  }

  network.onNavigated(() => void ask(PAGE_TRIES));
  void first();
  return {
    pages,
    note(entry) {
      const page = pages.value.at(-1);
      if (entry.kind !== 'document' || page === undefined) return;
      if (!isDocumentOf(entry, page)) {
        // Firefox, when navigations follow each other fast, tells of them no more, and lets the page answer no more.
        if (entry.startedAt > page.began && !isFrame(entry)) {
          unclaimed = entry;
          void ask(DOCUMENT_TRIES);
        }
        return;
      }
      if (entry.startedAt >= page.began) return;
      pages.value = [...pages.value.slice(0, -1), { ...page, began: entry.startedAt }];
    },
  };
}

function isDocumentOf({ url, kind, startedAt }: CapturedEntry, page: PageStart): boolean {
  return kind === 'document' && url === page.url.replace(/#.*$/s, '') && Math.abs(startedAt - page.at) < CLOCK_SLACK;
}

function destinationOf({ requestHeaders }: CapturedEntry): string {
  return requestHeaders.find(([name]) => name.toLowerCase() === 'sec-fetch-dest')?.[1] ?? '';
}

const isFrame = (entry: CapturedEntry): boolean => !['', 'document'].includes(destinationOf(entry));

/** When and where a page began, from its document alone: of one that is certainly the whole tab's, and no redirect. */
function startOf(entry: CapturedEntry | null): PageStart | null {
  if (entry === null || destinationOf(entry) !== 'document' || (entry.status >= 300 && entry.status < 400)) return null;
  return { at: entry.startedAt, url: entry.url };
}
