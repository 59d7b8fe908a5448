import process from 'node:process';
import { startEchoServer } from '../support/echo-server.ts';
import { openWorkbench } from '../e2e/driver/index.ts';
import type { BrowserName, Workbench } from '../e2e/driver/types.ts';
import {
  fillHistory,
  longestFrame,
  openLongHistory,
  searchTimes,
  timeToOpen,
  writingTimes,
} from '../e2e/support/history-scale.ts';
import type { Measure } from './measure.ts';

/** Exchanges in the history that is measured. */
const ENTRIES = Number(process.env['ENTRIES'] ?? 100_000);
const ROUNDS = 7;
/** Longer than recording may be put off, so that writing falls into the row. */
const IN_A_ROW = 150;

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

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

/** A history of 100,000 exchanges beside an empty one, in each browser (or the one that BROWSER names). */
export async function run(): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const browser of ['chromium', 'firefox'] as const) {
    if ((process.env['BROWSER'] ?? browser) === browser) measures.push(...(await measure(browser)));
  }
  return measures;
}

async function measure(browser: BrowserName): Promise<Measure[]> {
  const bench = await openWorkbench(browser);
  const other = await openWorkbench(browser);
  const echo = await startEchoServer();
  try {
    // Looking at the list makes the database.
    await bench.panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
    await bench.panel.waitFor('tabpanel', 'History', { text: 'Nothing sent yet' });
    await fillHistory(bench.panel, ENTRIES);
    const { full, empty } = await compareOpening(bench, other);

    const tab = await bench.openPanelTab();
    const loading = performance.now();
    await openLongHistory(tab, ENTRIES);
    const loaded = performance.now() - loading;
    const search = median(await searchTimes(tab, ENTRIES, ROUNDS));
    const scroll = await longestFrame(tab, 5);
    await tab.close();
    const sender = await bench.openPanelTab();
    const rows = await writingTimes(sender, `${echo.origin}/`, 5, IN_A_ROW);
    await sender.close();
    console.log(
      `  ${browser}: opening: ${empty.toFixed(0)} ms empty, ${full.toFixed(0)} ms full; an exchange took ${median(rows.map(({ recorded }) => recorded)).toFixed(1)} ms recorded, ${median(rows.map(({ unrecorded }) => unrecorded)).toFixed(1)} ms not; loading the whole list took ${loaded.toFixed(0)} ms in the background`,
    );
    return [
      {
        name: `${browser}: opening the panel with ${ENTRIES} exchanges, to an empty history`,
        value: full / empty,
        unit: '×',
        limit: 1.2,
      },
      {
        name: `${browser}: what writing to the history adds to an exchange`,
        value: median(rows.map(({ recorded, unrecorded }) => recorded - unrecorded)),
        unit: 'ms',
        limit: 5,
      },
      { name: `${browser}: first result of a search`, value: search, unit: 'ms', limit: 150 },
      { name: `${browser}: longest frame while scrolling`, value: scroll, unit: 'ms', limit: 50 },
    ];
  } finally {
    await other.close();
    await bench.close();
    await echo.close();
  }
}
