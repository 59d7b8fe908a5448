import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { inBothBrowsers } from './support/browsers.ts';
import { tourCollections } from './support/collections-tour.ts';
import { setWidth } from './support/width.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Frames are left out: nothing runs in that of the notes, axe neither. */
const RUN_AXE = `async () => {
  const { violations } = await axe.run(document, { iframes: false, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join());
}`;

inBothBrowsers('Collections and backups', (stage) => {
  test.each([
    ['light', 1200],
    ['dark', 320],
  ] as const)('axe finds nothing in the tree and all dialogs, %s at %i px', async (theme, width) => {
    const { bench, panel } = stage;
    await bench.setTheme(theme);
    await setWidth(bench, width);
    await panel.injectScript(AXE);
    await tourCollections(bench, async (name) => {
      expect(await panel.evaluate<string[]>(RUN_AXE), `${name} at ${width}`).toEqual([]);
    });
  });
});
