import process from 'node:process';
import { openWorkbench } from '../e2e/driver/index.ts';
import type { BrowserName } from '../e2e/driver/types.ts';
import type { Measure } from './measure.ts';

/** Saved requests in the collection that is measured. */
const REQUESTS = Number(process.env['REQUESTS'] ?? 20_000);
const FOLDERS = 200;

/** Writes nodes as a panel would, many to a transaction: what they hold is not looked at here. */
const FILL = `async (requests, folders) => {
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const db = await wait(indexedDB.open('request-workbench-drafts'));
  const key = (at) => 'd' + String(at).padStart(8, '0');
  const node = (id, parent, at, fields) => ({
    id, parent, key: key(at), kind: 'request', name: id, method: '', url: '', usedAt: 0, revision: 1, ...fields,
  });
  const nodes = [node('top', '', 0, { kind: 'folder', name: 'Everything' })];
  for (let at = 0; at < folders; at++) nodes.push(node('folder-' + at, 'top', at, { kind: 'folder', name: 'Folder ' + at }));
  for (let at = 0; at < requests; at++) {
    nodes.push(node('request-' + at, 'folder-' + (at % folders), at, {
      name: 'Item ' + at, method: at % 3 ? 'GET' : 'POST', url: 'https://api.example.com/v1/items/' + at + '?page=' + (at % 50),
    }));
  }
  const transaction = db.transaction('nodes', 'readwrite');
  for (const one of nodes) transaction.objectStore('nodes').put(one);
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
  });
  db.close();
}`;

/** Types into the filter letter by letter; the longest frame meanwhile, in milliseconds. */
const FILTER_FRAMES = `(texts) => new Promise((resolve) => {
  const field = document.querySelector('input[aria-label="Filter"]');
  let longest = 0;
  let step = 0;
  let last = 0;
  const frame = (now) => {
    longest = Math.max(longest, now - last);
    last = now;
    if (step === texts.length) return resolve(longest);
    field.value = texts[step++];
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    requestAnimationFrame(frame);
  };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); });
})`;

/** The longest frame while the tree is scrolled from end to end, in milliseconds. */
const SCROLL_FRAMES = `() => new Promise((resolve) => {
  const tree = document.querySelector('[role="tree"]');
  let longest = 0;
  let step = 0;
  let last = 0;
  const frame = (now) => {
    longest = Math.max(longest, now - last);
    last = now;
    tree.scrollTop = (tree.scrollHeight * step) / 120;
    if (++step > 120) resolve(longest);
    else requestAnimationFrame(frame);
  };
  tree.scrollTop = 0;
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); });
})`;

/** The words are found in many requests, in few, in none; an empty one shows the closed tree again. */
const TEXTS = [
  'i',
  'it',
  'ite',
  'item',
  'item 1',
  'item 19',
  'item 199',
  'item 1999',
  'zzz',
  'post 77',
  'folder 7',
  '',
];
/** Whatever else the machine does only adds: the best of a few passes is the nearest to what the tree costs. */
const PASSES = 5;

async function measure(browser: BrowserName): Promise<Measure[]> {
  const bench = await openWorkbench(browser);
  try {
    // The panel has made the database by now.
    await bench.panel.evaluate(FILL, REQUESTS, FOLDERS);
    const tab = await bench.openPanelTab();
    await tab.click('tab', 'Collections', { within: { role: 'tablist', name: 'Lists' } });
    await tab.waitFor(
      'tabpanel',
      'Collections',
      { text: `${REQUESTS.toLocaleString('en-US')} requests` },
      { timeout: 60_000 },
    );
    const best = async (source: string, ...args: readonly (readonly string[])[]): Promise<number> => {
      const passes: number[] = [];
      for (let pass = 0; pass < PASSES; pass++) passes.push(await tab.evaluate<number>(source, ...args));
      return Math.min(...passes);
    };
    const filter = await best(FILTER_FRAMES, TEXTS);
    // All of them stand open below their folders.
    await tab.fill('textbox', 'Filter', 'item');
    const scroll = await best(SCROLL_FRAMES);
    await tab.close();
    return [
      { name: `longest frame while filtering ${REQUESTS} requests (${browser})`, value: filter, unit: 'ms', limit: 50 },
      { name: `longest frame while scrolling them (${browser})`, value: scroll, unit: 'ms', limit: 50 },
    ];
  } finally {
    await bench.close();
  }
}

/** A tree of 20,000 requests in the real panel, in both browsers. */
export async function run(): Promise<Measure[]> {
  return [...(await measure('chromium')), ...(await measure('firefox'))];
}
