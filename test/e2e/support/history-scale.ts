import type { Panel, PanelTab, Workbench } from '../driver/types.ts';

const HISTORY = { role: 'listbox', name: 'History' } as const;

/**
 * Makes the history one of `count` entries as the background would write them, of which one in 10,000 holds a rare word in
 * its body. The database must be there.
 */
export async function fillHistory(panel: Panel, count: number): Promise<void> {
  await panel.evaluate(fill, count);
}

/** Runs in the panel. Many to a transaction. */
async function fill(count: number): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('request-workbench-sessions');
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error));
  });
  const stores = ['entries', 'texts', 'exchanges', 'bodies', 'totals'];
  const write = (work: (store: (name: string) => IDBObjectStore) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const transaction = db.transaction(stores, 'readwrite');
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('error', () => reject(transaction.error));
      work((name) => transaction.objectStore(name));
    });
  await write((store) => {
    for (const name of stores) store(name).clear();
  });
  const filler = 'accept: */* user-agent: something x-request-id: 0123456789 content-type: application/json '.repeat(8);
  for (let start = 1; start <= count; start += 2000) {
    await write((store) => {
      for (let id = start; id < Math.min(start + 2000, count + 1); id += 1) {
        const at = Date.now() - (count - id) * 60_000;
        const url = `https://api.example.com/v1/items/${id}?page=${id % 50}`;
        store('entries').put({
          id,
          at,
          method: id % 3 === 0 ? 'POST' : 'GET',
          url,
          status: 200,
          error: null,
          duration: 12,
          size: 900,
          type: 'application/json',
          pinned: false,
          bodies: 'none',
          bytes: 2000,
          removable: at,
        });
        const body = id % 10_000 === 0 ? 'a rareword in a body' : 'an ordinary body';
        store('texts').put({ id, fields: `get ${url} ${filler}`, body });
      }
    });
  }
  db.close();
}

/** From the start of the navigation until the panel is drawn, in a tab of its own; milliseconds. */
export async function timeToOpen(bench: Workbench): Promise<number> {
  const tab = await bench.openPanelTab();
  const time = await tab.evaluate(
    () =>
      new Promise<number>((resolve) => {
        // Nothing is drawn before everything is there that the panel begins with.
        const look = (): void => {
          const [paint] = performance.getEntriesByName('first-contentful-paint');
          if (paint === undefined) requestAnimationFrame(look);
          else resolve(paint.startTime);
        };
        look();
      }),
  );
  await tab.close();
  return time;
}

/** Shows the list and waits until all of it is there. */
export async function openLongHistory(panel: Panel, count: number): Promise<void> {
  await panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
  await panel.waitFor('option', /items/, {}, { within: HISTORY, index: 0, timeout: 60_000 });
  const all = `${count.toLocaleString('en-US')} exchanges`;
  await panel.waitFor('tabpanel', 'History', { text: all }, { timeout: 120_000 });
}

/** From typing a URL of the history's middle, another one each time, to the first option that shows it; milliseconds. */
export async function searchTimes(panel: Panel, count: number, runs: number): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    times.push(await panel.evaluate(search, `items/${Math.floor((count * (run + 1)) / (runs + 1))}`));
    await panel.fill('textbox', 'Filter', '');
  }
  return times;
}

/** Runs in the panel. */
function search(text: string): Promise<number> {
  const field = document.querySelector<HTMLInputElement>('input[aria-label="Filter"]');
  if (field === null) throw new Error('There is no filter');
  return new Promise((resolve) => {
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const look = (): void => {
      const option = document.querySelector('[role="listbox"][aria-label="History"] [role="option"]');
      if (option?.textContent.includes(text) === true) resolve(performance.now() - start);
      else requestAnimationFrame(look);
    };
    look();
  });
}

/**
 * The longest time between two frames while scrolling from end to end; milliseconds. Of each step the best of the runs
 * counts: a step that is slow is slow each time, while what else the machine does comes at another step each time.
 */
export async function longestFrame(panel: Panel, runs: number): Promise<number> {
  const all: number[][] = [];
  for (let run = 0; run < runs; run += 1) all.push(await panel.evaluate(frames));
  const [first = []] = all;
  return Math.max(...first.map((_, step) => Math.min(...all.map((times) => times[step] ?? 0))));
}

/** Runs in the panel. Scrolls through the list in 100 steps: the time from each step to the frame that shows it. */
async function frames(): Promise<number[]> {
  const list = document.querySelector('[role="listbox"][aria-label="History"]');
  if (list === null) throw new Error('There is no list');
  const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
  list.scrollTop = 0;
  await frame();
  const times: number[] = [];
  let last = await frame();
  for (let step = 1; step <= 100; step += 1) {
    list.scrollTop = (list.scrollHeight * step) / 100;
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  return times;
}

/** What an exchange takes from the order to its end, at the mean of a row without a pause; milliseconds. */
export interface WritingTimes {
  readonly recorded: number;
  readonly unrecorded: number;
}

/**
 * Sends requests one right after the other, by turns a row that is recorded and one that is not (private ones): what
 * writing costs falls on whatever comes next. One pair for each round. Shows something else than the list, whose own work
 * is the panel's.
 */
export async function writingTimes(
  tab: PanelTab,
  url: string,
  rounds: number,
  inARow: number,
): Promise<WritingTimes[]> {
  return tab.evaluate<WritingTimes[]>(WRITING, url, rounds, inARow);
}

/** As text: neither browser's API is typed here. */
const WRITING = `async (url, rounds, inARow) => {
  const port = (globalThis.browser ?? globalThis.chrome).runtime.connect({ name: 'workbench:' });
  const request = {
    method: 'GET', url, headers: [], body: { kind: 'none' }, auth: null,
    timeout: { connect: null, read: null, total: null }, followRedirects: true, maxRedirects: 30, retries: 0, verify: true,
    cookies: 'session', storeBrowserCookies: false, keepAuthorization: false, session: 'default',
  };
  let heard = () => {};
  port.onMessage.addListener((message) => heard(message));
  const send = (isPrivate) => new Promise((resolve, reject) => {
    const id = crypto.randomUUID();
    const start = performance.now();
    heard = (message) => {
      if (message.type === 'error') reject(new Error(message.message));
      if (message.type === 'events' && message.id === id && message.updates.at(-1).kind === 'end') resolve(performance.now() - start);
    };
    port.postMessage({ type: 'send', id, request, private: isPrivate });
  });
  let written = 0;
  let atLast = () => {};
  const news = new BroadcastChannel('request-workbench-history');
  news.onmessage = ({ data }) => {
    if (data.kind === 'recorded' && --written === 0) atLast();
  };
  const all = [];
  for (let round = -1; round < rounds; round++) {
    const mean = {};
    for (const kind of ['recorded', 'unrecorded']) {
      if (kind === 'recorded') written = inARow;
      const allWritten = kind === 'recorded' ? new Promise((resolve) => { atLast = resolve; }) : null;
      let sum = 0;
      for (let one = 0; one < inARow; one++) sum += await send(kind === 'unrecorded');
      mean[kind] = sum / inARow;
      // What is still being written would fall on the others.
      await allWritten;
    }
    // The first round warms up.
    if (round >= 0) all.push(mean);
  }
  news.close();
  port.disconnect();
  return all;
}`;
