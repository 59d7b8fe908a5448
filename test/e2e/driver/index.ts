import { bounded } from './bounded.ts';
import { openChromium } from './chromium/open.ts';
import { openFirefox } from './firefox/open.ts';
import { createLifetime } from './lifetime.ts';
import { planLaunch } from './plan.ts';
import type { BrowserName, Workbench, WorkbenchOptions } from './types.ts';

export type * from './types.ts';

export const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox'];

const START_TIMEOUT = 90_000;

/**
 * Starts a browser with the extension, opens DevTools on its first tab and shows the Workbench panel. Whatever happens
 * later, also to this process, the browser ends with it. Throws when the panel is not there within 90 s.
 */
export async function openWorkbench(browser: BrowserName, options: WorkbenchOptions = {}): Promise<Workbench> {
  const plan = await planLaunch(browser, options);
  const lifetime = createLifetime(plan);
  const open = browser === 'chromium' ? openChromium : openFirefox;
  try {
    return await bounded(open(plan, lifetime), START_TIMEOUT, `Opening the workbench in ${browser}`);
  } catch (error) {
    await lifetime.end();
    throw error;
  }
}
