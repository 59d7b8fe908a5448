import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEchoServer } from '../support/echo-server.ts';
import type { EchoServer } from '../support/echo-server.ts';
import { openRawClient, RawClient } from '../support/raw-client.ts';
import { tlsCertificates } from '../support/tls-certificates.ts';

let server: EchoServer;

beforeEach(async () => {
  server = await startEchoServer();
});

afterEach(() => server.close());

describe('what is recorded', () => {
  it('keeps head and body byte for byte, case, order and white space included', async () => {
    const head =
      'POST /a?b=%7e&c HTTP/1.1\r\nhOsT:  h \r\nX-Twice: 1\r\nX-Twice: 2\r\nX-Byte: \xe9\r\ncontent-length: 4\r\n\r\n';
    const client = await openRawClient(server.port);
    client.send(`${head}\x00\xff\r\n`);
    const request = await server.next('/a');
    expect(request.head.toString('latin1')).toBe(head);
    expect(request.body).toEqual(Buffer.from([0x00, 0xff, 0x0d, 0x0a]));
    expect(request.bytes.toString('latin1')).toBe(`${head}\x00\xff\r\n`);
    expect(request).toMatchObject({ method: 'POST', target: '/a?b=%7e&c', path: '/a', version: 'HTTP/1.1' });
    expect(request.fields.slice(0, 3)).toEqual([
      ['hOsT', 'h'],
      ['X-Twice', '1'],
      ['X-Twice', '2'],
    ]);
    expect(request.all('x-twice')).toEqual(['1', '2']);
    expect(request.field('X-BYTE')).toBe('\xe9');
  });

  it('takes the framing off a chunked body and keeps it as raw', async () => {
    const client = await openRawClient(server.port);
    const raw = '5;ext=1\r\nhello\r\nA\r\n 0\r\nworld!\r\n0\r\nX-Trailer: t\r\n\r\n';
    const bytes = `PUT /chunked HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${raw}`;
    // One byte a write: every place where the stream can be cut is met.
    for (const byte of bytes) client.send(byte);
    const request = await server.next('/chunked');
    expect(request.body.toString()).toBe('hello 0\r\nworld!');
    expect(request.rawBody.toString()).toBe(raw);
  });

  it('tells requests on one connection apart, pipelined ones too, and answers in order', async () => {
    const client = await openRawClient(server.port);
    client.send('POST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nabGET /2 HTTP/1.1\r\n\r\n');
    client.send('GET /3 HTTP/1.1\r\nConnection: close\r\n\r\n');
    const received = await client.toEnd();
    expect(server.requests.map(({ path, connection }) => [path, connection])).toEqual([
      ['/1', 1],
      ['/2', 1],
      ['/3', 1],
    ]);
    expect(received.match(/"target": "\/\d"/g)).toEqual(['"target": "/1"', '"target": "/2"', '"target": "/3"']);
  });

  it('shows a request whose body never came among the heads only', async () => {
    const client = await openRawClient(server.port);
    const handled = new Promise<boolean>((resolve) => {
      server.on('/upload', (request) => resolve(request.complete), { when: 'head' });
    });
    client.send('POST /upload HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf');
    expect(await handled).toBe(false);
    client.socket.destroy();
    expect(await server.connections[0]).toMatchObject({ by: 'client' });
    expect(server.heads.map(({ path }) => path)).toEqual(['/upload']);
    expect(server.requests).toEqual([]);
  });
});

describe('replies', () => {
  it('echoes what it got, each byte as one character', async () => {
    const response = await fetch(`${server.origin}/echo?q=1`, { method: 'POST', body: new Uint8Array([0, 128, 255]) });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await response.json()).toMatchObject({ method: 'POST', target: '/echo?q=1', body: '\x00\x80\xff' });
  });

  it('tells a large body by its length and digest, and keeps its bytes', async () => {
    const body = Buffer.alloc(20 * 2 ** 20, 'workbench');
    const response = await fetch(`${server.origin}/large`, { method: 'POST', body });
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    expect(await response.json()).toMatchObject({ bodyLength: body.length, bodySha256, body: null });
    expect((await server.next('/large')).body.equals(body)).toBe(true);
  });

  it('sends no body to HEAD and still tells its length', async () => {
    const client = await openRawClient(server.port);
    client.send('HEAD /h HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(await client.toEnd()).toMatch(/content-length: [1-9]\d*\r\n.*\r\n\r\n$/is);
  });

  it('lets a handler write any bytes and release them by a promise', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.on('/held', async (_request, reply) => {
      await reply.write('HTTP/1.1 200 OK\r\nX: y\r\n');
      await released;
      await reply.drip('\r\ndrop by drop', { size: 4, everyMs: 1 });
      reply.end();
    });
    const client = await openRawClient(server.port);
    client.send('GET /held HTTP/1.1\r\n\r\n');
    expect(await client.until('y\r\n')).toBe('HTTP/1.1 200 OK\r\nX: y\r\n');
    release();
    expect(await client.toEnd()).toBe('HTTP/1.1 200 OK\r\nX: y\r\n\r\ndrop by drop');
  });

  it('prefers the latest handler and forgets one that is taken back', async () => {
    server.on('*', (_request, reply) => reply.send({ body: 'any' }));
    const takeBack = server.on(/^\/x/, (_request, reply) => reply.send({ status: 201, body: 'pattern' }));
    const ask = async () => await (await fetch(`${server.origin}/x1`)).text();
    expect(await ask()).toBe('pattern');
    takeBack();
    expect(await ask()).toBe('any');
  });

  it('closes at once with FIN or with RST', async () => {
    server.on('/fin', (_request, reply) => reply.destroy());
    server.on('/rst', (_request, reply) => reply.reset());
    for (const [path, code] of [
      ['/fin', undefined],
      ['/rst', 'ECONNRESET'],
    ] as const) {
      const client = await openRawClient(server.port);
      client.send(`GET ${path} HTTP/1.1\r\n\r\n`);
      expect([path, await client.closed, client.received]).toEqual([path, code, '']);
    }
  });
});

describe('connections', () => {
  it('sees a cancelled fetch close its connection', async () => {
    server.on('/never', () => {});
    const abort = new AbortController();
    const response = fetch(`${server.origin}/never`, { signal: abort.signal });
    const request = await server.next('/never');
    abort.abort();
    await expect(response).rejects.toThrow('aborted');
    const { by, at } = await request.closed;
    expect(by).toBe('client');
    expect(at).toBeGreaterThanOrEqual(request.at);
  });

  it('says so when it was the server that ended it', async () => {
    const client = await openRawClient(server.port);
    client.send('GET /bye HTTP/1.0\r\n\r\n');
    await client.toEnd();
    expect(await (await server.next('/bye')).closed).toMatchObject({ by: 'server' });
  });

  it('speaks TLS when given a key, RST included', async () => {
    const { good, authority } = await tlsCertificates();
    await using secure = await startEchoServer({ tls: good });
    secure.on('/rst', (_request, reply) => reply.reset());
    const open = async () => {
      const socket = connectTls({ port: secure.port, host: '127.0.0.1', servername: 'localhost', ca: authority.cert });
      await once(socket, 'secureConnect');
      return new RawClient(socket);
    };
    const client = await open();
    client.send('GET /tls HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(await client.toEnd()).toContain('"target": "/tls"');
    expect(secure.origin).toBe(`https://127.0.0.1:${secure.port}`);
    const reset = await open();
    reset.send('GET /rst HTTP/1.1\r\n\r\n');
    expect(await reset.closed).toBe('ECONNRESET');
  });
});

describe('waiting', () => {
  it('gives each request to one caller: past ones first, then those to come', async () => {
    await fetch(`${server.origin}/same?1`);
    expect((await server.next('/same')).target).toBe('/same?1');
    const next = server.next('/same');
    await fetch(`${server.origin}/other`);
    await fetch(`${server.origin}/same?2`);
    expect((await next).target).toBe('/same?2');
    expect((await server.next(({ method }) => method === 'GET')).target).toBe('/other');
  });

  it('names what it has seen when nothing matches in time', async () => {
    await fetch(`${server.origin}/seen`);
    await expect(server.next('/unseen', { timeoutMs: 1 })).rejects.toThrow('Seen: GET /seen');
  });
});

describe('a clean wire', () => {
  const send = async (bytes: string) => {
    const client = await openRawClient(server.port);
    client.send(bytes);
    return await client.until('\r\n\r\n');
  };

  it('holds for ordinary requests, and for the words in a value or in User-Agent', async () => {
    await send('GET /?hello=workbench HTTP/1.1\r\nUser-Agent: request-workbench/0.1\r\nX-Custom: workbench\r\n\r\n');
    expect(() => server.assertClean()).not.toThrow();
  });

  it.each([
    ['a fragment', 'GET /a#token HTTP/1.1\r\n\r\n'],
    ['a marker field', 'GET /a HTTP/1.1\r\nX-RW-Token: 1\r\n\r\n'],
    ['a field with our name', 'GET /a HTTP/1.1\r\nX-Request-Workbench: 1\r\n\r\n'],
    ['an extension origin', 'GET /a HTTP/1.1\r\nOrigin: moz-extension://0-0\r\n\r\n'],
    ['a bad request line', 'GET /a b HTTP/1.1\r\n\r\n'],
    ['two lengths', 'POST /a HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n'],
    ['two kinds of framing', 'POST /a HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['a folded field line', 'GET /a HTTP/1.1\r\nA: b\r\n c\r\n\r\n'],
  ])('is broken by %s, cleared or not', async (_what, bytes) => {
    await send(bytes);
    server.clear();
    expect(() => server.assertClean()).toThrow('The wire is not clean');
  });

  it('is broken by a handler that throws', async () => {
    server.on('/throws', () => {
      throw new Error('a mistake in a test');
    });
    const client = await openRawClient(server.port);
    client.send('GET /throws HTTP/1.1\r\n\r\n');
    await client.toEnd();
    expect(() => server.assertClean()).toThrow('a mistake in a test');
  });
});
