import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { bytes } from '../case.ts';
import type { Bytes, Case, Reply, Step } from '../case.ts';
import { one } from './one.ts';

const answer = (name: string, reply: Reply, step: Partial<Step> = {}): Case =>
  one(`response: ${name}`, { url: '{echo}/r', ...step }, { replies: { '/r': [reply] } });

const typed = (type: string, body: string | Bytes): Reply => ({ fields: [['Content-Type', type]], body });
const encoded = (coding: string, body: Uint8Array): Reply => ({
  fields: [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Encoding', coding],
  ],
  body: bytes(body),
});

const text = 'Ein längerer Text, der sich gut packen lässt. '.repeat(20);
const latin = bytes(new Uint8Array([0x93, 0x68, 0xe9, 0x94, 0x80]));

/** What becomes of an answer: status, fields, charset, text, JSON, links. */
export const responses: readonly Case[] = [
  ...[
    200, 201, 202, 203, 204, 206, 226, 299, 304, 400, 401, 403, 404, 410, 418, 422, 429, 451, 499, 500, 502, 503, 599,
    600, 999,
  ].map((status) => answer(`status ${status}`, { status })),
  answer('a reason of its own', { status: 404, reason: 'Nothing Here' }),
  answer('a reason beyond ASCII', { status: 404, reason: 'Pas trouv\u00e9' }),
  answer('no reason', { raw: 'HTTP/1.1 404 \r\nConnection: close\r\nContent-Length: 0\r\n\r\n' }),
  answer('HTTP/1.0', { raw: 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nuntil the end' }),
  answer('no length', { raw: 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end' }),
  answer('chunks', {
    raw: 'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3;ext=1\r\ntwo\r\n0\r\n\r\n',
  }),
  answer('chunks and a trailer', {
    raw: 'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\nX-Trailer: 1\r\n\r\n',
  }),
  answer('early hints first', {
    raw: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok',
  }),
  answer('HEAD with a length', { fields: [['Content-Type', 'text/html']], body: 'not sent' }, { method: 'HEAD' }),
  answer('repeated fields', {
    fields: [
      ['X-A', '1'],
      ['x-b', '2'],
      ['x-a', '3'],
      ['Set-Cookie', 'c=1'],
      ['Set-Cookie', 'd=2'],
    ],
  }),
  answer('field names in odd case', {
    fields: [
      ['x-lower', 'a'],
      ['X-UPPER', 'b'],
    ],
  }),
  answer('an empty field', { fields: [['X-Empty', '']] }),
  answer('a Latin-1 field', { fields: [['X-Latin', 'caf\u00e9']] }),
  answer('a field of 60,000 bytes', { fields: [['X-Long', 'x'.repeat(60_000)]] }),

  answer('text without a charset', typed('text/html', latin)),
  answer('text in UTF-8', typed('text/html; charset=UTF-8', 'é ☃ 𝄞')),
  answer(
    'text in broken UTF-8',
    typed('text/plain; charset=utf-8', bytes(new Uint8Array([0x61, 0xff, 0xc3, 0x62, 0xe2, 0x98]))),
  ),
  answer('text with a byte order mark', typed('text/plain; charset=utf-8', '\ufeffmarked')),
  answer('text in ISO-8859-1', typed('text/plain; charset=ISO-8859-1', latin)),
  answer('text in windows-1252', typed('text/plain; charset=windows-1252', latin)),
  answer('text in an unknown charset', typed('text/plain; charset=x-none', 'plain')),
  answer('a quoted charset', typed('text/plain; charset="utf-8"', 'é')),
  answer('a single-quoted charset', typed("text/plain; charset='utf-8'", 'é')),
  answer('a charset among parameters', typed('text/plain; a=b; Charset=utf-8; c=d', 'é')),
  answer('a charset twice', typed('text/plain; charset=latin-1; charset=utf-8', 'é')),
  answer('a charset parameter without a value', typed('text/html; charset', 'é')),
  answer('a media type in capitals', typed('TEXT/PLAIN; charset=utf-8', 'é')),
  answer('no media type, ASCII', { body: 'plain' }),
  answer('no media type, UTF-8', { body: 'Grüße, ☃ und mehr. Здравствуйте.' }),
  answer('nothing at all', { body: '' }),

  answer('JSON', typed('application/json', '{"a": [1, 2.5, null, true], "ä": "\\u2603"}')),
  answer('JSON in UTF-16', typed('application/json', bytes(Buffer.from('{"a": "é"}', 'utf16le')))),
  answer('JSON with a byte order mark', typed('application/json', '\ufeff{"a": 1}')),
  answer('JSON without a type', { body: '{"a": 1}' }),
  answer('JSON beyond JavaScript', typed('application/json', '[NaN, Infinity, 12345678901234567890]')),
  answer('broken JSON', typed('application/json', '{"a": 1')),
  answer('no JSON', typed('text/html', '<p>')),
  answer('empty JSON', typed('application/json', '')),

  answer('gzip', encoded('gzip', gzipSync(text))),
  answer('deflate', encoded('deflate', deflateSync(text))),
  answer('raw deflate', encoded('deflate', deflateRawSync(text))),
  answer('Brotli', encoded('br', brotliCompressSync(text))),
  answer('x-gzip', encoded('x-gzip', gzipSync(text))),
  answer('an unknown coding', encoded('x-none', Buffer.from('as it is'))),

  ...[
    ['one link', '<https://api.example/x?page=2>; rel="next"'],
    [
      'two links',
      '<https://api.example/x?page=2>; rel="next", <https://api.example/x?page=9>; rel="last"; title="End"',
    ],
    ['links without rel', '<a>; type="text/css", <b>'],
    ['links badly written', '<a; rel=x, ;, <c>;d'],
  ].map(([what = '', link = '']) => answer(what, { fields: [['Link', link]] })),
];
