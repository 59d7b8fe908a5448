import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JSONDecodeError } from '../../src/http/errors.ts';
import { parseJson, type Reviver } from '../../src/http/json.ts';
import { guessJsonUtf } from '../../src/http/json-utf.ts';

const asIs: Reviver = (_key, value) => value;

function failure(text: string): JSONDecodeError {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JSONDecodeError) return error;
  }
  throw new Error(`${text} was read`);
}

describe('parseJson', () => {
  test('gives what JSON.parse gives, read by either of its two readers', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
        expect(parseJson(text, asIs)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('refuses what JSON.parse refuses, but for NaN and infinities', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '\\',
      '\\u00e9',
      '1',
      '-',
      '.',
      'e',
      'true',
      ' ',
      '\n',
      '\x01',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(() => parseJson(text, asIs)).toThrow(JSONDecodeError);
          return;
        }
        expect(parseJson(text, asIs)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('takes NaN and infinities, as Python does', () => {
    expect(parseJson('[NaN, Infinity, -Infinity]')).toEqual([NaN, Infinity, -Infinity]);
  });

  test('hands every scalar to the reviver as it was written', () => {
    const sources: Record<string, string | undefined> = {};
    const text = '{"a": 12345678901234567890, "b": 1.0, "c": "\\u0041", "d": null, "e": [true, -0]}';
    parseJson(text, (key, value, { source }) => {
      sources[key] = source;
      return value;
    });
    expect(sources).toEqual({
      a: '12345678901234567890',
      b: '1.0',
      c: '"\\u0041"',
      d: 'null',
      0: 'true',
      1: '-0',
      e: undefined,
      '': undefined,
    });
  });

  test('keeps exact numbers with a reviver', () => {
    const exact: Reviver = (_key, value, { source }) => (typeof value === 'number' ? BigInt(source ?? '') : value);
    expect(parseJson('[12345678901234567890]', exact)).toEqual([12345678901234567890n]);
  });

  test('leaves out members that the reviver turns into undefined', () => {
    const value = parseJson('{"a": 1, "b": 2}', (key, member) => (key === 'a' ? undefined : member));
    expect(Object.keys(value as object)).toEqual(['b']);
  });

  test('the last of a repeated name wins, and __proto__ is a name like any other', () => {
    for (const reviver of [undefined, asIs]) {
      expect(parseJson('{"a":1,"a":2}', reviver)).toEqual({ a: 2 });
      const value = parseJson('{"__proto__": {"x": 1}}', reviver) as object;
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(Object.entries(value)).toEqual([['__proto__', { x: 1 }]]);
    }
  });

  test('reads 100,000 levels', () => {
    const depth = 100_000;
    const text = '['.repeat(depth) + ']'.repeat(depth);
    let value = parseJson(text, asIs);
    let levels = 0;
    for (; Array.isArray(value); value = value[0] as unknown) levels++;
    expect(levels).toBe(depth);
  });

  test.each([
    ['', 'Expecting value: line 1 column 1 (char 0)'],
    ['{"a":1}{"b":2}', 'Extra data: line 1 column 8 (char 7)'],
    ["{'a':1}", 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ['[1\n,\n2 3]', "Expecting ',' delimiter: line 3 column 3 (char 7)"],
    ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
    ['"abc', 'Unterminated string starting at: line 1 column 1 (char 0)'],
    ['"a\nb"', 'Invalid control character at: line 1 column 3 (char 2)'],
    ['"\\x"', 'Invalid \\escape: line 1 column 2 (char 1)'],
    ['"\\u12"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
    ['\ufeff{}', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'],
    ['01', 'Extra data: line 1 column 2 (char 1)'],
  ])('%j: %s', (text, message) => {
    const error = failure(text);
    expect(error.message).toBe(message);
    expect(error.doc).toBe(text);
    expect(error.pos).toBe(Number(/char (\d+)/.exec(message)?.[1]));
  });
});

test.each([
  [[0xff, 0xfe, 0, 0], 'utf-32'],
  [[0xff, 0xfe, 0x7b, 0], 'utf-16'],
  [[0xef, 0xbb, 0xbf, 0x7b], 'utf-8-sig'],
  [[0x7b, 0x7d], 'utf-8'],
  [[0, 0x7b, 0, 0x7d], 'utf-16-be'],
  [[0x7b, 0, 0x7d, 0], 'utf-16-le'],
  [[0, 0, 0, 0x7b], 'utf-32-be'],
  [[0x7b, 0, 0, 0], 'utf-32-le'],
  [[0, 0, 0, 0], null],
  [[0, 0x7b, 0x7b, 0x7b], null],
])('bytes %j are %s', (bytes, encoding) => {
  expect(guessJsonUtf(Uint8Array.from(bytes))).toBe(encoding);
});
