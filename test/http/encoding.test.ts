import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeParams, fieldsOf } from '../../src/http/encoding.ts';

const text = fc.string({ unit: 'binary' });

describe('encodeParams', () => {
  test.each([
    [{ a: ['x', null, 'y'], b: null, c: [] }, 'a=x&a=y'],
    [{ q: "~-_.!*'() +&=" }, 'q=~-_.%21%2A%27%28%29+%2B%26%3D'],
    [{ n: -3, t: true, f: 1.5 }, 'n=-3&t=true&f=1.5'],
    [{ '': '' }, '='],
    [
      new Map([
        ['b', '1'],
        ['1', '2'],
      ]),
      'b=1&1=2',
    ],
    [[[Uint8Array.of(0x62, 0x20), Uint8Array.of(0, 0xff)]], 'b+=%00%FF'],
  ] as const)('%j becomes %j', (params, encoded) => {
    expect(encodeParams(params)).toBe(encoded);
  });

  test('writes a bigint in full', () => {
    expect(encodeParams({ big: 12345678901234567890n })).toBe('big=12345678901234567890');
  });

  test('refuses lone surrogates and what is no pair', () => {
    expect(() => encodeParams({ a: '\ud800' })).toThrow(RangeError);
    const triples: [string, string][] = JSON.parse('[["a", "b", "c"]]');
    expect(() => encodeParams(triples)).toThrow(RangeError);
  });

  test('is read back by any form decoder', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        expect([...new URLSearchParams(encodeParams(pairs))]).toEqual(pairs);
      }),
    );
  });

  test('keeps only unreserved characters', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(encodeParams({ v: value })).toMatch(/^v=(?:[\w.~+-]|%[0-9A-F]{2})*$/);
      }),
    );
  });
});

test('fieldsOf repeats the name for each element and drops null', () => {
  expect([...fieldsOf({ a: [1, null, 2], b: undefined, c: 'x' })]).toEqual([
    ['a', 1],
    ['a', 2],
    ['c', 'x'],
  ]);
});
