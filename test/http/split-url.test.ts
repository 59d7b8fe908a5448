import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostOf, joinUrl, splitUrl, unsplitUrl, userinfoOf } from '../../src/http/split-url.ts';

test('takes a URL apart', () => {
  expect(splitUrl('HTTP://u:p@h:1/a;b/c?x=?#y#z')).toEqual({
    scheme: 'http',
    netloc: 'u:p@h:1',
    path: '/a;b/c',
    query: 'x=?',
    fragment: 'y#z',
  });
});

test('drops what the WHATWG standard drops before parsing', () => {
  expect(unsplitUrl(splitUrl(' \x01http://h/a\tb\nc'))).toBe('http://h/abc');
});

test('refuses an unpaired bracket', () => {
  expect(() => splitUrl('http://[::1/')).toThrow(RangeError);
});

test('puts parts together again', () => {
  const part = (pattern: RegExp): fc.Arbitrary<string> => fc.stringMatching(pattern);
  const parts = fc.record({
    scheme: fc.constantFrom('http', 'https', 'x+y'),
    netloc: part(/^[\w.:@-]{1,12}$/),
    path: part(/^(?:\/[\w.;%é]{0,6}){0,3}$/),
    query: part(/^[\w=&?/;%]{0,10}$/),
    fragment: part(/^[\w=&?/#%]{0,10}$/),
  });
  fc.assert(
    fc.property(parts, (split) => {
      expect(splitUrl(unsplitUrl(split))).toEqual(split);
    }),
  );
});

test.each([
  ['http://u:p@h/', { username: 'u', password: 'p' }],
  ['http://a@b:c@h/', { username: 'a@b', password: 'c' }],
  ['http://u@h/', { username: 'u', password: null }],
  ['http://h/', { username: null, password: null }],
])('credentials of %j', (url, expected) => {
  expect(userinfoOf(splitUrl(url))).toEqual(expected);
});

test.each([
  ['http://u:1@EXAMPLE.com:80/', { hostname: 'example.com', port: 80 }],
  ['http://[FE80::1%Eth0]:81', { hostname: 'fe80::1%Eth0', port: 81 }],
  ['http://h:', { hostname: 'h', port: null }],
  ['mailto:x', { hostname: null, port: null }],
])('host of %j', (url, expected) => {
  expect(hostOf(splitUrl(url))).toEqual(expected);
});

test.each(['http://h:8a/', 'http://h:65536/'])('%j has no valid port', (url) => {
  expect(() => hostOf(splitUrl(url))).toThrow(RangeError);
});

// RFC 3986 §5.4, without `g;x` at the end of `..` paths, and with Python's reading of empty segments.
test.each([
  ['g:h', 'g:h'],
  ['g', 'http://a/b/c/g'],
  ['./g', 'http://a/b/c/g'],
  ['g/', 'http://a/b/c/g/'],
  ['/g', 'http://a/g'],
  ['//g', 'http://g'],
  ['?y', 'http://a/b/c/d;p?y'],
  ['g?y', 'http://a/b/c/g?y'],
  ['#s', 'http://a/b/c/d;p?q#s'],
  ['g#s', 'http://a/b/c/g#s'],
  [';x', 'http://a/b/c/;x'],
  ['', 'http://a/b/c/d;p?q'],
  ['.', 'http://a/b/c/'],
  ['..', 'http://a/b/'],
  ['../g', 'http://a/b/g'],
  ['../../g', 'http://a/g'],
  ['../../../g', 'http://a/g'],
  ['/./g', 'http://a/g'],
  ['g.', 'http://a/b/c/g.'],
  ['./g/.', 'http://a/b/c/g/'],
  ['g;x=1/../y', 'http://a/b/c/y'],
  ['g//h', 'http://a/b/c/g/h'],
  ['https://x', 'https://x'],
])('joining %j', (reference, expected) => {
  expect(joinUrl('http://a/b/c/d;p?q', reference)).toBe(expected);
});

test('keeps credentials of the base for relative references only', () => {
  expect(joinUrl('http://u:p@a/b', '/c')).toBe('http://u:p@a/c');
  expect(joinUrl('http://u:p@a/b', '//c/')).toBe('http://c/');
});

test('resolves nothing against a scheme without paths', () => {
  expect(joinUrl('mailto:a@b', 'c')).toBe('c');
});
