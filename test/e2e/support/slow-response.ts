import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { startEchoServer } from '../../support/echo-server.ts';
import { openWorkbench } from '../driver/index.ts';
import type { BrowserName } from '../driver/types.ts';
import { compose, ended } from './compose.ts';

/** Notes how long the page's thread was ever busy at a stretch, in ms. */
const WATCH_THREAD = `() => {
  globalThis.longestPause = 0;
  let last = performance.now();
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const now = performance.now();
    globalThis.longestPause = Math.max(globalThis.longestPause, now - last);
    setTimeout(() => { last = performance.now(); channel.port2.postMessage(null); }, 5);
  };
  channel.port2.postMessage(null);
}`;

/** The same for this process, which has next to nothing to do meanwhile. Gives the longest pause and stops. */
function watchOwnThread(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

/** Sends through the real panel to a server that takes `ms` to answer; the answer must arrive, the panel stay awake. */
export async function waitForSlowResponse(browser: BrowserName, ms: number): Promise<void> {
  const echo = await startEchoServer();
  const bench = await openWorkbench(browser);
  try {
    echo.on('/slow', async (_request, reply) => {
      await delay(ms);
      await reply.send({ body: 'at last' });
    });
    const { panel } = bench;
    await compose(panel, { method: 'GET', url: `${echo.origin}/slow` });
    await panel.click('button', 'Send');
    await panel.waitFor('button', 'Cancel');
    await panel.evaluate(WATCH_THREAD);
    const own = watchOwnThread();
    expect(await ended(panel, ms + 15_000)).toContain('200 OK');
    await panel.waitFor('region', 'Response body', { text: 'at last' });
    // A machine that lets this process wait lets the panel wait too: that is not the panel's doing.
    expect(await panel.evaluate<number>('globalThis.longestPause')).toBeLessThan(100 + 2 * own());
    expect(await bench.backgroundLog()).toEqual([]);
  } finally {
    await bench.close();
    await echo.close();
  }
}
