import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basicAuthString, getAuthFromUrl, HTTPBasicAuth, HTTPProxyAuth } from '../../../src/http/auth/basic.ts';
import { PreparedRequest } from '../../../src/http/prepared-request.ts';

describe('basicAuthString', () => {
  test.each([
    ['Aladdin', 'open sesame', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
    ['test', '123£', 'Basic dGVzdDoxMjOj'],
    ['', '', 'Basic Og=='],
    ['test', '密', 'Basic dGVzdDrlr4Y='],
    ['é', '密', 'Basic w6k65a+G'],
    [Uint8Array.of(0xff), 'é', 'Basic /zrp'],
    [42, 42, 'Basic NDI6NDI='],
  ])('%s and %s', (username, password, value) => {
    expect(basicAuthString(username, password)).toBe(value);
  });

  test('writes UTF-8 where the challenge asks for it (RFC 7617 §2.1)', () => {
    expect(basicAuthString('test', '123£', 'utf-8')).toBe('Basic dGVzdDoxMjPCow==');
  });

  test('holds all that was given', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (username, password) => {
        const octets = atob(basicAuthString(username, password).slice('Basic '.length));
        expect(octets).toBe(`${String.fromCharCode(...username)}:${String.fromCharCode(...password)}`);
      }),
    );
  });
});

test.each([
  ['http://user:pass%20pass@h/', ['user', 'pass pass']],
  ['http://user:pass pass@h/', ['user', 'pass pass']],
  ['http://a%40b:@h/', ['a@b', '']],
  ['http://user@h/', ['', '']],
  ['http://h/', ['', '']],
  ['http://u:%e9@h/', ['u', '\ufffd']],
])('credentials in %j', (url, credentials) => {
  expect(getAuthFromUrl(url)).toEqual(credentials);
});

test('each class sets its own field', () => {
  const request = new PreparedRequest();
  expect(new HTTPBasicAuth('u', 'p').apply(request)).toBe(request);
  new HTTPProxyAuth('é', 'p', { encoding: 'utf-8' }).apply(request);
  expect([...request.headers]).toEqual([
    ['Authorization', 'Basic dTpw'],
    ['Proxy-Authorization', 'Basic w6k6cA=='],
  ]);
});
