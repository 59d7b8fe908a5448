import { describe, expect, it } from 'vitest';
import { cookieAttribute, parseCookieField, parseSetCookie } from '../../src/inspect/cookie-fields.ts';
import { rawHttp } from '../../src/inspect/raw-http.ts';
import { parseServerTiming } from '../../src/inspect/server-timing.ts';

describe('cookie fields', () => {
  it('splits a Cookie field', () => {
    expect(parseCookieField('a=1; b="x=y";; c; =d')).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: '"x=y"' },
      { name: '', value: 'c' },
      { name: '', value: 'd' },
    ]);
  });

  it('reads a Set-Cookie line', () => {
    const cookie = parseSetCookie('sid=a=b; path=/x; HTTPONLY; max-age=5; path=/y; Odd=1');
    expect(cookie).toEqual({
      name: 'sid',
      value: 'a=b',
      attributes: [
        { name: 'Path', value: '/x' },
        { name: 'HttpOnly', value: null },
        { name: 'Max-Age', value: '5' },
        { name: 'Path', value: '/y' },
        { name: 'Odd', value: '1' },
      ],
    });
    expect(cookieAttribute(cookie, 'path')?.value).toBe('/y');
    expect(cookieAttribute(cookie, 'secure')).toBeUndefined();
  });
});

describe('parseServerTiming', () => {
  it('reads names, durations and descriptions', () => {
    expect(parseServerTiming(['db;dur=53.2, cache;desc="hit, \\"warm\\"";dur=0', 'miss', 'x;dur=abc;DUR=5'])).toEqual([
      { name: 'db', duration: 53.2, description: null },
      { name: 'cache', duration: 0, description: 'hit, "warm"' },
      { name: 'miss', duration: null, description: null },
      { name: 'x', duration: null, description: null },
    ]);
    expect(parseServerTiming([', ;dur=1'])).toEqual([]);
  });
});

describe('rawHttp', () => {
  it('writes a message as it stands on the wire', () => {
    const fields: [string, string][] = [
      ['Host', 'h'],
      ['X', ''],
    ];
    expect(rawHttp({ startLine: 'POST / HTTP/1.1', fields, body: new TextEncoder().encode('é') })).toBe(
      'POST / HTTP/1.1\r\nHost: h\r\nX: \r\n\r\né',
    );
    expect(rawHttp({ startLine: 'GET / HTTP/1.1', fields: [], body: null })).toBe('GET / HTTP/1.1\r\n\r\n');
  });
});
