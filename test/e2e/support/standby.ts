import { openWorkbench } from '../driver/index.ts';
import type { BrowserName, Workbench } from '../driver/types.ts';

/**
 * Browsers that were started ahead: the scenarios of one browser run while the next one starts, each with a profile of
 * its own as if it had been started on demand. All files of a run share one process, and so this.
 */
const waiting = new Map<BrowserName, Promise<Workbench>>();

const other: Record<BrowserName, BrowserName> = { chromium: 'firefox', firefox: 'chromium' };

/** A fresh browser with the standard options, and the other one starts: the browsers take turns. */
export async function takeWorkbench(browser: BrowserName): Promise<Workbench> {
  const ready = waiting.get(browser) ?? openWorkbench(browser);
  waiting.delete(browser);
  const bench = await ready;
  startAhead(other[browser]);
  return bench;
}

function startAhead(browser: BrowserName): void {
  if (waiting.has(browser)) return;
  const starting = openWorkbench(browser);
  // Whoever takes it hears of the failure.
  starting.catch(() => {});
  waiting.set(browser, starting);
}
