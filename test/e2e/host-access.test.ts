import { expect, test } from 'vitest';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, send } from './support/compose.ts';

inBothBrowsers('Host access', (stage) => {
  test('withheld: the request line says so, the exchange fails by name and nothing is sent', async () => {
    const { panel, bench, echo } = stage;
    await bench.setHostAccess(false);
    await compose(panel, {
      method: 'GET',
      url: `${echo.origin}/withheld`,
      headers: [['Cookie', 'secret=1']],
      body: { type: 'None' },
    });
    await panel.waitFor('button', 'Ask for access');
    expect(await send(panel)).toContain('PermissionError');
    expect(await panel.text('region', 'Response')).toMatch(/access/);
    expect(echo.heads).toEqual([]);
  });

  test('given back: it goes out, and the notice is gone', async () => {
    const { panel, bench, echo } = stage;
    await bench.setHostAccess(true);
    await compose(panel, { url: `${echo.origin}/given` });
    expect(await send(panel)).toContain('200 OK');
    expect((await echo.next('/given')).field('cookie')).toBe('secret=1');
    await panel.waitUntilGone('button', 'Ask for access');
  });
});
