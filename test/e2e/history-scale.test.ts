import { expect, test } from 'vitest';
import { inBothBrowsers } from './support/browsers.ts';
import {
  fillHistory,
  longestFrame,
  openLongHistory,
  searchTimes,
  timeToOpen,
  writingTimes,
} from './support/history-scale.ts';

/** The full figure is `npm run bench`'s. */
const ENTRIES = 5000;
/** What else the machine does only adds: a figure is too large when it is so in each of so many rounds. */
const ROUNDS = 12;

/** Measures until the figure is within its limit; gives the last one. */
async function until(limit: number, measure: () => Promise<number>): Promise<number> {
  let figure = Infinity;
  for (let round = 0; round < ROUNDS && figure > limit; round += 1) figure = await measure();
  return figure;
}

inBothBrowsers('5,000 exchanges in the history', (stage) => {
  test('they cost nothing when a panel opens', async () => {
    const { bench, panel } = stage;
    // Looking at the list makes the database.
    await panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
    await panel.waitFor('tabpanel', 'History', { text: 'Nothing sent yet' });
    // The first one warms up.
    await timeToOpen(bench);
    let [empty, full] = [Infinity, Infinity];
    const ratio = await until(1.2, async () => {
      await fillHistory(panel, 0);
      empty = Math.min(empty, await timeToOpen(bench));
      await fillHistory(panel, ENTRIES);
      full = Math.min(full, await timeToOpen(bench));
      return full / empty;
    });
    expect(ratio).toBeLessThanOrEqual(1.2);
  });

  test('they are searched and scrolled at once', async () => {
    const tab = await stage.bench.openPanelTab();
    await openLongHistory(tab, ENTRIES);
    const search = await until(150, async () => Math.max(...(await searchTimes(tab, ENTRIES, 3))));
    expect(search, 'first result').toBeLessThanOrEqual(150);
    const frame = await until(50, () => longestFrame(tab, 3));
    expect(frame, 'longest frame').toBeLessThanOrEqual(50);
    await tab.close();
  });

  test('writing another one does not hold up what is sent next', async () => {
    const tab = await stage.bench.openPanelTab();
    let [recorded, unrecorded] = [Infinity, Infinity];
    const added = await until(5, async () => {
      for (const row of await writingTimes(tab, `${stage.echo.origin}/`, 2, 20)) {
        recorded = Math.min(recorded, row.recorded);
        unrecorded = Math.min(unrecorded, row.unrecorded);
      }
      return recorded - unrecorded;
    });
    expect(added).toBeLessThanOrEqual(5);
    await tab.close();
  });
});
