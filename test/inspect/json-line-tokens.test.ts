import { assert, constantFrom, jsonValue, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLineTokens } from '../../src/inspect/json-line-tokens.ts';

/** Each coloured part as `kind:text`. */
const coloured = (text: string, from = 0, to = text.length): string[] =>
  jsonLineTokens(text, from, to).map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);

describe('jsonLineTokens', () => {
  it.each([
    ['{"a": [1.0, null]}', ['attribute:"a"', 'number:1.0', 'literal:null']],
    ['-3.5e+7 1e400 0 -0.1E-2', ['number:-3.5e+7', 'number:1e400', 'number:0', 'number:-0.1E-2']],
    ['007 1. 1e tru True 1x', []],
    [String.raw`"a\"b" : "c\\"`, [String.raw`attribute:"a\"b"`, String.raw`string:"c\\"`]],
    ['"cut off', ['string:"cut off']],
    ['"cut off\\', ['string:"cut off']],
    ['"key"\n  : "value"', ['attribute:"key"', 'string:"value"']],
    ['"open\ntrue', ['string:"open', 'literal:true']],
    ['"true 1"', ['string:"true 1"']],
  ])('colours %j', (text, expected) => {
    expect(coloured(text)).toEqual(expected);
  });

  it('reads a line by itself, and looks behind it for a colon alone', () => {
    const text = '"open\n"a"\n: 1';
    expect(coloured(text, 6, 9)).toEqual(['attribute:"a"']);
  });

  it('gives tokens in order, none overlapping, whatever the text', () => {
    const anyText = string({ unit: constantFrom('😀', ...Array.from('"\\{}[]:,-+.0123eEtrunalsf \n')) });
    assert(
      property(anyText, (text) => {
        let at = 0;
        for (const { start, end } of jsonLineTokens(text, 0, text.length)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).not.toContain('\n');
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('colours each value of JSON by its kind', () => {
    assert(
      property(jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 1);
        const kinds = jsonLineTokens(text, 0, text.length).map(({ kind }) => kind);
        const expected: string[] = [];
        JSON.stringify(value, (key, part: unknown) => {
          void key;
          if (typeof part === 'string') expected.push('string');
          else if (typeof part === 'number') expected.push('number');
          else if (part === null || typeof part === 'boolean') expected.push('literal');
          else if (!Array.isArray(part)) expected.push(...Object.keys(part as object).map(() => 'attribute'));
          return part;
        });
        expect(kinds.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});
