import { createHash } from 'node:crypto';
import { request as sendRequest } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpbin } from '../support/httpbin.ts';
import { startDemoServer } from '../../tools/demo-server/server.ts';

interface Question {
  readonly method?: string;
  readonly target: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

interface Reply {
  readonly status: string;
  readonly fields: [name: string, value: string][];
  readonly body: Buffer;
}

let demo: Awaited<ReturnType<typeof startDemoServer>>;
let httpbin: Awaited<ReturnType<typeof startHttpbin>>;

beforeAll(async () => {
  [demo, httpbin] = await Promise.all([startDemoServer(), startHttpbin()]);
});

afterAll(() => Promise.all([demo.close(), httpbin.close()]));

/** Sends the question as it stands, target included: no URL class mends it. */
function ask(port: number, { method = 'GET', target, fields = {}, body }: Question): Promise<Reply> {
  const length =
    body === undefined || 'Transfer-Encoding' in fields ? {} : { 'Content-Length': Buffer.byteLength(body) };
  const headers = { ...fields, ...length };
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest({ host: '127.0.0.1', port, method, path: target, headers, agent: false });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const lines = incoming.rawHeaders;
        resolve({
          status: `${incoming.statusCode} ${incoming.statusMessage}`,
          fields: lines.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), lines[at + 1] ?? '']] : [])),
          body: Buffer.concat(parts),
        });
      });
    });
    outgoing.end(body);
  });
}

/** Fields that no comparison can hold to: the server's own, and those that follow from them. */
const volatile = new Set(['date', 'server', 'connection', 'keep-alive']);

/** A reply with what must differ made equal: port, nonces, dates, JSON's white space and with it the length. */
function normalised({ status, fields, body }: Reply, port: number, withBody: boolean) {
  const text = (bytes: string) => bytes.replaceAll(`127.0.0.1:${port}`, 'HOST');
  const type = fields.find(([name]) => name === 'content-type')?.[1] ?? '';
  const kept = fields
    .filter(([name]) => !volatile.has(name))
    .map(([name, value]) => [name, normalisedField(name, text(value))].join(': '));
  const shownBody = type.startsWith('application/json')
    ? compact(text(body.toString()))
    : text(body.toString('latin1'));
  return { status, fields: kept.sort(), body: withBody ? shownBody : undefined };
}

function normalisedField(name: string, value: string): string {
  if (name === 'content-length') return value === '0' ? '0' : 'some';
  if (name === 'allow') return value.split(', ').sort().join(', ');
  if (name === 'last-modified') return value.replaceAll(/\d/g, '0').replaceAll(/[A-Z][a-z]{2}/g, 'Www');
  if (name === 'www-authenticate') {
    return value.replaceAll(/(nonce|opaque)="[0-9a-f]+"/g, '$1="…"').replace(/realm="[^"]*"/, 'realm="…"');
  }
  return value.replace(/^[0-9a-f]{32}$/, '…').replace(/last_nonce=[0-9a-f]{32,}/, 'last_nonce=…');
}

/** Takes the white space out between the tokens of a JSON text: keys, order, escapes and digits stay as they are. */
function compact(json: string): string {
  return json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, (_all, string: string | undefined) => string ?? '');
}

async function both(question: Question, withBody: boolean) {
  const [ours, theirs] = await Promise.all([ask(demo.port, question), ask(httpbin.port, question)]);
  return { ours: normalised(ours, demo.port, withBody), theirs: normalised(theirs, httpbin.port, withBody) };
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const multipart = [
  '--b0\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n',
  '--b0\r\nContent-Disposition: form-data; name="a"\r\n\r\ntwo\r\nlines\r\n',
  '--b0\r\nContent-Disposition: form-data; name="t"; filename="t.txt"\r\nContent-Type: text/plain\r\n\r\nf\xc3\xa9\r\n',
  '--b0\r\nContent-Disposition: form-data; name="b"; filename="b.bin"\r\nContent-Type: image/x-b\r\n\r\n\xff\x00\r\n',
  '--b0\r\nContent-Disposition: form-data; name="t"; filename="second"\r\n\r\nignored\r\n',
  '--b0--\r\n',
].join('');
const numbers =
  '{"z":[1,2.50,1e3,1E22,-0,-0.0,1.5e-7,0.0001],"big":12345678901234567890,"1":"\\u2603 \\"☃\\"","a":{"b":[]}}';
const jsonType = { 'Content-Type': 'application/json' };

const exact: readonly Question[] = [
  { target: '/get' },
  { target: '/get?a=1&a=2&b=&c%20d=%C3%A9+x&e&&=f&10=x&9=y' },
  { target: '/get?q=a%20b&x=[1]&y=%7e%2f%c3%a9%ff&z=a@b?c/d;e%26' },
  { target: '/get', fields: { 'x-mixed-CASE': '1', 'X-Empty': '', Cookie: 'b=2; a=1', Accept: 'text/*;q=0.3' } },
  { target: '/get', fields: { 'X-Forwarded-For': '10.0.0.1', 'X-Forwarded-Proto': 'https', Via: 'x' } },
  { target: '/get?show_env=1', fields: { 'X-Forwarded-For': '10.0.0.1', Via: 'x' } },
  { method: 'HEAD', target: '/get' },
  {
    method: 'OPTIONS',
    target: '/get',
    fields: { Origin: 'http://x.example', 'Access-Control-Request-Headers': 'a,b' },
  },
  { method: 'OPTIONS', target: '/anything' },
  { target: '/headers', fields: { Origin: 'http://x.example' } },
  { target: '/ip' },
  { target: '/user-agent', fields: { 'User-Agent': 'x/1' } },
  { target: '/user-agent' },
  { method: 'POST', target: '/post' },
  { method: 'POST', target: '/post', fields: form, body: 'a=1&b=%C3%A9+x&a=3&c' },
  { method: 'POST', target: '/post', fields: jsonType, body: numbers },
  { method: 'POST', target: '/post', fields: jsonType, body: '{"not": json}' },
  { method: 'POST', target: '/post', fields: { 'Content-Type': 'text/plain' }, body: '"a\\u0000"' },
  { method: 'POST', target: '/post', fields: { 'Content-Type': 'image/png' }, body: Buffer.from([0xff, 0xfe, 0x00]) },
  {
    method: 'POST',
    target: '/post?q=1',
    fields: { 'Content-Type': 'multipart/form-data; boundary=b0' },
    body: Buffer.from(multipart, 'latin1'),
  },
  { method: 'PUT', target: '/put', fields: jsonType, body: '[]' },
  { method: 'PATCH', target: '/patch', fields: form, body: 'a=b' },
  { method: 'DELETE', target: '/delete' },
  { method: 'DELETE', target: '/delete', fields: { 'Content-Type': 'text/plain' }, body: 'why' },
  { target: '/anything/x/y%20z?q=1' },
  { target: '/anything/a@b!c=d%20e%2Ff%7e%41%c3%a9%ff[x]' },
  { method: 'TRACE', target: '/anything' },
  { target: '/cookies', fields: { Cookie: 'a="q \\"r\\\\ \\303\\251"; b=1; b=2; c; =d; e=f=g; __utma=1; é=ü' } },
  { target: '/relative-redirect/3' },
  { target: '/relative-redirect/1' },
  { target: '/redirect-to?url=/get' },
  { target: '/redirect-to?url=http://e.example/%2520a%3Fb%23c&status_code=307' },
  { method: 'PUT', target: '/redirect-to?URL=/get&status_code=200' },
  ...[
    200, 201, 204, 203, 301, 302, 303, 304, 305, 307, 308, 400, 401, 404, 405, 406, 407, 413, 416, 429, 500, 503, 999,
  ].map((code) => ({ target: `/status/${code}` })),
  { method: 'POST', target: '/status/201' },
  { target: '/status/200:0,503:1' },
  { target: '/status/abc' },
  { target: '/status/200,x' },
  { target: '/basic-auth/u/p' },
  { target: '/basic-auth/u/p', fields: { Authorization: `Basic ${btoa('u:p')}` } },
  { target: '/basic-auth/u/p', fields: { Authorization: `basic  ${btoa('u:p')}` } },
  { target: '/basic-auth/u/p', fields: { Authorization: `Basic ${btoa('u:x')}` } },
  { target: '/basic-auth/u/p', fields: { Authorization: 'Basic' } },
  { target: '/basic-auth/%C3%A9/a%3Ab', fields: { Authorization: `Basic ${Buffer.from('é:a:b').toString('base64')}` } },
  { target: '/hidden-basic-auth/u/p' },
  { target: '/hidden-basic-auth/u/p', fields: { Authorization: `Basic ${btoa('u:p')}` } },
  { target: '/bearer' },
  { target: '/digest-auth/auth/u/p' },
  { target: '/digest-auth/auth-int/u/p/SHA-256' },
  { target: '/digest-auth/none/u/p/SHA-512/2' },
  { target: '/digest-auth/auth/u/p/unknown' },
  { target: '/digest-auth/auth/u/p?require-cookie=1', fields: { Authorization: digest({}), Cookie: 'a=b' } },
  { target: '/digest-auth/auth/u/p', fields: { Authorization: digest({}) } },
  { target: '/digest-auth/auth/u/p', fields: { Authorization: digest({ password: 'wrong' }) } },
  { target: '/digest-auth/auth/u/p', fields: { Authorization: digest({ qop: undefined }) } },
  { target: '/digest-auth/auth/u/p/SHA-256', fields: { Authorization: digest({ algorithm: 'SHA-256' }) } },
  { target: '/digest-auth/auth/u/p/MD5/3', fields: { Authorization: digest({}), Cookie: 'stale_after=3' } },
  { target: '/digest-auth/auth/u/p/MD5/3', fields: { Authorization: digest({}), Cookie: 'stale_after=0' } },
  { target: '/digest-auth/auth/u/p/MD5/3', fields: { Authorization: digest({}), Cookie: 'last_nonce=n0' } },
  { target: '/bytes/0' },
  { target: '/bytes/2000?seed=1' },
  { target: '/bytes/20?SEED=123456789012345678901234567890' },
  { target: '/bytes/20?seed=-7' },
  { target: '/stream-bytes/2000?seed=0&chunk_size=7' },
  { target: '/stream/3?a=1' },
  { target: '/stream/0' },
  { target: '/range/30' },
  { target: '/range/26', fields: { Range: 'bytes=3-8' } },
  { target: '/range/26', fields: { Range: 'bytes=-4' } },
  { target: '/range/26', fields: { Range: 'bytes=20-' } },
  { target: '/range/26', fields: { Range: 'bytes=30-' } },
  { target: '/range/26', fields: { Range: 'lines=1-2' } },
  { target: '/range/0' },
  { target: '/drip?numbytes=3&duration=0&code=201' },
  { target: '/drip?numbytes=0' },
  { target: '/delay/0?a=1' },
  { target: '/etag/x' },
  { target: '/etag/x', fields: { 'If-None-Match': 'W/"y", "x"' } },
  { target: '/etag/x', fields: { 'If-None-Match': '"y"' } },
  { target: '/etag/x', fields: { 'If-Match': '"y"' } },
  { target: '/etag/x', fields: { 'If-Match': '*' } },
  { target: '/cache', fields: { 'If-None-Match': 'x' } },
  { target: '/cache/60' },
  { target: '/links/3/1' },
  { target: '/robots.txt' },
  { target: '/base64/aGk_' },
  { target: '/image', fields: { Accept: 'text/html' } },
];

/** Same status and fields; the body is a page or a picture of our own. */
const ownBody: readonly Question[] = [
  { target: '/' },
  { target: '/html' },
  { target: '/xml' },
  { target: '/encoding/utf8' },
  { target: '/forms/post' },
  { target: '/deny' },
  { target: '/uuid' },
  { target: '/cache' },
  { target: '/redirect/1' },
  { target: '/redirect/3' },
  { target: '/redirect/3?absolute=true' },
  { target: '/redirect/0' },
  { target: '/absolute-redirect/1' },
  { target: '/absolute-redirect/2' },
  { target: '/redirect-to' },
  { target: '/links/3' },
  { target: '/cookies/set?a=1&b=x%20y%3B%22q&a=2' },
  { target: '/cookies/set?a=%C3%A9&%C3%A9=%5C' },
  { target: '/cookies/set/n/v' },
  { target: '/cookies/set/n/v%20w' },
  { target: '/cookies/delete?a&b' },
  { target: '/delay/x' },
  { target: '/bytes/1?seed=x' },
  { target: '/nowhere' },
  { target: '/redirect/x' },
  { method: 'POST', target: '/get' },
  { method: 'DELETE', target: '/post' },
  { target: '/image/png' },
  { target: '/image/jpeg' },
  { target: '/image/webp' },
  { target: '/image/svg' },
  { target: '/image', fields: { Accept: 'image/png, image/svg+xml' } },
  { target: '/image', fields: { Accept: 'image/*' } },
];

const name = ({ method = 'GET', target, fields = {} }: Question) =>
  `${method} ${target} ${Object.keys(fields).join(' ')}`;

describe('the demo server answers like httpbin', () => {
  it.each(exact.map((question) => [name(question), question] as const))('%s', async (_name, question) => {
    const { ours, theirs } = await both(question, true);
    expect(ours).toEqual(theirs);
  });
});

describe('with words and pictures of its own', () => {
  it.each(ownBody.map((question) => [name(question), question] as const))('%s', async (_name, question) => {
    const { ours, theirs } = await both(question, false);
    expect(ours).toEqual(theirs);
  });

  it.each([
    ['/gzip', 'gzip', gunzipSync],
    ['/deflate', 'deflate', inflateSync],
    ['/brotli', 'br', brotliDecompressSync],
  ] as const)('%s, which another library compresses', async (target, coding, decompress) => {
    const opened = async (port: number) => {
      const reply = await ask(port, { target });
      return normalised({ ...reply, body: decompress(reply.body) }, port, true);
    };
    const ours = await opened(demo.port);
    expect(ours).toEqual(await opened(httpbin.port));
    expect(ours.fields).toContain(`content-encoding: ${coding}`);
  });

  it('/response-headers, where the length in the body counts white space', async () => {
    const question = { target: '/response-headers?a=b&a=c&X=%C3%A9&Content-Type=text/plain' };
    const { ours, theirs } = await both(question, true);
    const withoutLength = (body = '') => body.replace(/"Content-Length": ?"\d+",\s*/, '').replaceAll(/\s/g, '');
    expect(ours.fields).toEqual(theirs.fields);
    expect(withoutLength(ours.body)).toEqual(withoutLength(theirs.body));
    const { body } = await ask(demo.port, question);
    expect(JSON.parse(body.toString())).toMatchObject({ 'Content-Length': String(body.length) });
  });
});

/** Where the demo server differs on purpose: what each says, and why. */
const differences: readonly {
  why: string;
  question: Question;
  theirs: string | RegExp;
  ours: string | RegExp;
}[] = [
  {
    why: 'This httpbin prints JSON on one line; the public one indents it, and people read it.',
    question: { target: '/ip' },
    theirs: '200 {"origin":"127.0.0.1"}\n',
    ours: '200 {\n  "origin": "127.0.0.1"\n}\n',
  },
  {
    why: 'This httpbin has no /json yet.',
    question: { target: '/json' },
    theirs: /^404 /,
    ours: /^200 \{\n {2}"slideshow": \{/,
  },
  {
    why: 'httpbin strips the letters of "Bearer " from the front of the token as well.',
    question: { target: '/bearer', fields: { Authorization: 'Bearer abc' } },
    theirs: /"token":"bc"/,
    ours: /"token": "abc"/,
  },
  {
    why: 'This httpbin takes any scheme for Bearer; later ones answer 401.',
    question: { target: '/bearer', fields: { Authorization: 'Basic abc' } },
    theirs: /^200 /,
    ours: /^401 /,
  },
  {
    why: "Requests encodes Basic credentials as Latin-1, which httpbin's framework cannot read.",
    question: { target: '/basic-auth/%C3%A9/p', fields: { Authorization: `Basic ${btoa('é:p')}` } },
    theirs: /^401 /,
    ours: /^200 /,
  },
  {
    why: 'httpbin takes a right digest for any user name.',
    question: { target: '/digest-auth/auth/u/p', fields: { Authorization: digest({ user: 'other' }) } },
    theirs: /^200 /,
    ours: /^401 /,
  },
  {
    why: "httpbin's digest fails on a query.",
    question: {
      target: '/digest-auth/auth/u/p?q',
      fields: { Authorization: digest({ target: '/digest-auth/auth/u/p?q' }) },
    },
    theirs: /^500 /,
    ours: /^200 /,
  },
  {
    why: "The server under this httpbin cannot read chunked bodies; the public one's can.",
    question: { method: 'POST', target: '/post', fields: { 'Transfer-Encoding': 'chunked' }, body: 'abc' },
    theirs: /^501 /,
    ours: /"data": "abc"/,
  },
  {
    why: 'This httpbin delays GET alone; later ones every method.',
    question: { method: 'POST', target: '/delay/0', fields: form, body: 'a=1' },
    theirs: /^405 /,
    ours: /"form": \{\n {4}"a": "1"/,
  },
  {
    why: 'httpbin encodes a target beyond ASCII twice.',
    question: { target: '/redirect-to?url=/%C3%A9' },
    theirs: /\nlocation: \/%C3%83%C2%A9\n/,
    ours: /\nlocation: \/\u00c3\u00a9\n/,
  },
  {
    why: 'Words and pictures of our own.',
    question: { target: '/status/418' },
    theirs: /teapot/,
    ours: /^418 I'M A TEAPOT.*_o_/s,
  },
];

describe('differs on purpose', () => {
  it.each(differences)('$why', async ({ question, theirs, ours }) => {
    const shown = ({ status, fields, body }: Reply, expected: string | RegExp) =>
      typeof expected === 'string'
        ? `${status.split(' ')[0]} ${body.toString()}`
        : `${status.replace(/ OK$/, '')} ${body.toString()}\n${fields.map((line) => line.join(': ')).join('\n')}\n`;
    expect(shown(await ask(httpbin.port, question), theirs)).toEqual(expect.stringMatching(anchored(theirs)));
    expect(shown(await ask(demo.port, question), ours)).toEqual(expect.stringMatching(anchored(ours)));
  });
});

function anchored(expected: string | RegExp): RegExp {
  return typeof expected === 'string' ? new RegExp(`^${expected.replaceAll(/[{}.]/g, String.raw`\$&`)}$`) : expected;
}

it('answers on localhost too, whichever address that is', async () => {
  const response = await fetch(`http://localhost:${demo.port}/get`);
  expect(await response.json()).toMatchObject({ url: `http://localhost:${demo.port}/get` });
});

/** A Digest Authorization field (RFC 7616) for the routes above. */
function digest(of: {
  user?: string;
  password?: string;
  qop?: string | undefined;
  algorithm?: string;
  target?: string;
}): string {
  const { user = 'u', password = 'p', algorithm = 'MD5' } = of;
  const qop = 'qop' in of ? of.qop : 'auth';
  const target = of.target ?? `/digest-auth/auth/u/p${algorithm === 'MD5' ? '' : `/${algorithm}`}`;
  const hash = (text: string) => createHash(algorithm.toLowerCase().replace('-', '')).update(text).digest('hex');
  const middle = qop === undefined ? 'n0' : `n0:00000001:c0:${qop}`;
  const response = hash(`${hash(`${user}:r:${password}`)}:${middle}:${hash(`GET:${target}`)}`);
  const rest = qop === undefined ? '' : `, qop="${qop}", nc=00000001, cnonce="c0"`;
  return `Digest username="${user}", realm="r", nonce="n0", uri="${target}", response="${response}", algorithm="${algorithm}"${rest}`;
}
