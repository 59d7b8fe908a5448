import { describe, expect, test } from 'vitest';
import { isSecretName, MASK, maskField, maskTokens, maskUrl } from '../../src/model/secrets.ts';

test.each([
  'Authorization',
  'PROXY-AUTHORIZATION',
  'cookie',
  'Set-Cookie',
  'X-Api-Key',
  'apikey',
  'accessToken',
  'access_token',
  'X-CSRF-Token',
  'client_secret',
  'session_id',
  'X-Amz-Signature',
  'password',
])('%s is the name of a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  'Accept',
  'Content-Type',
  'Access-Control-Allow-Credentials',
  'X-Request-Id',
  'keyboard',
  'tokenizer',
  'passage',
  'author',
  'spin',
])('%s is not', (name) => {
  expect(isSecretName(name)).toBe(false);
});

test('names of one’s own count in any case', () => {
  expect(isSecretName('X-Own', ['x-OWN'])).toBe(true);
  expect(maskField('X-Own', 'value', ['x-own'])).toBe(MASK);
});

describe('what remains of a field', () => {
  test.each([
    ['Authorization', 'Bearer abc.def', `Bearer ${MASK}`],
    ['Authorization', 'abc', MASK],
    ['Proxy-Authorization', 'Basic dTpw', `Basic ${MASK}`],
    ['Cookie', 'sid=1; theme=dark', `sid=${MASK}; theme=${MASK}`],
    ['Cookie', 'nameless', MASK],
    ['Set-Cookie', 'sid=1; Path=/; HttpOnly', `sid=${MASK}; Path=/; HttpOnly`],
    ['Set-Cookie', 'a=1\nb=2; Secure', `a=${MASK}\nb=${MASK}; Secure`],
    ['X-Api-Key', '123', MASK],
    [
      'Location',
      'https://u:p@h/x?access_token=1&q=2#id_token=3',
      `https://${MASK}@h/x?access_token=${MASK}&q=2#id_token=${MASK}`,
    ],
    ['Accept', 'text/html', 'text/html'],
    ['Authorization', '', ''],
  ])('%s: %s', (name, value, masked) => {
    expect(maskField(name, value)).toBe(masked);
  });
});

test.each([
  ['http://h/p?q=1#f', 'http://h/p?q=1#f'],
  ['http://user@h/', `http://${MASK}@h/`],
  ['/path?api%5Fkey=1', `/path?api%5Fkey=${MASK}`],
  ['/path?token=&x=%zz', '/path?token=&x=%zz'],
  ['http://h/a@b', 'http://h/a@b'],
])('the URL %s', (url, masked) => {
  expect(maskUrl(url)).toBe(masked);
});

test.each([
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
  `ghp_${'a'.repeat(36)}`,
  `glpat-${'a'.repeat(20)}`,
  `xoxb-${'1'.repeat(12)}`,
  `sk_live_${'a'.repeat(24)}`,
  `AKIA${'A'.repeat(16)}`,
  `AIza${'b'.repeat(35)}`,
  '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
])('the token %s is known by its looks', (token) => {
  expect(maskTokens(`before ${token} after`)).toBe(`before ${MASK} after`);
});
