import { test } from 'vitest';
import { surviveCollectionKills } from './support/collection-kills.ts';

test.each(['chromium', 'firefox'] as const)('a kill leaves no half of an import (%s)', async (browser) => {
  await surviveCollectionKills(browser, 1);
});
