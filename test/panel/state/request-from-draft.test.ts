import { describe, expect, test } from 'vitest';
import type { Draft } from '../../../src/model/draft.ts';
import type { RequestSpec } from '../../../src/model/request-spec.ts';
import { BODY_FILE } from '../../../src/panel/state/files.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { requestFromDraft } from '../../../src/panel/state/request-from-draft.ts';
import { newPart, newRow } from '../../../src/panel/state/rows.ts';

type Change = { [Part in 'body' | 'auth' | 'options']?: Partial<Draft[Part]> } & Partial<
  Pick<Draft, 'method' | 'url' | 'headers' | 'defaultsOff'>
>;

function draft(change: Change): Draft {
  const base = newDraft();
  return {
    ...base,
    ...change,
    body: { ...base.body, ...change.body },
    auth: { ...base.auth, ...change.auth },
    options: { ...base.options, ...change.options },
  };
}

function request(change: Change, files = new Map<string, File>()): RequestSpec {
  const read = requestFromDraft(draft(change), files, null);
  if (!read.ok) throw new Error(read.error.message);
  return read.request;
}

function error(change: Change) {
  const read = requestFromDraft(draft(change), new Map(), null);
  return read.ok ? null : read.error;
}

test('a new draft is a GET with the defaults of Requests', () => {
  expect(request({})).toEqual({
    method: 'GET',
    url: '',
    headers: [],
    body: { kind: 'none' },
    auth: null,
    timeout: { connect: null, read: null, total: null },
    followRedirects: true,
    maxRedirects: null,
    retries: null,
    verify: true,
    cookies: 'session',
    storeBrowserCookies: false,
    keepAuthorization: false,
    session: 'default',
  });
});

test('method, URL and fields go on as typed, good or bad', () => {
  const headers = [newRow({ name: 'X', value: 'a\nb' }), newRow({ name: '', value: 'v' }), newRow()];
  expect(request({ method: 'pa tch', url: ' http:/x ', headers })).toMatchObject({
    method: 'pa tch',
    url: ' http:/x ',
    headers: [
      ['X', 'a\nb'],
      ['', 'v'],
    ],
  });
});

test('a default field that is switched off is null, unless a row sets it', () => {
  const headers = [
    newRow({ name: 'accept', value: 'text/html' }),
    newRow({ name: 'User-Agent', value: 'x', enabled: false }),
  ];
  expect(request({ headers, defaultsOff: ['Accept', 'User-Agent'] }).headers).toEqual([
    ['accept', 'text/html'],
    ['User-Agent', null],
  ]);
});

describe('body', () => {
  test('JSON is sent as typed', () => {
    const text = ' {"n": 1.0}\n';
    expect(request({ body: { type: 'json', json: text } }).body).toEqual({
      kind: 'text',
      text,
      contentType: 'application/json',
      json: true,
    });
    expect(request({ body: { type: 'json', json: ' \n' } }).body).toEqual({ kind: 'none' });
  });

  test('what is not JSON is InvalidJSONError with the place and the way out', () => {
    expect(error({ body: { type: 'json', json: '{\n  "a": 1,\n}' } })).toEqual({
      name: 'InvalidJSONError',
      code: 'invalid-json',
      message: expect.stringMatching(/at line 2, column 9\. .*Text/),
      netError: null,
    });
  });

  test('text has no Content-Type of its own', () => {
    expect(request({ body: { type: 'text', text: 'hi' } }).body).toEqual({
      kind: 'text',
      text: 'hi',
      contentType: null,
      json: false,
    });
  });

  test('a form is its live rows, repeated names included', () => {
    const form = [
      newRow({ name: 'a', value: '1' }),
      newRow({ name: 'a', value: '2' }),
      newRow({ name: 'b', enabled: false }),
      newRow(),
    ];
    expect(request({ body: { type: 'form', form } }).body).toEqual({
      kind: 'form',
      pairs: [
        ['a', '1'],
        ['a', '2'],
      ],
    });
  });

  test('multipart carries text and files', () => {
    const text = newPart({ name: 't', value: 'v', contentType: 'text/x' });
    const part = newPart({ name: 'f', kind: 'file', filename: 'a.txt' });
    const file = new File(['abc'], 'a.txt');
    const body = { type: 'multipart' as const, multipart: [text, part, newPart()] };
    expect(request({ body }, new Map([[part.id, file]])).body).toEqual({
      kind: 'multipart',
      parts: [
        { name: 't', value: 'v', filename: null, contentType: 'text/x' },
        { name: 'f', value: file, filename: 'a.txt', contentType: null },
      ],
    });
    expect(error({ body })?.message).toMatch(/a\.txt has to be chosen again/);
  });

  test('a file is the body; without one there is an error', () => {
    const file = new File(['abc'], 'a.bin', { type: 'text/plain' });
    expect(request({ body: { type: 'file' } }, new Map([[BODY_FILE, file]])).body).toEqual({
      kind: 'blob',
      blob: file,
      contentType: null,
    });
    expect(error({ body: { type: 'file' } })).toMatchObject({ name: 'FileNotFoundError' });
  });

  test('GraphQL is one JSON object that keeps the numbers of its variables', () => {
    const graphql = { query: '{ a(n: "x") }\n', variables: ' {"id": 12345678901234567890} ', operationName: 'Op' };
    expect(request({ body: { type: 'graphql', graphql } }).body).toEqual({
      kind: 'text',
      text: String.raw`{"query": "{ a(n: \"x\") }\n", "variables": {"id": 12345678901234567890}, "operationName": "Op"}`,
      contentType: 'application/json',
      json: true,
    });
    const plain = request({ body: { type: 'graphql', graphql: { query: 'q', variables: '', operationName: '' } } });
    expect(plain.body).toMatchObject({ text: '{"query": "q"}' });
  });

  test.each([
    ['\n {"a" 1}', /line 2, column 7/],
    ['[1]', /not a JSON object/],
  ])('GraphQL variables %j are refused', (variables, message) => {
    const graphql = { query: 'q', variables, operationName: '' };
    expect(error({ body: { type: 'graphql', graphql } })).toMatchObject({
      name: 'InvalidJSONError',
      message: expect.stringMatching(message),
    });
  });

  test('a kind keeps the text of the others', () => {
    expect(request({ body: { type: 'none', json: '{', text: 'x' } }).body).toEqual({ kind: 'none' });
  });
});

test.each([
  [
    { type: 'basic', username: 'u', password: 'p' },
    { type: 'basic', username: 'u', password: 'p' },
  ],
  [
    { type: 'digest', username: 'u', password: 'p' },
    { type: 'digest', username: 'u', password: 'p' },
  ],
  [
    { type: 'bearer', token: 't' },
    { type: 'bearer', token: 't' },
  ],
  [
    { type: 'custom', headerName: 'X-Key', headerValue: 'k' },
    { type: 'custom', name: 'X-Key', value: 'k' },
  ],
] as const)('auth %j', (auth, expected) => {
  expect(request({ auth }).auth).toEqual(expected);
});

describe('numbers', () => {
  test('seconds become milliseconds', () => {
    const options = { connectTimeout: '3.05', readTimeout: ' 27 ', totalTimeout: '.5', maxRedirects: '', retries: '2' };
    expect(request({ options })).toMatchObject({
      timeout: { connect: 3050, read: 27_000, total: 500 },
      maxRedirects: null,
      retries: 2,
    });
  });

  test('mebibytes become bytes, and nothing typed is no limit', () => {
    expect(request({ options: { responseLimit: '1.5' } }).responseLimit).toBe(1_572_864);
    expect(request({ options: { responseLimit: '0.0000001' } }).responseLimit).toBe(1);
    expect(request({ options: { responseLimit: ' ' } })).not.toHaveProperty('responseLimit');
  });

  test.each([
    [{ responseLimit: '0' }, /Response size limit \(MiB\) is 0, and a limit/],
    [{ readTimeout: '3x' }, /Read timeout \(s\) is “3x”, which is not a number/],
    [{ connectTimeout: '0' }, /more than 0/],
    [{ totalTimeout: '-1' }, /more than 0/],
    [{ readTimeout: '1e3' }, /not a number/],
    [{ maxRedirects: '1.5' }, /Max redirects is “1\.5”, which is not a whole number/],
    [{ retries: '-1' }, /Retries is “-1”/],
  ])('%j is a ValueError', (options, message) => {
    expect(error({ options })).toMatchObject({ name: 'ValueError', message: expect.stringMatching(message) });
  });
});

test('cookies are stored in the browser only if they are the browser’s', () => {
  expect(request({ options: { cookies: 'none', storeBrowserCookies: true } }).storeBrowserCookies).toBe(false);
  expect(request({ options: { cookies: 'browser', storeBrowserCookies: true } }).storeBrowserCookies).toBe(true);
});
