import { test } from 'vitest';
import { surviveRestoreKills } from './support/restore-kills.ts';

test.each(['chromium', 'firefox'] as const)('a kill leaves no half of a restore (%s)', async (browser) => {
  await surviveRestoreKills(browser, 1, 100);
});
