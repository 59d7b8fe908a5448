import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../src/model/draft.ts';
import { rowsFromUrl, urlFromRows } from '../../../src/panel/state/query-rows.ts';
import { newRow } from '../../../src/panel/state/rows.ts';

const told = (rows: readonly Row[]) =>
  rows.map(({ enabled, name, value }) => `${enabled ? '' : '// '}${name}=${value}`);
const row = (name: string, value: string, enabled = true): Row => newRow({ id: name, name, value, enabled });

describe('rowsFromUrl', () => {
  test.each([
    ['http://h/', []],
    ['http://h/?', []],
    ['http://h/?a=1&b=2', ['a=1', 'b=2']],
    ['http://h/?a&b=', ['a=', 'b=']],
    ['http://h/?a=1&&b=2&', ['a=1', 'b=2']],
    ['http://h/?=x', ['=x']],
    ['http://h/?a=b=c', ['a=b=c']],
    ['http://h/?q=a+b%20c%C3%A9', ['q=a b cé']],
    ['http://h/?bad=%zz&latin=%E9', ['bad=%zz', 'latin=%E9']],
    ['http://h/?a=1#x?b=2', ['a=1']],
    ['h?a=1', ['a=1']],
  ])('%s', (url, expected) => {
    expect(told(rowsFromUrl(url, []))).toEqual(expected);
  });

  test('keeps the rows whose pairs stand, and changes the one that was typed in', () => {
    const before = [row('a', '1'), row('b', '2'), row('c', '3')];
    const after = rowsFromUrl('http://h/?a=1&b=25&c=3', before);
    expect(told(after)).toEqual(['a=1', 'b=25', 'c=3']);
    expect(after.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(after[0]).toBe(before[0]);
  });

  test('keeps rows that are switched off in their places', () => {
    const before = [row('off1', 'x', false), row('a', '1'), row('off2', 'y', false), row('b', '2')];
    expect(told(rowsFromUrl('http://h/?a=1&b=2&c=3', before))).toEqual(['// off1=x', 'a=1', '// off2=y', 'b=2', 'c=3']);
    expect(told(rowsFromUrl('http://h/', before))).toEqual(['// off1=x', '// off2=y']);
  });

  test('inserts and removes in the middle', () => {
    const before = [row('a', '1'), row('b', '2'), row('c', '3')];
    expect(told(rowsFromUrl('http://h/?a=1&x=9&b=2&c=3', before))).toEqual(['a=1', 'x=9', 'b=2', 'c=3']);
    expect(told(rowsFromUrl('http://h/?a=1&c=3', before))).toEqual(['a=1', 'c=3']);
    expect(told(rowsFromUrl('http://h/?z=0&a=1&b=2&c=3', before))).toEqual(['z=0', 'a=1', 'b=2', 'c=3']);
  });

  test('tells repeated pairs apart', () => {
    const before = rowsFromUrl('http://h/?a=1&a=1', []);
    expect(told(rowsFromUrl('http://h/?a=1', before))).toEqual(['a=1']);
    expect(told(rowsFromUrl('http://h/?a=1&a=1&a=1', before))).toEqual(['a=1', 'a=1', 'a=1']);
  });
});

describe('urlFromRows', () => {
  const url = 'HTTP://h/p?A=%7e&b=x+y&&c=%zz#frag';
  const before = rowsFromUrl(url, []);

  function changed(index: number, change: Partial<Row>): Row[] {
    return before.map((row, at) => (at === index ? { ...row, ...change } : row));
  }

  test('rewrites the pair of the edited row alone', () => {
    expect(urlFromRows(url, before, changed(1, { value: 'ü &=' }))).toBe(
      'HTTP://h/p?A=%7e&b=%C3%BC+%26%3D&&c=%zz#frag',
    );
    expect(urlFromRows(url, before, changed(0, { name: 'B' }))).toBe('HTTP://h/p?B=~&b=x+y&&c=%zz#frag');
  });

  test('leaves out a row that is switched off and puts it back', () => {
    const off = changed(1, { enabled: false });
    const without = urlFromRows(url, before, off);
    expect(without).toBe('HTTP://h/p?A=%7e&&c=%zz#frag');
    expect(urlFromRows(without, off, before)).toBe('HTTP://h/p?A=%7e&b=x+y&&c=%zz#frag');
  });

  test('adds, removes the last one, and takes the question mark with it', () => {
    expect(urlFromRows('http://h/#f', [], [row('a', '1')])).toBe('http://h/?a=1#f');
    expect(urlFromRows('http://h/?', [], [row('a', '1')])).toBe('http://h/?a=1');
    expect(urlFromRows('http://h/?a=1#f', [row('a', '1')], [])).toBe('http://h/#f');
    expect(urlFromRows('http://h/?', [], [newRow()])).toBe('http://h/?');
  });

  test('quotes as Requests does', () => {
    const rows = [row("a b~*'()!", 'x/y:z@é\n')];
    expect(urlFromRows('http://h/', [], rows)).toBe('http://h/?a+b~%2A%27%28%29%21=x%2Fy%3Az%40%C3%A9%0A');
  });

  test('is read back as the same rows, whatever they hold', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('aZ09&=+%#?;/:~*\'" \n\0é☃😀')) });
    const rows = fc.array(fc.record({ name: text, value: text, enabled: fc.boolean() }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, (fields) => {
        const all = fields.map((field) => newRow(field)).filter(({ name, value }) => name !== '' || value !== '');
        const url = urlFromRows('http://h/', [], all);
        expect(rowsFromUrl(url, all)).toEqual(all);
        expect(rowsFromUrl(url, []).map(({ name, value }) => [name, value])).toEqual(
          all.filter(({ enabled }) => enabled).map(({ name, value }) => [name, value]),
        );
        expect(urlFromRows(url, all, all)).toBe(url);
      }),
    );
  });

  test('never changes a URL whose rows were not edited', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (any) => {
        const rows = rowsFromUrl(any, []);
        expect(urlFromRows(any, rows, rows)).toBe(any);
      }),
    );
  });
});

describe('tokens', () => {
  test('stand in URL and rows as they are, whatever signs they hold', () => {
    const url = 'http://{{$prompt Host?}}/a?q={{x}}&s={{$base64 a=b&c #+}}&t=a%20{{y}}#{{z}}';
    const rows = rowsFromUrl(url, []);
    expect(rows.map(({ name, value }) => [name, value])).toEqual([
      ['q', '{{x}}'],
      ['s', '{{$base64 a=b&c #+}}'],
      ['t', 'a {{y}}'],
    ]);
    const edited = rows.map((row, index) => (index === 0 ? { ...row, value: '{{x}} &' } : row));
    expect(urlFromRows(url, rows, edited)).toBe(url.replace('q={{x}}', 'q={{x}}+%26'));
  });

  test('do not come of escaped braces', () => {
    const url = 'http://a.test/?q=%7B%7Bx%7D%7D';
    expect(rowsFromUrl(url, [])).toMatchObject([{ name: 'q', value: '%7B%7Bx%7D%7D' }]);
  });
});
