import { describe, expect, test } from 'vitest';
import { AuthBase } from '../../src/http/auth/auth-base.ts';
import { CookieJar } from '../../src/http/cookies.ts';
import { InvalidHeader, MissingSchema } from '../../src/http/errors.ts';
import { CaseInsensitiveHeaders } from '../../src/http/headers.ts';
import { PreparedRequest, type PrepareInit } from '../../src/http/prepared-request.ts';
import { Request } from '../../src/http/request.ts';
import type { HeadersInitCI, ResponseHook, Transport, WireRequest } from '../../src/http/types.ts';

const URL = 'http://example.com/';

function prepared(init: Partial<PrepareInit> = {}): Promise<PreparedRequest> {
  return new PreparedRequest().prepare({ method: 'POST', url: URL, ...init });
}

function fields(request: PreparedRequest): Record<string, string> {
  return Object.fromEntries(request.headers);
}

describe('framing', () => {
  test.each<[Partial<PrepareInit>, Record<string, string>]>([
    [{ method: 'get' }, {}],
    [{ method: 'HEAD' }, {}],
    [{ method: 'DELETE' }, { 'Content-Length': '0' }],
    [{ method: 'GET', data: 'é' }, { 'Content-Length': '2' }],
    [{ headers: { 'Content-Length': 'not zero' } }, { 'Content-Length': 'not zero' }],
    [{ data: 'abc', headers: { 'content-length': '1' } }, { 'Content-Length': '3' }],
    [{ data: { a: null } }, { 'Content-Type': 'application/x-www-form-urlencoded' }],
    [{ data: new Blob(['abc']) }, { 'Content-Length': '3' }],
    [{ data: new Blob([]) }, { 'Transfer-Encoding': 'chunked' }],
    [{ data: new ReadableStream() }, { 'Transfer-Encoding': 'chunked' }],
    [
      { json: {}, headers: { 'content-TYPE': 'x/y' } },
      { 'content-TYPE': 'x/y', 'Content-Length': '2' },
    ],
  ])('%# %j', async (init, expected) => {
    expect(fields(await prepared(init))).toEqual(expected);
  });

  test('authentication after a stream adds no second framing', async () => {
    const request = await prepared({ data: new ReadableStream(), auth: ['u', 'p'] });
    expect(request.headers.get('Content-Length')).toBeUndefined();
    expect(request.headers.get('Transfer-Encoding')).toBe('chunked');
  });
});

describe('headers', () => {
  test('are validated, the last of a repeated name wins', async () => {
    const request = await prepared({
      method: 'GET',
      headers: [
        ['X-A', '1'],
        ['x-a', '2'],
      ],
    });
    expect(fields(request)).toEqual({ 'x-a': '2' });
    await expect(prepared({ headers: { X: 'a\nb' } })).rejects.toThrow(InvalidHeader);
    const fromSession: HeadersInitCI = { X: null };
    await expect(prepared({ headers: fromSession })).rejects.toThrow(InvalidHeader);
  });

  test('keep repeated lines that were repeated on purpose, and are a copy', async () => {
    const headers = new CaseInsensitiveHeaders();
    headers.append('X', '1');
    headers.append('X', '2');
    const request = await prepared({ headers });
    expect(request.headers.getAll('x')).toEqual(['1', '2']);
    request.headers.delete('x');
    expect(headers.has('x')).toBe(true);
  });
});

describe('cookies', () => {
  test('come from the jar, which is kept', async () => {
    const jar = new CookieJar();
    jar.set('a', '1', { domain: 'example.com' });
    jar.set('b', '2', { domain: 'other.example' });
    const request = await prepared({ cookies: jar });
    expect(request.headers.get('Cookie')).toBe('a=1');
    expect(request.jar).toBe(jar);
  });

  test('may be names and values', async () => {
    const request = await prepared({ cookies: { a: '1', b: '2' } });
    expect(request.headers.get('Cookie')).toBe('a=1; b=2');
  });

  test('leave a Cookie field of the caller alone', async () => {
    const request = await prepared({ cookies: { a: '1' }, headers: { cookie: 'mine' } });
    expect(request.headers.get('Cookie')).toBe('mine');
    expect(request.jar?.get('a')).toBe('1');
  });

  test('do not stand in the way of other schemes', async () => {
    const request = await prepared({ url: '10.0.0.1:3128/', cookies: { a: '1' } });
    expect(request.url).toBe('10.0.0.1:3128/');
  });
});

describe('auth', () => {
  test('an explicit one wins over the URL', async () => {
    const request = await prepared({ url: 'http://u:p@h/', auth: ['user', 'pass'] });
    expect(request.headers.get('Authorization')).toBe('Basic dXNlcjpwYXNz');
    expect(request.url).toBe('http://u:p@h/');
  });

  test.each([
    ['http://u:p@h/', 'Basic dTpw'],
    ['http://u:@h/', 'Basic dTo='],
    ['http://u@h/', undefined],
    ['http://h/', undefined],
  ])('of %j', async (url, value) => {
    expect((await prepared({ url })).headers.get('Authorization')).toBe(value);
  });

  test('sees everything but hooks, and Content-Length is made anew after it', async () => {
    let seen: [number, string | undefined] = [0, undefined];
    class Signing extends AuthBase {
      override async apply(r: PreparedRequest): Promise<PreparedRequest> {
        seen = [r.hooks.response.length, r.headers.get('Content-Length')];
        r.body = { kind: 'bytes', bytes: new Uint8Array(7) };
        r.registerHook('response', () => undefined);
        return r;
      }
    }
    const request = await prepared({ data: 'abc', auth: new Signing(), hooks: { response: () => undefined } });
    expect(seen).toEqual([0, '3']);
    expect(request.headers.get('Content-Length')).toBe('7');
    expect(request.hooks.response).toHaveLength(2);
  });

  test('may put another request in its place', async () => {
    const request = await prepared({
      auth: (r) => {
        const other = r.copy();
        other.url = 'http://signed.example/';
        other.headers.set('X-TokenAuth', 't');
        return other;
      },
    });
    expect(request.url).toBe('http://signed.example/');
    expect(request.headers.get('X-TokenAuth')).toBe('t');
  });
});

describe('hooks', () => {
  test('are registered and deregistered', () => {
    const request = new PreparedRequest();
    const hook: ResponseHook = () => undefined;
    request.registerHook('response', hook);
    expect(request.deregisterHook('response', hook)).toBe(true);
    expect(request.deregisterHook('response', hook)).toBe(false);
    expect(() => request.registerHook('request' as 'response', hook)).toThrow(RangeError);
  });
});

test('a copy has its own fields and jar, and shares body and hooks', async () => {
  const request = await prepared({ data: 'x', cookies: { a: '1' } });
  const copy = request.copy();
  copy.headers.set('X', '1');
  copy.jar?.clear();
  expect(request.headers.has('X')).toBe(false);
  expect(request.jar?.size).toBe(1);
  expect(copy.body).toBe(request.body);
  expect(copy.hooks).toBe(request.hooks);
  expect([copy.method, copy.url]).toEqual([request.method, request.url]);
});

test('pathUrl is the target of the request line', async () => {
  expect((await prepared({ url: 'http://u:p@h/a b#f', params: { q: '1' } })).pathUrl).toBe('/a%20b?q=1');
});

test('wirePlan asks the transport about the hop, without fragment and credentials', async () => {
  const asked: WireRequest[] = [];
  const transport: Transport = {
    capabilities: new Set(),
    exchange: () => Promise.reject(new Error('nothing is sent')),
    plan: (wire) => {
      asked.push(wire);
      return [{ field: 'Host', action: 'rule', reason: 'set by a rule' }];
    },
  };
  const request = await prepared({ url: 'http://u:p@h/a?b#f', headers: { Host: 'x' }, cookies: { a: '1' } });
  expect(request.wirePlan(transport)).toEqual([{ field: 'Host', action: 'rule', reason: 'set by a rule' }]);
  expect(asked).toEqual([
    {
      method: 'POST',
      url: 'http://h/a?b',
      headers: [
        ['Host', 'x'],
        ['Cookie', 'a=1'],
        ['Content-Length', '0'],
        ['Authorization', 'Basic dTpw'],
      ],
      body: { kind: 'none' },
      verify: true,
      cookies: 'given',
      cache: 'default',
    },
  ]);
});

describe('Request', () => {
  test('prepares all that it was given', async () => {
    const request = new Request('post', URL, {
      params: { q: 'a b' },
      headers: { 'X-A': '1' },
      data: { k: 'v' },
      files: { f: ['n.txt', 'content'] },
      cookies: { c: '1' },
      auth: ['u', 'p'],
      hooks: { response: () => undefined },
    });
    const { method, url, headers, hooks } = await request.prepare();
    expect([method, url, hooks.response.length]).toEqual(['POST', `${URL}?q=a+b`, 1]);
    expect(Array.from(headers, ([name]) => name)).toEqual([
      'X-A',
      'Cookie',
      'Content-Length',
      'Content-Type',
      'Authorization',
    ]);
    expect(headers.get('Content-Type')).toMatch(/^multipart\/form-data; boundary=[0-9a-f]{32}$/);
  });

  test('takes any method, in upper case', async () => {
    expect((await new Request('m-search', URL).prepare()).method).toBe('M-SEARCH');
  });

  test('fails as preparing fails', async () => {
    await expect(new Request('GET', 'example.com').prepare()).rejects.toBeInstanceOf(MissingSchema);
  });
});
