import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidJSONError } from '../../src/http/errors.ts';
import { dumpJson } from '../../src/http/json-dump.ts';

describe('dumpJson', () => {
  test.each([
    [{ a: 1, b: [1, 2, {}], c: [] }, '{"a": 1, "b": [1, 2, {}], "c": []}'],
    ['☃\u{1f600}\x7f\u0000"\\/\n', '"\\u2603\\ud83d\\ude00\\u007f\\u0000\\"\\\\/\\n"'],
    ['\ud800', '"\\ud800"'],
    [[0.00001, 1e-7, 1.5, 1e21, -0, 0], '[1e-05, 1e-07, 1.5, 1e+21, -0.0, 0]'],
    [12345678901234567890n, '12345678901234567890'],
    [
      new Map([
        ['b', 1],
        ['1', 2],
      ]),
      '{"b": 1, "1": 2}',
    ],
    [[undefined, { a: undefined, b: null }], '[null, {"b": null}]'],
    [{ at: new Date(0) }, '{"at": "1970-01-01T00:00:00.000Z"}'],
    [false, 'false'],
  ])('%# %s', (value, json) => {
    expect(dumpJson(value)).toBe(json);
  });

  test('is read back by JSON.parse', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(dumpJson(value))).toEqual(value);
      }),
    );
  });

  test('an object may stand in two places, but not within itself', () => {
    const shared = { x: 1 };
    expect(dumpJson([shared, shared])).toBe('[{"x": 1}, {"x": 1}]');
    const cycle: unknown[] = [];
    cycle.push({ cycle });
    expect(() => dumpJson(cycle)).toThrow(InvalidJSONError);
  });

  test.each([NaN, Infinity, [-Infinity]])('%s is not JSON', (value) => {
    expect(() => dumpJson(value)).toThrow(InvalidJSONError);
  });

  test.each([[() => 1], [Symbol('x')], [new Set([1])], [new Uint8Array(2)]])('%# cannot be said in JSON', (value) => {
    expect(() => dumpJson({ value })).toThrow(TypeError);
  });

  test('writes 100,000 levels', () => {
    let value: unknown[] = [];
    for (let i = 1; i < 100_000; i++) value = [value];
    expect(dumpJson(value)).toHaveLength(200_000);
  });
});
