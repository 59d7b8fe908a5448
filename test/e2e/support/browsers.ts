import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startEchoServer, type EchoServer } from '../../support/echo-server.ts';
import { bounded } from '../driver/bounded.ts';
import { openWorkbench } from '../driver/index.ts';
import { assertSentIsTrue } from './recorded.ts';
import type { BrowserName, Panel, Workbench, WorkbenchOptions } from '../driver/types.ts';

/** Milliseconds: what does not end is named before the whole hook is given up. */
const CHECK_TIMEOUT = 25_000;

/** What the scenarios of one file share: one browser and one raw-socket server for all of them. */
export interface Stage {
  readonly browser: BrowserName;
  readonly bench: Workbench;
  readonly panel: Panel;
  readonly echo: EchoServer;
}

/**
 * Runs the same scenarios in Chromium and in Firefox. At the end of each file nothing of ours may have been seen on any
 * wire, the server must have seen just what each exchange claims to have sent, and neither the background nor the panel
 * may have reported an error.
 * @param expected errors of the panel that the scenarios are about
 */
export function inBothBrowsers(
  title: string,
  scenarios: (stage: Stage) => void,
  options?: WorkbenchOptions,
  expected: RegExp | null = null,
): void {
  describe.each(['chromium', 'firefox'] as const)(`${title} (%s)`, (browser) => {
    let bench: Workbench | undefined;
    let echo: EchoServer | undefined;

    beforeAll(async () => {
      echo = await startEchoServer();
      bench = await openWorkbench(browser, options);
    });
    afterAll(async () => {
      try {
        echo?.assertClean();
        if (bench !== undefined && echo !== undefined)
          await bounded(assertSentIsTrue(bench, echo), CHECK_TIMEOUT, 'Comparing the history with the server');
        if (bench === undefined) return;
        const log = await bounded(bench.backgroundLog(), CHECK_TIMEOUT, 'Asking for the errors of the background');
        expect(log, 'errors of the background').toEqual([]);
        const errors = await bounded(bench.panel.consoleErrors(), CHECK_TIMEOUT, 'Asking for the errors of the panel');
        expect(
          errors.filter((error) => expected?.test(error) !== true),
          'errors of the panel',
        ).toEqual([]);
      } finally {
        await bench?.close();
        await echo?.close();
      }
    });
    scenarios({
      browser,
      get bench() {
        return opened(bench);
      },
      get panel() {
        return opened(bench).panel;
      },
      get echo() {
        return opened(echo);
      },
    });
  });
}

function opened<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Used before the browser was open');
  return value;
}
