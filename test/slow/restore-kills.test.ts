import { test } from 'vitest';
import { surviveRestoreKills } from '../e2e/support/restore-kills.ts';

test.each(['chromium', 'firefox'] as const)('25 kills leave no half of a restore (%s)', async (browser) => {
  await surviveRestoreKills(browser, 25, 1500);
});
