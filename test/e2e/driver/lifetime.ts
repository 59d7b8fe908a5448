import type { Browser } from 'puppeteer-core';
import { bounded } from './bounded.ts';
import type { LaunchPlan } from './plan.ts';
import { killGroup, reap, removeFolder } from './reaper.ts';

const CLOSE_TIMEOUT = 5000;

/** Cares for one browser from its start to its end: no process and no temporary profile stays behind. */
export interface Lifetime {
  /** Takes a started browser into care. */
  watch(browser: Browser): Browser;
  /** Resolves when the browser has ended, or when the last of its windows was closed. */
  readonly closed: Promise<void>;
  /** Ends the browser, by force if it does not answer, and removes a temporary profile. Safe to call twice. */
  end(): Promise<void>;
}

export function createLifetime({ profile, temporary }: LaunchPlan): Lifetime {
  let watched: Browser | undefined;
  let closedInGoodOrder: (() => void) | undefined;
  let ended: Promise<void> | undefined;

  async function end(): Promise<void> {
    const pid = watched?.process()?.pid;
    if (watched !== undefined) await bounded(watched.close(), CLOSE_TIMEOUT, 'Closing').catch(() => undefined);
    if (pid !== undefined) killGroup(pid);
    if (temporary) await removeFolder(profile);
    closedInGoodOrder?.();
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
      if (pid !== undefined) closedInGoodOrder = reap(pid, temporary ? profile : undefined);
      return browser;
    },
    end: () => (ended ??= end()),
  };
}
