import { openWorkbench } from '../e2e/driver/index.ts';
import type { BrowserName, Workbench } from '../e2e/driver/types.ts';
import { chooseFile } from '../e2e/support/choose-file.ts';
import { compose, openRequestTab } from '../e2e/support/compose.ts';
import type { Measure } from './measure.ts';
import { startByteServer } from './support/byte-server.ts';

const ROUNDS = 5;
const MIB = 2 ** 20;

/** About 10 MiB. */
const json = Buffer.from(
  JSON.stringify(
    Array.from({ length: 80_000 }, (_, id) => ({
      id,
      name: `item number ${id}`,
      price: id * 1.25,
      tags: ['new', 'blue', 'large'],
      stock: { here: id % 7, there: id % 11 },
      sold: id % 2 === 0,
    })),
  ),
);

/**
 * Presses Send, and waits until the exchange has ended and, where asked for, a body of that many pixels is laid out.
 * Gives the time that took, when the first rows were there, the page's longest pause, how often progress was shown, and whether the first
 * part of the body was there before its end.
 */
const SEND = `async (height) => {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Send');
  let pause = 0, last = performance.now(), over = false;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    pause = Math.max(pause, performance.now() - last);
    setTimeout(() => { last = performance.now(); if (!over) channel.port2.postMessage(null); }, 5);
  };
  channel.port2.postMessage(null);
  const heap = performance.memory?.usedJSHeapSize ?? 0;
  const seen = new Set();
  let hadPart = false, wasEmpty = false, visible = 0;
  const start = performance.now();
  let watcher;
  const shown = new Promise((resolve) => {
    watcher = new MutationObserver(() => {
      const running = button.textContent.trim() !== 'Send';
      const rows = document.querySelector('[aria-label="Response body"] .row-canvas');
      const hasRow = rows !== null && rows.querySelector('.body-row') !== null;
      wasEmpty ||= running && !hasRow;
      if (wasEmpty && hasRow) visible ||= performance.now() - start;
      if (running) {
        const bytes = document.querySelector('.fact-bytes dd')?.textContent;
        if (bytes) seen.add(bytes);
        hadPart ||= rows !== null && seen.size > 0;
      } else if (height === 0 || (rows?.clientHeight ?? 0) > height) resolve();
    });
    watcher.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  button.click();
  await shown;
  const time = performance.now() - start;
  watcher.disconnect();
  over = true;
  const grown = (performance.memory?.usedJSHeapSize ?? 0) - heap;
  return { time, visible, pause, progress: seen.size, hadPart, grown };
}`;

interface Sent {
  readonly time: number;
  /** When the first rows of the body were there. */
  readonly visible: number;
  readonly pause: number;
  readonly progress: number;
  readonly hadPart: boolean;
  readonly grown: number;
}

const DRAIN = `async (url) => {
  const start = performance.now();
  const reader = (await fetch(url, { cache: 'no-store', credentials: 'omit' })).body.getReader();
  while (!(await reader.read()).done);
  return performance.now() - start;
}`;

const PARSE = `async (url) => {
  const start = performance.now();
  JSON.parse(await (await fetch(url, { cache: 'no-store', credentials: 'omit' })).text());
  return performance.now() - start;
}`;

const UPLOAD = `async (url, size) => {
  const body = new Blob([new Uint8Array(size).fill(7)]);
  const start = performance.now();
  await (await fetch(url, { method: 'POST', body, credentials: 'omit' })).text();
  return performance.now() - start;
}`;

const median = (values: readonly number[]): number =>
  values.toSorted((one, two) => one - two)[values.length >> 1] ?? Number.NaN;

interface Pair {
  readonly ours: number;
  readonly bare: number;
  readonly sent: readonly Sent[];
}

/** By turns, so that whatever else the machine does falls on both; the first round warms up. */
async function sideBySide(bench: Workbench, height: number, bare: () => Promise<number>): Promise<Pair> {
  const sent: Sent[] = [];
  const others: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const other = await bare();
    const ours = await bench.panel.evaluate<Sent>(SEND, height);
    if (round === 0) continue;
    others.push(other);
    sent.push(ours);
  }
  return { ours: median(sent.map(({ time }) => time)), bare: median(others), sent };
}

function ratio(what: string, { ours, bare }: Pair, limit: number): Measure {
  const name = `${what} (${ours.toFixed(0)} ms), to the bare fetch (${bare.toFixed(0)} ms)`;
  return { name, value: ours / bare, unit: '×', limit };
}

/** The longest pause is a median too: what else the machine does must not count. */
const pause = (what: string, { sent }: Pair): Measure => ({
  name: `${what}: longest pause of the panel`,
  value: median(sent.map((one) => one.pause)),
  unit: 'ms',
  limit: 100,
});

async function measure(browser: BrowserName, bench: Workbench, origin: string): Promise<Measure[]> {
  const { panel } = bench;
  const measures: Measure[] = [];

  const large = `${origin}/bytes?256`;
  await compose(panel, { method: 'GET', url: large, body: { type: 'None' } });
  const download = await sideBySide(bench, 0, () => bench.evaluateInBackground<number>(DRAIN, large));
  if (!download.sent.every(({ hadPart, progress }) => hadPart && progress > 1))
    throw new Error(`${browser}: no first part or no progress was shown while the body came`);
  measures.push(ratio(`${browser}: 256 MiB, saved`, download, browser === 'firefox' ? 1.5 : 4));
  measures.push(pause(`${browser}: 256 MiB`, download));
  if (browser === 'chromium')
    measures.push({
      name: `${browser}: 256 MiB: growth of the panel's heap`,
      value: Math.max(...download.sent.map(({ grown }) => grown)) / MIB,
      unit: 'MiB',
      limit: 64,
    });

  await compose(panel, { url: `${origin}/json` });
  const parsed = await sideBySide(bench, 1_000_000, () => bench.evaluateInBackground<number>(PARSE, `${origin}/json`));
  const size = `${(json.length / MIB).toFixed(1)} MiB of JSON`;
  const visible = { ...parsed, ours: median(parsed.sent.map((one) => one.visible)) };
  // JSON.parse is the browser's own code; the index of every value is made by ours, in a worker, while rows are there.
  const whole = `${browser}: ${size}, visible (all of it after ${parsed.ours.toFixed(0)} ms)`;
  measures.push(ratio(whole, visible, 1.5), pause(`${browser}: ${size}`, parsed));

  await compose(panel, { method: 'POST', url: `${origin}/upload` });
  await openRequestTab(panel, 'Body');
  await panel.select('combobox', 'Body type', 'File');
  await chooseFile(panel, 'hundred.bin', 100 * MIB);
  const upload = await sideBySide(bench, 0, () =>
    bench.evaluateInBackground<number>(UPLOAD, `${origin}/upload`, 100 * MIB),
  );
  measures.push(ratio(`${browser}: 100 MiB from a File`, upload, 1.5));
  return measures;
}

/** Bodies through the panel, each against a bare fetch of the same in the same background. */
export async function run(): Promise<Measure[]> {
  const server = await startByteServer(json);
  const measures: Measure[] = [];
  try {
    for (const browser of ['chromium', 'firefox'] as const) {
      const bench = await openWorkbench(browser);
      try {
        measures.push(...(await measure(browser, bench, server.origin)));
      } finally {
        await bench.close();
      }
    }
  } finally {
    await server.close();
  }
  return measures;
}
