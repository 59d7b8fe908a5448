import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuthBase, HTTPBasicAuth, requests } from '../../src/http/index.ts';
import type { AuthInit, PreparedRequest } from '../../src/http/index.ts';
import { startDemoServer } from '../../tools/demo-server/server.ts';
import type { DemoServer } from '../../tools/demo-server/server.ts';

/** Says who one is in a field of its own. */
class TokenAuth extends AuthBase {
  readonly token: string;

  constructor(token: string) {
    super();
    this.token = token;
  }

  apply(r: PreparedRequest): PreparedRequest {
    r.headers.set('X-TokenAuth', this.token);
    return r;
  }
}

let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer();
});

afterAll(() => server.close());

test.each<[string, AuthInit]>([
  ['a pair', ['username', 'password']],
  ['HTTPBasicAuth', new HTTPBasicAuth('username', 'password')],
])('with %s one is let in', async (_kind, auth) => {
  const response = await requests.get(`${server.origin}/user`, { auth });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ login: 'username' });
});

test('without, one is not', async () => {
  const response = await requests.get(`${server.origin}/user`);
  expect(response.status).toBe(401);
  expect(response.reason).toBe('UNAUTHORIZED');
});

test('an auth class of one’s own', async () => {
  const response = await requests.get(`${server.origin}/get`, { auth: new TokenAuth('12345abcde-token') });
  expect(await response.json()).toMatchObject({ headers: { 'X-Tokenauth': '12345abcde-token' } });
});
