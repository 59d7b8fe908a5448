import { expect, it, vi } from 'vitest';
import type { CapturedEntry } from '../../../src/model/captured-entry.ts';
import type { PageStart } from '../../../src/panel/inspected-network.ts';
import { createPageLog } from '../../../src/panel/capture/pages.ts';
import { capturedEntry } from './entries.ts';

const url = 'https://a.example/one';
const documentOf = (parts: Partial<CapturedEntry>, destination = 'document'): CapturedEntry =>
  capturedEntry({ kind: 'document', requestHeaders: [['Sec-Fetch-Dest', destination]], ...parts });

function setUp(first: PageStart | null = { at: 10_000, url }) {
  const state = { page: first, entries: [] as CapturedEntry[], navigated: (): void => {}, asked: 0 };
  const begun: string[] = [];
  const log = createPageLog({
    network: {
      pageStart: () => {
        state.asked += 1;
        return Promise.resolve(state.page);
      },
      onNavigated: (listener) => (state.navigated = listener),
    },
    entries: () => state.entries,
    onBegin: (page) => begun.push(page.url),
  });
  return { state, log, begun };
}

it('a page begins with its document, though the log’s clock says that it was sent before', async () => {
  const { state, log } = setUp();
  await vi.waitFor(() => expect(log.pages.value).toHaveLength(1));
  log.note(documentOf({ url, startedAt: 9_900 }));
  expect(log.pages.value[0]?.began).toBe(9_900);
  state.entries = [documentOf({ url, startedAt: 18_500 }), documentOf({ url, startedAt: 19_950 })];
  state.page = { at: 20_000, url };
  state.navigated();
  // Of two loads of one URL it is the nearer one.
  await vi.waitFor(() => expect(log.pages.value.at(-1)).toEqual({ at: 20_000, url, began: 19_950 }));
});

it('a document is heard where the navigation is not, and begins a page where nothing answers', async () => {
  const { state, log, begun } = setUp();
  await vi.waitFor(() => expect(log.pages.value).toHaveLength(1));
  state.page = null;
  log.note(documentOf({ url: 'https://a.example/moved', startedAt: 20_000, status: 302 }));
  log.note(documentOf({ url: 'https://a.example/two', startedAt: 20_001 }));
  await vi.waitFor(() => expect(begun).toEqual(['https://a.example/two']), { timeout: 3000 });
});

it('the document of a frame begins nothing, and is not even asked about', async () => {
  const { state, log } = setUp();
  await vi.waitFor(() => expect(log.pages.value).toHaveLength(1));
  const { asked } = state;
  log.note(documentOf({ url: 'https://a.example/frame', startedAt: 20_000 }, 'iframe'));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(state.asked).toBe(asked);
});
