import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonMistake, formatJson, minifyJson } from '../../src/inspect/json-format.ts';

describe('findJsonMistake', () => {
  test.each([
    ['{"a": 1,}', 'a comma too many before }', 1, 8],
    ['{"a": 1\n"b": 2}', 'a comma or } was expected', 2, 1],
    ['[1, 2', 'a comma or ] was expected', 1, 6],
    ['{a: 1}', 'a name in double quotes was expected', 1, 2],
    ['{"a" 1}', 'a colon was expected', 1, 6],
    ['{"a":}', 'a value was expected', 1, 6],
    ['{"a":', 'a value is missing', 1, 6],
    ["{'a': 1}", 'a name in double quotes was expected', 1, 2],
    ["['a']", 'strings stand in double quotes', 1, 2],
    ['[NaN]', 'NaN is not a JSON value', 1, 2],
    ['[01]', 'a number that JSON does not know', 1, 2],
    ['[1.]', 'a number that JSON does not know', 1, 2],
    ['"abc', 'a string is not closed', 1, 1],
    ['"a\nb"', 'a control character in a string (write it as an escape)', 1, 3],
    ['"\\x"', 'an escape that JSON does not know', 1, 2],
    ['{} {}', 'there is more after the value', 1, 4],
    ['\n\n  ', 'a value is missing', 3, 3],
  ])('%j: %s at %i:%i', (text, message, line, column) => {
    expect(findJsonMistake(text)).toMatchObject({ message, line, column });
  });

  test('agrees with JSON.parse on what is JSON', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-0.5e3',
      'true',
      'nul',
      ' ',
      '"',
      '\\',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        expect(findJsonMistake(text) === null).toBe(parses(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('reads nesting deeper than any stack', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(findJsonMistake(deep)).toBeNull();
    expect(minifyJson(deep)).toBe(deep);
  });
});

describe('formatJson and minifyJson', () => {
  test('indents, and leaves numbers, escapes, order and repeated keys alone', () => {
    const text = '{"b":12345678901234567890,"a":1.0,"a":"\\u00e9","e":[],"o":{},"n":[1,{"x":null}]}';
    expect(formatJson(text)).toBe(
      [
        '{',
        '  "b": 12345678901234567890,',
        '  "a": 1.0,',
        '  "a": "\\u00e9",',
        '  "e": [],',
        '  "o": {},',
        '  "n": [',
        '    1,',
        '    {',
        '      "x": null',
        '    }',
        '  ]',
        '}',
      ].join('\n'),
    );
    expect(minifyJson(formatJson(text) ?? '')).toBe(text);
  });

  test('agree with JSON.stringify where that loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(formatJson(text)).toBe(JSON.stringify(value, null, 2));
        expect(minifyJson(JSON.stringify(value, null, 3))).toBe(text);
      }),
    );
  });

  test('give null for what is not JSON', () => {
    expect(formatJson('{')).toBeNull();
    expect(minifyJson('[1,]')).toBeNull();
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
