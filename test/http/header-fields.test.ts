import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseContentTypeHeader } from '../../src/http/content-type.ts';
import { InvalidHeader } from '../../src/http/errors.ts';
import { parseDictHeader, parseListHeader, unquoteHeaderValue } from '../../src/http/header-lists.ts';
import { checkHeaderValidity } from '../../src/http/header-validity.ts';
import { linksByRel, parseHeaderLinks } from '../../src/http/links.ts';

describe('lists', () => {
  test('quoted commas do not split, backslashes escape', () => {
    expect(parseListHeader('a, "b,c" , "d \\" e", f "g" h')).toEqual(['a', 'b,c', 'd " e', 'f "g" h']);
  });

  test('a list of quoted strings comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[^\\"]*$/)), (items) => {
        expect(parseListHeader(items.map((item) => `"${item}"`).join(', '))).toEqual(items);
      }),
    );
  });

  test('names without a value are null, the last of a repeated name wins', () => {
    expect({ ...parseDictHeader('a="x=y", b, c=1, c=2') }).toEqual({ a: 'x=y', b: null, c: '2' });
    expect(parseDictHeader('__proto__=1')['__proto__']).toBe('1');
    expect(parseDictHeader('a')['constructor']).toBeUndefined();
  });

  test('a path keeps its leading backslashes only as a file name', () => {
    expect(unquoteHeaderValue('"\\\\host\\file"')).toBe('\\host\\file');
    expect(unquoteHeaderValue('"\\\\host\\file"', true)).toBe('\\\\host\\file');
  });
});

test.each([
  ['text/html; Charset="UTF-8"', 'text/html', { charset: 'UTF-8' }],
  ["a/b ; x = 'y' ; no_equals; charset=a; CHARSET=b", 'a/b', { x: 'y', charset: 'b' }],
  ['a/b; q="a;b"', 'a/b', { q: 'a' }],
  ['', '', {}],
])('content type %j', (header, type, params) => {
  const parsed = parseContentTypeHeader(header);
  expect(parsed.type).toBe(type);
  expect(Object.fromEntries(parsed.params)).toEqual(params);
});

describe('links', () => {
  test('are split as Requests splits them', () => {
    const links = parseHeaderLinks('</p?x=1,2>; rel=next; title="a b", <b>; rel=\'prev\'; x; y=1');
    expect(links.map((link) => ({ ...link }))).toEqual([
      { url: '/p?x=1,2', rel: 'next', title: 'a b' },
      { url: 'b', rel: 'prev' },
    ]);
    expect(parseHeaderLinks(' "\' ')).toEqual([]);
  });

  test('are found by relation, or by URL without one', () => {
    const links = linksByRel('<a>; rel=next, <b>, <c>; rel=next');
    expect(Object.keys(links)).toEqual(['next', 'b']);
    expect(links['next']?.['url']).toBe('c');
    expect(linksByRel(undefined)['toString']).toBeUndefined();
  });
});

describe('checkHeaderValidity', () => {
  test.each([
    ['X', 'v '],
    ['a b', ''],
    ['X ', 'v\0'],
    ['X', '\ufeffv'],
  ])('%j: %j is valid', (name, value) => {
    expect(() => checkHeaderValidity(name, value)).not.toThrow();
  });

  test.each([
    ['', 'v'],
    [' X', 'v'],
    ['\x85X', 'v'],
    ['X:', 'v'],
    ['X\n', 'v'],
    ['X', ' v'],
    ['X', '\x1cv'],
    ['X', 'a\rb'],
    ['X', 'v\n'],
    ['X', 1],
    ['X', null],
    [2, 'v'],
  ])('%j: %j is not', (name, value) => {
    expect(() => checkHeaderValidity(name, value)).toThrow(InvalidHeader);
  });
});
