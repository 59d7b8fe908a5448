import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, openRequestTab, openResponseTab, send } from './support/compose.ts';
import { setWidth } from './support/width.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  help: string;
  nodes: string[];
}

const RUN_AXE = `async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html + ' ' + node.failureSummary) }));
}`;

/** Where only one side fits. */
const VIEW = { within: { role: 'tablist', name: 'View' } } as const;

const requestTabs = ['Params', 'Headers', 'Body', 'Auth', 'Options'] as const;
const responseTabs = ['Body', 'Headers', 'Cookies', 'Sent', 'Hops', 'Timing'] as const;

inBothBrowsers('Accessibility', (stage) => {
  describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (theme) => {
    test.each([320, 1200])('at %i px', async (width) => {
      const { bench, panel, echo } = stage;
      await bench.setTheme(theme);
      await setWidth(bench, 1200);
      await panel.injectScript(AXE);
      const check = async (where: string): Promise<void> => {
        expect(await panel.evaluate<Violation[]>(RUN_AXE), where).toEqual([]);
      };
      await compose(panel, {
        method: 'POST',
        url: `${echo.origin}/axe?a=1`,
        headers: [['X-A', '1']],
        body: { type: 'JSON', text: '{"a": 1}' },
      });
      expect(await send(panel)).toContain('200 OK');
      await setWidth(bench, width);
      // In a narrow panel one of the two sides shows at a time.
      for (const name of requestTabs) {
        if (width < 560) await panel.click('tab', 'Request', VIEW);
        await openRequestTab(panel, name);
        await check(`${name} at ${width}`);
      }
      for (const name of responseTabs) {
        if (width < 560) await panel.click('tab', 'Response', VIEW);
        await openResponseTab(panel, name);
        await check(`${name} at ${width}`);
      }
      await openResponseTab(panel, 'Body');
      await setWidth(bench, 1200);
    });
  });

  test('the whole flow works by keyboard', async () => {
    const { panel, echo } = stage;
    await compose(panel, { method: 'GET', url: '', headers: [], params: [], body: { type: 'None' } });
    await panel.focus('textbox', 'URL');
    await panel.type('textbox', 'URL', `${echo.origin}/keys`);
    // To the Params tab, right to Headers, into its table.
    for (let presses = 0; presses < 6; presses++) {
      await panel.press('Tab');
      if ((await panel.focused())?.role === 'tab') break;
    }
    expect(await panel.focused()).toMatchObject({ role: 'tab' });
    await panel.press('Home', 'ArrowRight');
    expect((await panel.focused())?.name).toMatch(/^Headers/);
    let at = await panel.focused();
    for (let presses = 0; presses < 8 && !(at?.role === 'textbox' && at.name === 'Name'); presses++) {
      await panel.press('Tab');
      at = await panel.focused();
    }
    expect(at).toEqual({ role: 'textbox', name: 'Name' });
    await panel.press('X', '-', 'K');
    await panel.press('Tab');
    expect((await panel.focused())?.name).toBe('Value');
    await panel.press('v');
    await panel.press('Control+Enter');
    await panel.waitFor('status', /.*/, { text: '200 OK' }, { within: { role: 'region', name: 'Response' } });
    expect((await echo.next('/keys')).field('x-k')).toBe('v');
  });
});
