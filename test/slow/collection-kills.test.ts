import { test } from 'vitest';
import { surviveCollectionKills } from '../e2e/support/collection-kills.ts';

test.each(['chromium', 'firefox'] as const)('25 kills leave no half of an import or a move (%s)', async (browser) => {
  await surviveCollectionKills(browser, 25);
});
