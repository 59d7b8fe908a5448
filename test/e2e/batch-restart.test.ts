import { test } from 'vitest';
import { surviveSleepAndKill } from './support/batch-restart.ts';

test.each(['chromium', 'firefox'] as const)(
  'a batch sends each request once, though the machine sleeps and the browser is killed (%s)',
  async (browser) => {
    await surviveSleepAndKill(browser, 1500);
  },
);
