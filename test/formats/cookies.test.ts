import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCookiesJson, writeCookiesJson } from '../../src/formats/cookies/cookies-json.ts';
import { readCookiesTxt, writeCookiesTxt } from '../../src/formats/cookies/cookies-txt.ts';
import type { StoredCookie } from '../../src/model/session.ts';

const NOW = 1_700_000_000_000;
const word = fc.stringMatching(/^[\w!#$%&'*+.^`|~-]{1,12}$/).filter((text) => !text.startsWith('#HttpOnly_'));
const base = {
  name: word,
  value: fc.stringMatching(/^[!-~]{0,20}$/),
  domain: fc.constantFrom('a.test', 'b.example', 'localhost'),
  hostOnly: fc.boolean(),
  path: fc.constantFrom('/', '/deep/er'),
  secure: fc.boolean(),
  httpOnly: fc.boolean(),
  expires: fc.option(
    fc.integer({ min: 1, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
    { nil: null },
  ),
  creation: fc.constant(NOW),
};
const plain: fc.Arbitrary<StoredCookie> = fc.record(base);
const full: fc.Arbitrary<StoredCookie> = fc
  .tuple(plain, fc.constantFrom('Strict', 'Lax', 'None', undefined))
  .map(([cookie, sameSite]) => (sameSite === undefined ? cookie : { ...cookie, sameSite }));

test('cookies.txt: what is written is read again', () => {
  fc.assert(
    fc.property(fc.array(plain), (cookies) => {
      expect(readCookiesTxt(writeCookiesTxt(cookies), NOW)).toEqual({ cookies, unread: [] });
    }),
  );
});

test('JSON: what is written is read again', () => {
  fc.assert(
    fc.property(fc.array(full), (cookies) => {
      expect(readCookiesJson(writeCookiesJson(cookies), NOW)).toEqual({ cookies, unread: [] });
    }),
  );
});

test('cookies.txt as curl writes it', () => {
  const text = [
    '# Netscape HTTP Cookie File',
    '# https://curl.se/docs/http-cookies.html',
    '',
    '#HttpOnly_.a.test\tTRUE\t/\tTRUE\t1893456000\tsid\ts=1; not a tab',
    'b.test\tFALSE\t/x\tFALSE\t0\tempty',
    'nonsense',
    'c.test\tmaybe\t/\tFALSE\t0\tn\tv',
  ].join('\r\n');
  expect(readCookiesTxt(text, NOW)).toEqual({
    cookies: [
      {
        name: 'sid',
        value: 's=1; not a tab',
        domain: 'a.test',
        hostOnly: false,
        path: '/',
        secure: true,
        httpOnly: true,
        expires: 1_893_456_000_000,
        creation: NOW,
      },
      {
        name: 'empty',
        value: '',
        domain: 'b.test',
        hostOnly: true,
        path: '/x',
        secure: false,
        httpOnly: false,
        expires: null,
        creation: NOW,
      },
    ],
    unread: [6, 7],
  });
});

test('a cookie for every host has no line in cookies.txt', () => {
  const everywhere: StoredCookie = {
    name: 'a',
    value: 'b',
    domain: '',
    hostOnly: false,
    path: '/',
    secure: false,
    httpOnly: false,
    expires: null,
    creation: NOW,
  };
  expect(readCookiesTxt(writeCookiesTxt([everywhere]), NOW).cookies).toEqual([]);
  expect(readCookiesJson(writeCookiesJson([everywhere]), NOW)?.cookies).toEqual([everywhere]);
});

test('JSON of Playwright’s storage state, and what is no list', () => {
  const state = { cookies: [{ name: 'a', value: '1', domain: '.h.test', expires: -1, sameSite: 'Lax' }, { name: 1 }] };
  expect(readCookiesJson(JSON.stringify(state), NOW)).toMatchObject({
    cookies: [{ name: 'a', domain: 'h.test', hostOnly: false, expires: null, sameSite: 'Lax', path: '/' }],
    unread: [2],
  });
  expect(readCookiesJson('{"a": 1}', NOW)).toBeNull();
  expect(readCookiesJson('# Netscape', NOW)).toBeNull();
});
