import { mkdir, writeFile } from 'node:fs/promises';
import { openWorkbench } from './driver/index.ts';
import { takePreviewPictures } from './support/preview-pictures.ts';
import { compose, openResponseTab, send } from './support/compose.ts';
import { startDemoServer } from '../../tools/demo-server/server.ts';

/** Takes the pictures of the docs: the real panel in the real DevTools of both browsers. */
const FOLDER = new URL('../../docs/screenshots/', import.meta.url);
const sizes = { wide: 1400, medium: 700, narrow: 320 } as const;
const HEIGHT = 800;

await mkdir(FOLDER, { recursive: true });
const demo = await startDemoServer();
for (const browser of ['chromium', 'firefox'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    await takePreviewPictures(browser, theme, (name, png) =>
      writeFile(new URL(`${browser}-${name}-${theme}.png`, FOLDER), png),
    );
    if (process.argv.includes('--previews')) continue;
    for (const [size, width] of Object.entries(sizes)) {
      const bench = await openWorkbench(browser, { theme, width, height: HEIGHT });
      const picture = async (name: string): Promise<void> => {
        await writeFile(new URL(`${browser}-${name}-${theme}.png`, FOLDER), await bench.screenshot());
      };
      try {
        await bench.inspect(`${demo.origin}/`);
        await compose(bench.panel, {
          method: 'POST',
          url: `${demo.origin}/post?lang=en&page=2`,
          headers: [
            ['X-Trace', 'c0ffee'],
            ['Origin', 'https://shop.example'],
          ],
          body: { type: 'JSON', text: '{\n  "id": 9007199254740993,\n  "price": 1.0\n}' },
        });
        await send(bench.panel);
        await bench.panel.waitFor('region', 'Response body', { text: 'c0ffee' });
        await picture(size);
        if (size === 'wide') {
          await openResponseTab(bench.panel, 'Sent');
          await picture('sent');
          await compose(bench.panel, {
            method: 'GET',
            url: `${demo.origin}/redirect/3`,
            headers: [],
            body: { type: 'None' },
          });
          await send(bench.panel);
          await openResponseTab(bench.panel, 'Hops');
          await picture('hops');
        }
      } finally {
        await bench.close();
      }
    }
  }
}
await demo.close();
