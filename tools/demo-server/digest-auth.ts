import { createHash, randomBytes } from 'node:crypto';
import type { Answer } from './answer.ts';
import { html, json } from './answer.ts';
import { readCookies, setCookie } from './cookie-text.ts';
import type { DemoRequest } from './request.ts';
import { utf8 } from './text-encoding.ts';

/** What the address of a digest route asks for. */
interface Demand {
  readonly qop: string;
  readonly user: string;
  readonly password: string;
  readonly algorithm?: string;
  /** After how many good answers the nonce goes stale; no number: never. */
  readonly staleAfter?: string;
}

const hashes: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512': 'sha512' };
const realm = 'Fake Realm';
const fake = setCookie('fake', 'fake_value');

/** HTTP Digest (RFC 7616). Like httpbin it keeps no state: the client's cookies carry the nonce's. */
export function digestAuth(request: DemoRequest, demand: Demand): Answer {
  const { user, password, staleAfter = 'never' } = demand;
  const needsCookie = ['1', 't', 'true'].includes(
    request.query.find(([name]) => name === 'require-cookie')?.[1].toLowerCase() ?? '',
  );
  const cookies = readCookies(request.field('Cookie'));
  const credentials = readCredentials(request.field('Authorization'));
  const askedStale = setCookie('stale_after', staleAfter);
  if (!credentials || (needsCookie && request.field('Cookie') === undefined)) {
    return challenge(demand, false, [askedStale, fake]);
  }
  if (needsCookie && cookies.get('fake') !== 'fake_value') {
    return json({ errors: ['missing cookie set on challenge'] }, [fake], 403);
  }
  const nonce = credentials.get('nonce') ?? '';
  const left = cookies.get('stale_after');
  const again = [askedStale, setCookie('last_nonce', nonce), fake];
  if (cookies.get('last_nonce') === nonce || left === '0') return challenge(demand, true, again);
  const right = expectedResponse(request, credentials, password);
  if (credentials.get('username') !== user || credentials.get('response') !== right) {
    return challenge(demand, false, again);
  }
  return json({ authenticated: true, user }, left ? [fake, setCookie('stale_after', oneLess(left))] : [fake]);
}

function challenge(demand: Demand, stale: boolean, fields: [string, string][]): Answer {
  const algorithm = demand.algorithm !== undefined && demand.algorithm in hashes ? demand.algorithm : 'MD5';
  const qop = ['auth', 'auth-int'].includes(demand.qop) ? demand.qop : 'auth, auth-int';
  const random = () => hash(algorithm, randomBytes(16));
  const parts = [
    `realm="${realm}"`,
    `nonce="${random()}"`,
    `qop="${qop}"`,
    `opaque="${random()}"`,
    `algorithm=${algorithm}`,
    `stale=${stale ? 'TRUE' : 'FALSE'}`,
  ];
  return html('', 401, [['WWW-Authenticate', `Digest ${parts.join(', ')}`], ...fields]);
}

/** The parameters of a Digest Authorization field; nothing if one that it cannot do without is missing. */
function readCredentials(field: string | undefined): Map<string, string> | undefined {
  const [, list] = /^digest\s+(.*)$/i.exec(field ?? '') ?? [];
  if (list === undefined) return undefined;
  const pairs = [...list.matchAll(/([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))/g)];
  const found = new Map(
    pairs.map(([, name = '', quoted, plain = '']) => [
      name.toLowerCase(),
      utf8(quoted?.replace(/\\(.)/g, '$1') ?? plain),
    ]),
  );
  const needed = ['username', 'realm', 'nonce', 'uri', 'response', ...(found.has('qop') ? ['nc', 'cnonce'] : [])];
  return needed.every((name) => found.has(name)) ? found : undefined;
}

function expectedResponse(request: DemoRequest, credentials: ReadonlyMap<string, string>, password: string): string {
  const get = (name: string) => credentials.get(name) ?? '';
  const algorithm = get('algorithm').toUpperCase();
  const qop = credentials.get('qop');
  const session = algorithm.endsWith('-SESS');
  const user = hash(algorithm, `${get('username')}:${get('realm')}:${password}`);
  const secret = session ? hash(algorithm, `${user}:${get('nonce')}:${get('cnonce')}`) : user;
  const body = qop === 'auth-int' ? `:${hash(algorithm, request.body)}` : '';
  const action = hash(algorithm, `${request.method}:${utf8(request.target)}${body}`);
  const middle = qop === undefined ? get('nonce') : [get('nonce'), get('nc'), get('cnonce'), qop].join(':');
  return hash(algorithm, `${secret}:${middle}:${action}`);
}

function hash(algorithm: string, data: string | Uint8Array): string {
  return createHash(hashes[algorithm.replace(/-SESS$/, '')] ?? 'md5')
    .update(data)
    .digest('hex');
}

function oneLess(count: string): string {
  return /^\s*[+-]?\d+\s*$/.test(count) ? String(Number(count) - 1) : 'never';
}
