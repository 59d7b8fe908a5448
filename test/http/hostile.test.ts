import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HTTPAdapter } from '../../src/http/adapters/http-adapter.ts';
import { HTTPDigestAuth } from '../../src/http/auth/digest.ts';
import { RequestException } from '../../src/http/errors.ts';
import { Session } from '../../src/http/session.ts';
import type { RequestOptions } from '../../src/http/types.ts';
import type { EchoServer } from '../support/echo-server.ts';
import { startClosingPort, startHostileServer, startRefusedPort } from '../support/hostile-server.ts';
import { RawSocketTransport } from '../support/raw-socket-transport.ts';

let server: EchoServer;
let session: Session;

beforeAll(async () => {
  server = await startHostileServer();
});

afterAll(() => server.close());

beforeEach(() => {
  session = new Session();
  const transport = new RawSocketTransport();
  session.mount('http://', new HTTPAdapter({ maxRetries: 0, transport }));
});

async function failure(path: string, options: RequestOptions = {}): Promise<RequestException> {
  const error = await session.get(server.origin + path, options).then(
    ({ status }) => `status ${status}`,
    (cause: unknown) => cause,
  );
  if (!RequestException.is(error)) throw new Error(`not one of ours: ${String(error)}`);
  return error;
}

/** The session has taken no harm: it sends, and gets an answer. */
async function expectUsable(): Promise<void> {
  const response = await session.get(`${server.origin}/get`, { timeout: 10_000 });
  expect(response.status).toBe(200);
  expect((await response.content()).length).toBeGreaterThan(0);
}

describe('a server that misbehaves: the exception that Requests has for it, and the session goes on', () => {
  test.each([
    ['/empty-reply', 'ConnectionError'],
    ['/reset', 'ConnectionError'],
    ['/garbage', 'ConnectionError'],
    ['/bad-status-line', 'ConnectionError'],
    ['/long-header', 'ConnectionError'],
    ['/many-headers', 'ConnectionError'],
    ['/reset-in-body', 'ChunkedEncodingError'],
    ['/bad-chunk', 'ChunkedEncodingError'],
    ['/cut-chunks', 'ChunkedEncodingError'],
    ['/short-body', 'ChunkedEncodingError'],
    ['/bad-gzip', 'ContentDecodingError'],
    ['/bad-deflate', 'ContentDecodingError'],
    ['/bad-brotli', 'ContentDecodingError'],
    ['/double-content-length', 'InvalidHeader'],
    ['/endless-redirect', 'TooManyRedirects'],
    ['/redirect-to-itself', 'TooManyRedirects'],
    ['/redirect-to-javascript', 'InvalidSchema'],
    ['/redirect-to-file', 'InvalidSchema'],
  ])('%s: %s', async (path, name) => {
    const error = await failure(path, { timeout: 10_000 });
    expect(error.name).toBe(name);
    expect(error.request?.method).toBe('GET');
    await expectUsable();
  });

  test('endless redirects stop after 31 requests', async () => {
    server.clear();
    const error = await failure('/endless-redirect');
    expect(error.message).toBe('Exceeded 30 redirects.');
    expect(server.requests).toHaveLength(31);
  });

  test('nothing in time: ReadTimeout before the header section is whole, ConnectionError after', async () => {
    expect((await failure('/never', { timeout: 100 })).name).toBe('ReadTimeout');
    expect((await failure('/stall-in-head', { timeout: 100 })).name).toBe('ReadTimeout');
    expect((await failure('/stall', { timeout: 100 })).name).toBe('ConnectionError');
    await expectUsable();
  });

  test('a head that drips is in time for a read timeout that is longer, and not for a total one', async () => {
    expect((await failure('/slow-head', { timeout: { total: 100 } })).name).toBe('Timeout');
    expect((await session.get(`${server.origin}/slow-head`, { timeout: 20_000 })).status).toBe(200);
  });

  test('the abort of a stalled exchange closes its connection', async () => {
    const abort = new AbortController();
    const pending = failure('/never', { signal: abort.signal });
    const request = await server.next('/never');
    abort.abort();
    expect((await pending).name).toBe('AbortedError');
    expect((await request.closed).by).toBe('client');
  });

  test('ports that refuse, or close at once', async () => {
    const refused = await startRefusedPort();
    const closing = await startClosingPort('rst');
    const names = [];
    for (const { origin } of [refused, closing])
      names.push(
        await session.get(origin).catch((error: unknown) => (RequestException.is(error) ? error.name : error)),
      );
    expect(names).toEqual(['ConnectionError', 'ConnectionError']);
    await Promise.all([refused.close(), closing.close()]);
  });

  test('Retry-After: -1', async () => {
    session.mount('http://', new HTTPAdapter({ maxRetries: 3, transport: new RawSocketTransport() }));
    expect((await failure('/retry-after-negative')).name).toBe('InvalidHeader');
    await expectUsable();
  });

  test('ten challenges, none of which can be met', async () => {
    const response = await session.get(`${server.origin}/ten-challenges`, { auth: new HTTPDigestAuth('u', 'p') });
    expect(response.status).toBe(401);
    expect(response.headers.getAll('www-authenticate')).toHaveLength(10);
  });

  test('a new challenge for every answer', async () => {
    server.clear();
    const response = await session.get(`${server.origin}/endless-challenge`, { auth: new HTTPDigestAuth('u', 'p') });
    expect(response.status).toBe(401);
    expect(server.requests).toHaveLength(2);
  });

  test('cookie bombs: more lines than http.client takes, and more than a jar keeps', async () => {
    expect((await failure('/cookie-bomb')).name).toBe('ConnectionError');
    server.on('/cookie-rain', (request, reply) =>
      reply.send({
        fields: Array.from({ length: 90 }, (_, n) => [
          'Set-Cookie',
          `c${request.target.split('?')[1] ?? ''}-${n}=${'x'.repeat(n === 0 ? 5000 : 20)}`,
        ]),
      }),
    );
    for (const round of [1, 2, 3]) await session.get(`${server.origin}/cookie-rain?${round}`);
    expect(session.cookies.size).toBe(180);
    await expectUsable();
  });

  test('a Location that is not UTF-8, and one that is empty', async () => {
    const response = await session.get(`${server.origin}/redirect-not-utf-8`);
    expect(response.url).toBe(`${server.origin}/caf%C3%A9`);
    expect((await session.get(`${server.origin}/redirect-to-nothing`)).status).toBe(302);
  });

  test('early hints and fields without a colon are passed over', async () => {
    expect(await (await session.get(`${server.origin}/early-hints`)).text()).toBe('ok');
    expect((await session.get(`${server.origin}/field-without-colon`)).status).toBe(200);
  });
});
