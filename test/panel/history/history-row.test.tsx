// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import type { HistoryEntry } from '../../../src/model/history.ts';
import { HistoryRow } from '../../../src/panel/history/history-row.tsx';

afterEach(cleanup);

const entry: HistoryEntry = {
  id: 1,
  at: 1000,
  method: 'GET',
  url: 'http://h.test/path?q=1',
  status: 200,
  error: null,
  duration: 5,
  size: 10,
  type: 'text/plain',
  pinned: false,
  bodies: 'kept',
  bytes: 1000,
};

test.each([
  ['none', false],
  ['kept', false],
  ['dropped', 'bodies dropped'],
  ['unsaved', 'bodies not saved'],
  ['lost', 'details lost'],
] as const)('bodies: %s', (bodies, mark) => {
  render(<HistoryRow entry={{ ...entry, bodies }} />);
  const found = screen.queryByText(/bodies|details/);
  expect(found === null ? false : found.textContent.trim()).toBe(mark);
  if (found !== null) expect(found.parentElement?.title).not.toBe('');
});

test('an exchange that failed says so by its exception', () => {
  render(<HistoryRow entry={{ ...entry, status: null, error: 'ConnectTimeout' }} />);
  expect(screen.getByTitle('ConnectTimeout')).toBeTruthy();
});
