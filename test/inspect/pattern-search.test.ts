import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, searchPattern } from '../../src/inspect/pattern-search.ts';
import { TextView } from '../../src/inspect/text-view.ts';
import { Utf8Walker } from '../../src/inspect/utf8-walker.ts';

const pattern = (text: string, matchCase = false) => ({ text, isPattern: true, matchCase });

async function found(content: string, text: string, reach?: { window: number; margin: number }): Promise<string[]> {
  const bytes = new TextEncoder().encode(content);
  const matches: string[] = [];
  for await (const { starts, lengths } of searchPattern(new Blob([bytes]), pattern(text), reach && { reach }))
    starts.forEach((start, i) =>
      matches.push(`${start}:${new TextDecoder().decode(bytes.slice(start, start + (lengths[i] ?? 0)))}`),
    );
  return matches;
}

describe('Utf8Walker', () => {
  it('agrees with the decoder on what is UTF-8 and what is not', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 24 }),
      fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
      fc
        .array(fc.constantFrom(0xe0, 0xa0, 0xed, 0xf0, 0x90, 0xf4, 0x8f, 0x80, 0xc2, 0x41))
        .map((values) => Uint8Array.from(values)),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        const decode = (part: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(part);
        const text = decode(content);
        const walker = new Utf8Walker(content, text.length);
        const wrong: number[] = [];
        for (let unit = 0; unit <= text.length; unit++) {
          const before = decode(content.slice(0, walker.offsetOf(unit)));
          if (!text.startsWith(before) || unit - before.length > 1) wrong.push(unit);
        }
        expect(wrong).toEqual([]);
        expect(new Utf8Walker(content, text.length).unitOf(content.length)).toBe(text.length);
      }),
    );
  }, 30_000);
});

describe('searchPattern', () => {
  it('finds in bytes what the pattern finds in text', async () => {
    expect(await found('größe 12\nGRÖSSE 7', String.raw`gr.+?\s\d+$`)).toEqual(['0:größe 12', '11:GRÖSSE 7']);
    expect(await found('a\nab\nb', '^a')).toEqual(['0:a', '2:a']);
    expect(await found('😀x', 'x*')).toEqual(['4:x']);
    expect(await found('a-b', String.raw`a\-b`)).toEqual(['0:a-b']);
  });

  it('has the same matches however the windows fall', async () => {
    const content = fc
      .array(fc.constantFrom('ab', 'é', '😀', '\n', 'aab', ' ', 'x12'), { maxLength: 300 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        content,
        fc.constantFrom('a+b', String.raw`\w+`, '^.', 'é😀?', String.raw`\b\w`, '(?<=é)a', '[^a]'),
        fc.integer({ min: 90, max: 200 }),
        async (text, source, window) => {
          expect(await found(text, source, { window, margin: 25 })).toEqual(await found(text, source));
        },
      ),
    );
  });

  it('goes on with bytes that are no UTF-8', async () => {
    const view = new TextView(new Blob([Uint8Array.of(0xff, 0x41, 0xc3, 0x42, 0x41)]), 80, searchPattern);
    await view.load(() => {});
    expect(await view.find(pattern('a'), () => {})).toMatchObject({ count: 2, done: true });
    expect((await view.rows(0, 1))[0]?.marks).toEqual([
      { start: 1, end: 2, current: false },
      { start: 4, end: 5, current: false },
    ]);
    expect(await view.find(pattern('a', true), () => {})).toMatchObject({ count: 0 });
  });

  it('says what is no pattern', () => {
    expect(() => compilePattern(pattern('('))).toThrow(SyntaxError);
  });
});
