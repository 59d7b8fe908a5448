import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requests, Session, SSLError, Timeout } from '../../src/http/index.ts';
import type { TimeoutInit } from '../../src/http/index.ts';
import { startDemoServer } from '../../tools/demo-server/server.ts';
import type { DemoServer } from '../../tools/demo-server/server.ts';
import { startEchoServer } from '../support/echo-server.ts';
import { RawSocketTransport } from '../support/raw-socket-transport.ts';
import { tlsCertificates } from '../support/tls-certificates.ts';

describe('a certificate that nobody vouches for', () => {
  test('is refused, unless it is not to be verified', async () => {
    const { selfSigned } = await tlsCertificates();
    await using site = await startEchoServer({ tls: selfSigned });
    await using session = new Session({ transport: new RawSocketTransport() });
    await expect(session.get(site.origin)).rejects.toBeInstanceOf(SSLError);
    expect((await session.get(site.origin, { verify: false })).status).toBe(200);
  });
});

describe('timeouts', () => {
  let server: DemoServer;

  beforeAll(async () => {
    server = await startDemoServer();
  });

  afterAll(() => server.close());

  test.each<[string, TimeoutInit]>([
    ['one second', 1000],
    ['3.05 seconds', 3050],
    ['two to connect, five to read', [2000, 5000]],
  ])('%s are enough', async (_length, timeout) => {
    expect((await requests.get(server.origin, { timeout })).status).toBe(200);
  });

  test('too short a one is a Timeout', async () => {
    const outcome = await requests.get(`${server.origin}/delay/5`, { timeout: 50 }).then(
      () => 'The request did not time out',
      (error: unknown) => (error instanceof Timeout ? 'The request timed out' : error),
    );
    expect(outcome).toBe('The request timed out');
  });
});
