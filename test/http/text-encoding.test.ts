import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guessCharset } from '../../src/http/charset-guess.ts';
import { CaseInsensitiveHeaders } from '../../src/http/headers.ts';
import { decoderFor, decodeText, getEncodingFromHeaders } from '../../src/http/text-encoding.ts';

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('decodeText', () => {
  test.each(['ISO-8859-1', 'latin1', 'iso_8859-1', 'L1'])('%s is true Latin-1, not windows-1252', (label) => {
    expect(decodeText(allBytes, label)).toBe(String.fromCharCode(...allBytes));
  });

  test.each([
    ['us-ascii', [0x61, 0, 0xe9], 'a\0\ufffd'],
    ['windows-1252', [0x93, 0x68, 0x94, 0x80, 0x81, 0xe9], '“h”€\ufffdé'],
    ['iso-8859-9', [0x80, 0xdd], '\x80İ'],
    ['cp1251', [0xcf, 0x98], 'П\ufffd'],
    ['windows-1254', [0x8e, 0xde], '\ufffdŞ'],
    ['utf-8', [0xef, 0xbb, 0xbf, 0x61, 0xff], '\ufeffa\ufffd'],
    ['utf-8-sig', [0xef, 0xbb, 0xbf, 0x61], 'a'],
    ['utf-16', [0xfe, 0xff, 0, 0x61], 'a'],
    ['utf-16', [0x61, 0], 'a'],
    ['utf-16', [0x61], '\ufffd'],
    ['utf-16-le', [0xff, 0xfe, 0x61, 0], '\ufeffa'],
    ['utf-32', [0xff, 0xfe, 0, 0, 0, 0xf6, 1, 0], '\u{1f600}'],
    ['utf-32-be', [0, 1, 0xf6, 0, 0, 0, 0xd8, 0, 0], '\u{1f600}\ufffd\ufffd'],
    ['shift_jis', [0x93, 0xfa], '日'],
    ['euc_jp', [0xc6, 0xfc], '日'],
    ['no-such-charset', [0xc3, 0xa9], 'é'],
    ['', [0xc3, 0xa9], 'é'],
  ])('%s %j', (encoding, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes), encoding)).toBe(text);
  });

  test('pieces give the same as the whole', () => {
    const encodings = fc.constantFrom(
      'latin1',
      'ascii',
      'utf-8',
      'utf-8-sig',
      'utf-16',
      'utf-16-be',
      'utf-32',
      'cp1252',
      'gb18030',
    );
    const byte = fc.constantFrom(0, 0x41, 0x80, 0xc3, 0xa9, 0xd8, 0xef, 0xbb, 0xbf, 0xfe, 0xff, 0xf0, 0x9f);
    fc.assert(
      fc.property(encodings, fc.array(fc.array(byte)), (encoding, chunks) => {
        const decoder = decoderFor(encoding);
        const pieces = chunks.map((chunk) => decoder?.decode(Uint8Array.from(chunk))).join('') + decoder?.flush();
        expect(pieces).toBe(decodeText(Uint8Array.from(chunks.flat()), encoding));
      }),
    );
  });

  test('an unknown encoding has no decoder', () => {
    expect(decoderFor('no-such-charset')).toBeNull();
    expect(decoderFor('replacement')).toBeNull();
  });
});

test.each([
  ['text/html', 'ISO-8859-1'],
  ['TEXT/HTML', null],
  ['application/x-text-foo', 'ISO-8859-1'],
  ['application/json', 'utf-8'],
  ['application/ld+json', null],
  ['text/html; charset=""', ''],
  ['text/html; Charset=UTF-8; charset=latin1', 'latin1'],
])('the encoding of %j is %s', (type, encoding) => {
  expect(getEncodingFromHeaders(new CaseInsensitiveHeaders({ 'content-type': type }))).toBe(encoding);
});

describe('guessCharset', () => {
  test.each([
    ['utf-8-sig', [0xef, 0xbb, 0xbf, 0x61]],
    ['utf-16', [0xff, 0xfe, 0x61, 0]],
    ['utf-16-le', [0x61, 0, 0x62, 0]],
    ['utf-16-be', [0, 0x61, 0, 0x62]],
    ['ascii', [0x61, 0x62]],
    ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x46, 0x7c]],
    ['utf-8', [0x61, 0xc3, 0xa9]],
    ['windows-1252', [0x63, 0x61, 0x66, 0xe9]],
  ])('%s', (encoding, bytes) => {
    expect(guessCharset(Uint8Array.from(bytes))).toBe(encoding);
  });

  test.each([
    [
      'shift_jis',
      'grGC6oLNg2WDWINngsWCt4FCk/qWe4zqgsyVto/NgvCPkYKigsSCooLcgreBQg==',
      'これはテストです。日本語の文章を書いています。',
    ],
    [
      'euc-jp',
      'pLOk7KTPpcaluaXIpMekuaGjxvzL3LjspM7KuL7PpPK98aSkpMakpKTepLmhow==',
      'これはテストです。日本語の文章を書いています。',
    ],
    [
      'gb18030',
      '1eLKx9K7uPay4srUoaPO0sPH1f3U2tC01tDOxLXEzsTVwqOsv7S/tMTcsrvE3Mq2sfChow==',
      '这是一个测试。我们正在写中文的文章，看看能不能识别。',
    ],
    [
      'big5',
      's2+sT6RArdO0+rjVoUOn2q3Mpb+mYrxnpKSk5aq6pOWzuaFBrN2s3a/gpKOv4MPRp0+hQw==',
      '這是一個測試。我們正在寫中文的文章，看看能不能識別。',
    ],
    [
      'euc-kr',
      'wMywzcC6IMXXvbrGrsDUtM+02S4gx9Gxub7uILmuwOXAuyC+srDtIMDWvcC0z7TZLg==',
      '이것은 테스트입니다. 한국어 문장을 쓰고 있습니다.',
    ],
    ['windows-1251', '3fLuIO/w7uLl8OrgLiDM+yDv6Pjl7CDw8/Hx6ujpIPLl6vHyLg==', 'Это проверка. Мы пишем русский текст.'],
    ['koi8-r', '/NTPINDSz9fF0svBLiDt2SDQydvFzSDS1dPTy8nKINTFy9PULg==', 'Это проверка. Мы пишем русский текст.'],
    ['iso-8859-5', 'zeLeIN/g3tLV4NrQLiC86yDf2OjV3CDg4+Hh2tjZIOLV2uHiLg==', 'Это проверка. Мы пишем русский текст.'],
  ])('%s, whose text it reads', (encoding, base64, text) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    expect(guessCharset(bytes)).toBe(encoding);
    expect(decodeText(bytes, encoding)).toBe(text);
  });

  test('no bytes, no encoding', () => {
    expect(guessCharset(new Uint8Array())).toBeNull();
  });

  test('UTF-8 that the sample cuts in two is still UTF-8', () => {
    expect(guessCharset(new TextEncoder().encode('a' + 'é'.repeat(0x10000)))).toBe('utf-8');
  });
});
