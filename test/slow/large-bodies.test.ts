import { expect, test } from 'vitest';
import { startByteServer } from '../bench/support/byte-server.ts';
import { openWorkbench } from '../e2e/driver/index.ts';
import { chooseFile } from '../e2e/support/choose-file.ts';
import { compose, ended, openRequestTab } from '../e2e/support/compose.ts';

/** Milliseconds. */
const PATIENCE = 400_000;

test.each(['chromium', 'firefox'] as const)(
  '1 GiB arrives and is scrolled to its end, 100 MiB are sent (%s)',
  async (browser) => {
    const server = await startByteServer();
    const bench = await openWorkbench(browser);
    try {
      const { panel } = bench;
      await compose(panel, { method: 'GET', url: `${server.origin}/bytes?1024` });
      await panel.click('button', 'Send');
      await panel.waitFor('region', 'Response body', { text: 'xxxx' });
      expect(await ended(panel, PATIENCE)).toContain('200 OK');
      await panel.waitFor('region', 'Response', { text: /\b1(?:\.0+)? GiB/ });
      await panel.select('combobox', 'View as', 'Hex');
      await panel.focus('group', 'Body in hexadecimal');
      await panel.press('End');
      await panel.waitFor('region', 'Response body', { text: '3ffffff8' });

      await compose(panel, { method: 'POST', url: `${server.origin}/upload` });
      await openRequestTab(panel, 'Body');
      await panel.select('combobox', 'Body type', 'File');
      await chooseFile(panel, 'hundred.bin', 100 * 2 ** 20);
      await panel.click('button', 'Send');
      expect(await ended(panel, PATIENCE)).toContain('200 OK');
      expect(await bench.backgroundLog()).toEqual([]);
    } finally {
      await bench.close();
      await server.close();
    }
  },
);
