import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { HTTPBearerAuth } from '../../../src/http/auth/bearer.ts';
import { parseChallenges } from '../../../src/http/auth/challenges.ts';
import { HTTPDigestAuth } from '../../../src/http/auth/digest.ts';
import { UnrewindableBodyError } from '../../../src/http/errors.ts';
import { Session } from '../../../src/http/session.ts';
import type { HeaderLine, RequestOptions } from '../../../src/http/types.ts';
import { ScriptedTransport, type Step } from '../../support/scripted-transport.ts';

const OPENSSL = {
  MD5: 'md5',
  'SHA-256': 'sha256',
  'SHA-512': 'sha512',
  'SHA-512-256': 'sha512-256',
  SHA: 'sha1',
} as const;

function challenge(...lines: string[]): Step {
  return { status: 401, headers: lines.map((line): HeaderLine => ['WWW-Authenticate', line]) };
}

function params(field: string | undefined): Record<string, string> {
  const found = (field ?? '').matchAll(/([\w*]+)=(?:"((?:[^"\\]|\\.)*)"|([^", ]*))/g);
  return Object.fromEntries(Array.from(found, ([, name = '', quoted, bare = '']) => [name, quoted ?? bare]));
}

async function answers(
  script: readonly Step[],
  requests: readonly (RequestOptions & { url?: string; method?: string })[] = [{}],
) {
  const wire = new ScriptedTransport(script);
  const session = new Session({ transport: wire });
  const auth = new HTTPDigestAuth('u', 'p', { cnonce: () => 'c' });
  const responses = [];
  for (const { url = 'http://h.example/x', method = 'GET', ...options } of requests)
    responses.push(await session.request(method, url, { ...options, auth }));
  const fields = wire.sent.map(({ headers }) => headers.find(([name]) => name === 'Authorization')?.[1]);
  return { responses, fields };
}

describe('which challenge is answered', () => {
  test('the strongest of several lines', async () => {
    const digest = (algorithm: string): string =>
      `Digest realm="r", nonce="n-${algorithm}", qop="auth", algorithm=${algorithm}`;
    const { fields } = await answers([challenge('Basic realm="b"', digest('MD5'), digest('SHA-256'), digest('FOO'))]);
    expect(params(fields[1])).toMatchObject({ algorithm: 'SHA-256', nonce: 'n-SHA-256' });
  });

  test('the strongest of several in one line', async () => {
    const line =
      'Digest realm="a, b", nonce="1", qop="auth", Digest realm="r", nonce="2", algorithm=SHA-512-256, qop="auth", Negotiate';
    expect(params((await answers([challenge(line)])).fields[1])['nonce']).toBe('2');
  });

  test('none without nonce or realm: the answer stands', async () => {
    const { responses, fields } = await answers([challenge('Digest realm="r"')]);
    expect(responses[0]?.status).toBe(401);
    expect(fields).toHaveLength(1);
  });

  test('an unknown algorithm is met again without a signature, as in Requests', async () => {
    const { fields } = await answers([challenge('Digest realm="r", nonce="n", algorithm=TOKEN'), { status: 401 }]);
    expect(fields).toEqual([undefined, undefined]);
  });
});

describe('the signature', () => {
  test.each(Object.keys(OPENSSL).flatMap((name) => [name, `${name}-sess`]))('%s', async (algorithm) => {
    const { fields } = await answers([challenge(`Digest realm="r", nonce="n", qop="auth", algorithm=${algorithm}`)]);
    const base = algorithm.replace('-sess', '') as keyof typeof OPENSSL;
    const hash = (text: string): string => createHash(OPENSSL[base]).update(text).digest('hex');
    const secret = hash('u:r:p');
    const ha1 = algorithm.endsWith('-sess') ? hash(`${secret}:n:c`) : secret;
    expect(params(fields[1])['response']).toBe(hash(`${ha1}:n:00000001:c:auth:${hash('GET:/x')}`));
  });

  test('auth-int covers the body, wherever it is', async () => {
    const hash = (text: string): string => createHash('md5').update(text).digest('hex');
    const expected = hash(`${hash('u:r:p')}:n:00000001:c:auth-int:${hash(`POST:/x:${hash('body')}`)}`);
    for (const data of ['body', new Blob(['body'])]) {
      const line = 'Digest realm="r", nonce="n", qop="auth-int"';
      const { fields } = await answers([challenge(line)], [{ method: 'POST', data }]);
      expect(params(fields[1])).toMatchObject({ qop: 'auth-int', response: expected });
    }
  });

  test('auth-int alone, from a server that names no algorithm: bare once as in Requests, then signed', async () => {
    const line = 'Digest realm="r", nonce="n", qop="auth-int"';
    const { fields, responses } = await answers([challenge(line), challenge(line)]);
    expect(fields.map((field) => params(field)['qop'])).toEqual([undefined, undefined, 'auth-int']);
    expect(responses[0]?.history.map(({ status }) => status)).toEqual([401, 401]);
  });

  test('RFC 7616 §3.9.2 with userhash', async () => {
    const auth = new HTTPDigestAuth('Jäsøn Doe', 'Secret, or not?', {
      cnonce: () => 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
    });
    const [parsed] = parseChallenges([
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true',
    ]);
    const field = await auth.buildDigestHeader(parsed?.params ?? {}, 'GET', 'http://api.example.org/doe.json');
    expect(params(field ?? '')).toMatchObject({
      username: '793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b',
      response: '3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5',
      userhash: 'true',
    });
  });

  test('a name that Latin-1 cannot write goes into username*, quotes are escaped', async () => {
    const field = (name: string): Promise<string | null> =>
      new HTTPDigestAuth(name, 'p').buildDigestHeader({ realm: 'r"q', nonce: 'n' }, 'GET', 'http://h/');
    expect(await field('Łukasz')).toContain("username*=UTF-8''%C5%81ukasz, ");
    expect(await field('a"b\\')).toContain('username="a\\"b\\\\", realm="r\\"q"');
  });
});

describe('nonces', () => {
  const line = 'Digest realm="r", nonce="n1", qop="auth"';

  test('are used again at once, counting', async () => {
    const { fields } = await answers([challenge(line)], [{}, {}, {}]);
    expect(fields.map((field) => params(field)['nc'])).toEqual([undefined, '00000001', '00000002', '00000003']);
  });

  test('a stale one is replaced', async () => {
    const stale = challenge('Digest realm="r", nonce="n2", stale=TRUE, qop="auth"');
    const { fields } = await answers([challenge(line), {}, stale], [{}, {}]);
    expect(fields.map((field) => [params(field)['nonce'], params(field)['nc']])).toEqual([
      [undefined, undefined],
      ['n1', '00000001'],
      ['n1', '00000002'],
      ['n2', '00000001'],
    ]);
  });

  test('are never shown to another origin', async () => {
    const { fields } = await answers(
      [challenge(line)],
      [{}, { url: 'http://other.example/' }, { url: 'http://h.example:81/' }, { url: 'https://h.example/' }, {}],
    );
    expect(fields.map((field) => params(field)['nc'])).toEqual([
      undefined,
      '00000001',
      undefined,
      undefined,
      undefined,
      '00000002',
    ]);
  });

  test('two requests at once have two counts', async () => {
    const wire = new ScriptedTransport([challenge(line)]);
    const session = new Session({ transport: wire, auth: new HTTPDigestAuth('u', 'p') });
    await session.get('http://h.example/');
    await Promise.all([session.get('http://h.example/1'), session.get('http://h.example/2')]);
    const counts = wire.sent.map(
      ({ headers }) => params(headers.find(([name]) => name === 'Authorization')?.[1])['nc'],
    );
    expect(new Set(counts)).toEqual(new Set([undefined, '00000001', '00000002', '00000003']));
  });
});

describe('rounds', () => {
  test('one answer a hop: a second challenge stands', async () => {
    const line = 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5';
    const { responses, fields } = await answers([challenge(line), challenge(line), {}]);
    expect([responses[0]?.status, fields.length]).toEqual([401, 2]);
  });

  test('endless challenges end', async () => {
    function* forever(): Generator<Step> {
      for (let n = 0; ; n += 1) yield challenge(`Digest realm="r", nonce="${n}", qop="auth-int"`);
    }
    const wire = new ScriptedTransport(forever());
    const session = new Session({ transport: wire, auth: new HTTPDigestAuth('u', 'p') });
    expect((await session.get('http://h.example/')).status).toBe(401);
    expect(wire.sent).toHaveLength(3);
  });

  test('a body that cannot be read again is not sent again', async () => {
    const data = new ReadableStream<Uint8Array>({ pull: (c) => c.close() });
    const sent = answers([challenge('Digest realm="r", nonce="n"')], [{ method: 'POST', data }]);
    await expect(sent).rejects.toBeInstanceOf(UnrewindableBodyError);
  });
});

describe('challenges', () => {
  test.each([
    ['Basic', [{ scheme: 'Basic', token68: null, params: {} }]],
    ['Negotiate YII==', [{ scheme: 'Negotiate', token68: 'YII==', params: {} }]],
    [
      'Basic realm="a, \\"b\\"" , charset=UTF-8',
      [{ scheme: 'Basic', token68: null, params: { realm: 'a, "b"', charset: 'UTF-8' } }],
    ],
    [
      'Negotiate, Basic realm=x,,NTLM',
      [
        { scheme: 'Negotiate', token68: null, params: {} },
        { scheme: 'Basic', token68: null, params: { realm: 'x' } },
        { scheme: 'NTLM', token68: null, params: {} },
      ],
    ],
    ['realm="x"', []],
    ['', []],
  ])('%s', (line, expected) => {
    expect(parseChallenges([line])).toEqual(expected);
  });
});

describe('Bearer', () => {
  test('a token, or what gets it for each request', async () => {
    const wire = new ScriptedTransport();
    const session = new Session({ transport: wire });
    let count = 0;
    await session.get('http://h.example/', { auth: new HTTPBearerAuth('t') });
    const fresh = new HTTPBearerAuth(async () => `t${(count += 1)}`);
    await session.get('http://h.example/', { auth: fresh });
    await session.get('http://h.example/', { auth: fresh });
    const fields = wire.sent.map(({ headers }) => headers.find(([name]) => name === 'Authorization')?.[1]);
    expect(fields).toEqual(['Bearer t', 'Bearer t1', 'Bearer t2']);
  });
});
