import { test } from 'vitest';
import { surviveKills } from '../e2e/support/kills.ts';

test.each(['chromium', 'firefox'] as const)('25 kills lose nothing that was acknowledged (%s)', async (browser) => {
  await surviveKills(browser, 25);
});
