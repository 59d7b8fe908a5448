import { test } from 'vitest';
import { waitForSlowResponse } from '../e2e/support/slow-response.ts';

test.concurrent.each(['chromium', 'firefox'] as const)('a response that takes 330 s arrives (%s)', async (browser) => {
  await waitForSlowResponse(browser, 330_000);
});
