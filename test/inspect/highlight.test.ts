import { describe, expect, it } from 'vitest';
import { codeLanguage, tokenKinds, type CodeLanguage } from '../../src/inspect/code-language.ts';
import { highlight } from '../../src/inspect/highlight.ts';
import { parseMediaType } from '../../src/inspect/media-type.ts';
import { searchPattern } from '../../src/inspect/pattern-search.ts';
import { TextView } from '../../src/inspect/text-view.ts';

/** Each coloured part as `kind:text`. */
function coloured(code: string, language: CodeLanguage): string[] {
  const bytes = new TextEncoder().encode(code);
  const { starts, ends, kinds } = highlight(bytes, language);
  return Array.from(starts, (start, i) => {
    const kind = tokenKinds[kinds[i] ?? 0];
    return `${kind}:${new TextDecoder().decode(bytes.subarray(start, ends[i]))}`;
  });
}

describe('highlight', () => {
  it.each([
    ['javascript', 'const é = "x"; // y', ['keyword:const', 'string:"x"', 'comment:// y']],
    ['json', '{"a": [1.0, null]}', ['attribute:"a"', 'number:1.0', 'literal:null']],
    ['css', 'p { color: red }', ['tag:p', 'attribute:color']],
    ['xml', '<?xml version="1.0"?><a b="c">d</a>', ['attribute:b', 'string:"c"']],
    ['html', '<p class="x">y</p><script>let z = 1</script>', ['string:"x"', 'keyword:let', 'number:1']],
    ['html', '<style>b { top: 0 }</style>', ['attribute:top']],
  ] as const)('colours %s', (language, code, expected) => {
    expect(coloured(code, language)).toEqual(expect.arrayContaining([...expected]));
  });

  it('keeps what is no code, and takes bytes that are no UTF-8', () => {
    expect(coloured('<<< }{', 'javascript').join('')).not.toContain('undefined');
    expect(highlight(Uint8Array.of(0xff, 0x22, 0xc3, 0x22), 'json').ends.at(-1)).toBeLessThanOrEqual(4);
    expect(highlight(new Uint8Array(), 'html').starts).toHaveLength(0);
  });

  it('goes row by row, over lines and non-ASCII text', async () => {
    const code = '/* é\n😀 */ "ü" + 1';
    const view = new TextView(new Blob([code]), 80, searchPattern);
    const arranged: number[] = [];
    await view.load((state) => arranged.push(state.arranged));
    view.colour(highlight(new TextEncoder().encode(code), 'javascript'));
    expect(arranged.at(-1)).toBe(1);
    const rows = await view.rows(0, 9);
    expect(
      rows.map(({ text, tokens }) => tokens.map(({ start, end, kind }) => `${kind}:${text.slice(start, end)}`)),
    ).toEqual([['comment:/* é'], ['comment:😀 */', 'string:"ü"', 'number:1']]);
    view.colour(null);
    expect((await view.rows(0, 1))[0]?.tokens).toEqual([]);
  });
});

describe('codeLanguage', () => {
  it.each([
    ['text/html; charset=utf-8', 'html'],
    ['application/xhtml+xml', 'xml'],
    ['image/svg+xml', 'xml'],
    ['application/javascript', 'javascript'],
    ['text/css', 'css'],
    ['application/problem+json', 'json'],
    ['text/plain', null],
    [null, null],
  ])('of %s is %s', (field, language) => {
    expect(codeLanguage(parseMediaType(field))).toBe(language);
  });
});
