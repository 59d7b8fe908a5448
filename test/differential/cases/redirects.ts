import { chunks, file, map, parts } from '../case.ts';
import type { Case, Reply, Step } from '../case.ts';
import { moved, one } from './one.ts';

const statuses = [301, 302, 303, 307, 308];

/** A redirect from `/start`. */
function from(name: string, to: string | Reply, step: Partial<Step> = {}): Case {
  const reply = typeof to === 'string' ? moved(302, to) : to;
  return one(`redirect: ${name}`, { url: '{echo}/start', ...step }, { replies: { '/start': [reply] } });
}

/** `/0` sends on to `/1`, and so on, `count` times. */
function chain(count: number): Readonly<Record<string, readonly Reply[]>> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`/${at}`, [moved(302, `{echo}/${at + 1}`)]]));
}

const signed: Partial<Step> = {
  auth: { type: 'pair', username: 'user', password: 'pass' },
  headers: [['X-Api-Key', 'k']],
};

/** Redirects: method, body, fields and URL of what follows. */
export const redirects: readonly Case[] = [
  ...statuses.flatMap((status) => [
    ...['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].map((method) =>
      from(`${status} after ${method}`, moved(status, '{echo}/end'), { method, allowRedirects: true }),
    ),
    from(`${status} after a POST of a form`, moved(status, '{echo}/end'), { method: 'POST', data: map(['a', 'b']) }),
    from(`${status} after a PUT of JSON`, moved(status, '{echo}/end'), { method: 'PUT', json: { a: 1 } }),
  ]),
  from('301 after PROPFIND', moved(301, '{echo}/end'), { method: 'PROPFIND' }),
  ...[300, 304, 305, 306].map((status) => from(`${status} is none`, moved(status, '{echo}/end'))),
  from('HEAD does not follow', '{echo}/end', { method: 'HEAD' }),
  from('not followed', '{echo}/end?a#b', { allowRedirects: false }),
  from('a POST not followed', moved(303, '/elsewhere'), { method: 'POST', data: 'x', allowRedirects: false }),
  from('307 with a file', moved(307, '{echo}/end'), { method: 'POST', data: file('again') }),
  from('307 with parts', moved(307, '{echo}/end'), { method: 'POST', files: parts(['f', ['a.txt', 'again']]) }),
  from('307 with pieces', moved(307, '{echo}/end'), { method: 'POST', data: chunks('once') }),
  from('302 with pieces', moved(302, '{echo}/end'), { method: 'POST', data: chunks('once') }),

  from('to a path', '{path}/end'),
  from('to a relative path', 'end'),
  from('to a relative path with dots', '../{path}/./a/../end', { url: '{echo}/a/start' }),
  from('to a query', '?b=2', { url: '{echo}/start?a=1' }),
  from('to nothing', ''),
  from('without a Location', { status: 302 }),
  from('to another scheme', 'ftp://example.com/'),
  from('to javascript:', 'javascript:alert(1)'),
  from('to no host', 'http://'),
  from('to a scheme-relative URL', '//{host}{path}/end'),
  from('to a URL with a space', '{echo}/a b'),
  from('to a URL with escapes', '{echo}/%e2%98%83%2F?q=%20a'),
  from('to a URL in raw UTF-8', '{echo}/\u00e2\u0098\u0083'),
  from('to a port where nobody listens', '{closed}/x'),
  from('the fragment is inherited', '{echo}/end', { url: '{echo}/start#part' }),
  from('the fragment is replaced', '{echo}/end#new', { url: '{echo}/start#part' }),
  from('params are not repeated', '{echo}/end', { params: map(['a', 'b']) }),
  from('fields are carried along', '{echo}/end', {
    headers: [
      ['X-Own', '1'],
      ['Accept', 'text/html'],
    ],
  }),
  from('Host is carried along', '{echo}/end', { headers: [['Host', 'virtual.example']] }),

  from('auth stays on the same host', '{echo}/end', signed),
  from('auth goes with the port', '{other}/end', signed),
  from('auth goes with the name', '{local}/end', signed),
  from('an Authorization field goes with the port', '{other}/end', { headers: [['Authorization', 'Bearer x']] }),
  from('a token field of the caller’s own stays', '{other}/end', {
    auth: { type: 'own', field: 'X-TokenAuth', value: 't' },
  }),
  from('Proxy-Authorization goes', '{echo}/end', { auth: { type: 'proxy', username: 'a', password: 'b' } }),
  one(
    'redirect: auth does not come back',
    { url: '{echo}/start', ...signed },
    { replies: { '/start': [moved(302, '{other}/middle')], '/middle': [moved(302, '{echo}/end')] } },
  ),
  one(
    'redirect: the session’s auth does not come back',
    { url: '{echo}/start' },
    {
      session: { auth: { type: 'pair', username: 'user', password: 'pass' } },
      replies: { '/start': [moved(302, '{other}/middle')], '/middle': [moved(302, '{echo}/end')] },
    },
  ),
  one('redirect: five hops', { url: '{echo}/0' }, { replies: chain(5) }),
  one('redirect: thirty hops', { url: '{echo}/0' }, { replies: chain(30) }),
  one('redirect: thirty-one hops', { url: '{echo}/0' }, { replies: chain(31) }),
  one('redirect: in a circle', { url: '{echo}/0' }, { replies: { '/0': [moved(302, '{echo}/0')] } }),
  one('redirect: three of two', { url: '{echo}/0' }, { session: { maxRedirects: 2 }, replies: chain(3) }),
  one('redirect: two of two', { url: '{echo}/0' }, { session: { maxRedirects: 2 }, replies: chain(2) }),
  one('redirect: one of none', { url: '{echo}/0' }, { session: { maxRedirects: 0 }, replies: chain(1) }),
  one(
    'redirect: POST, then 307, then 303',
    { method: 'POST', url: '{echo}/a', data: 'body' },
    {
      replies: { '/a': [moved(307, '{echo}/b')], '/b': [moved(303, '{echo}/c')] },
    },
  ),
];
