import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { chooseBoundary, encodeMultipart } from '../../src/http/multipart.ts';
import type { Body, FileSpec } from '../../src/http/types.ts';

const BOUNDARY = '0123456789abcdef0123456789abcdef';

function encode(data: Record<string, string> | null, files: readonly (readonly [string, FileSpec])[]): Body {
  return encodeMultipart(data, files, BOUNDARY).body;
}

async function textOf(body: Body): Promise<string> {
  if (body.kind === 'blob') return body.blob.text();
  return body.kind === 'bytes' ? new TextDecoder().decode(body.bytes) : '';
}

describe('encodeMultipart', () => {
  test('writes data fields first, then files, each with its fields in order', async () => {
    const body = encode({ k: 'v' }, [
      ['f', ['a"b\r\n.txt', 'one', 'text/plain', { 'X-Extra': '1', 'Content-Type': 'ignored/type' }]],
      ['bare', 'two'],
      ['none', [null, Uint8Array.of(0x33)]],
    ]);
    expect(await textOf(body)).toBe(
      [
        `--${BOUNDARY}`,
        'Content-Disposition: form-data; name="k"',
        '',
        'v',
        `--${BOUNDARY}`,
        'Content-Disposition: form-data; name="f"; filename="a%22b%0D%0A.txt"',
        'Content-Type: text/plain',
        'X-Extra: 1',
        '',
        'one',
        `--${BOUNDARY}`,
        'Content-Disposition: form-data; name="bare"; filename="bare"',
        '',
        'two',
        `--${BOUNDARY}`,
        'Content-Disposition: form-data; name="none"',
        '',
        '3',
        `--${BOUNDARY}--`,
        '',
      ].join('\r\n'),
    );
  });

  test('puts Blobs in by reference: it reads none', async () => {
    const reads = (['arrayBuffer', 'stream', 'text'] as const).map((way) => vi.spyOn(Blob.prototype, way));
    const body = encode({ k: 'é' }, [['f', new File(['content'], 'folder/name.txt', { type: 'text/x' })]]);
    expect(reads.some((read) => read.mock.calls.length > 0)).toBe(false);
    for (const read of reads) read.mockRestore();
    expect(body.kind).toBe('blob');
    expect(await textOf(body)).toBe(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="k"\r\n\r\né\r\n` +
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="name.txt"\r\n\r\ncontent\r\n` +
        `--${BOUNDARY}--\r\n`,
    );
  });

  test('says the same with bytes and with a Blob', async () => {
    const withBytes = encode({ a: '☃' }, [['f', ['n', new TextEncoder().encode('x')]]]);
    const withBlob = encode({ a: '☃' }, [['f', ['n', new Blob(['x'])]]]);
    expect(await textOf(withBlob)).toBe(await textOf(withBytes));
  });

  test('refuses text that UTF-8 cannot say', () => {
    expect(() => encode({ a: '\ud800' }, [['f', 'x']])).toThrow(RangeError);
  });

  test("is read back by the platform's parser", async () => {
    const name = fc.stringMatching(/^[\w é☃"-]{1,12}$/u);
    const content = fc.string({ unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, content), { minLength: 1 }), async (fields) => {
        const files = fields.map(([field, value]): [string, FileSpec] => [field, [`${field}.txt`, value]]);
        const { body, contentType } = encodeMultipart(fields, files, BOUNDARY);
        if (body.kind !== 'bytes') throw new Error('not bytes');
        const form = await new Response(Uint8Array.from(body.bytes), {
          headers: { 'content-type': contentType },
        }).formData();
        const read = await Promise.all(
          Array.from(form, async ([field, value]) => {
            return typeof value === 'string' ? [field, value] : [field, await value.text(), value.name];
          }),
        );
        expect(read).toEqual([...fields, ...fields.map(([field, value]) => [field, value, `${field}.txt`])]);
      }),
    );
  });
});

test('a boundary is 32 hexadecimal digits, another each time', () => {
  expect(chooseBoundary()).toMatch(/^[0-9a-f]{32}$/);
  expect(chooseBoundary()).not.toBe(chooseBoundary());
});
