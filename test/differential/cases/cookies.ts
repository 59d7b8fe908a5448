import type { Case, Reply } from '../case.ts';
import { moved, one } from './one.ts';

const setting = (...lines: readonly string[]): Reply => ({
  fields: lines.map((line) => ['Set-Cookie', line]),
  body: 'set',
});

/** First `/set` with those Set-Cookie lines, then the other paths. */
function stored(name: string, lines: readonly string[], paths: readonly string[] = ['/after']): Case {
  return {
    name: `cookies: ${name}`,
    steps: ['/set', ...paths].map((path) => ({ method: 'GET', url: `{echo}${path}` })),
    replies: { '/set': [setting(...lines)] },
  };
}

/** The jar: what it takes, keeps and sends. Rules in which Requests and RFC 6265 differ are not asked here. */
export const cookies: readonly Case[] = [
  stored('one', ['a=1; Path=/']),
  stored('several lines', ['a=1; Path=/', 'b=2; Path=/', 'c=3; Path=/']),
  stored('the same name twice', ['a=1; Path=/', 'a=2; Path=/']),
  stored('a path that matches', ['a=1; Path={path}/in'], ['/in', '/in/side', '/inside', '/out']),
  stored('two paths', ['a=outer; Path={path}', 'a=inner; Path={path}/in'], ['/in/x', '/out']),
  stored('no path', ['a=1'], ['/after', '/deeper/after']),
  stored('attributes', ['a=1; Path=/; HttpOnly; SameSite=Lax']),
  stored('Secure over http', ['a=1; Path=/; Secure', 'b=2; Path=/']),
  stored('Max-Age', ['a=1; Path=/; Max-Age=1000', 'b=2; Path=/; Max-Age=0']),
  stored('Expires', [
    'a=1; Path=/; Expires=Fri, 31 Dec 2100 23:59:59 GMT',
    'b=2; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  ]),
  stored('another domain', ['a=1; Path=/; Domain=example.com', 'b=2; Path=/']),
  stored('punctuation in the value', ["a=!#$%&'()*+-./:<>?@[]^_`{|}~; Path=/"]),
  stored('equals in the value', ['a=b=c==; Path=/']),
  stored('an empty value', ['a=; Path=/']),
  {
    name: 'cookies: deleted by the server',
    steps: ['/set', '/check', '/delete', '/check'].map((path) => ({ method: 'GET', url: `{echo}${path}` })),
    replies: { '/set': [setting('a=1; Path=/', 'b=2; Path=/')], '/delete': [setting('a=; Path=/; Max-Age=0')] },
  },
  {
    name: 'cookies: replaced by the server',
    steps: ['/set', '/change', '/check'].map((path) => ({ method: 'GET', url: `{echo}${path}` })),
    replies: { '/set': [setting('a=1; Path=/', 'b=2; Path=/')], '/change': [setting('a=new; Path=/')] },
  },
  {
    name: 'cookies: set on a redirect',
    steps: [
      { method: 'GET', url: '{echo}/start' },
      { method: 'GET', url: '{echo}/after' },
    ],
    replies: {
      '/start': [moved(302, '{echo}/end', [['Set-Cookie', 'a=1; Path=/']])],
      '/end': [setting('b=2; Path=/')],
    },
  },
  {
    name: 'cookies: deleted on a redirect',
    steps: ['/set', '/start', '/after'].map((path) => ({ method: 'GET', url: `{echo}${path}` })),
    replies: {
      '/set': [setting('a=1; Path=/')],
      '/start': [moved(302, '{echo}/end', [['Set-Cookie', 'a=; Path=/; Max-Age=0']])],
    },
  },
  one('cookies: of the request', { cookies: { a: '1', b: 'two' } }),
  one('cookies: of the session', {}, { session: { cookies: { a: '1', b: 'two' } } }),
  one('cookies: of both', { cookies: { b: 'request', c: '3' } }, { session: { cookies: { a: '1', b: 'session' } } }),
  one('cookies: a Cookie field', { headers: [['Cookie', 'mine=1']] }),
  one(
    'cookies: a Cookie field over the jar',
    { headers: [['cookie', 'mine=1']], cookies: { a: '1' } },
    { session: { cookies: { b: '2' } } },
  ),
  one(
    'cookies: a Cookie field and a redirect',
    { url: '{echo}/start', headers: [['Cookie', 'mine=1']] },
    { replies: { '/start': [moved(302, '{echo}/end')] } },
  ),
  one(
    'cookies: of the request, over a redirect',
    { url: '{echo}/start', cookies: { a: '1' } },
    { replies: { '/start': [moved(302, '{echo}/end')] } },
  ),
  {
    name: 'cookies: of one request are not kept',
    steps: [
      { method: 'GET', url: '{echo}/1', cookies: { once: '1' } },
      { method: 'GET', url: '{echo}/2' },
    ],
  },
  {
    name: 'cookies: ports share them',
    steps: [
      { method: 'GET', url: '{echo}/set' },
      { method: 'GET', url: '{other}/after' },
      { method: 'GET', url: '{local}/after' },
    ],
    replies: { '/set': [setting('a=1; Path=/')] },
  },
];
