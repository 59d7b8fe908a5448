import { describe, expect, test } from 'vitest';
import { inBothBrowsers } from './support/browsers.ts';
import { waitForSlowResponse } from './support/slow-response.ts';
import { compose, ended, openRequestTab, send } from './support/compose.ts';

describe('a slow server', () => {
  test.concurrent.each(['chromium', 'firefox'] as const)(
    'a response that takes 75 s arrives, and the panel stays responsive (%s)',
    async (browser) => {
      await waitForSlowResponse(browser, 75_000);
    },
  );
});

const HISTORY = { within: { role: 'listbox', name: 'History' } } as const;

/** Runs in the panel: holds the history, so that the background cannot write to it; resolves when it does. */
const HOLD_HISTORY = `() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('request-workbench-sessions');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const entries = opening.result.transaction('entries', 'readwrite').objectStore('entries');
    globalThis.isHeld = true;
    // A transaction lasts for as long as something is asked of it.
    const hold = () => {
      resolve();
      if (globalThis.isHeld) entries.count().onsuccess = hold;
      else opening.result.close();
    };
    entries.count().onsuccess = hold;
  };
})`;

inBothBrowsers('Lifetime', (stage) => {
  test('cancel closes the connection and says so', async () => {
    const { panel, echo } = stage;
    echo.on('/never', () => {});
    await compose(panel, { method: 'GET', url: `${echo.origin}/never` });
    await panel.click('button', 'Send');
    const request = await echo.next('/never');
    await panel.waitFor('status', /.*/, {}, { within: { role: 'region', name: 'Response' } });
    await panel.press('Escape');
    expect((await request.closed).by).toBe('client');
    expect(await ended(panel)).toContain('AbortedError');
  });

  test('cancel in the middle of a body keeps what came', async () => {
    const { panel, echo } = stage;
    echo.on('/half', async (_request, reply) => {
      await reply.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nthe first half');
    });
    await compose(panel, { method: 'GET', url: `${echo.origin}/half` });
    await panel.click('button', 'Send');
    const request = await echo.next('/half');
    await panel.waitFor('region', 'Response body', { text: 'the first half' });
    await panel.click('button', 'Cancel');
    expect((await request.closed).by).toBe('client');
    await ended(panel);
    expect(await panel.text('region', 'Response')).toContain('AbortedError');
    await panel.waitFor('region', 'Response body', { text: 'the first half' });
  });

  test('a read timeout is called what Requests calls it', async () => {
    const { panel, echo } = stage;
    echo.on('/timeout', () => {});
    await compose(panel, { method: 'GET', url: `${echo.origin}/timeout` });
    await openRequestTab(panel, 'Options');
    await panel.fill('textbox', 'Connect timeout (s)', '0.2');
    await panel.fill('textbox', 'Read timeout (s)', '0.3');
    expect(await send(panel)).toContain('ReadTimeout');
    await panel.fill('textbox', 'Connect timeout (s)', '');
    await panel.fill('textbox', 'Read timeout (s)', '');
  });

  test('a draft survives closing DevTools', async () => {
    const { bench, panel, echo } = stage;
    const url = `${echo.origin}/draft?x=%20~`;
    await compose(panel, {
      method: 'POST',
      url,
      headers: [['X-Kept', 'yes']],
      body: { type: 'JSON', text: '{"kept": 1.0}' },
    });
    await bench.reopenDevTools();
    await panel.waitFor('textbox', 'URL', { value: url });
    expect(await panel.value('combobox', 'Method')).toBe('POST');
    await openRequestTab(panel, 'Body');
    expect(await panel.value('textbox', 'Body')).toBe('{"kept": 1.0}');
    expect(await send(panel)).toContain('200 OK');
    expect((await echo.next('/draft')).field('x-kept')).toBe('yes');
  });

  test('a background that is killed leaves the outcome unknown, and comes back', async () => {
    const { bench, panel, echo } = stage;
    echo.on('/cut-off', () => {});
    await compose(panel, { method: 'GET', url: `${echo.origin}/cut-off`, headers: [], body: { type: 'None' } });
    await panel.click('button', 'Send');
    await echo.next('/cut-off');
    await bench.killBackground();
    expect(await ended(panel)).toContain('OutcomeUnknown');
    await compose(panel, { url: `${echo.origin}/again` });
    expect(await send(panel)).toContain('200 OK');
  });

  test('an exchange that has ended is listed, though the background is killed before it could write it', async () => {
    const { bench, panel, echo } = stage;
    await panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
    await panel.waitFor('option', /again.* 200/, {}, HISTORY);
    await panel.waitFor('option', /cut-off.*details lost.* failed/, {}, HISTORY);
    await panel.evaluate(HOLD_HISTORY);
    await compose(panel, { url: `${echo.origin}/ended` });
    expect(await send(panel)).toContain('200 OK');
    await bench.killBackground();
    await panel.evaluate('globalThis.isHeld = false');
    await panel.click('option', /ended.*details lost.* 200/, HISTORY);
    await panel.waitFor('region', 'Recorded exchange', { text: 'stopped the background' });
    await panel.waitFor('region', 'Response', { text: /ResponseLost/ });
    await panel.click('button', 'Replay');
    await panel.waitFor('alert', /.*/, { text: 'cannot be sent again' });
    await panel.click('button', 'Back');
    expect(await panel.count('option', /ended/, HISTORY)).toBe(1);
  });

  test('no header rule is left behind', async () => {
    const { bench } = stage;
    const rules = (): Promise<unknown[]> =>
      bench.evaluateInBackground<unknown[]>(
        '() => (globalThis.browser ?? globalThis.chrome).declarativeNetRequest.getSessionRules()',
      );
    await expect.poll(rules).toEqual([]);
  });

  test('a draft survives an update of the extension', async () => {
    const { bench, panel, echo } = stage;
    const url = `${echo.origin}/updated`;
    await compose(panel, { method: 'GET', url, headers: [['X-Kept', 'over the update']], body: { type: 'None' } });
    expect(await send(panel)).toContain('200 OK');
    // Both browsers close every DevTools page of an extension that is updated.
    await bench.reloadExtension();
    await bench.reopenDevTools();
    await panel.waitFor('textbox', 'URL', { value: url });
    expect(await send(panel)).toContain('200 OK');
    expect((await echo.next('/updated')).field('x-kept')).toBe('over the update');
  });
});
