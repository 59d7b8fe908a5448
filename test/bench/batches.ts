import { openWorkbench } from '../e2e/driver/index.ts';
import type { BrowserName, Panel, Workbench } from '../e2e/driver/types.ts';
import { filter, selectAll, waitForListed } from '../e2e/support/captured.ts';
import { startEchoServer, type EchoServer } from '../support/echo-server.ts';
import type { Measure } from './measure.ts';

const ITEMS = 100;
const ROUNDS = Number(process.env['ROUNDS'] ?? 10);
const PARALLEL = 8;
/** Bytes of a response where memory is measured. */
const LARGE = 100 * 1024;

/** A plain loop in the background, as many at a time; milliseconds for all of them. */
const FETCH_ALL = `async (origin, items, rounds, parallel) => {
  const total = items * rounds;
  let next = 0;
  const start = performance.now();
  await Promise.all(Array.from({ length: parallel }, async () => {
    while (next < total) {
      const url = origin + '/item/' + (next++ % items);
      await (await fetch(url, { cache: 'no-store', credentials: 'omit' })).blob();
    }
  }));
  return performance.now() - start;
}`;

/** Clicks a button of the batch and waits until its state is that word, and nothing is in flight; milliseconds. */
const CLICK_UNTIL = `(button, word) => new Promise((resolve) => {
  const batch = document.querySelector('section[aria-label="Batch"]');
  const isThere = () => {
    const text = batch.querySelector('[role=status]')?.textContent ?? '';
    return text.startsWith(word) && !text.includes('in flight');
  };
  const start = performance.now();
  const observer = new MutationObserver(() => {
    if (!isThere()) return;
    observer.disconnect();
    resolve(performance.now() - start);
  });
  observer.observe(batch, { subtree: true, childList: true, characterData: true });
  [...batch.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === button).click();
})`;

const HEAP = `async () => {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 200));
  globalThis.gc?.();
  return performance.memory.usedJSHeapSize;
}`;

/** A batch of what the page has asked for, ready to start. */
async function prepare(bench: Workbench, echo: EchoServer, keep: string, rounds: number): Promise<Panel> {
  const { panel } = bench;
  if (!(await panel.exists('textbox', 'Filter'))) throw new Error('The list of captured requests is not shown');
  await selectAll(panel);
  await panel.click('button', 'Run as batch…');
  await panel.fill('textbox', 'At a time', String(PARALLEL));
  await panel.fill('textbox', 'Rounds', String(rounds));
  await panel.select('combobox', 'Keep responses', keep);
  await panel.check('checkbox', new RegExp(new URL(echo.origin).host), true);
  return panel;
}

async function measureBrowser(browser: BrowserName): Promise<Measure[]> {
  const echo = await startEchoServer();
  let size = 1000;
  for (let n = 0; n < ITEMS; n++) {
    echo.on(`/item/${n}`, (_request, reply) =>
      reply.send({ body: 'x'.repeat(size), fields: [['Content-Type', 'text/plain']] }),
    );
  }
  const extraArgs = browser === 'chromium' ? ['--enable-precise-memory-info', '--js-flags=--expose-gc'] : [];
  const bench = await openWorkbench(browser, { extraArgs });
  try {
    await bench.panel.click('tab', 'Captured', { within: { role: 'tablist', name: 'Lists' } });
    await bench.inspect(`${echo.origin}/page`);
    await bench.evaluateInPage(async (items: number) => {
      for (let n = 0; n < items; n++) await (await fetch(`/item/${n}`)).text();
    }, ITEMS);
    await filter(bench.panel, '/item/');
    await waitForListed(bench.panel, ITEMS);

    const bare: number[] = [];
    const times: Record<string, number[]> = { None: [], All: [] };
    // By turns, so that whatever else the machine does falls on all of them.
    for (let turn = 0; turn < 3; turn++) {
      bare.push(await bench.evaluateInBackground<number>(FETCH_ALL, echo.origin, ITEMS, ROUNDS, PARALLEL));
      for (const [keep, taken] of Object.entries(times)) {
        const panel = await prepare(bench, echo, keep, ROUNDS);
        taken.push(await panel.evaluate<number>(CLICK_UNTIL, 'Start', 'done'));
      }
    }
    const fetchTime = Math.min(...bare);
    const [none, all] = [Math.min(...(times['None'] ?? [])), Math.min(...(times['All'] ?? []))];
    console.log(
      `  ${browser}: ${ITEMS * ROUNDS} requests, ${PARALLEL} at a time: bare fetch ${fetchTime.toFixed(0)} ms, batch ${none.toFixed(0)} ms, with all responses kept ${all.toFixed(0)} ms`,
    );
    const measures: Measure[] = [
      {
        name: `${browser}: a batch of ${ITEMS * ROUNDS}, to a bare fetch loop in the same background`,
        value: none / fetchTime,
        unit: '×',
        limit: 1 / 0.7,
      },
      await measureStop(browser, bench, echo),
    ];
    if (browser === 'chromium') {
      size = LARGE;
      measures.push(await measureMemory(bench, echo));
    }
    return measures;
  } finally {
    await bench.close();
    await echo.close();
  }
}

async function measureStop(browser: BrowserName, bench: Workbench, echo: EchoServer): Promise<Measure> {
  const panel = await prepare(bench, echo, 'None', ROUNDS);
  const before = echo.requests.length;
  await panel.click('button', 'Start');
  while (echo.requests.length < before + 50) await new Promise((resolve) => setTimeout(resolve, 5));
  const clicked = performance.now();
  const stopped = await panel.evaluate<number>(CLICK_UNTIL, 'Stop', 'stopped');
  const late = (echo.requests.at(-1)?.at ?? 0) - clicked;
  console.log(`  ${browser}: the last request reached the server ${late.toFixed(0)} ms after Stop was asked for`);
  return { name: `${browser}: Stop until nothing is in flight`, value: stopped, unit: 'ms', limit: 200 };
}

/** What the panel holds for each result more, when every response is kept. */
async function measureMemory(bench: Workbench, echo: EchoServer): Promise<Measure> {
  const heaps: number[] = [];
  for (const rounds of [2, ROUNDS]) {
    const panel = await prepare(bench, echo, 'All', rounds);
    await panel.evaluate<number>(CLICK_UNTIL, 'Start', 'done');
    heaps.push(await panel.evaluate<number>(HEAP));
  }
  const [small = 0, large = 0] = heaps;
  return {
    name: `chromium: memory of the panel for each of ${ITEMS * (ROUNDS - 2)} results more, of ${LARGE / 1024} KiB each`,
    value: Math.max(0, large - small) / 1024 / (ITEMS * (ROUNDS - 2)),
    unit: 'KiB',
    limit: 4,
  };
}

/** Batches against a loop of plain fetches, in both browsers. */
export async function run(): Promise<Measure[]> {
  return [...(await measureBrowser('chromium')), ...(await measureBrowser('firefox'))];
}
