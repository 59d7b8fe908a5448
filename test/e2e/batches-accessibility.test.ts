import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { prepareBatches, tourBatches } from './support/batches-tour.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { setWidth } from './support/width.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const RUN_AXE = `async () => {
  const { violations } = await axe.run(document, { iframes: false, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join());
}`;

inBothBrowsers('Batches, variations, identities', (stage) => {
  test('axe finds nothing in any of their views, in either theme', async () => {
    const { bench, panel, echo } = stage;
    await prepareBatches(bench, echo);
    await panel.injectScript(AXE);
    for (const [theme, width] of [
      ['light', 1200],
      ['dark', 320],
    ] as const) {
      await bench.setTheme(theme);
      const isNarrow = await setWidth(bench, width);
      await tourBatches(panel, isNarrow, async (name) => {
        expect(await panel.evaluate<string[]>(RUN_AXE), `${name} at ${width}`).toEqual([]);
      });
    }
  });
});
