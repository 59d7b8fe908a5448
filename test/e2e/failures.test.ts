import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHostileServer } from '../support/hostile-server.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, ended, openRequestTab, send } from './support/compose.ts';

let hostile: Awaited<ReturnType<typeof startHostileServer>>;
beforeAll(async () => {
  hostile = await startHostileServer();
});
afterAll(() => hostile.close());

/** Paths of the hostile server, and what Requests calls what they do. */
const failures: [path: string, exception: string][] = [
  ['/empty-reply', 'ConnectionError'],
  ['/reset', 'ConnectionError'],
  ['/short-body', 'ChunkedEncodingError'],
  ['/cut-chunks', 'ChunkedEncodingError'],
  ['/bad-chunk', 'ChunkedEncodingError'],
  ['/bad-gzip', 'ContentDecodingError'],
  ['/double-content-length', 'InvalidHeader'],
  ['/endless-redirect', 'TooManyRedirects'],
  ['/redirect-to-javascript', 'InvalidSchema'],
];

inBothBrowsers('Failures', (stage) => {
  test.each(failures)('%s is a %s', async (path, exception) => {
    const { panel } = stage;
    await compose(panel, { method: 'GET', url: hostile.origin + path, body: { type: 'None' } });
    await panel.click('button', 'Send');
    await ended(panel);
    expect(await panel.text('region', 'Response')).toContain(exception);
  });

  test('what came before a connection broke is not thrown away', async () => {
    const { panel, echo } = stage;
    let wasShown = (): void => {};
    const shown = new Promise<void>((resolve) => (wasShown = resolve));
    echo.on('/breaks', async (_request, reply) => {
      await reply.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nthe first part');
      await shown;
      reply.destroy();
    });
    await compose(panel, { method: 'GET', url: `${echo.origin}/breaks` });
    await panel.click('button', 'Send');
    await panel.waitFor('region', 'Response body', { text: 'the first part' });
    wasShown();
    await ended(panel);
    expect(await panel.text('region', 'Response')).toContain('ChunkedEncodingError');
    await panel.waitFor('region', 'Response body', { text: 'the first part' });
  });

  describe('the time limits', () => {
    test.each([
      [
        'before the header section',
        '/never',
        { 'Connect timeout (s)': '0.2', 'Read timeout (s)': '0.2' },
        'ReadTimeout',
      ],
      ['between two bytes of the body', '/stall', { 'Read timeout (s)': '0.4' }, 'ConnectionError'],
      ['for the whole', '/stall', { 'Total timeout (s)': '0.4' }, 'Timeout'],
    ] as const)('%s', async (_title, path, limits, exception) => {
      const { panel } = stage;
      await compose(panel, { method: 'GET', url: hostile.origin + path });
      await openRequestTab(panel, 'Options');
      for (const [name, value] of Object.entries(limits)) await panel.fill('textbox', name, value);
      await panel.click('button', 'Send');
      await ended(panel);
      expect(await panel.text('region', 'Response')).toContain(exception);
      for (const name of Object.keys(limits)) await panel.fill('textbox', name, '');
    });
  });

  test('the session is usable afterwards', async () => {
    const { panel, echo } = stage;
    await compose(panel, { method: 'GET', url: `${echo.origin}/after` });
    expect(await send(panel)).toContain('200 OK');
  });
});
