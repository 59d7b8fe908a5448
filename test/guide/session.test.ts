import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConnectionError, HTTPAdapter, Session } from '../../src/http/index.ts';
import { startDemoServer } from '../../tools/demo-server/server.ts';
import type { DemoServer } from '../../tools/demo-server/server.ts';
import { startEchoServer } from '../support/echo-server.ts';

let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer();
});

afterAll(() => server.close());

test('a session keeps its auth and its fields', async () => {
  await using session = new Session();
  session.auth = ['username', 'password'];
  session.headers.set('X-Own', 'kept');
  const first = await session.get(`${server.origin}/user`);
  expect(first.headers.get('content-type')).toBe('application/json');
  expect(await first.json()).toEqual({ login: 'username' });
  const second = await session.get(`${server.origin}/headers`);
  expect(await second.json()).toMatchObject({
    headers: { Authorization: 'Basic dXNlcm5hbWU6cGFzc3dvcmQ=', 'X-Own': 'kept' },
  });
});

test('a session keeps its cookies', async () => {
  await using session = new Session();
  await session.get(`${server.origin}/cookies/set?sessioncookie=123456789`);
  const response = await session.get(`${server.origin}/cookies`);
  expect(await response.json()).toEqual({ cookies: { sessioncookie: '123456789' } });
});

test('an adapter with three retries, for one host', async () => {
  await using host = await startEchoServer();
  host.on('*', (_request, reply) => reply.destroy());
  await using session = new Session();
  session.mount(host.origin, new HTTPAdapter({ maxRetries: 3 }));
  const outcome = await session.get(host.origin).then(
    () => 'connected',
    (error: unknown) => (error instanceof ConnectionError ? 'Connection error' : error),
  );
  expect(outcome).toBe('Connection error');
  expect(host.requests).toHaveLength(4);
  // Everybody else has the adapter without retries.
  expect((await session.get(server.origin)).status).toBe(200);
});
