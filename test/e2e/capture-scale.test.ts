import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BrowserName } from './driver/types.ts';
import { fillCapture, type LongCapture } from './support/capture-scale.ts';

/** The full figure is `npm run bench`'s. */
const ENTRIES = 5000;
const browsers = ['chromium', 'firefox'] as const;
const long = new Map<BrowserName, LongCapture>();

// Both lists fill at the same time; they are measured one after the other.
beforeAll(async () => {
  const filled = await Promise.allSettled(
    browsers.map(async (browser) => long.set(browser, await fillCapture(browser, ENTRIES))),
  );
  for (const each of filled) if (each.status === 'rejected') throw each.reason;
}, 600_000);
afterAll(async () => {
  for (const each of long.values()) await each.close();
});

test.each(browsers)('5,000 captured requests are filtered and scrolled at once (%s)', async (browser) => {
  const measured = await long.get(browser)?.measure();
  expect(measured?.filter).toBeLessThanOrEqual(50);
  expect(measured?.scroll).toBeLessThanOrEqual(50);
});
