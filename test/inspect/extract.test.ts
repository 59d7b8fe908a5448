import { expect, test } from 'vitest';
import { BodyReader } from '../../src/inspect/extract.ts';

const JSON_TYPE = 'application/json';
const reader = (body: string, type: string | null = JSON_TYPE): BodyReader => new BodyReader(new Blob([body]), type);

test.each([
  ['{"id": 12345678901234567890.10}', '$.id', '12345678901234567890.10', 1],
  ['{"token": "a\\u0062\\"c"}', '$.token', 'ab"c', 1],
  ['{"a": [{"n": 1}, {"n": 2}]}', '$.a[*].n', '1', 2],
  ['{"a": {"b":  [1, null]}}', '$.a', '{"b":  [1, null]}', 1],
  ['[true]', '$[0]', 'true', 1],
])('%s at %s is %s', async (body, what, value, count) => {
  expect(await reader(body).find({ from: 'json', what })).toEqual({ ok: true, value, count });
});

test.each([
  ['{"a": 1}', 'json', '$.b', 'nothing'],
  ['{"a": 1}', 'json', '$.[', 'path'],
  ['{"a": 1', 'json', '$.a', 'not-json'],
  ['plain', 'json', '$.a', 'not-json'],
  ['', 'json', '$', 'not-json'],
  ['text', 'regex', '(', 'pattern'],
  ['text', 'regex', 'nope', 'nothing'],
  ['["a"]', 'json', "$[?match(@, '((a{99}){99}){99}')]", 'limit'],
] as const)('%j by %s %s is %s', async (body, from, what, code) => {
  expect(await reader(body).find({ from, what })).toMatchObject({ ok: false, code });
});

test('a pattern gives its first group, else the whole match', async () => {
  expect(await reader('id=7;\nsid=abc').find({ from: 'regex', what: '^sid=(\\w+)$' })).toMatchObject({ value: 'abc' });
  expect(await reader('id=7').find({ from: 'regex', what: '\\d' })).toMatchObject({ value: '7' });
});

test('a body is read in its charset', async () => {
  const latin = new BodyReader(new Blob([Uint8Array.of(0x22, 0xe4, 0x22)]), 'application/json; charset=iso-8859-1');
  expect(await latin.find({ from: 'json', what: '$' })).toMatchObject({ value: 'ä' });
});
