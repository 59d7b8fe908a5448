import { expect, test } from 'vitest';
import { measureCapture } from './support/capture-scale.ts';

/** The full figure is `npm run bench`'s. */
const ENTRIES = 5000;

test.each(['chromium', 'firefox'] as const)(
  '5,000 captured requests are filtered and scrolled at once (%s)',
  async (browser) => {
    const { filter, scroll } = await measureCapture(browser, ENTRIES);
    expect(filter).toBeLessThanOrEqual(50);
    expect(scroll).toBeLessThanOrEqual(50);
  },
  600_000,
);
