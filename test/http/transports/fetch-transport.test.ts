import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requests } from '../../../src/http/api.ts';
import { ConnectionError, ContentDecodingError, InvalidURL, UnsupportedFeature } from '../../../src/http/errors.ts';
import { Session } from '../../../src/http/session.ts';
import type { EchoServer } from '../../support/echo-server.ts';
import { startHostileServer, startRefusedPort } from '../../support/hostile-server.ts';

let server: EchoServer;

beforeAll(async () => {
  server = await startHostileServer();
  server.on('/moved', (_request, reply) =>
    reply.send({
      status: 302,
      fields: [
        ['Location', '/end'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ],
    }),
  );
});

afterAll(() => server.close());

describe('plain fetch', () => {
  test('carries redirects one by one, cookies and all', async () => {
    const session = new Session();
    const response = await session.post(`${server.origin}/moved`, { data: { x: '1' } });
    expect(response.history.map(({ status }) => status)).toEqual([302]);
    const second = await server.next('/end');
    expect([second.method, second.field('Cookie'), second.field('Content-Type')]).toEqual([
      'GET',
      'a=1; b=2',
      undefined,
    ]);
    expect((await server.next('/moved')).body.toString()).toBe('x=1');
  });

  test('adds no media type to a body', async () => {
    await new Session().put(`${server.origin}/put`, { data: 'text' });
    await new Session().put(`${server.origin}/put`, { data: new Blob(['x'], { type: 'image/png' }) });
    expect((await server.next('/put')).field('Content-Type')).toBeUndefined();
    expect((await server.next('/put')).field('Content-Type')).toBeUndefined();
  });

  test('streams a body up', async () => {
    const data = async function* (): AsyncGenerator<string> {
      yield 'one';
      yield 'two';
    };
    await requests.post(`${server.origin}/up`, { data: data() });
    const request = await server.next('/up');
    expect([request.field('Transfer-Encoding'), request.body.toString()]).toEqual(['chunked', 'onetwo']);
  });

  test('names failures', async () => {
    const port = await startRefusedPort();
    await expect(requests.get(port.origin)).rejects.toMatchObject({
      name: 'ConnectionError',
      netError: 'ECONNREFUSED',
    });
    await port.close();
    await expect(requests.get(`${server.origin}/empty-reply`)).rejects.toBeInstanceOf(ConnectionError);
    await expect(requests.get(`${server.origin}/bad-gzip`)).rejects.toBeInstanceOf(ContentDecodingError);
  });

  test('refuses what fetch would not send', async () => {
    await expect(requests.request('TRACE', server.origin)).rejects.toBeInstanceOf(UnsupportedFeature);
    await expect(requests.get(server.origin, { data: 'x' })).rejects.toBeInstanceOf(UnsupportedFeature);
    await expect(requests.get('http://1.2.3.4.5/')).rejects.toBeInstanceOf(InvalidURL);
  });
});

test('every call of `requests` has a session of its own', async () => {
  await requests.get(`${server.origin}/moved`, { allowRedirects: false });
  await requests.get(`${server.origin}/alone`);
  expect((await server.next('/alone')).field('Cookie')).toBeUndefined();
});
