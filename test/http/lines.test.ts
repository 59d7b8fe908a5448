import { array, assert, asyncProperty, boolean, constantFrom, integer, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitLines } from '../../src/http/lines.ts';
import { ResponseBody } from '../../src/http/response-body.ts';

async function* pieces<T>(parts: readonly T[]): AsyncGenerator<T> {
  yield* parts;
}

async function linesOf(parts: readonly string[], delimiter: string | null = null): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of splitLines(pieces(parts), delimiter)) lines.push(line);
  return lines;
}

/** Texts with many line ends of every kind, cut anywhere. */
const cutText = array(
  array(constantFrom('a', 'bc', '\n', '\r', '\r\n', '\u2028', '\x85', ' '), { maxLength: 4 }).map((p) => p.join('')),
  { maxLength: 6 },
);

describe('lines', () => {
  test('do not depend on where the text is cut', async () => {
    await assert(
      asyncProperty(cutText, async (parts) => {
        expect(await linesOf(parts)).toEqual(await linesOf([parts.join('')]));
      }),
    );
  });

  test('bytes break at CR and LF only', async () => {
    const lines: string[] = [];
    const bytes = [Buffer.from('a\x85b\x0bc\r'), Buffer.from('\nd')].map((part) => new Uint8Array(part));
    for await (const line of splitLines(pieces(bytes), null)) lines.push(Buffer.from(line).toString());
    expect(lines).toEqual(['a\x85b\x0bc', 'd'].map((line) => Buffer.from(line).toString()));
  });

  test('with a delimiter the text behind the last one of a piece counts, as in Requests', async () => {
    expect(await linesOf(['a|', 'b|'], '|')).toEqual(['a', '', 'b', '']);
    expect(await linesOf(['a\r', '\nb\r\n'], '\r\n')).toEqual(['a', 'b', '']);
  });
});

describe('pieces of a body', () => {
  const chunks = array(uint8Array({ maxLength: 9 }), { maxLength: 6 });

  function bodyOf(parts: readonly Uint8Array[]): ResponseBody {
    return new ResponseBody(
      new ReadableStream({
        start(controller) {
          for (const part of parts) controller.enqueue(part);
          controller.close();
        },
      }),
    );
  }

  test('put together are the body, and no longer than asked for', async () => {
    await assert(
      asyncProperty(chunks, integer({ min: 1, max: 7 }), boolean(), async (parts, size, exact) => {
        const got: Uint8Array[] = [];
        for await (const piece of bodyOf(parts).iterate(size, exact)) got.push(piece);
        expect(Buffer.concat(got)).toEqual(Buffer.concat(parts));
        expect(got.every((piece) => piece.length > 0 && piece.length <= size)).toBe(true);
        if (exact) expect(got.slice(0, -1).every((piece) => piece.length === size)).toBe(true);
      }),
    );
  });

  test('stopped anywhere, the rest is still there', async () => {
    await assert(
      asyncProperty(chunks, integer({ min: 1, max: 7 }), boolean(), async (parts, size, exact) => {
        const body = bodyOf(parts);
        const first = await body.iterate(size, exact).next();
        const taken = first.done === true ? new Uint8Array() : first.value;
        if (first.done === true) return;
        expect(Buffer.concat([taken, await body.bytes()])).toEqual(Buffer.concat(parts));
      }),
    );
  });
});
