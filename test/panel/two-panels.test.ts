import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { standardSettings } from '../../src/model/settings.ts';
import { createHistoryList } from '../../src/panel/history/history-list.ts';
import { newDraft } from '../../src/panel/state/new-draft.ts';
import { keepRequests } from '../../src/panel/state/keep-requests.ts';
import { createOpenRequests } from '../../src/panel/state/open-requests.ts';
import { createSettings } from '../../src/panel/state/settings.ts';
import { openDraftStorage } from '../../src/storage/drafts.ts';
import { hearHistoryNews, tellHistoryNews } from '../../src/storage/history-news.ts';
import { historyReader } from '../../src/storage/history-reader.ts';
import { createHistoryWriter } from '../../src/storage/history-writer.ts';
import { changeSettings, hearSettings, readSettings } from '../../src/storage/settings.ts';
import { startWithoutDatabases } from '../storage/support/fresh-databases.ts';
import { recorded } from '../storage/support/recorded.ts';

startWithoutDatabases();

const writer = createHistoryWriter(
  () => Promise.resolve({ budget: 1024 ** 3, marked: [] }),
  (news) => tellHistoryNews(news),
);

/** A panel as main.tsx puts it together, without a page, over the databases that all of them share. */
async function openPanel(slot: string) {
  const storage = await openDraftStorage();
  const requests = createOpenRequests(await storage.load(slot));
  const saving = keepRequests({ requests, storage, slot, memory: null });
  const stops: (() => void)[] = [() => saving.stop()];
  const keep = <T>(hear: (listener: T) => () => void) => {
    return (listener: T) => {
      const stop = hear(listener);
      stops.push(stop);
      return stop;
    };
  };
  const settings = await createSettings({ read: readSettings, change: changeSettings, hear: keep(hearSettings) });
  const list = createHistoryList({ reader: historyReader, hear: keep(hearHistoryNews) });
  list.open();
  return { slot, storage, requests, settings, list, saving, close: () => stops.forEach((stop) => stop()) };
}
type OpenPanel = Awaited<ReturnType<typeof openPanel>>;

/** What a person does in one of two panels. Numbers choose among what there is. */
type Deed =
  | { readonly does: 'type' | 'select' | 'close' | 'open' | 'reopen'; readonly number: number }
  | { readonly does: 'theme' | 'budget' | 'marked'; readonly number: number }
  | { readonly does: 'send' | 'pin' | 'unpin' | 'remove'; readonly number: number };

const stepsOf = (...deeds: readonly Deed['does'][]) =>
  fc.array(
    fc.record({
      panel: fc.constantFrom(0, 1),
      does: fc.constantFrom(...deeds),
      number: fc.nat(5),
      /** Waits for what it has begun before the next step. */
      waits: fc.boolean(),
    }),
    { maxLength: 30 },
  );

async function perform({ requests, settings }: OpenPanel, { does, number }: Deed): Promise<unknown> {
  const tabs = requests.all.peek();
  const tab = tabs[number % tabs.length];
  switch (does) {
    case 'type':
      return tab?.drafts.setUrl(`http://typed.test/${number}`);
    case 'select':
      return tab && requests.select(tab.tab);
    case 'close':
      return tab && requests.close(tab.tab);
    case 'open':
      return requests.open({ ...newDraft(), url: `http://opened.test/${number}` });
    case 'reopen':
      return requests.reopen();
    case 'theme':
      return settings.change({ theme: number % 2 === 0 ? 'dark' : 'light' });
    case 'budget':
      return settings.change({ historyBudget: number });
    case 'marked':
      return settings.change({ marked: [`X-${number}`] });
    case 'send':
      return writer.record([{ exchange: recorded({ url: `http://sent.test/${number}` }), body: null }]);
    case 'pin':
    case 'unpin':
      return writer.pin([number], does === 'pin');
    case 'remove':
      return writer.remove([number]);
  }
}

const urls = ({ requests }: OpenPanel) => requests.all.peek().map(({ tab, drafts }) => [tab, drafts.draft.peek().url]);

test.each([
  ['requests', stepsOf('type', 'select', 'close', 'open', 'reopen')],
  ['settings', stepsOf('theme', 'budget', 'marked')],
  ['history', stepsOf('send', 'pin', 'unpin', 'remove')],
])(
  'whatever two panels do with %s at the same time, nothing is lost and both see the same',
  async (_, steps) => {
    await fc.assert(fc.asyncProperty(steps, nothingIsLost), { numRuns: 50 });
  },
  60_000,
);

async function nothingIsLost(steps: readonly (Deed & { panel: number; waits: boolean })[]): Promise<void> {
  const panels = [await openPanel('one'), await openPanel('two')] as const;
  const under: Promise<unknown>[] = [];
  for (const { panel, waits, ...deed } of steps) {
    const work = perform(panels[panel === 0 ? 0 : 1], deed);
    under.push(work);
    if (waits) await work;
  }
  await Promise.all(under);
  for (const panel of panels) await panel.saving.flush();

  const [stored, history] = [await readSettings(), (await historyReader.entries(null, 1000)).items];
  for (const panel of panels) {
    await vi.waitFor(() => {
      expect(panel.settings.settings.peek()).toEqual(stored);
      expect(panel.list.shown.peek().map(({ entry }) => entry)).toEqual(history);
    });
    const found = await panel.storage.load(panel.slot);
    // A panel in which nothing was done has nothing of its own, and gets a copy of the other's when it opens again.
    const left = urls(panel).every(([, url]) => url === '');
    if (!left) {
      // A tab in which nothing was ever typed has no draft.
      expect(found.open.map(({ tab, draft }) => [tab, draft?.url ?? ''])).toEqual(urls(panel));
      expect(found.active).toBe(panel.requests.active.peek().tab);
    }
    panel.close();
  }
  await writer.erase();
  await changeSettings(standardSettings);
  await Promise.all(panels.map(({ storage, slot }) => storage.forget(slot)));
}
