import { expect, test } from 'vitest';
import { codes, statusNames } from '../../src/http/status-codes.ts';

test.each([
  ['ok', 200],
  ['\\o/', 200],
  ['✓', 200],
  ['NOT_FOUND', 404],
  ['-o-', 404],
  ['uri_too_long', 414],
  ['precondition', 428],
  ['early_hints', 103],
  ['processing', 102],
  ['none', 444],
  ['\\O/', undefined],
  ['nope', undefined],
  ['constructor', undefined],
])('codes[%j] is %s', (name, code) => {
  expect(codes[name]).toBe(code);
});

test('every name leads to a code that has it', () => {
  for (const [name, code] of Object.entries(codes)) {
    expect(statusNames.get(code ?? 0)?.map((known) => known.toLowerCase())).toContain(name.toLowerCase());
  }
});
