import { bytes, chunks, file, map, parts } from '../case.ts';
import type { Case, Step } from '../case.ts';
import { one } from './one.ts';

const post = (name: string, step: Partial<Step>): Case => one(name, { method: 'POST', ...step });

const everyByte = bytes(Uint8Array.from({ length: 256 }, (_, at) => at));

/** What data, json and files become. */
export const bodies: readonly Case[] = [
  post('form data as a mapping', { data: map(['key', 'value'], ['n', 1]) }),
  post('form data as pairs', {
    data: [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ],
  }),
  post('form data with several values', { data: map(['a', ['1', null, '2']], ['b', null], ['c', []]) }),
  post('form data beyond ASCII', { data: map(['ä ö', '☃+~*'], ['b', bytes(new Uint8Array([0, 255]))]) }),
  post('form data with punctuation', { data: map(["!*'();:@&=+$,/?#[]", ' -_.~%"<>\\^`{|}\r\n']) }),
  post('form data of nothing but null', { data: map(['a', null]) }),
  post('form data empty', { data: map() }),
  post('form data as no pairs', { data: [] }),
  post('form data with a type of the caller’s own', {
    data: map(['a', 'b']),
    headers: [['Content-Type', 'text/plain']],
  }),
  post('text', { data: 'just text' }),
  post('text with a type', { data: '<a/>', headers: [['Content-Type', 'application/xml']] }),
  post('text beyond ASCII', { data: 'é ☃ 𝄞' }),
  post('empty text', { data: '' }),
  post('bytes', { data: everyByte }),
  post('no bytes', { data: bytes('') }),
  post('100,000 bytes', { data: bytes('0123456789'.repeat(10_000)) }),
  post('a file', { data: file('from a file') }),
  post('an empty file', { data: file('') }),
  post('pieces of unknown length', { data: chunks('one', 'two', 'three') }),
  post('pieces with a large one', { data: chunks('x'.repeat(70_000), 'y') }),
  post('pieces with an empty one', { data: chunks('', 'one', '', 'two') }),
  post('no pieces', { data: chunks() }),
  post('pieces with a type', { data: chunks('{"a": 1}'), headers: [['Content-Type', 'application/json']] }),

  ...[
    { a: 1, b: [true, false, null], c: { d: 'e' } },
    { text: 'é ☃ 𝄞 "quoted" \\ / \b\f\n\r\t\u0001\u007f\u2028' },
    [],
    {},
    0,
    false,
    'text',
    '',
    1.5,
    -0.25,
    1e21,
    1e-7,
    123456789012345,
    [[[]]],
  ].map((json) => post(`JSON ${JSON.stringify(json)}`, { json })),
  post('JSON null', { json: null }),
  post('JSON beside data', { json: { a: 1 }, data: map(['b', '2']) }),
  post('JSON beside empty data', { json: { a: 1 }, data: map() }),

  post('a file part by its content', { files: parts(['file', 'content']) }),
  post('a file part of bytes', { files: parts(['file', everyByte]) }),
  post('a file part with a name', { files: parts(['file', ['report.txt', 'content']]) }),
  post('a file part with a type', { files: parts(['file', ['report.xls', bytes('x'), 'application/vnd.ms-excel']]) }),
  post('a file part with fields', {
    files: parts(['file', ['a.txt', 'x', 'text/plain', { Expires: '0', 'X-A': 'b' }]]),
  }),
  post('a file part from a file', { files: parts(['file', file('content', 'folder/report.txt')]) }),
  post('a file part from a nameless file', { files: parts(['file', file('content')]) }),
  post('an empty file part', { files: parts(['file', ['empty.txt', '']]) }),
  post('parts without file names', { files: parts(['a', [null, 'b']], ['c', [null, '{"d": 1}', 'application/json']]) }),
  post('several parts of one name', {
    files: [
      ['f', ['1.txt', 'one']],
      ['f', ['2.txt', 'two']],
    ],
  }),
  post('parts and data', { data: map(['a', '1'], ['b', ['2', '3']]), files: parts(['file', ['x.txt', 'x']]) }),
  post('parts and data as pairs', {
    data: [
      ['a', '1'],
      ['n', 5],
    ],
    files: parts(['file', ['x.txt', 'x']]),
  }),
  post('parts and JSON', { json: { a: 1 }, files: parts(['file', ['x.txt', 'x']]) }),
  post('a file name beyond ASCII', { files: parts(['dätei', ['ünï☃.txt', 'x']]) }),
  post('a file name with quotes and line breaks', { files: parts(['a"b', ['c"d\r\ne.txt', 'x']]) }),
  post('a file name with a backslash', { files: parts(['file', ['a\\b.txt', 'x']]) }),
  post('a file name with a tab', { files: parts(['fi\tle', ['a\tb.txt', 'x']]) }),
  post('a part beyond ASCII', { data: map(['a', 'é☃']), files: parts(['file', ['x', 'ü']]) }),
  post('parts with a type of the caller’s own', {
    files: parts(['f', 'x']),
    headers: [['Content-Type', 'multipart/form-data; boundary=mine']],
  }),
  post('no parts but data', { files: parts(), data: map(['a', 'b']) }),
  post('parts beside text', { files: parts(['f', 'x']), data: 'text' }),
  post('parts beside pieces', { files: parts(['f', 'x']), data: chunks('a') }),
  one('parts in a PUT', { method: 'PUT', files: parts(['f', ['x.bin', everyByte]]) }),
];
