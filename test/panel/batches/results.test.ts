import { expect, test } from 'vitest';
import type { BatchResult } from '../../../src/model/batch.ts';
import { exportResults, writeCsv } from '../../../src/panel/batches/export-results.ts';
import { judge } from '../../../src/panel/batches/judge.ts';
import { createPace } from '../../../src/panel/batches/pace.ts';
import { readOptions, typedOptions } from '../../../src/panel/batches/read-options.ts';
import { listResults, type ResultSource, type ResultView } from '../../../src/panel/batches/result-list.ts';
import { answered, spec } from './batch-parts.ts';

const row = (index: number, change: Partial<BatchResult>): BatchResult => ({
  index,
  state: 'done',
  attempt: 0,
  era: 'era',
  at: 0,
  status: 200,
  size: 10,
  duration: 5,
  error: null,
  differences: 0,
  digest: null,
  kept: false,
  found: [],
  ...change,
});

const rows: (BatchResult | undefined)[] = [
  row(0, { size: 30 }),
  row(1, { status: 404, differences: 2, size: 10 }),
  undefined,
  row(3, { state: 'failed', status: null, size: null, error: { name: 'SSLError', message: '' }, differences: null }),
  row(4, { size: 20 }),
];
const source: ResultSource = {
  total: rows.length,
  hasSeveralHosts: false,
  finds: [],
  baseline: null,
  row: (index) => rows[index],
  label: (index) => ({ method: index % 2 ? 'POST' : 'GET', url: `http://h.test/${'edcba'[index] ?? ''}` }),
};
const view: ResultView = { show: 'all', text: '', by: 'index', descending: false };

test.each<[string, Partial<ResultView>, number[]]>([
  ['in order', {}, [0, 1, 2, 3, 4]],
  ['in reverse', { descending: true }, [4, 3, 2, 1, 0]],
  ['by size, what has none at the end', { by: 'size' }, [1, 4, 0, 2, 3]],
  ['by size, the largest first, what has none still at the end', { by: 'size', descending: true }, [0, 4, 1, 2, 3]],
  ['by URL', { by: 'request' }, [4, 3, 2, 1, 0]],
  ['that differ', { show: 'different' }, [1]],
  ['that were not done', { show: 'failed' }, [3]],
  ['that were sent', { show: 'sent' }, [0, 1, 3, 4]],
  ['that hold all words', { text: 'post 404' }, [1]],
  ['that hold the name of an error', { text: 'sslerror' }, [3]],
])('results are listed %s', (_what, change, expected) => {
  expect(listResults(source, { ...view, ...change })).toEqual(expected);
});

test('a cell that a spreadsheet would take for a formula is made text', () => {
  expect(
    writeCsv([
      { name: '=1+1', value: 2 },
      { name: '@SUM(A1)', value: null },
      { name: '+1', value: -1 },
      { name: '\t=1', value: 0 },
      { name: 'a "quoted", text\nof two lines', value: 0 },
      { name: 'plain', value: 0 },
    ]),
  ).toBe(
    [
      'name,value',
      `"'=1+1",2`,
      `"'@SUM(A1)",`,
      `"'+1",-1`,
      `"'\t=1",0`,
      '"a ""quoted"", text\nof two lines",0',
      'plain,0',
      '',
    ].join('\r\n'),
  );
});

test('JSON holds what is listed, in that order', async () => {
  const read: unknown = JSON.parse(await exportResults(source, [1, 2], 'json').text());
  expect(read).toMatchObject([
    { number: 2, method: 'POST', url: 'http://h.test/d', outcome: 'done', status: 404, differences: 2 },
    { number: 3, outcome: 'waiting', status: null },
  ]);
});

const original = {
  status: 200,
  headers: [['Content-Type', 'text/plain'] as [string, string]],
  body: { state: 'known' as const, bytes: new TextEncoder().encode('body'), isText: false },
  duration: 1,
};

test.each([
  ['alike', {}, { state: 'done', status: 200, size: 4, differences: 0 }],
  ['of another status', { status: 500 }, { status: 500, differences: 1 }],
  ['of another body', { body: 'other' }, { size: 5, differences: 2 }],
  ['none: aborted', { error: 'aborted' }, { state: 'cancelled', status: null, differences: null }],
  ['none: cut off', { error: 'outcome-unknown' }, { state: 'unknown' }],
  ['none: failed', { error: 'ssl' }, { state: 'failed', error: { name: 'Named', message: 'said' } }],
])('a response is judged: %s', async (_what, change, expected) => {
  const { figures } = await judge(spec('http://h.test/'), original, answered(change));
  expect(figures).toMatchObject(expected);
});

test('no more begin in a second than one has said, and what was missed is not made up for', () => {
  const pace = createPace({ perSecond: 4 });
  expect(pace.wait(1000)).toBe(0);
  pace.begun(1000);
  expect(pace.wait(1000)).toBe(250);
  expect(pace.wait(1250)).toBe(0);
  // A timer that is late by less than the gap does not slow the rest down.
  pace.begun(1300);
  expect(pace.wait(1300)).toBe(200);
  pace.begun(60_000);
  expect(pace.wait(60_000)).toBe(250);
});

test('numbers are read as typed; a mistake keeps what was there', () => {
  const before = { parallel: 4, delay: 0, perSecond: null, rounds: 1, keep: 'all' as const };
  const typed = typedOptions(before);
  expect(readOptions({ ...typed, parallel: '8', perSecond: '2.5' }, before, 10).options).toEqual({
    ...before,
    parallel: 8,
    perSecond: 2.5,
  });
  for (const wrong of [
    { parallel: '0' },
    { parallel: '51' },
    { delay: 'x' },
    { perSecond: '0' },
    { rounds: '10001' },
  ]) {
    const read = readOptions({ ...typed, ...wrong }, before, 10);
    expect(Object.keys(read.problems)).toEqual(Object.keys(wrong));
    expect(read.options).toBe(before);
  }
});
