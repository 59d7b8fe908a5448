import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openWorkbench } from '../e2e/driver/index.ts';
import type { BrowserName, Workbench } from '../e2e/driver/types.ts';
import { compose } from '../e2e/support/compose.ts';
import type { Measure } from './measure.ts';

const ROUNDS = 3;
const MIB = 2 ** 20;

/** Stands at the beginning of each body, and says which answer it is: rows of the one before are no rows of this one. */
const label = (answer: number): string => String(9_000_000 + answer);

/** Of about 120 MiB, the last item with a name of its own. What stands before it is `[` and a label. */
function manyItems(): Buffer {
  const item = (id: number): string =>
    `{"id":${id},"name":"item number ${id}","price":${id * 1.25},"tags":["new","blue","large"],"stock":{"here":${id % 7},"there":${id % 11}},"sold":${id % 2 === 0}}`;
  return Buffer.from(`,${Array.from({ length: 960_000 }, (_, id) => item(id)).join(',')},{"name":"the very last"}]`);
}

/** One line of 50 MiB, in which nothing repeats: rows that look alike would hide that one has scrolled. */
function oneLine(): Buffer {
  const words = Array.from({ length: (50 * MIB) / 16 }, (_, word) => `${String(word).padStart(14, '0')}, `);
  return Buffer.from(`${words.join('')}the very last`);
}

/**
 * Sends, scrolls and searches as soon as the first rows are there, and waits until the last match was found: all in the
 * page, so that its longest pause is seen. Gives milliseconds and bytes.
 */
const WORK = `async (label) => {
  const button = (name) => [...document.querySelectorAll('button')].find((each) =>
    each.textContent.trim() === name || each.getAttribute('aria-label') === name);
  const until = (test) => new Promise((resolve) => {
    const found = test();
    if (found) return resolve(found);
    const observer = new MutationObserver(() => {
      const found = test();
      if (!found) return;
      observer.disconnect();
      resolve(found);
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  let pause = 0, last = performance.now(), over = false;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    pause = Math.max(pause, performance.now() - last);
    setTimeout(() => { last = performance.now(); if (!over) channel.port2.postMessage(null); }, 5);
  };
  channel.port2.postMessage(null);
  const heap = performance.memory?.usedJSHeapSize ?? 0;
  const status = () => document.querySelector('.body-toolbar .spring')?.textContent ?? '';
  const start = performance.now();
  button('Send').click();
  await until(() => button('Cancel'));
  const rows = () => document.querySelector('[aria-label="Response body"] .body-row')?.closest('.row-list');
  await until(() => rows()?.textContent.includes(label));
  const visible = performance.now() - start;
  await until(() => button('Send'));
  const arrived = performance.now() - start;
  await until(() => /^Reading/.test(status()) || status() === '');
  const wasReading = /^Reading/.test(status());
  let list = null, before = '';
  await until(() => {
    // The list of the first part may still be there, and go.
    if (rows() === list) return list !== null && list.textContent !== before;
    list = rows() ?? null;
    if (list === null) return false;
    list.scrollTop = list.scrollHeight / 2;
    before = list.textContent;
    return false;
  });
  const hadRowsMeanwhile = list.querySelector('.body-row') !== null;
  button('Find').click();
  const field = await until(() => document.querySelector('[role="search"] input'));
  field.value = 'the very last';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await until(() => document.querySelector('.find-count')?.textContent === '1 of 1');
  await until(() => document.querySelector('mark[data-current="true"]'));
  const found = performance.now() - start;
  await until(() => status() === '');
  const indexed = performance.now() - start;
  over = true;
  const grown = (performance.memory?.usedJSHeapSize ?? 0) - heap;
  button('Close find').click();
  return { visible, arrived, indexed, found, pause, grown, wasReading, hadRowsMeanwhile };
}`;

interface Worked {
  readonly visible: number;
  readonly arrived: number;
  readonly indexed: number;
  readonly found: number;
  readonly pause: number;
  readonly grown: number;
  readonly wasReading: boolean;
  readonly hadRowsMeanwhile: boolean;
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, two) => one - two)[values.length >> 1] ?? Number.NaN;

/** How many bodies were asked for. */
let answers = 0;

async function measure(browser: BrowserName, bench: Workbench, what: string, url: string): Promise<Measure[]> {
  await compose(bench.panel, { method: 'GET', url, body: { type: 'None' } });
  const rounds: Worked[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const worked = await bench.panel.evaluate<Worked>(WORK, label(++answers));
    if (!worked.hadRowsMeanwhile) throw new Error(`${browser}: no rows of ${what} while it was read`);
    if (round > 0) rounds.push(worked);
  }
  const times = (['visible', 'arrived', 'indexed', 'found'] as const)
    .map((name) => `${name} ${median(rounds.map((each) => each[name])).toFixed(0)} ms`)
    .join(', ');
  const reading = rounds.filter(({ wasReading }) => wasReading).length;
  const measures: Measure[] = [
    {
      name: `${browser}: ${what}, scrolled and searched while ${reading} of ${rounds.length} were being read: longest pause of the panel (${times})`,
      value: median(rounds.map(({ pause }) => pause)),
      unit: 'ms',
      limit: 200,
    },
  ];
  if (browser === 'chromium')
    measures.push({
      name: `${browser}: ${what}: growth of the panel's heap`,
      value: Math.max(...rounds.map(({ grown }) => grown)) / MIB,
      unit: 'MiB',
      limit: 64,
    });
  return measures;
}

/** What the background holds while 256 MiB come in, above what it held before. */
async function backgroundGrowth(browser: BrowserName, bench: Workbench, url: string): Promise<Measure> {
  const { panel } = bench;
  await compose(panel, { method: 'GET', url, body: { type: 'None' } });
  const before = await bench.backgroundMemory();
  let most = before;
  await panel.click('button', 'Send');
  await panel.waitFor('button', 'Cancel', {});
  while (await panel.exists('button', 'Cancel')) most = Math.max(most, await bench.backgroundMemory());
  const of = browser === 'chromium' ? 'heap and buffers of the background' : 'memory of the extension’s process';
  return {
    name: `${browser}: 256 MiB down: growth of the ${of}`,
    value: (most - before) / MIB,
    unit: 'MiB',
    limit: 128,
  };
}

/** Bodies that are large for a viewer, worked on while they are being read. */
export async function run(): Promise<Measure[]> {
  const bodies = { '/items': manyItems(), '/line': oneLine() };
  const server = createServer(({ url }, response) => {
    if (url === '/bytes') {
      const piece = Buffer.alloc(MIB, 'x');
      let left = 256;
      response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': left * MIB });
      const pour = (): void => {
        while (left-- > 0) if (!response.write(piece)) return;
        response.end();
      };
      response.on('drain', pour);
      pour();
      return;
    }
    const body = url === '/items' ? bodies['/items'] : bodies['/line'];
    const type = url === '/items' ? 'application/json' : 'text/plain';
    const head = Buffer.from(url === '/items' ? `[${label(answers)}` : `${label(answers)}, `);
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': head.length + body.length });
    response.write(head);
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const measures: Measure[] = [];
  try {
    for (const browser of ['chromium', 'firefox'] as const) {
      const bench = await openWorkbench(browser);
      try {
        measures.push(await backgroundGrowth(browser, bench, `${origin}/bytes`));
        const size = (bodies['/items'].length / MIB).toFixed(0);
        measures.push(...(await measure(browser, bench, `${size} MiB of JSON`, `${origin}/items`)));
        measures.push(...(await measure(browser, bench, 'one line of 50 MiB', `${origin}/line`)));
      } finally {
        await bench.close();
      }
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return measures;
}
