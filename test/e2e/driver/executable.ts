import { existsSync } from 'node:fs';
import type { BrowserName } from './types.ts';

const SETUP = new URL('../../../tools/setup/browsers.mjs', import.meta.url);

/**
 * Where the browser is: `CHROMIUM` or `FIREFOX` of the environment, else as the set-up finds it. Throws when there is
 * none. The set-up is loaded at run time, for it is a project that in turn uses this one.
 */
export async function executableOf(browser: BrowserName): Promise<string> {
  const setup: unknown = await import(/* @vite-ignore */ SETUP.href);
  if (
    typeof setup !== 'object' ||
    setup === null ||
    !('findBrowser' in setup) ||
    typeof setup.findBrowser !== 'function'
  )
    throw new Error(`${SETUP.pathname} has no findBrowser`);
  const path: unknown = setup.findBrowser(browser);
  if (typeof path !== 'string' || !existsSync(path))
    throw new Error(`There is no ${browser}; install it, or set ${browser.toUpperCase()} to its path`);
  return path;
}
