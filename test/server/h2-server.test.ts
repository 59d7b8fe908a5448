import { once } from 'node:events';
import { connect } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startH2Server } from '../support/h2-server.ts';
import type { H2Server } from '../support/h2-server.ts';
import { tlsCertificates } from '../support/tls-certificates.ts';

let server: H2Server;
let client: ClientHttp2Session;

beforeEach(async () => {
  const { good, authority } = await tlsCertificates();
  server = await startH2Server(good);
  client = connect(server.origin(), { ca: authority.cert });
  await once(client, 'connect');
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

it('keeps the fields in order, pseudo-fields and split cookies included, and echoes them', async () => {
  const stream = client.request({ ':method': 'POST', ':path': '/a?b=c', 'x-one': '1', cookie: ['a=1', 'b=2'] });
  stream.end('body');
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  const request = await server.next(({ target }) => target === '/a?b=c');
  expect(request).toMatchObject({ method: 'POST', authority: `localhost:${server.port}`, body: Buffer.from('body') });
  expect(request.fields.map(([name]) => name)).toContain(':authority');
  expect(request.fields).toContainEqual(['x-one', '1']);
  expect(request.fields.filter(([name]) => name === 'cookie')).not.toEqual([]);
  expect(JSON.parse(Buffer.concat(parts).toString())).toMatchObject({ target: '/a?b=c', body: 'body' });
  expect(await request.closed).toBe(0);
});

it('sees a cancelled stream as RST_STREAM', async () => {
  server.on('/never', () => {});
  const stream = client.request({ ':path': '/never' });
  stream.end();
  const request = await server.next(({ target }) => target === '/never');
  const CANCEL = 8;
  stream.close(CANCEL);
  expect(await request.closed).toBe(CANCEL);
});
