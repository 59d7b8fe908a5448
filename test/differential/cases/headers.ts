import type { Case } from '../case.ts';
import { one } from './one.ts';

/** Request fields, and how a session's join them. */
export const headers: readonly Case[] = [
  one('default fields', {}),
  one('a field of the caller’s own', { headers: [['X-Custom', 'a value']] }),
  one('names keep their case', {
    headers: [
      ['x-lower', '1'],
      ['X-UPPER', '2'],
      ['x-MiXeD', '3'],
    ],
  }),
  one('many fields keep their order', { headers: ['zeta', 'Alpha', 'mid', 'X-1', 'beta'].map((name) => [name, name]) }),
  one('a default field replaced', { headers: [['accept', 'application/vnd.github.v3.text-match+json']] }),
  one('default fields replaced', {
    headers: [
      ['USER-AGENT', 'me/1.0'],
      ['accept-encoding', 'gzip'],
    ],
  }),
  one('default fields removed', {
    headers: [
      ['Accept', null],
      ['Connection', null],
    ],
  }),
  one('User-Agent removed', { headers: [['User-Agent', null]] }),
  one('Accept-Encoding removed', { headers: [['Accept-Encoding', null]] }),
  one('a field that is not there removed', { headers: [['X-None', null]] }),
  one('an empty value', { headers: [['X-Empty', '']] }),
  one('a value with spaces inside', { headers: [['X-Spaces', 'a  b\tc']] }),
  one('punctuation in a value', { headers: [['X-Punct', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~']] }),
  one('punctuation in a name', { headers: [["X!#$%&'*+-.^_`|~", 'x']] }),
  one('a Latin-1 value', { headers: [['X-Latin', 'café ÿ']] }),
  one('a long value', { headers: [['X-Long', 'x'.repeat(8000)]] }),
  one('Content-Type without a body', { headers: [['Content-Type', 'application/json']] }),
  one('Content-Type beside JSON', {
    method: 'POST',
    json: { a: 1 },
    headers: [['content-type', 'application/vnd.api+json']],
  }),
  one('Content-Length corrected', { method: 'POST', data: 'four', headers: [['Content-Length', '4']] }),
  one('Host of the caller’s own', { headers: [['Host', 'virtual.example']] }),
  one('fields that browsers forbid', {
    headers: [
      ['Origin', 'https://example.com'],
      ['Referer', 'https://example.com/page'],
      ['DNT', '1'],
      ['Via', '1.1 proxy'],
      ['TE', 'trailers'],
      ['Date', 'Tue, 15 Nov 1994 08:12:31 GMT'],
      ['Sec-Fetch-Mode', 'navigate'],
      ['Sec-Own', 'x'],
      ['Access-Control-Request-Method', 'PUT'],
      ['X-HTTP-Method-Override', 'TRACE'],
    ],
  }),
  one('Range without Accept-Encoding', {
    headers: [
      ['Range', 'bytes=0-99'],
      ['Accept-Encoding', null],
    ],
  }),
  one('conditional and range fields', {
    headers: [
      ['Range', 'bytes=0-99'],
      ['If-None-Match', '"abc"'],
      ['If-Modified-Since', 'Tue, 15 Nov 1994 08:12:31 GMT'],
      ['Cache-Control', 'max-age=0'],
      ['Pragma', 'no-cache'],
      ['Accept-Language', 'de-CH'],
      ['Priority', 'u=1'],
    ],
  }),
  one(
    'session and request',
    {
      headers: [
        ['x-a', 'request'],
        ['X-C', '3'],
      ],
    },
    {
      session: {
        headers: [
          ['X-A', 'session'],
          ['X-B', '2'],
        ],
      },
    },
  ),
  one(
    'a field of the session removed',
    { headers: [['x-a', null]] },
    {
      session: {
        headers: [
          ['X-A', '1'],
          ['X-B', '2'],
        ],
      },
    },
  ),
  one('the session’s User-Agent', {}, { session: { headers: [['user-agent', 'tool/2']] } }),
  ...[
    ['a leading space', ' x'],
    ['a leading tab', '\tx'],
    ['a line break', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['an injected field', 'a\r\nX-Evil: 1'],
    ['a trailing line break', 'a\n'],
  ].map(([what = '', value = '']) => one(`a value with ${what}`, { headers: [['X-Bad', value]] })),
  ...[
    ['a colon', 'X:Y'],
    ['a leading space', ' X'],
    ['a line break', 'X\nY'],
    ['no character', ''],
  ].map(([what, name = '']) => one(`a name with ${what}`, { headers: [[name, 'x']] })),
];
