import { describe, expect, test } from 'vitest';
import { parseMediaType } from '../../../src/inspect/media-type.ts';
import { readCertificates } from '../../../src/inspect/preview/certificate.ts';
import { csvCells, csvSeparator } from '../../../src/inspect/preview/csv-cells.ts';
import { multipartParts, urlencodedParts } from '../../../src/inspect/preview/form-parts.ts';
import { readJwt } from '../../../src/inspect/preview/jwt.ts';
import { previewKind } from '../../../src/inspect/preview/preview-kind.ts';
import { formatXml } from '../../../src/inspect/preview/xml-format.ts';
import { CsvScanner } from '../../../src/inspect/stream/csv-scanner.ts';
import { tlsCertificates } from '../../support/tls-certificates.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('what a body can be looked at as', () => {
  test.each([
    ['text/html; charset=x', '', 'html'],
    ['image/svg+xml', '', 'svg'],
    ['application/vnd.api+xml', '', 'xml'],
    ['application/problem+cbor', '', 'cbor'],
    ['text/plain', '%PDF-1.7', 'pdf'],
    [null, '-----BEGIN CERTIFICATE-----\n', 'pem'],
    [null, 'eyJhbGciOiJub25lIn0.eyJhIjoxfQ.', 'jwt'],
    ['text/plain', 'just text', null],
    ['application/json', '%PDF-1.7', null],
  ])('%s %s', (type, head, expected) => {
    expect(previewKind(parseMediaType(type), utf8(head))).toBe(expected);
  });
});

describe('XML', () => {
  test('is indented; text, CDATA and what is not well-formed stay as they are', () => {
    const xml =
      '<?xml version="1.0"?><!-- c --><a x="1>2"><b/><c>t <i>x</i></c>\n<d><![CDATA[<e>]]></d><p xml:space="preserve"> <q/> </p></a>';
    expect(formatXml(xml).split('\n')).toEqual([
      '<?xml version="1.0"?>',
      '<!-- c -->',
      '<a x="1>2">',
      '  <b/>',
      '  <c>t <i>x</i></c>',
      '  <d><![CDATA[<e>]]></d>',
      '  <p xml:space="preserve"> <q/> </p>',
      '</a>',
    ]);
    expect(formatXml('<a><b></a>')).toBe('<a>\n  <b></a>');
    expect(formatXml('no xml')).toBe('no xml');
    expect(formatXml('<!DOCTYPE a [<!ENTITY b "c>">]><a/>')).toBe('<!DOCTYPE a [<!ENTITY b "c>">]>\n<a/>');
  });

  test('takes no time that grows with the square', () => {
    const started = performance.now();
    formatXml('<a>'.repeat(20_000));
    formatXml(`<r>${'<a><b>1</b></a>'.repeat(20_000)}</r>`);
    formatXml('<!DOCTYPE ['.repeat(5_000));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

test('a JWT is decoded, its times in words', () => {
  const token =
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiLDvCIsImlhdCI6MTUxNjIzOTAyMiwiZXhwIjoxNTE2MjM5MDIzLCJuIjo5MDA3MTk5MjU0NzQwOTkzfQ.c2ln';
  expect(readJwt(`${token}\n`, Date.UTC(2020, 1))).toEqual({
    header: '{"alg":"HS256"}',
    payload: '{"sub":"ü","iat":1516239022,"exp":1516239023,"n":9007199254740993}',
    times: ['iat: issued 2018-01-18T01:30:22.000Z', 'exp: expires 2018-01-18T01:30:23.000Z (past)'],
    signature: 'c2ln',
  });
  expect(readJwt('a.b', 0)).toBeNull();
  expect(readJwt('a!.b.c', 0)).toBeNull();
});

test('a certificate tells its fields', async () => {
  const { good } = await tlsCertificates();
  const [read] = await readCertificates(utf8(good.cert));
  expect(read?.names).toContain('localhost');
  expect(read?.key).toMatch(/^RSA, \d{4} bits$|^EC, P-256$/);
  expect(read?.fingerprint).toMatch(/^([\da-f]{2}:){31}[\da-f]{2}$/);
  expect(Date.parse(read?.notAfter ?? '')).toBeGreaterThan(Date.parse(read?.notBefore ?? ''));
  await expect(readCertificates(utf8('nothing'))).rejects.toThrow('No certificate');
  await expect(readCertificates(Uint8Array.of(0x30, 0x85, 1))).rejects.toThrow();
});

describe('forms', () => {
  test('urlencoded: order, twice the same name, plus and escapes', () => {
    const parts = urlencodedParts(utf8('a=1&b=x+y%20z&a=%C3%BC&flag'));
    expect(parts.map(({ name, content }) => [name, text(content)])).toEqual([
      ['a', '1'],
      ['b', 'x y z'],
      ['a', 'ü'],
      ['flag', ''],
    ]);
  });

  test('multipart: every byte of a part, lenient about the rest', () => {
    const body = utf8(
      'preamble\r\n--b.x\r\nContent-Disposition: form-data; name="f"; filename="a%22ü.bin"\r\nContent-Type: text/x\r\nX-Own: 1\r\n\r\nline\r\n--b.xy\r\n\r\n--b.x \r\n\r\nno head\r\n--b.x\n\nbare\n--b.x--\r\nepilogue',
    );
    const parts = multipartParts(body, 'multipart/form-data; boundary="b.x"');
    expect(parts?.map(({ name, filename, type, content }) => [name, filename, type, text(content)])).toEqual([
      ['f', 'a"ü.bin', 'text/x', 'line\r\n--b.xy\r\n'],
      ['', null, '', 'no head'],
      ['', null, '', 'bare'],
    ]);
    expect(parts?.[0]?.head).toContain('X-Own: 1');
    expect(multipartParts(utf8('x'), 'multipart/mixed; boundary=q')).toBeNull();
    expect(multipartParts(utf8('x'), 'multipart/mixed')).toBeNull();
  });
});

describe('CSV', () => {
  test('cells', () => {
    expect(csvCells('a,"b, ""c""",,"d\ne"', ',')).toEqual(['a', 'b, "c"', '', 'd\ne']);
    expect(csvCells('', ',')).toEqual(['']);
    expect(csvCells('"open', ',')).toEqual(['open']);
    expect(csvSeparator('a;b;"c,d"', 'text/csv')).toBe(';');
    expect(csvSeparator('a;b', 'text/tab-separated-values')).toBe('\t');
  });

  test('records: line ends between quotation marks are none', () => {
    const found: string[] = [];
    const bytes = utf8('a,b\r\n"x\ny",2\n\n3');
    const scanner = new CsvScanner((start, end) => found.push(text(bytes.slice(start, end))));
    for (const byte of bytes) scanner.push(Uint8Array.of(byte));
    scanner.finish();
    expect(found).toEqual(['a,b', '"x\ny",2', '3']);
  });
});
