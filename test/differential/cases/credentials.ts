import type { AuthSetup, Case, Reply } from '../case.ts';
import { map } from '../case.ts';
import { moved, one } from './one.ts';

const who = { username: 'user', password: 'pass' } as const;
const pair: AuthSetup = { type: 'pair', ...who };
const digest: AuthSetup = { type: 'digest', username: 'Mufasa', password: 'Circle of Life' };

const challenge = (value: string): Reply => ({ status: 401, fields: [['WWW-Authenticate', value]], body: 'who?' });
const welcome: Reply = { body: 'welcome' };

/** A digest request, met by that challenge first. */
function digestCase(
  name: string,
  parameters: string,
  { method = 'GET', auth = digest, ...rest }: Partial<Case['steps'][0]> = {},
): Case {
  return one(
    `digest: ${name}`,
    { method, url: '{echo}/secret?a=b', auth, ...rest },
    { replies: { '/secret': [challenge(parameters), welcome] } },
  );
}

const nonce = 'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"';
const full = `Digest realm="http-auth@example.org", qop="auth", ${nonce}, opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;

/** Basic, digest and the caller's own. */
export const credentials: readonly Case[] = [
  one('auth as a pair', { auth: pair }),
  one('HTTPBasicAuth', { auth: { type: 'basic', ...who } }),
  one('HTTPProxyAuth', { auth: { type: 'proxy', ...who } }),
  one('an auth class of the caller’s own', { auth: { type: 'own', field: 'X-TokenAuth', value: '12345abcde-token' } }),
  one('auth over the Authorization field', { auth: pair, headers: [['Authorization', 'Bearer x']] }),
  one('an Authorization field alone', { headers: [['authorization', 'Bearer abc.def']] }),
  one('an empty pair', { auth: { type: 'pair', username: '', password: '' } }),
  one('a colon in the password', { auth: { type: 'pair', username: 'user', password: 'a:b' } }),
  one('Latin-1 credentials', { auth: { type: 'pair', username: 'üser', password: 'pässwörd' } }),
  one('credentials in the URL', { url: 'http://user:pass@{host}{path}/x' }),
  one('escaped credentials in the URL', { url: 'http://us%40er:p%3Ass%20@{host}{path}/x' }),
  one('a user without a password in the URL', { url: 'http://user@{host}{path}/x' }),
  one('credentials in the URL and a pair', { url: 'http://url:url@{host}{path}/x', auth: pair }),
  one('the session’s auth', {}, { session: { auth: pair } }),
  one('the session’s auth and the URL’s', { url: 'http://url:url@{host}{path}/x' }, { session: { auth: pair } }),
  one(
    'auth over the session’s',
    { auth: { type: 'pair', username: 'other', password: 'x' } },
    { session: { auth: pair } },
  ),
  one('auth with a body', { method: 'POST', auth: pair, data: map(['a', 'b']) }),
  one('a 401 to a pair', { url: '{echo}/no', auth: pair }, { replies: { '/no': [challenge('Basic realm="x"')] } }),
  {
    name: 'the session’s auth on every request',
    session: { auth: pair },
    steps: [
      { method: 'GET', url: '{echo}/1' },
      { method: 'GET', url: '{echo}/2' },
    ],
  },

  digestCase('MD5 with qop', full),
  digestCase('MD5 named', `${full}, algorithm=MD5`),
  digestCase('SHA-256', `${full}, algorithm=SHA-256`),
  digestCase('SHA-512', `${full}, algorithm=SHA-512`),
  digestCase('MD5-sess', `${full}, algorithm=MD5-sess`),
  digestCase('RFC 2069, without qop', `Digest realm="r", ${nonce}`),
  digestCase('a POST with a body', full, { method: 'POST', data: map(['a', 'b']) }),
  digestCase('a PUT of JSON', full, { method: 'PUT', json: { a: 1 } }),
  digestCase('a scheme in lower case', full.replace('Digest', 'digest')),
  digestCase('a realm with spaces and equals', `Digest realm="a realm, b=c", qop="auth", ${nonce}`),
  one('digest: refused twice', { url: '{echo}/secret', auth: digest }, { replies: { '/secret': [challenge(full)] } }),
  one('digest: no challenge', { url: '{echo}/open', auth: digest }),
  one(
    'digest: a 401 for another scheme',
    { url: '{echo}/no', auth: digest },
    { replies: { '/no': [challenge('Bearer')] } },
  ),
  one(
    'digest: then a redirect',
    { url: '{echo}/secret', auth: digest },
    { replies: { '/secret': [challenge(full), moved(302, '{echo}/after')] } },
  ),
  {
    name: 'digest: the nonce used again',
    steps: ['/secret', '/again', '/again?b'].map((path) => ({ method: 'GET', url: `{echo}${path}`, auth: digest })),
    replies: { '/secret': [challenge(full), welcome] },
  },
  {
    name: 'digest: a new nonce',
    steps: ['/secret', '/stale'].map((path) => ({ method: 'GET', url: `{echo}${path}`, auth: digest })),
    replies: {
      '/secret': [challenge(full), welcome],
      '/stale': [
        challenge('Digest realm="http-auth@example.org", qop="auth", nonce="another nonce", stale=true'),
        welcome,
      ],
    },
  },
  {
    name: 'digest: as the session’s auth',
    session: { auth: digest },
    steps: [
      { method: 'GET', url: '{echo}/secret' },
      { method: 'GET', url: '{echo}/again' },
    ],
    replies: { '/secret': [challenge(full), welcome] },
  },
];
