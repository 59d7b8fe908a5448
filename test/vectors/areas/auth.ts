import { createHash } from 'node:crypto';
import { parseChallenges } from '../../../src/http/auth/challenges.ts';
import { algorithmOf, digestResponse } from '../../../src/http/auth/digest-hash.ts';
import { HTTPDigestAuth } from '../../../src/http/auth/digest.ts';
import { Session } from '../../../src/http/session.ts';
import type { HeaderLine } from '../../../src/http/types.ts';
import { ScriptedTransport } from '../../support/scripted-transport.ts';
import type { Areas, Divergence, VectorCase } from '../area.ts';
import { isRecord, item, list, matches, number, record, show, text } from '../values.ts';
import { RecordingAdapter } from './recording-adapter.ts';

type Input = VectorCase['input'];

function digestAuth(input: Input): HTTPDigestAuth {
  return new HTTPDigestAuth(text(input['username']), text(input['password']), { cnonce: () => text(input['cnonce']) });
}

/** The Digest challenge of a WWW-Authenticate line; undefined when there is none. */
function digestParams(line: string): Readonly<Record<string, string | null>> | undefined {
  return parseChallenges([line]).find(({ scheme }) => scheme.toLowerCase() === 'digest')?.params;
}

async function header(input: Input): Promise<string | undefined> {
  const auth = digestAuth(input);
  const challenge = digestParams(text(input['challenge']));
  let value: string | null = null;
  if (challenge === undefined) return undefined;
  for (let use = 0; use < number(input['uses'] ?? 1); use += 1)
    value = await auth.buildDigestHeader(challenge, text(input['method']), text(input['url']));
  // A KeyError of Requests (no realm, no nonce) is no header here.
  return value ?? undefined;
}

/** Auth-params of a Digest field; unescaped quotes inside a value, as Requests writes them, are read too. */
function authParams(field: string): Map<string, string> {
  const params = field.replace(/^Digest /, '').matchAll(/([\w*]+)=(?:"(.*?)"|([^",]*))(?=, [\w*]+=|$)/gs);
  return new Map(
    Array.from(params, ([, name = '', quoted, bare = '']) => [name, (quoted ?? bare).replace(/\\(.)/gs, '$1')]),
  );
}

function sameField(actual: unknown, expected: unknown): boolean {
  if (typeof actual !== 'string' || typeof expected !== 'string') return matches(actual, expected);
  const [one, two] = [authParams(actual), authParams(expected)];
  return one.size === two.size && [...two].every(([name, value]) => one.get(name) === value);
}

/** The field as RFC 7616 §3.4 has it, worked out here without the engine's hashes. */
function fieldByRfc(input: Input, challenge: Readonly<Record<string, string | null>>, hashName: string): string {
  const hash = (data: string): string => createHash(hashName).update(data).digest('hex');
  const { pathname, search } = new URL(text(input['url']));
  const uri = pathname + search;
  const [username, password, cnonce] = [text(input['username']), text(input['password']), text(input['cnonce'])];
  const { realm = '', nonce = '', opaque, algorithm } = challenge;
  const offered = (challenge['qop'] ?? '').split(',').map((choice) => choice.trim());
  const qop = offered.includes('auth') ? 'auth' : 'auth-int';
  const nc = number(input['uses'] ?? 1)
    .toString(16)
    .padStart(8, '0');
  const secret = hash(`${username}:${realm}:${password}`);
  const ha1 = algorithm?.toLowerCase().endsWith('-sess') === true ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const ha2 = hash(`${text(input['method'])}:${uri}${qop === 'auth-int' ? `:${hash('')}` : ''}`);
  const params = [
    `username="${username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${hash(`${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}`)}"`,
    ...(opaque ? [`opaque="${opaque}"`] : []),
    ...(algorithm ? [`algorithm="${algorithm}"`] : []),
    `qop="${qop}"`,
    `nc=${nc}`,
    `cnonce="${cnonce}"`,
  ];
  return `Digest ${params.join(', ')}`;
}

/** Names of RFC 7616 §6.1 as OpenSSL has them. */
const OPENSSL: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA: 'sha1',
  'SHA-256': 'sha256',
  'SHA-512': 'sha512',
  'SHA-512-256': 'sha512-256',
};

function rfcRule(input: Input, c: VectorCase): Divergence | undefined {
  if (typeof c.expected === 'string') return { rule: 'challenges are split by RFC 9110 §11.6.1', expected: c.expected };
  const params = digestParams(text(input['challenge'])) ?? {};
  const hashName = OPENSSL[(params['algorithm'] ?? 'MD5').toUpperCase().replace(/-SESS$/, '')];
  if (hashName === undefined) return undefined;
  return {
    rule: 'every -sess, SHA-512-256, auth-int and a qop list with spaces are answered by RFC 7616',
    expected: fieldByRfc(input, params, hashName),
  };
}

async function sequence(input: Input): Promise<unknown> {
  const auth = digestAuth(input);
  const steps = list(input['sequence']).map(record);
  const script = steps.flatMap((step) =>
    list(step['responses']).map((response) => ({
      status: number(item(response, 0)),
      headers: list(item(response, 1)).map((line): HeaderLine => [text(item(line, 0)), text(item(line, 1))]),
    })),
  );
  const adapter = new RecordingAdapter(new ScriptedTransport(script));
  const session = new Session();
  session.mount('http://', adapter);
  const statuses: number[] = [];
  for (const step of steps)
    statuses.push((await session.request(text(step['method']), text(step['url']), { auth })).status);
  return { statuses, sent: adapter.sent.map((r) => [r.method, r.url, r.headers.get('Authorization')]) };
}

function sameSequence(actual: unknown, expected: unknown): boolean {
  if (!isRecord(actual) || !isRecord(expected) || !matches(actual['statuses'], expected['statuses'])) return false;
  const [got, wanted] = [list(actual['sent']), list(expected['sent'])];
  const same = (line: unknown, want: unknown): boolean =>
    list(want).every((part, i) => (i === 2 ? sameField : matches)(item(line, i), part));
  return got.length === wanted.length && wanted.every((want, i) => same(got[i], want));
}

/** A nonce stays with the origin that gave it: fields for other origins are left out. */
function ownOriginOnly(input: Input, c: VectorCase): Divergence {
  const first = record(list(input['sequence'])[0]);
  const { origin } = new URL(text(first['url']));
  const expected = record(c.expected);
  const sent = list(expected['sent']).map((line) => [
    ...list(line).slice(0, 2),
    new URL(text(item(line, 1))).origin === origin ? item(line, 2) : null,
  ]);
  return { rule: 'a nonce is never shown to another origin', expected: { ...expected, sent } };
}

async function formula(input: Input): Promise<{ response: string }> {
  const algorithm = algorithmOf(text(input['algorithm']));
  if (algorithm === undefined) throw new Error(`no algorithm ${show(input['algorithm'])}`);
  const { qop, body } = input;
  const response = await digestResponse({
    algorithm,
    username: text(input['username']),
    password: text(input['password']),
    realm: text(input['realm']),
    nonce: text(input['nonce']),
    cnonce: text(input['cnonce']),
    nc: number(input['nc']).toString(16).padStart(8, '0'),
    qop: qop === 'auth' || qop === 'auth-int' ? qop : null,
    method: text(input['method']),
    uri: text(input['uri']),
    body: body instanceof Uint8Array ? body : new Uint8Array(),
  });
  return { response };
}

async function withUserhash(input: Input): Promise<unknown> {
  const params = authParams((await header(input)) ?? '');
  return { username_hash: params.get('username'), response: params.get('response') };
}

export const areas: Areas = {
  digest_header: { run: header, compare: sameField, divergence: rfcRule },
  digest_sequence: { run: sequence, compare: sameSequence, divergence: ownOriginOnly },
  rfc_digest_sha512_256_userhash: { run: withUserhash },
  rfc_digest_sess: { run: formula },
  rfc_digest_auth_int: { run: formula },
  rfc_digest_matrix: { run: formula },
};
