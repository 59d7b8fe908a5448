import { expect, test } from 'vitest';
import { cameOverHttp2, wireFields } from '../../src/background/derived-fields.ts';
import type { HeaderLine, WireRequest } from '../../src/http/types.ts';

const get: WireRequest = {
  method: 'GET',
  url: 'http://host.test:81/',
  headers: [],
  body: { kind: 'none' },
  verify: true,
  cookies: 'none',
  cache: 'no-store',
};
const post: WireRequest = {
  ...get,
  method: 'POST',
  body: { kind: 'bytes', bytes: new Uint8Array(5) },
  cache: 'default',
};

test('Chrome hides Host, Connection, Content-Length and the cache mode’s fields', () => {
  expect(wireFields(get, get.url, [['Accept', '*/*']], 'chrome', false).derived).toEqual([
    ['Host', 'host.test:81'],
    ['Connection', 'keep-alive'],
    ['Pragma', 'no-cache'],
    ['Cache-Control', 'no-cache'],
  ]);
  expect(wireFields(post, post.url, [], 'chrome', false).derived).toContainEqual(['Content-Length', '5']);
});

test('Firefox hides Priority and the cache mode’s fields', () => {
  expect(wireFields(get, get.url, [], 'firefox', false).derived.map(([name]) => name)).toEqual([
    'Priority',
    'Pragma',
    'Cache-Control',
  ]);
});

test('Firefox goes past the cache with conditional fields, and says so', () => {
  const conditional: WireRequest = { ...post, headers: [['If-None-Match', '"a"']] };
  const names = (w: WireRequest) => wireFields(w, w.url, [], 'firefox', false).derived.map(([name]) => name);
  expect(names(conditional)).toEqual(['Priority', 'Pragma', 'Cache-Control']);
  expect(names(post)).toEqual(['Priority']);
});

test('Firefox asks for identity where there is a Range, whatever webRequest saw', () => {
  const seen: HeaderLine[] = [
    ['Range', 'bytes=0-9'],
    ['Accept-Encoding', 'gzip'],
  ];
  const coding = (browser: 'chrome' | 'firefox') => wireFields(get, get.url, seen, browser, false).sent[1];
  expect(coding('firefox')).toEqual(['Accept-Encoding', 'identity']);
  expect(coding('chrome')).toEqual(['Accept-Encoding', 'gzip']);
  const { derived } = wireFields(get, get.url, [['Range', 'bytes=0-9']], 'firefox', false);
  expect(derived).toContainEqual(['Accept-Encoding', 'identity']);
});

test('what was seen is not derived again', () => {
  const seen: HeaderLine[] = [
    ['host', 'other.test'],
    ['connection', 'close'],
    ['cache-control', 'max-age=0'],
  ];
  const { sent, derived } = wireFields(get, get.url, seen, 'chrome', false);
  expect(sent).toEqual(seen);
  expect(derived).toEqual([['Pragma', 'no-cache']]);
});

test('over HTTP/2 names are in lower case and connection-specific fields are gone', () => {
  const seen: HeaderLine[] = [
    ['host', 'other.test'],
    ['Connection', 'close'],
    ['X-A', '1'],
  ];
  const chrome = wireFields(post, 'https://host.test/', seen, 'chrome', true);
  expect(chrome.sent).toEqual([['x-a', '1']]);
  expect(chrome.derived).toContainEqual([':authority', 'host.test']);
  const firefox = wireFields(post, 'https://host.test/', seen, 'firefox', true);
  expect(firefox.sent).toEqual([
    [':authority', 'other.test'],
    ['x-a', '1'],
  ]);
  expect(firefox.derived).toContainEqual(['te', 'trailers']);
});

test('the protocol is the measured one, else what the header section shows', () => {
  const status = (reason: string, httpVersion: string, name: string) => ({
    reason,
    httpVersion,
    headers: [[name, 'x']] as HeaderLine[],
  });
  expect(cameOverHttp2('https://a.test/', status('OK', 'HTTP/1.1', 'Date'), 'h2')).toBe(true);
  expect(cameOverHttp2('https://a.test/', status('', 'HTTP/2.0', 'Date'), null)).toBe(true);
  expect(cameOverHttp2('https://a.test/', status('', 'HTTP/1.1', 'date'), null)).toBe(true);
  expect(cameOverHttp2('https://a.test/', status('Found', 'HTTP/1.1', 'date'), null)).toBe(false);
  expect(cameOverHttp2('http://a.test/', status('', 'HTTP/1.1', 'date'), null)).toBe(false);
});
