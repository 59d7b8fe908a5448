import { describe, expect, test, vi } from 'vitest';
import { bodyLength, makeBody } from '../../src/http/body.ts';
import { InvalidJSONError } from '../../src/http/errors.ts';
import type { Body, DataInit } from '../../src/http/types.ts';

function textOf(body: Body): string | null {
  return body.kind === 'bytes' ? new TextDecoder().decode(body.bytes) : null;
}

async function* pieces(...values: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* values;
}

describe('makeBody', () => {
  test.each<[DataInit, unknown, string | null, string | null]>([
    [{ a: '1', b: ['x', 'y'] }, undefined, 'a=1&b=x&b=y', 'application/x-www-form-urlencoded'],
    [[['a', 'b c']], { ignored: 1 }, 'a=b+c', 'application/x-www-form-urlencoded'],
    [new URLSearchParams('a=~'), undefined, 'a=~', 'application/x-www-form-urlencoded'],
    [{ a: null }, undefined, '', 'application/x-www-form-urlencoded'],
    ['raw é', { ignored: 1 }, 'raw é', null],
    [null, { a: 1 }, '{"a": 1}', 'application/json'],
    [{}, 0, '0', 'application/json'],
    ['', [], '[]', 'application/json'],
    [new Map(), false, 'false', 'application/json'],
    [null, null, null, null],
    [{}, undefined, null, null],
    [[], undefined, null, null],
    [new Uint8Array(), undefined, null, null],
  ])('data %j and json %j', (data, json, text, contentType) => {
    const made = makeBody(data, undefined, json);
    expect(textOf(made.body)).toBe(text);
    expect(made.body.kind).toBe(text === null ? 'none' : 'bytes');
    expect(made.contentType).toBe(contentType);
    expect(made.streamed).toBe(false);
  });

  test('takes buffers as they are, without copying', () => {
    const buffer = new ArrayBuffer(8);
    const whole = makeBody(buffer, undefined, undefined).body;
    const part = makeBody(new DataView(buffer, 2, 3), undefined, undefined).body;
    if (whole.kind !== 'bytes' || part.kind !== 'bytes') throw new Error('not bytes');
    expect(whole.bytes.buffer).toBe(buffer);
    expect(part.bytes.buffer).toBe(buffer);
    expect([part.bytes.byteOffset, part.bytes.byteLength]).toEqual([2, 3]);
  });

  test('takes a Blob by reference, without its type', async () => {
    const read = vi.spyOn(Blob.prototype, 'arrayBuffer');
    const { body, contentType, streamed } = makeBody(new Blob(['abc'], { type: 'text/plain' }), undefined, undefined);
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
    if (body.kind !== 'blob') throw new Error('not a blob');
    expect(body.blob.type).toBe('');
    expect(await body.blob.text()).toBe('abc');
    expect([contentType, streamed, bodyLength(body)]).toEqual([null, true, 3]);
  });

  test('hands a stream on untouched', () => {
    const stream = new ReadableStream<Uint8Array>();
    const { body } = makeBody(stream, undefined, undefined);
    if (body.kind !== 'stream') throw new Error('not a stream');
    expect(body.open()).toBe(stream);
    expect([body.length, body.rewindable]).toEqual([null, false]);
    expect(stream.locked).toBe(false);
  });

  test('makes a stream of an async iterable, reading only what is wanted', async () => {
    const source = pieces('a', Uint8Array.of(0x62), 'é');
    const next = vi.spyOn(source, 'next');
    const { body } = makeBody(source, undefined, undefined);
    if (body.kind !== 'stream') throw new Error('not a stream');
    const stream = body.open();
    expect(next).not.toHaveBeenCalled();
    expect(await new Response(stream).text()).toBe('abé');
  });

  test('ends the iterable when the stream is cancelled', async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) yield 'x';
      } finally {
        ended = true;
      }
    }
    const { body } = makeBody(endless(), undefined, undefined);
    if (body.kind !== 'stream') throw new Error('not a stream');
    const reader = body.open().getReader();
    await reader.read();
    await reader.cancel();
    expect(ended).toBe(true);
  });

  test('refuses what does not go together', () => {
    expect(() => makeBody('raw', { f: 'x' }, undefined)).toThrow(RangeError);
    expect(() => makeBody(new Uint8Array(1), { f: 'x' }, undefined)).toThrow(RangeError);
    expect(() => makeBody(pieces('x'), { f: 'x' }, undefined)).toThrow(
      'Streamed bodies and files are mutually exclusive.',
    );
    expect(() => makeBody(null, undefined, NaN)).toThrow(InvalidJSONError);
    expect(() => makeBody('\ud800', undefined, undefined)).toThrow(RangeError);
  });

  test('no files are no multipart body', () => {
    expect(makeBody({ a: '1' }, {}, undefined).contentType).toBe('application/x-www-form-urlencoded');
    expect(makeBody(null, [], { a: 1 }).contentType).toBe('application/json');
  });
});
