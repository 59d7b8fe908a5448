import type { Browser } from 'puppeteer-core';
import { bounded } from './bounded.ts';
import type { LaunchPlan } from './plan.ts';
import { killGroup, removeFolder, startReaper } from './reaper.ts';

const CLOSE_TIMEOUT = 10_000;

/** Cares for one browser from its start to its end: no process and no temporary file stays behind. */
export interface Lifetime {
  /** Takes a started browser into care. */
  watch(browser: Browser): Browser;
  /** Resolves when the browser has ended, or when the last of its windows was closed. */
  readonly closed: Promise<void>;
  /** Ends the browser, by force if it does not answer, and removes its temporary files. Safe to call twice. */
  end(): Promise<void>;
}

export function createLifetime({ scratch }: LaunchPlan): Lifetime {
  let watched: Browser | undefined;
  const reaper = startReaper(scratch);
  let ended: Promise<void> | undefined;

  async function end(): Promise<void> {
    const pid = watched?.process()?.pid;
    if (watched !== undefined) await bounded(watched.close(), CLOSE_TIMEOUT, 'Closing').catch(() => undefined);
    if (pid !== undefined) killGroup(pid);
    await removeFolder(scratch);
    reaper.dismiss();
  }

  let resolveClosed: () => void;
  const closed = new Promise<void>((resolve) => {
    resolveClosed = resolve;
  });

  return {
    closed,
    watch(browser) {
      watched = browser;
      browser.process()?.once('exit', () => resolveClosed());
      // Some systems keep an application running without windows.
      browser.on('targetdestroyed', () => {
        void browser.pages().then(
          (pages) => pages.length === 0 && resolveClosed(),
          () => resolveClosed(),
        );
      });
      const pid = browser.process()?.pid;
      if (pid !== undefined) reaper.watch(pid);
      return browser;
    },
    end: () => (ended ??= end()),
  };
}
