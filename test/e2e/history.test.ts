import { expect, test } from 'vitest';
import type { Panel, Target } from './driver/types.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, ended, openRequestTab, openResponseTab, send } from './support/compose.ts';

const LISTS: Target = { role: 'tablist', name: 'Lists' };
const HISTORY: Target = { role: 'listbox', name: 'History' };
const REQUESTS: Target = { role: 'tablist', name: 'Requests' };

async function openHistory(panel: Panel): Promise<void> {
  await panel.click('tab', 'History', { within: LISTS });
  await panel.waitFor('listbox', 'History');
}

inBothBrowsers('History', (stage) => {
  test('what was sent is listed, searched, opened as it was, edited and sent again', async () => {
    const { panel, echo } = stage;
    await compose(panel, {
      method: 'POST',
      url: `${echo.origin}/first?n=1`,
      headers: [
        ['X-Kept', 'in-history'],
        ['X-Off', 'not-sent'],
      ],
      body: { type: 'Text', text: 'the first body' },
    });
    await openRequestTab(panel, 'Headers');
    await panel.check('checkbox', 'Enabled', false, { within: { role: 'table', name: 'Headers' }, index: 1 });
    expect(await send(panel)).toContain('200');
    await compose(panel, { method: 'GET', url: `${echo.origin}/second`, headers: [], body: { type: 'None' } });
    expect(await send(panel)).toContain('200');

    await openHistory(panel);
    await panel.waitFor('option', /POST .*\/first\?n=1.* 200/, {}, { within: HISTORY });
    await panel.waitFor('option', /GET .*\/second.* 200/, {}, { within: HISTORY });

    await panel.fill('textbox', 'Filter', 'in-history');
    await panel.waitUntilGone('option', /second/, { within: HISTORY });
    await panel.waitFor('option', /first/, {}, { within: HISTORY });
    await panel.click('option', /first/, { within: HISTORY });
    await panel.waitFor('region', 'Recorded exchange', { text: '/first?n=1' });
    await openResponseTab(panel, 'Sent');
    await panel.waitFor('region', 'Sent', { text: 'X-Kept: in-history' });
    await openResponseTab(panel, 'Body');

    await panel.click('button', 'Replay');
    await panel.waitFor('region', 'Recorded exchange', { text: /Sent again.*No differences|difference/ });
    expect(echo.requests.filter(({ path }) => path === '/first')).toHaveLength(2);
    const [original, again] = echo.requests.filter(({ path }) => path === '/first');
    expect(again?.body.toString()).toBe('the first body');
    expect(again?.head.toString('latin1')).toBe(original?.head.toString('latin1'));

    await panel.fill('textbox', 'Filter', '');
    await panel.waitFor('tabpanel', 'History', { text: /3 exchanges/ });
    await panel.click('option', /first/, { within: HISTORY, index: -1 });
    await panel.waitFor('option', /first/, { selected: true }, { within: HISTORY, index: -1 });
    await panel.click('button', 'Edit');
    await panel.waitFor('textbox', 'URL', { value: `${echo.origin}/first?n=1` });
    await openRequestTab(panel, 'Headers');
    expect(await panel.tableRows('Headers')).toMatchObject([
      expect.arrayContaining(['on', 'X-Kept', 'in-history']),
      expect.arrayContaining(['off', 'X-Off', 'not-sent']),
      expect.anything(),
    ]);
    await openRequestTab(panel, 'Body');
    await panel.waitFor('textbox', 'Body', { value: 'the first body' });
    expect(await panel.names('tab', { within: REQUESTS })).toHaveLength(2);
  });

  test('entries are pinned, compared and deleted, and another panel sees it at once', async () => {
    const { panel, bench, echo } = stage;
    await openHistory(panel);
    const other = await bench.openPanelTab();
    await openHistory(other);
    await other.waitFor('option', /second/, {}, { within: HISTORY });

    await panel.click('option', /second/, { within: HISTORY });
    await panel.click('button', 'Pin');
    await panel.waitFor('group', 'Pinned', { text: /second/ });
    await other.waitFor('group', 'Pinned', { text: /second/ });

    await panel.click('option', /first/, { within: HISTORY, index: 0 });
    await panel.press('Shift+ArrowDown');
    await panel.click('button', 'Compare');
    await panel.waitFor('region', 'Recorded exchange', { text: 'compared with' });
    await panel.click('tab', /^Compare/, { within: { role: 'tablist', name: 'Response' } });
    await panel.waitFor('region', 'Requests compared');

    await panel.click('option', /first/, { within: HISTORY, index: 0 });
    const before = await other.count('option', /first/, { within: HISTORY });
    await panel.click('button', 'Delete');
    await other.waitFor('listbox', 'History', {});
    await expect.poll(() => other.count('option', /first/, { within: HISTORY })).toBe(before - 1);
    await compose(panel, { url: `${echo.origin}/third` });
    await send(panel);
    await other.waitFor('option', /third/, {}, { within: HISTORY });

    // In flight at the same moment, though one pair of hands types: neither draft nor exchange of anybody is lost.
    const release = echo.on('/one-panel', async (_, reply) => {
      await echo.next('/other-panel');
      await reply.send();
    });
    await compose(panel, { url: `${echo.origin}/one-panel` });
    await compose(other, { url: `${echo.origin}/other-panel` });
    await panel.click('button', 'Send');
    await other.click('button', 'Send');
    await Promise.all([ended(panel), ended(other)]);
    release();
    for (const each of [panel, other]) {
      await each.waitFor('option', /one-panel/, {}, { within: HISTORY });
      await each.waitFor('option', /other-panel/, {}, { within: HISTORY });
    }
    await other.close();
    await bench.reopenDevTools();
    await panel.waitFor('textbox', 'URL', { value: /one-panel/ });
  });

  test('several requests are open at once, undone and redone, closed and reopened', async () => {
    const { panel, bench } = stage;
    await panel.click('button', 'New request');
    await panel.fill('textbox', 'URL', 'http://workbench.test/undo');
    await openRequestTab(panel, 'Headers');
    await panel.fill('textbox', 'Name', 'X-One', { within: { role: 'table', name: 'Headers' }, index: -1 });
    await panel.press('Control+z');
    await expect.poll(async () => (await panel.tableRows('Headers')).some((row) => row.includes('X-One'))).toBe(false);
    await panel.click('button', 'Redo');
    await expect.poll(async () => (await panel.tableRows('Headers')).some((row) => row.includes('X-One'))).toBe(true);
    await panel.waitFor('tab', 'GET /undo', { selected: true }, { within: REQUESTS });
    const names = await panel.names('tab', { within: REQUESTS });

    await panel.click('button', 'Close request');
    await panel.waitUntilGone('tab', 'GET /undo', { within: REQUESTS });
    await bench.reopenDevTools();
    await panel.click('button', 'Reopen closed request');
    await panel.waitFor('tab', 'GET /undo', { selected: true }, { within: REQUESTS });
    await panel.waitFor('textbox', 'URL', { value: 'http://workbench.test/undo' });
    expect(await panel.names('tab', { within: REQUESTS })).toEqual(names);
  });
});
