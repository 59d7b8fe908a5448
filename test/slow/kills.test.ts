import { test } from 'vitest';
import { surviveKills, type KilledWhile } from '../e2e/support/kills.ts';

const turns: readonly KilledWhile[] = ['using', 1, 'using', 2, 'using'];

test.each(['chromium', 'firefox'] as const)('25 kills lose nothing that was acknowledged (%s)', async (browser) => {
  await surviveKills(browser, Array.from({ length: 5 }, () => turns).flat());
});
