import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { newRow, rowsToText, textToRows } from '../../../src/panel/state/rows.ts';

const told = (text: string) => textToRows(text, []).map(({ enabled, name, value }) => [enabled, name, value]);

test('reads one name: value a line', () => {
  expect(told('Accept: text/html\r\n\nX-Empty:\n// Off: 1\n//Off2:2\nno colon\na:b: c')).toEqual([
    [true, 'Accept', 'text/html'],
    [true, 'X-Empty', ''],
    [false, 'Off', '1'],
    [false, 'Off2', '2'],
    [true, 'no colon', ''],
    [true, 'a:b', 'c'],
  ]);
});

test('shows a line break and reads it back', () => {
  const rows = [newRow({ name: 'a', value: 'one\ntwo' })];
  expect(rowsToText(rows)).toBe('a: one↵two');
  expect(told('a: three↵four')).toEqual([[true, 'a', 'three\nfour']]);
});

test('gives back the very rows of a text that was not edited', () => {
  const field = fc.string().filter((text) => !text.includes('\r'));
  fc.assert(
    fc.property(fc.array(fc.record({ name: field, value: field, enabled: fc.boolean() })), (fields) => {
      const rows = fields.map((each) => newRow(each)).filter(({ name, value }) => name !== '' || value !== '');
      const lines = rowsToText(rows).split('\n');
      // A row of white space alone reads as an empty line.
      fc.pre(lines.every((line) => line.trim() !== ''));
      expect(textToRows(rowsToText(rows), rows)).toEqual(rows);
    }),
  );
});

test('keeps the rows of all lines but the edited one', () => {
  const rows = [newRow({ name: 'a', value: '  spaced' }), newRow({ name: 'b', value: '2' })];
  const [first, second] = textToRows(rowsToText(rows).replace('b: 2', 'b: 3'), rows);
  expect(first).toBe(rows[0]);
  expect(second).toMatchObject({ name: 'b', value: '3' });
});
