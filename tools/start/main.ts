import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { openWorkbench } from '../../test/e2e/driver/index.ts';
import type { BrowserName, Workbench } from '../../test/e2e/driver/index.ts';
import { startDemoServer } from '../demo-server/server.ts';
import { sendFirstRequest } from './first-request.ts';

/** Whether a window could be seen by anybody. */
function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Opens the workbench at the demo server. With a display it stays until the browser is closed; else it shows one exchange. */
async function main(browser: BrowserName): Promise<void> {
  const demo = await startDemoServer();
  console.log(`The demo server listens on ${demo.origin}`);
  const headless = !hasDisplay();
  const size = headless ? { width: 1400, height: 900 } : {};
  const dock = headless ? 'window' : 'bottom';
  const workbench = await openWorkbench(browser, { ...size, dock, headless, url: `${demo.origin}/` });
  try {
    if (headless) await showOneExchange(workbench, demo.origin);
    else await untilClosed(workbench);
  } finally {
    await workbench.close();
    await demo.close();
  }
}

async function showOneExchange(workbench: Workbench, origin: string): Promise<void> {
  console.log(`There is no display: sending a request through the panel in a headless ${workbench.browser}.\n`);
  console.log(await sendFirstRequest(workbench.panel, `${origin}/get?hello=workbench`, 'workbench'));
  const picture = `dist/workbench-${workbench.browser}.png`;
  await writeFile(fileURLToPath(new URL(`../../${picture}`, import.meta.url)), await workbench.screenshot());
  console.log(`Saved ${picture}`);
}

async function untilClosed(workbench: Workbench): Promise<void> {
  console.log('Workbench is open in DevTools. Close the browser, or press Control+C here, to end.');
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  await Promise.race([workbench.closed, interrupted]);
}

await main(process.argv[2] === 'firefox' ? 'firefox' : 'chromium');
