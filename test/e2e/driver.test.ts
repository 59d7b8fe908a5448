/** The driver's own test, on a stand-in for the extension: what the scenarios lean on must hold in both browsers. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS, openWorkbench } from './driver/index.ts';
import type { Target, Workbench } from './driver/index.ts';

const extension = 'test/fixtures/probe-extension';
const response: Target = { role: 'region', name: 'Response' };
const lastRow: Target = { role: 'row', index: -1, within: { role: 'table', name: 'Params' } };

/** Width and height of a PNG, from its header chunk. */
function pngSize(png: Buffer): [number, number] {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe.each(BROWSERS)('driver in %s', (browser) => {
  let workbench: Workbench;
  let profile: string;

  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'workbench-driver-test-'));
    workbench = await openWorkbench(browser, { extension, profile });
  });

  afterAll(async () => {
    await workbench.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  it('fills, types, pastes and reads fields', async () => {
    const { panel } = workbench;
    await panel.fill('textbox', 'URL', 'http://workbench.test/?q=ü');
    expect(await panel.value('textbox', 'URL')).toBe('http://workbench.test/?q=ü');
    expect(await panel.focused()).toEqual({ role: 'textbox', name: 'URL' });
    await panel.fill('textbox', 'Notes', 'replaced');
    await panel.fill('textbox', 'Notes', '');
    expect(await panel.value('textbox', 'Notes')).toBe('');
    await panel.type('textbox', 'Notes', 'añ\nb');
    await panel.type('textbox', 'Notes', '!');
    expect(await panel.value('textbox', 'Notes')).toBe('añ\nb!');
    await panel.paste('textbox', 'Notes', 'line one\nline two');
    expect(await panel.value('textbox', 'Notes')).toBe('line one\nline two');
    for (const text of ['{\n  "a": 1\n}', 'short', '']) {
      await panel.fill('textbox', 'Body', text);
      expect(await panel.value('textbox', 'Body')).toBe(text);
    }
  });

  it('chooses in selects and comboboxes, and sets checkboxes', async () => {
    const { panel } = workbench;
    await panel.select('combobox', 'Auth type', 'Basic');
    expect(await panel.value('combobox', 'Auth type')).toBe('Basic');
    await panel.select('combobox', 'Method', 'POST');
    expect(await panel.value('combobox', 'Method')).toBe('POST');
    await expect(panel.select('combobox', 'Auth type', 'Digest', { timeout: 200 })).rejects.toThrow(/"None", "Basic"/);
    for (const on of [true, true, false]) {
      await panel.check('checkbox', 'Verify', on);
      expect((await panel.state('checkbox', 'Verify')).checked).toBe(on);
    }
  });

  it('clicks with trusted events and waits for what comes of it', async () => {
    const { panel } = workbench;
    await panel.fill('textbox', 'URL', 'first');
    await panel.click('button', 'Send');
    expect((await panel.waitFor('status', '', { text: 'first' }, { within: response })).text).toBe('200 first');
    expect(await panel.evaluate('document.querySelector("[role=status]").dataset.trusted')).toBe('true');
    const where = { within: { role: 'tablist', name: 'Response' } };
    await panel.click('tab', 'Headers', where);
    expect((await panel.state('tab', 'Headers', where)).selected).toBe(true);
    await expect(panel.waitFor('status', '', { text: 'never' }, { timeout: 200 })).rejects.toThrow(/"200 first"/);
  });

  it('presses keys on what has the focus', async () => {
    const { panel } = workbench;
    await panel.fill('textbox', 'URL', 'second');
    await panel.evaluate('document.getElementById("keys").textContent = ""');
    await panel.press('Control+Enter', 'Tab', 'Shift+Tab');
    await panel.waitFor('status', '', { text: '200 second' });
    expect(await panel.focused()).toEqual({ role: 'textbox', name: 'URL' });
    // Firefox's toolbox opens its split console on Escape, whatever the panel does with the key.
    await panel.press('Escape');
    const keys = await panel.evaluate<string>('document.getElementById("keys").textContent');
    const chords = keys.split(' ').filter((chord) => !/(Control|Shift)\+\1|^$/.test(chord));
    expect(chords).toEqual(['Control+Enter', 'Tab', 'Shift+Tab', 'Escape']);
  });

  it('reads tables and acts inside their rows', async () => {
    const { panel } = workbench;
    await panel.fill('textbox', 'Value', '22', { within: lastRow });
    await panel.check('checkbox', 'Enabled', true, { within: lastRow });
    expect(await panel.tableRows('Params')).toEqual([
      ['on', 'a', '1'],
      ['on', 'b', '22'],
    ]);
  });

  it('names what is missing, ambiguous, hidden, inert or disabled', async () => {
    const { panel } = workbench;
    const timeout = 100;
    await expect(panel.click('button', 'Sned', { timeout })).rejects.toThrow(
      /No button "Sned": there is "Send", "Never"/,
    );
    await expect(panel.click('tab', 'Headers', { timeout })).rejects.toThrow(/2 match .* in tablist "Response"/);
    await expect(panel.click('button', 'Hidden', { timeout })).rejects.toThrow(/hidden or inert/);
    await expect(panel.click('button', 'Inert', { timeout })).rejects.toThrow(/hidden or inert/);
    await expect(panel.click('button', 'Never', { timeout })).rejects.toThrow(/disabled/);
    expect(await panel.exists('button', 'Send')).toBe(true);
    expect(await panel.exists('button', 'Hidden')).toBe(false);
    expect(await panel.exists('button', 'Send', { within: { role: 'region', name: 'Nowhere' } })).toBe(false);
  });

  it('runs code in the panel, the inspected page and the background', async () => {
    const { panel } = workbench;
    expect(await panel.evaluate((a: number, b: number) => a + b, 40, 2)).toBe(42);
    await expect(panel.evaluate(() => Promise.reject(new Error('so it fails')))).rejects.toThrow(/so it fails/);
    await panel.injectScript('(function (root) { root.injected = 7; })(window)');
    expect(await panel.evaluate('injected')).toBe(7);
    await workbench.inspect('data:text/html,<title>inspected</title>');
    expect(await workbench.evaluateInPage(() => document.title)).toBe('inspected');
    expect(await workbench.evaluateInBackground('typeof bornAt')).toBe('number');
  });

  it('sets the width of the panel and the theme of DevTools, and takes pictures', async () => {
    const { panel } = workbench;
    expect(await panel.size()).toMatchObject({ width: 1200 });
    for (const width of [320, 1400]) {
      await workbench.setPanelWidth(width);
      expect(await panel.size()).toMatchObject({ width });
      expect(pngSize(await workbench.screenshot())).toEqual([width, 800]);
    }
    for (const theme of ['dark', 'light'] as const) {
      await workbench.setTheme(theme);
      expect(await panel.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(theme === 'dark');
    }
  });

  it('opens the panel in a tab too', async () => {
    const tab = await workbench.openPanelTab();
    await tab.fill('textbox', 'URL', 'from the tab');
    await tab.press('Control+Enter');
    await tab.waitFor('status', '', { text: '200 from the tab' });
    expect(await workbench.panel.value('textbox', 'URL')).not.toBe('from the tab');
    await workbench.panel.fill('textbox', 'URL', 'from DevTools');
    expect(await tab.value('textbox', 'URL')).toBe('from the tab');
    expect(pngSize(await tab.screenshot())[0]).toBeGreaterThan(300);
    await tab.close();
  });

  it('ends and revives the background', async () => {
    const born = await workbench.evaluateInBackground<number>('bornAt');
    await workbench.killBackground();
    expect(await workbench.backgroundRuns()).toBe(false);
    await workbench.panel.fill('textbox', 'URL', 'wake up');
    await workbench.panel.click('button', 'Send');
    await workbench.panel.waitFor('status', '', { text: '200 wake up' });
    expect(await workbench.evaluateInBackground<number>('bornAt')).toBeGreaterThan(born);
    await workbench.killBackground();
    expect(await workbench.evaluateInBackground('typeof bornAt')).toBe('number');
  });

  it('tells the errors of the background from those of the panel', async () => {
    const { panel } = workbench;
    expect(await workbench.backgroundLog()).toEqual([]);
    expect(await panel.consoleErrors()).toEqual([]);
    for (const kind of ['error', 'throw', 'reject', 'log']) {
      await panel.fill('textbox', 'URL', kind);
      await panel.click('button', 'Send');
      await panel.waitFor('status', '', { text: `200 ${kind}` });
    }
    await expect.poll(() => workbench.backgroundLog()).toHaveLength(3);
    const log = (await workbench.backgroundLog()).join('\n');
    expect(log).toMatch(/said by the background/);
    expect(log).toMatch(/missingFunction is not defined/);
    expect(log).toMatch(/nobody waits for this/);
    await panel.evaluate('void document.dispatchEvent(new Event("complain"))');
    await expect.poll(() => panel.consoleErrors()).toHaveLength(2);
    expect(await workbench.backgroundLog()).toHaveLength(3);
  });

  it('closes and opens DevTools, and reloads the extension', async () => {
    const { panel } = workbench;
    await panel.fill('textbox', 'URL', 'forgotten');
    await workbench.reopenDevTools();
    expect(await panel.value('textbox', 'URL')).toBe('');
    const born = await workbench.evaluateInBackground<number>('bornAt');
    await workbench.reloadExtension();
    await workbench.reopenDevTools();
    expect(await workbench.evaluateInBackground<number>('bornAt')).toBeGreaterThan(born);
    await panel.fill('textbox', 'URL', 'after the reload');
    await panel.press('Control+Enter');
    await panel.waitFor('status', '', { text: '200 after the reload' });
    expect(await workbench.backgroundLog()).toHaveLength(3);
  });

  it('starts again on the same profile with the same data', async () => {
    const api = '(globalThis.browser ?? globalThis.chrome)';
    await workbench.evaluateInBackground(`${api}.storage.local.set({ kept: 'yes' })`);
    await workbench.close();
    await workbench.closed;
    workbench = await openWorkbench(browser, { extension, profile });
    expect(await workbench.evaluateInBackground(`${api}.storage.local.get('kept')`)).toEqual({ kept: 'yes' });
  });
});
