import { test } from 'vitest';
import { surviveBatchKills, surviveSleepAndKill } from '../e2e/support/batch-restart.ts';

test.each(['chromium', 'firefox'] as const)('10 kills of a batch send nothing twice (%s)', async (browser) => {
  await surviveBatchKills(browser, 10);
});

// Longer than a background lives that has nothing to do.
test.each(['chromium', 'firefox'] as const)('a batch goes on after a sleep of 45 s (%s)', async (browser) => {
  await surviveSleepAndKill(browser, 45_000);
});
