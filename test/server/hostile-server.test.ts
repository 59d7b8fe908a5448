import { once } from 'node:events';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EchoServer } from '../support/echo-server.ts';
import { startClosingPort, startDeafPort, startHostileServer, startRefusedPort } from '../support/hostile-server.ts';
import { openRawClient } from '../support/raw-client.ts';

let server: EchoServer;

beforeAll(async () => {
  server = await startHostileServer();
});

afterAll(() => server.close());

async function ask(path: string) {
  const client = await openRawClient(server.port);
  client.send(`GET ${path} HTTP/1.1\r\nConnection: close\r\n\r\n`);
  return client;
}

/** The code of the system error behind a failed fetch. */
async function failure(path: string): Promise<string> {
  try {
    const response = await fetch(new URL(path, server.origin), { redirect: 'manual' });
    await response.arrayBuffer();
    return `${response.status}`;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause ?? error);
  }
}

describe('paths', () => {
  it.each([
    ['/empty-reply', '', undefined],
    ['/reset', '', 'ECONNRESET'],
  ])('%s says nothing and ends', async (path, received, code) => {
    const client = await ask(path);
    client.socket.on('end', () => client.socket.end());
    expect([await client.closed, client.received]).toEqual([code, received]);
  });

  it.each([
    ['/garbage', 'HPE_INVALID_CONSTANT'],
    ['/bad-status-line', 'HPE_INVALID_STATUS'],
    ['/field-without-colon', 'HPE_INVALID_HEADER_TOKEN'],
    ['/bad-chunk', 'HPE_INVALID_CHUNK_SIZE'],
    ['/cut-chunks', 'UND_ERR_SOCKET'],
    ['/short-body', 'UND_ERR_SOCKET'],
    ['/reset-in-body', 'UND_ERR_SOCKET'],
    ['/bad-gzip', 'Z_DATA_ERROR'],
    ['/bad-deflate', 'Z_DATA_ERROR'],
    ['/bad-brotli', 'ERR__ERROR_FORMAT'],
    ['/double-content-length', 'HPE_UNEXPECTED_CONTENT_LENGTH'],
    ['/long-header', 'UND_ERR_HEADERS_OVERFLOW'],
    ['/cookie-bomb', 'UND_ERR_HEADERS_OVERFLOW'],
    ['/retry-after-negative', '503'],
    ['/ten-challenges', '401'],
    ['/early-hints', '200'],
    ['/slow-head', '200'],
  ])('%s makes a client say %s', async (path, outcome) => {
    expect(await failure(path)).toContain(outcome);
  });

  it('/never and /stall keep the connection open until the client gives up', async () => {
    for (const [path, before] of [
      ['/never', ''],
      ['/stall', 'lazy dog.\n'],
      ['/stall-in-head', 'HTTP/1.1 200 O'],
    ] as const) {
      const client = await ask(path);
      const request = await server.next(path);
      expect(await client.until(before)).toContain(before);
      client.socket.destroy();
      expect(await request.closed).toMatchObject({ by: 'client' });
    }
  });

  it('/endless-redirect always goes one further, others go where none can follow', async () => {
    const location = async (path: string) => /\nlocation: (.*)\r\n/i.exec(await (await ask(path)).toEnd())?.[1];
    expect(await location('/endless-redirect')).toBe('/endless-redirect?1');
    expect(await location('/endless-redirect?41')).toBe('/endless-redirect?42');
    expect(await location('/redirect-to-itself')).toBe('/redirect-to-itself');
    expect(await location('/redirect-to-javascript')).toBe('javascript:alert(1)');
    expect(await location('/redirect-not-utf-8')).toBe('/caf\xe9');
  });

  it('/unasked-gzip sends gzip to whoever asks', async () => {
    const [head = '', body = ''] = (await (await ask('/unasked-gzip')).toEnd()).split('\r\n\r\n', 2);
    expect(head).toContain('Content-Encoding: gzip');
    expect(gunzipSync(Buffer.from(body, 'latin1')).toString()).toContain('quick brown fox');
  });

  it('serves other paths as an echo server does', async () => {
    expect(await (await fetch(`${server.origin}/other`)).json()).toMatchObject({ target: '/other' });
  });
});

describe('faulty ports', () => {
  const connecting = async (port: number) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(300, () => socket.destroy(Object.assign(new Error('no answer'), { code: 'SILENT' })));
    const outcome = await new Promise<string | undefined>((resolve) => {
      socket.on('connect', () => resolve('connected'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    socket.destroy();
    return outcome;
  };

  it('refuse', async () => {
    const refused = await startRefusedPort();
    expect(await connecting(refused.port)).toBe('ECONNREFUSED');
    await refused.close();
  });

  it.runIf(process.platform === 'linux')('never answer a SYN', async () => {
    const deaf = await startDeafPort();
    expect(await connecting(deaf.port)).toBe('SILENT');
    await deaf.close();
  });

  it.each([
    ['fin', undefined],
    ['rst', 'ECONNRESET'],
  ] as const)('close at once with %s', async (how, code) => {
    const closing = await startClosingPort(how);
    const socket = connect(closing.port, '127.0.0.1');
    let error: string | undefined;
    socket.on('error', (happened: NodeJS.ErrnoException) => {
      error = happened.code;
    });
    socket.resume();
    const closed = new Promise<void>((resolve) => {
      socket.on('close', () => resolve());
    });
    await closed;
    expect(error).toBe(code);
    await closing.close();
  });
});

it('lets nothing of a finished test hold the port', async () => {
  const other = await startHostileServer();
  const client = await openRawClient(other.port);
  const ended = once(client.socket, 'close');
  await other.close();
  await ended;
});
