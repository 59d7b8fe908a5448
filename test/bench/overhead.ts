import { startEchoServer } from '../support/echo-server.ts';
import { openWorkbench } from '../e2e/driver/index.ts';
import { compose } from '../e2e/support/compose.ts';
import type { Measure } from './measure.ts';

const ROUNDS = 200;

/** Sends again and again by the button, and notes how long each takes from the click to the response that is shown. */
const SEND_ROUNDS = `async (rounds) => {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Send');
  const times = [];
  for (let n = 0; n < rounds; n++) {
    const start = performance.now();
    const shown = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (button.textContent.trim() !== 'Send') return;
        observer.disconnect();
        resolve();
      });
      observer.observe(button, { childList: true, characterData: true, subtree: true });
    });
    button.click();
    await shown;
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times.sort((a, b) => a - b)[rounds >> 1];
}`;

const FETCH_ROUNDS = `async (url, rounds) => {
  const times = [];
  for (let n = 0; n < rounds; n++) {
    const start = performance.now();
    await (await fetch(url, { cache: 'no-store', credentials: 'omit' })).blob();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[rounds >> 1];
}`;

/** Send to response shown, against a bare fetch in the same background. */
export async function run(): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const browser of ['chromium', 'firefox'] as const) {
    const echo = await startEchoServer();
    const bench = await openWorkbench(browser);
    try {
      const url = `${echo.origin}/bench`;
      await compose(bench.panel, { method: 'GET', url });
      await bench.panel.evaluate(SEND_ROUNDS, 20);
      await bench.evaluateInBackground(FETCH_ROUNDS, url, 20);
      const shown = await bench.panel.evaluate<number>(SEND_ROUNDS, ROUNDS);
      const bare = await bench.evaluateInBackground<number>(FETCH_ROUNDS, url, ROUNDS);
      measures.push({
        name: `${browser}: Send to response shown (${shown.toFixed(1)} ms) less 10 ms, to a bare fetch (${bare.toFixed(1)} ms)`,
        value: Math.max(0, shown - 10) / bare,
        unit: '×',
        limit: 1.5,
      });
    } finally {
      await bench.close();
      await echo.close();
    }
  }
  return measures;
}
