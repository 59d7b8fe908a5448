import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexPattern, textPattern } from '../../src/inspect/byte-pattern.ts';

function find(content: string, query: string, matchCase = false): number[] {
  const bytes = new TextEncoder().encode(content);
  const found: number[] = [];
  textPattern(query, matchCase).forEachIn(bytes, 0, bytes.length, (at) => found.push(at));
  return found;
}

/** The same by the string's own search. */
function expected(content: string, query: string): number[] {
  const found: number[] = [];
  for (let at = content.indexOf(query); at >= 0; at = content.indexOf(query, at + query.length)) found.push(at);
  return found;
}

describe('BytePattern', () => {
  it('finds what a string search finds', () => {
    const text = (maxLength: number) =>
      fc.array(fc.constantFrom('a', 'b', 'A', '0'), { minLength: 1, maxLength }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(text(200), text(5), (content, query) => {
        expect(find(content, query, true)).toEqual(expected(content, query));
        expect(find(content, query)).toEqual(expected(content.toLowerCase(), query.toLowerCase()));
      }),
      { numRuns: 500 },
    );
  });

  it('finds letters of any script in either case, unless case matters', () => {
    expect(find('Ünicode ünicode', 'ÜNI')).toEqual([0, 9]);
    expect(find('Ünicode ünicode', 'üni', true)).toEqual([9]);
    expect(find('\u212aelvin kelvin Kelvin', 'k')).toHaveLength(2);
  });

  it('leaves a match that may begin at the end of a part to the next one', () => {
    const bytes = new TextEncoder().encode('xxab');
    expect(textPattern('abc').forEachIn(bytes, 0, 2, () => {})).toBe(2);
  });

  it('reads bytes in hexadecimal', () => {
    const found: number[] = [];
    hexPattern('0x0A ff')?.forEachIn(Uint8Array.of(10, 255, 0, 10, 255), 0, 5, (at) => found.push(at));
    expect(found).toEqual([0, 3]);
    expect(hexPattern('0x0')).toBeNull();
    expect(hexPattern('text')).toBeNull();
  });
});
