import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate, type Piece } from '../../src/variables/template.ts';

/** A short form of what was read: texts as they are, tokens in angle brackets. */
const shape = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      return piece.kind === 'variable' ? `<${piece.name}>` : `<$${piece.name}:${shape(piece.argument)}>`;
    })
    .join('');

describe('parseTemplate', () => {
  it.each([
    ['plain', 'plain'],
    ['https://{{host}}/a/{{ id }}', 'https://<host>/a/<id>'],
    ['{{a b-c.d}}', '<a b-c.d>'],
    ['{{$uuid}}', '<$uuid:>'],
    ['{{ $uuid }}', '<$uuid:>'],
    ['{{$randomInt 1 6}}', '<$randomInt:1 6>'],
    ['{{$base64 {{user}}:{{password}}}}', '<$base64:<user>:<password>>'],
    ['{{$base64 {{$sha256 a}}}}', '<$base64:<$sha256:a>>'],
    ['{"a":{{x}}}', '{"a":<x>}'],
    ['{{{x}}}', '{<x>}'],
    ['{{{{x}}}}', '{{<x>}}'],
    ['{{}} {{ }} {{a} {{a {{b}}', '{{}} {{ }} {{a} {{a <b>'],
    ['{{a\nb}}', '{{a\nb}}'],
    ['{{$}} {{$1}}', '{{$}} {{$1}}'],
    ['{{$base64 never closed {{a}}', '{{$base64 never closed <a>'],
    ['\\{{a}} {{b}}', '{{a}} <b>'],
    ['\\\\{{a}}', '\\\\<a>'],
    ['\\\\\\{{a}}', '\\\\{{a}}'],
    ['\\{{}}', '\\{{}}'],
    ['\\{{$base64 {{a}}}}', '{{$base64 {{a}}}}'],
    ['{{$base64 \\{{a}}}}', '<$base64:{{a}}>'],
  ])('%j is %j', (text, expected) => expect(shape(parseTemplate(text))).toBe(expected));

  it('leaves every text without braces alone', () => {
    assert(
      property(string(), (text) => {
        const free = text.replaceAll('{', '(');
        expect(shape(parseTemplate(free))).toBe(free);
      }),
    );
  });

  it('covers any text without a gap', () => {
    const part = constantFrom('{', '}', '{{', '}}', '\\', '$base64 ', ' ', 'a', '\n');
    assert(
      property(array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const pieces = parseTemplate(text);
        const covered = pieces.map(({ start, end }) => text.slice(start, end)).join('');
        expect(covered).toBe(text);
        for (const piece of pieces) {
          if (piece.kind === 'text') continue;
          expect(text.slice(piece.start, piece.start + 2)).toBe('{{');
          expect(text.slice(piece.end - 2, piece.end)).toBe('}}');
        }
      }),
    );
  });

  it('stays quick with what is never closed', () => {
    const start = performance.now();
    parseTemplate('{{$base64 '.repeat(5000));
    parseTemplate('{{'.repeat(200_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
