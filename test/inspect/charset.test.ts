import { describe, expect, it } from 'vitest';
import { decoderFor } from '../../src/http/text-encoding.ts';
import { asUtf8 } from '../../src/inspect/as-utf8.ts';
import { CHARSETS, chooseCharset } from '../../src/inspect/charset.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('chooseCharset', () => {
  it.each([
    ['text/html; charset=ISO-8859-2', [], 'iso-8859-2', 'declared'],
    ['text/plain; charset=nonsense', [], 'utf-8', 'unknown'],
    ['text/plain; charset=iso-2022-kr', [], 'utf-8', 'unknown'],
    ['text/plain; charset=utf-16', [0xff, 0xfe, 0x61, 0], 'utf-16le', 'declared'],
    ['text/plain; charset=utf-16', [0x61, 0], 'utf-16le', 'declared'],
    ['text/plain', [0xef, 0xbb, 0xbf, 0x61], 'utf-8', 'mark'],
    ['text/plain', [0xfe, 0xff, 0, 0x61], 'utf-16be', 'mark'],
    ['text/plain', [0xff, 0xfe, 0, 0], 'utf-32le', 'mark'],
    ['application/json', [0x7b, 0, 0x22, 0], 'utf-16le', 'json'],
    ['application/json', [0, 0x7b, 0, 0x22], 'utf-16be', 'json'],
    ['application/json', [0, 0, 0, 0x7b], 'utf-32be', 'json'],
    ['application/json', [0x7b, 0, 0, 0], 'utf-32le', 'json'],
    ['application/json', [0x7b, 0x22], 'utf-8', 'json'],
    ['text/plain', [0xc3, 0xa9], 'utf-8', 'guessed'],
    ['text/plain', [0x63, 0x61, 0x66, 0xe9, 0x20, 0x6e, 0x6f, 0x69, 0x72], 'windows-1252', 'guessed'],
    [null, [], 'utf-8', 'guessed'],
  ] as const)('%s with %j is %s, %s', (field, head, charset, source) => {
    expect(chooseCharset(field, Uint8Array.from(head))).toEqual({ charset, source });
  });

  it('takes no offence at a character that is cut by the end of the part seen', () => {
    for (const tail of [[0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xc3, 0xa9]]) {
      expect(chooseCharset('text/plain', Uint8Array.from([0xc3, 0xa9, ...tail]), true).charset).toBe('utf-8');
    }
    expect(chooseCharset('text/plain', Uint8Array.of(0x61, 0xc3)).charset).not.toBe('utf-8');
  });

  it('offers charsets that can be decoded', () => {
    // Node's TextDecoder alone does not know this one.
    const known = CHARSETS.filter((charset) => charset !== 'iso-8859-16');
    for (const charset of known) expect(decoderFor(charset), charset).not.toBeNull();
  });

  it('believes what HTML and XML say of themselves', () => {
    expect(chooseCharset('text/html', ascii('<meta charset="koi8-r">')).charset).toBe('koi8-r');
    expect(chooseCharset('text/xml', ascii('<?xml version="1.0" encoding="ISO-8859-1"?>')).charset).toBe('iso-8859-1');
    expect(chooseCharset('text/html', ascii('<meta charset="utf-16">')).charset).toBe('utf-8');
  });
});

describe('asUtf8', () => {
  it('leaves UTF-8 as it is, its mark apart', async () => {
    const plain = new Blob([Uint8Array.of(0x61, 0xff)]);
    expect(await asUtf8(plain, 'UTF-8')).toBe(plain);
    expect(await (await asUtf8(new Blob(['\ufeffa']), 'utf-8')).text()).toBe('a');
  });

  it('turns anything else into UTF-8', async () => {
    const utf16 = new Blob([Uint8Array.of(0xff, 0xfe, 0x3d, 0xd8, 0x00, 0xde, 0xe9, 0)]);
    expect(await (await asUtf8(utf16, 'utf-16le')).text()).toBe('😀é');
    const latin1 = new Blob([Uint8Array.of(0xe9, 0x80)]);
    const utf32 = new Blob([Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0, 0x00, 0xf6, 0x01, 0)]);
    expect(await (await asUtf8(utf32, 'utf-32le')).text()).toBe('a😀');
    expect(await (await asUtf8(latin1, 'iso-8859-1')).text()).toBe('é\u0080');
  });
});
