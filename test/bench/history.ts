import process from 'node:process';
import { startEchoServer } from '../support/echo-server.ts';
import { openWorkbench } from '../e2e/driver/index.ts';
import type { Panel, PanelTab, Workbench } from '../e2e/driver/types.ts';
import type { Measure } from './measure.ts';

/** Exchanges in the history that is measured. */
const ENTRIES = Number(process.env['ENTRIES'] ?? 100_000);
const ROUNDS = 7;

/** Writes entries as the background would, many to a transaction; one in 10,000 holds a rare word in its body. */
const FILL = `async (count) => {
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const db = await wait(indexedDB.open('request-workbench-sessions'));
  const filler = 'accept: */* user-agent: something x-request-id: 0123456789 content-type: application/json '.repeat(8);
  for (let start = 1; start <= count; start += 2000) {
    const transaction = db.transaction(['entries', 'texts'], 'readwrite');
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = () => reject(transaction.error);
    });
    for (let id = start; id < Math.min(start + 2000, count + 1); id++) {
      const at = Date.now() - (count - id) * 60_000;
      const url = 'https://api.example.com/v1/items/' + id + '?page=' + (id % 50);
      transaction.objectStore('entries').put({
        id, at, method: id % 3 ? 'GET' : 'POST', url, status: 200, error: null, duration: 12, size: 900,
        type: 'application/json', pinned: false, bodies: 'none', bytes: 2000, removable: at,
      });
      transaction.objectStore('texts').put({
        id, fields: 'get ' + url + ' ' + filler, body: id % 10_000 === 0 ? 'a rareword in a body' : 'an ordinary body',
      });
    }
    await done;
  }
  db.close();
}`;

/** From the start of the navigation until the panel is drawn; milliseconds. */
const OPENED = `() => new Promise((resolve) => {
  // Nothing is drawn before everything is there that the panel begins with.
  const look = () => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    if (paint !== undefined) resolve(paint.startTime);
    else requestAnimationFrame(look);
  };
  look();
})`;

/** Types into the filter and waits until the first option shows what was looked for; milliseconds. */
const SEARCH = `(text) => new Promise((resolve) => {
  const field = document.querySelector('input[aria-label="Filter"]');
  const start = performance.now();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  const look = () => {
    const option = document.querySelector('[role="listbox"][aria-label="History"] [role="option"]');
    if (option !== null && option.textContent.includes(text)) resolve(performance.now() - start);
    else requestAnimationFrame(look);
  };
  look();
})`;

/** The longest that a frame took while the list was scrolled from end to end, or left alone; milliseconds. */
const FRAMES = `(scrolls) => new Promise((resolve) => {
  const list = document.querySelector('[role="listbox"][aria-label="History"]');
  let longest = 0;
  let step = 0;
  let last = performance.now();
  const frame = (now) => {
    longest = Math.max(longest, now - last);
    last = now;
    if (scrolls) list.scrollTop = (list.scrollHeight * step) / 100;
    if (++step > 100) resolve(longest);
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame((now) => { last = now; frame(now); });
})`;

/**
 * Sends requests one right after the other, by turns rows that are recorded and rows that are not (private ones), and
 * gives the mean time of each from the order to the end; milliseconds. A row is longer than recording may be put off, so
 * that writing falls into it; of the rounds, that with the middle difference counts.
 */
const EXCHANGES = `async (url, rounds) => {
  const IN_A_ROW = 150;
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
      if (message.type === 'event' && message.id === id && message.update.kind === 'end') resolve(performance.now() - start);
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
      if (kind === 'recorded') written = IN_A_ROW;
      const allWritten = kind === 'recorded' ? new Promise((resolve) => { atLast = resolve; }) : null;
      let sum = 0;
      for (let one = 0; one < IN_A_ROW; one++) sum += await send(kind === 'unrecorded');
      mean[kind] = sum / IN_A_ROW;
      // What is still being written would fall on the others.
      await allWritten;
    }
    // The first round warms up.
    if (round >= 0) all.push(mean);
  }
  news.close();
  port.disconnect();
  const added = ({ recorded, unrecorded }) => recorded - unrecorded;
  return all.sort((a, b) => added(a) - added(b))[all.length >> 1];
}`;

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function timeToOpen(bench: Workbench): Promise<number> {
  const tab = await bench.openPanelTab();
  const time = await tab.evaluate<number>(OPENED);
  await tab.close();
  return time;
}

/** By turns, so that whatever else the machine does falls on both; the first round warms up. */
async function compareOpening(full: Workbench, empty: Workbench): Promise<{ full: number; empty: number }> {
  const times = { full: [] as number[], empty: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++) {
    const one = await timeToOpen(full);
    const other = await timeToOpen(empty);
    if (round === 0) continue;
    times.full.push(one);
    times.empty.push(other);
  }
  return { full: median(times.full), empty: median(times.empty) };
}

async function openHistory(panel: Panel): Promise<void> {
  await panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
  await panel.waitFor(
    'option',
    /items/,
    {},
    { within: { role: 'listbox', name: 'History' }, index: 0, timeout: 60_000 },
  );
}

async function timesToSearch(tab: PanelTab): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Something else each time: a URL in the middle of the history.
    times.push(await tab.evaluate<number>(SEARCH, `items/${Math.floor((ENTRIES * (round + 1)) / (ROUNDS + 2))}`));
    await tab.fill('textbox', 'Filter', '');
  }
  return median(times);
}

/** A history of 100,000 exchanges beside an empty one, in Chromium. */
export async function run(): Promise<Measure[]> {
  const bench = await openWorkbench('chromium');
  const other = await openWorkbench('chromium');
  const echo = await startEchoServer();
  try {
    // Looking at the list makes the database.
    await bench.panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
    await bench.panel.waitFor('tabpanel', 'History', { text: 'Nothing sent yet' });
    await bench.panel.evaluate(FILL, ENTRIES);
    const { full, empty } = await compareOpening(bench, other);

    const tab = await bench.openPanelTab();
    await openHistory(tab);
    const loading = performance.now();
    await tab.waitFor(
      'tabpanel',
      'History',
      { text: `${ENTRIES.toLocaleString('en-US')} exchanges` },
      { timeout: 120_000 },
    );
    const loaded = performance.now() - loading;
    const search = await timesToSearch(tab);
    const still = await tab.evaluate<number>(FRAMES, false);
    // Whatever else the machine does only adds: the best of a few passes is the nearest to what the list costs.
    const passes: number[] = [];
    for (let pass = 0; pass < 5; pass++) passes.push(await tab.evaluate<number>(FRAMES, true));
    const scroll = Math.min(...passes);
    await tab.close();
    // What a panel does that shows the list is the panel's: here one that shows something else sends.
    const sender = await bench.openPanelTab();
    const exchange = await sender.evaluate<{ recorded: number; unrecorded: number }>(EXCHANGES, `${echo.origin}/`, 5);
    await sender.close();
    console.log(
      `  opening: ${empty.toFixed(0)} ms empty, ${full.toFixed(0)} ms full; an exchange took ${exchange.recorded.toFixed(1)} ms recorded, ${exchange.unrecorded.toFixed(1)} ms not; longest frame at rest ${still.toFixed(0)} ms; loading the whole list took ${loaded.toFixed(0)} ms in the background`,
    );
    return [
      {
        name: `opening the panel with ${ENTRIES} exchanges, to an empty history`,
        value: full / empty,
        unit: '×',
        limit: 1.2,
      },
      {
        name: 'what writing to the history adds to an exchange',
        value: exchange.recorded - exchange.unrecorded,
        unit: 'ms',
        limit: 5,
      },
      { name: 'first result of a search', value: search, unit: 'ms', limit: 150 },
      { name: 'longest frame while scrolling', value: scroll, unit: 'ms', limit: 50 },
    ];
  } finally {
    await other.close();
    await bench.close();
    await echo.close();
  }
}
