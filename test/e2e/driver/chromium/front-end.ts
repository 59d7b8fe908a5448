/**
 * Chromium's DevTools front-end, from inside: it is a page of modules, and the modules hold what there is no protocol
 * command for.
 */

import type { Frame, Page } from 'puppeteer-core';
import type { Theme } from '../types.ts';

const SHOW_TIMEOUT = 30_000;

/** Runs in the front-end: shows an extension's panel as soon as it is registered. */
function showSource(view: string): string {
  return `(async () => {
    const until = performance.now() + ${SHOW_TIMEOUT};
    const wait = () => new Promise((resolve) => setTimeout(resolve, 25));
    const { Settings } = await import('./core/common/common.js');
    const { ViewManager } = await import('./ui/legacy/legacy.js');
    // The front-end replaces its instances while it starts: ask for the current one each time.
    const views = () => Settings.Settings.hasInstance() ? ViewManager.ViewManager.instance() : undefined;
    while (!views()?.hasView(${JSON.stringify(view)})) {
      if (performance.now() > until) throw new Error('DevTools know no panel ${view}');
      await wait();
    }
    await views().showView(${JSON.stringify(view)});
  })()`;
}

/**
 * Shows the extension's panel and gives its frame once it has loaded. `title` is the one given to
 * `devtools.panels.create`; DevTools name the view after the extension's origin and that title.
 */
export async function showPanel(devtools: Page, origin: string, title: string, page: string): Promise<Frame> {
  // A new window begins as an empty document, from which nothing can be imported.
  await devtools.waitForFunction('location.protocol === "devtools:"', { timeout: SHOW_TIMEOUT });
  await devtools.evaluate(showSource(`${origin}${title}`));
  const frame = await devtools.waitForFrame((each) => each.url().split(/[?#]/)[0] === `${origin}/${page}`, {
    timeout: SHOW_TIMEOUT,
  });
  await frame.waitForFunction('document.readyState === "complete"', { timeout: SHOW_TIMEOUT });
  return frame;
}

/** Sets the theme as DevTools' own settings do; the panel's `prefers-color-scheme` follows. */
export async function setFrontEndTheme(devtools: Page, theme: Theme): Promise<void> {
  const value = theme === 'dark' ? 'dark' : 'default';
  await devtools.evaluate(`(async () => {
    const { Settings } = await import('./core/common/common.js');
    Settings.Settings.instance().moduleSetting('ui-theme').set('${value}');
  })()`);
}

/** Puts text on the clipboard as DevTools' own `copy()` does. */
export async function copyText(devtools: Page, text: string): Promise<void> {
  await devtools.evaluate(`(async () => {
    const { InspectorFrontendHost } = await import('./core/host/host.js');
    InspectorFrontendHost.InspectorFrontendHostInstance.copyText(${JSON.stringify(text)});
  })()`);
}
