import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidURL, MissingSchema } from '../../src/http/errors.ts';
import {
  pathUrl,
  prepareUrl,
  requoteUri,
  unquoteUnreserved,
  wireUrl,
  withoutFragmentAndAuth,
  withScheme,
} from '../../src/http/url.ts';

const wellFormed = fc.string({ unit: 'grapheme', maxLength: 30 });

describe('prepareUrl', () => {
  test.each([
    ['http://example.com', 'http://example.com/'],
    ['HTTP://EXAMPLE.com:80/', 'http://example.com:80/'],
    ['http://example.com:00080/', 'http://example.com:80/'],
    ['http://example.com:0/', 'http://example.com/'],
    ['http://example.com/%2e%2e/x', 'http://example.com/../x'],
    ['http://example.com/a/../b/./c', 'http://example.com/b/c'],
    ['http://example.com/100%', 'http://example.com/100%25'],
    ['http://example.com/x\n', 'http://example.com/x%0A'],
    ['http://a@b@h/', 'http://a%40b@h/'],
    ['http://one.com\\@two.com/', 'http://one.com/%5C@two.com/'],
    ['http://0x7f.1/', 'http://0x7f.1/'],
    ['http://[FE80::1%25Eth0]/', 'http://[fe80::1%25Eth0]/'],
    ['http://[::ffff:1.2.3.4]:8080', 'http://[::ffff:1.2.3.4]:8080/'],
    ['http://%65xample%2Ecom/%65', 'http://example.com/e'],
    ['http://a%c3%a9b/', 'http://a%C3%A9b/'],
    ['http+unix://%2Fvar%2Frun%2Fsocket/path%7E', 'http+unix://%2Fvar%2Frun%2Fsocket/path~'],
    ['httpx://Example.com/a b', 'httpx://Example.com/a%20b'],
    ['http://h/\ud800', 'http://h/%ED%A0%80'],
  ])('%j becomes %j', (url, prepared) => {
    expect(prepareUrl(url)).toBe(prepared);
  });

  test.each(['mailto:user@example.org', 'localhost:3128', 'ftp://x/a b', '10.122.1.1:3128/'])(
    '%j has another scheme: it is used as it is and takes no params',
    (url) => {
      expect(prepareUrl(url, { a: '1' })).toBe(url);
    },
  );

  test.each(['', 'example.com/path', '//example.com/x', '/relative'])('%j has no scheme', (url) => {
    expect(() => prepareUrl(url)).toThrow(MissingSchema);
  });

  test('tells what was probably meant', () => {
    expect(() => prepareUrl('example.com')).toThrow(
      "Invalid URL 'example.com': No scheme supplied. Perhaps you meant https://example.com?",
    );
  });

  test.each([
    'http:x',
    'http:/x',
    'http:///x',
    'http://*.a',
    'http://.a',
    'http://%2ea',
    'http://h:65536/',
    'http://h:8a/',
    'http://a b/',
    'http://a\tb/',
    'http://a\x7f/',
    'http://a%0ab/',
    'http://a%7fb/',
    'http://a%zz/',
    'http://[::1/',
    'http://[1:2]/',
    'http://fe80::1/',
    'httpx://a b/',
  ])('%j is no valid URL', (url) => {
    expect(() => prepareUrl(url)).toThrow(InvalidURL);
  });

  test.each([
    ['http://h/x?', { a: '1' }, 'http://h/x?a=1'],
    ['http://h/x?a=1&', { b: '1' }, 'http://h/x?a=1&&b=1'],
    ['http://h/x#f', [['a', 'b']], 'http://h/x?a=b#f'],
    ['http://h/x', 'raw é', 'http://h/x?raw%20%C3%A9'],
    ['http://h/x', new TextEncoder().encode('q=requests+language:python'), 'http://h/x?q=requests+language:python'],
    ['http://h/x', { a: null }, 'http://h/x'],
    ['http://h/x', new URLSearchParams('a=~*'), 'http://h/x?a=~%2A'],
  ] as const)('%j with params %j becomes %j', (url, params, prepared) => {
    expect(prepareUrl(url, params)).toBe(prepared);
  });

  test('takes a URL as UTF-8 bytes, params as ASCII bytes, and refuses others', () => {
    expect(prepareUrl(new TextEncoder().encode('http://h/é'))).toBe('http://h/%C3%A9');
    expect(() => prepareUrl(Uint8Array.of(0x68, 0xff))).toThrow(RangeError);
    expect(() => prepareUrl('http://h/', new TextEncoder().encode('é'))).toThrow(RangeError);
  });

  test('gives printable ASCII whatever stands behind the host', () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, (rest, value) => {
        expect(prepareUrl(`http://h/${rest}`, { q: value })).toMatch(/^http:\/\/h\/[!-~]*$/);
      }),
    );
  });
});

describe('requoteUri', () => {
  test.each([
    ['/%7E%41%2F%e9', '/~A%2F%e9'],
    ['/%zz%20', '/%25zz%2520'],
    ['/a b', '/a%20b'],
    ['%', '%'],
    ['/%1', '/%1'],
    ['/[x]^', '/[x]%5E'],
  ])('%j becomes %j', (uri, quoted) => {
    expect(requoteUri(uri)).toBe(quoted);
  });

  test('refuses what UTF-8 cannot say', () => {
    expect(() => requoteUri('/\ud800')).toThrow(RangeError);
  });

  test('changes nothing in a URI that the platform wrote', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const { href } = new URL(url);
        fc.pre(unquoteUnreserved(href) === href && !/["<>\\^`{|}]/.test(href));
        expect(requoteUri(href)).toBe(href);
      }),
    );
  });
});

test('unquoteUnreserved refuses letters that are no digits', () => {
  expect(() => unquoteUnreserved('%zz')).toThrow(InvalidURL);
  expect(unquoteUnreserved('%-1%4')).toBe('%-1%4');
});

test.each([
  ['http://u:p@h:81/x%20y?z#f', '/x%20y?z'],
  ['http://h', '/'],
  ['http://h?x', '/?x'],
  ['http://h/a;b?', '/a;b'],
])('pathUrl of %j is %j', (url, path) => {
  expect(pathUrl(url)).toBe(path);
});

test.each([
  ['http://u:p@h:8080/p?a=1#f', 'http://h:8080/p?a=1'],
  ['//u:p@h/p', '//h/p'],
  ['scheme:u:p@h/p', 'scheme://h/p'],
])('withoutFragmentAndAuth of %j is %j', (url, bare) => {
  expect(withoutFragmentAndAuth(url)).toBe(bare);
});

test.each([
  ['http://u:p@h/p?a=1#f', 'http://h/p?a=1'],
  ['http://h/%e2?%c3', 'http://h/%E2?%C3'],
  ['http://h/a?b[]=1', 'http://h/a?b%5B%5D=1'],
  ['http://h/%20?a=%7B&b=50%', 'http://h/%20?a=%257B&b=50%25'],
  ['http://h//a', 'http://h//a'],
])('wireUrl of %j is %j', (url, sent) => {
  expect(wireUrl(url)).toBe(sent);
});

test.each([
  ['example.com/path', 'http://example.com/path'],
  ['example.com:80', 'http://example.com:80'],
  ['https://u:p@x/y?q', 'https://u:p@x/y?q'],
])('withScheme of %j is %j', (url, absolute) => {
  expect(withScheme(url, 'http')).toBe(absolute);
});
