import { bytes, map, parts } from '../case.ts';
import type { AuthSetup, Case, Step } from '../case.ts';

/** What httpbin shows of a request includes these, whose values are the sender's own. */
const plain = [
  ['User-Agent', 'differential'],
  ['Accept-Encoding', 'gzip, deflate, br'],
  ['Cache-Control', 'no-cache'],
  ['Pragma', 'no-cache'],
  ['Priority', 'u=4'],
] as const;

function bin(path: string, step: Partial<Step> = {}): Case {
  const { method = 'GET', headers = [] } = step;
  return {
    name: `httpbin: ${method} ${path}${step.auth ? ` ${step.auth.type}` : ''}${what(step)}`,
    steps: [{ method, url: `{httpbin}${path}`, ...step, headers: [...plain, ...headers] }],
  };
}

function what({ params, data, json, files, allowRedirects, headers }: Partial<Step>): string {
  const given = Object.entries({ params, data, json, files, allowRedirects, headers });
  return given.flatMap(([name, value]) => (value === undefined ? [] : [` ${name}`])).join('');
}

const me: AuthSetup = { type: 'pair', username: 'user', password: 'passwd' };
const digest: AuthSetup = { ...me, type: 'digest' };

/** The same against the real httpbin. */
export const httpbin: readonly Case[] = [
  bin('/get', { params: map(['q', 'a b'], ['n', ['1', '2']]) }),
  bin('/headers', { headers: [['X-Own', 'value']] }),
  ...['POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => [
    bin(`/${method.toLowerCase()}`, { method, data: map(['a', '1'], ['b', 'ü ☃']) }),
    bin(`/${method.toLowerCase()}`, { method, json: { a: [1, null], b: 'ü' } }),
  ]),
  bin('/anything/a%20b?x=1', { method: 'POST', data: bytes(new Uint8Array([0, 1, 254, 255])) }),
  bin('/anything', { method: 'POST', data: map(['a', '1']), files: parts(['f', ['a.txt', 'content', 'text/plain']]) }),
  bin('/anything', { method: 'PROPFIND', params: map(['a', 'b']) }),
  bin('/user-agent'),
  bin('/status/200'),
  ...[204, 400, 404, 418, 429, 500, 503].map((status) => bin(`/status/${status}`)),
  bin('/status/404', { method: 'DELETE' }),
  bin('/redirect/1'),
  bin('/redirect/4'),
  bin('/relative-redirect/3'),
  bin('/absolute-redirect/3'),
  bin('/redirect/2', { allowRedirects: false }),
  bin('/redirect-to?url=/get&status_code=307', { method: 'GET' }),
  bin('/redirect-to?url=/post&status_code=307', { method: 'POST', data: map(['a', 'b']) }),
  bin('/redirect-to?url=/get&status_code=303', { method: 'POST', data: map(['a', 'b']) }),
  bin('/basic-auth/user/passwd', { auth: me }),
  bin('/basic-auth/user/other', { auth: me }),
  bin('/basic-auth/user/passwd'),
  bin('/hidden-basic-auth/user/passwd', { auth: me }),
  bin('/bearer', { headers: [['Authorization', 'Bearer token']] }),
  bin('/bearer'),
  ...['MD5', 'SHA-256', 'SHA-512'].map((name) => bin(`/digest-auth/auth/user/passwd/${name}`, { auth: digest })),
  bin('/digest-auth/auth/user/other', { auth: digest }),
  bin('/gzip'),
  bin('/deflate'),
  bin('/brotli'),
  bin('/encoding/utf8'),
  bin('/html'),
  bin('/json'),
  bin('/xml'),
  bin('/robots.txt'),
  bin('/deny'),
  bin('/image/png'),
  bin('/base64/SFRUUEJJTiBpcyBhd2Vzb21l'),
  bin('/bytes/200?seed=7'),
  bin('/stream-bytes/3000?seed=7&chunk_size=500'),
  bin('/stream/3'),
  bin('/range/100', { headers: [['Range', 'bytes=10-19']] }),
  bin('/etag/abc', { headers: [['If-None-Match', 'abc']] }),
  bin('/cache', { headers: [['If-Modified-Since', 'Tue, 15 Nov 1994 08:12:31 GMT']] }),
  bin('/response-headers?X-One=1&X-Two=a%20b'),
  bin('/links/3/0'),
  bin('/drip?numbytes=5&duration=0&delay=0'),
  {
    name: 'httpbin: cookies set, shown and deleted',
    steps: ['/cookies/set?a=1&b=2', '/cookies', '/cookies/delete?a', '/cookies'].map((path) => ({
      method: 'GET',
      url: `{httpbin}${path}`,
      headers: plain,
    })),
  },
];
