import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCurl, type PlainRequest } from '../../src/formats/curl/write-curl.ts';
import { startEchoServer, type EchoServer } from '../support/echo-server.ts';

const run = promisify(execFile);
let server: EchoServer;

beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(() => server.close());

const sorted = (lines: readonly (readonly string[])[]): string[] =>
  lines.map((line) => line.join(': ')).toSorted((a, b) => (a < b ? -1 : 1));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const requests: readonly (readonly [what: string, request: Partial<PlainRequest>])[] = [
  ['a plain GET', {}],
  ['dots, brackets and quotes in the target', { url: `/a/../b/./c?x=[1]&y={2}&z='"$HOME\`` }],
  ['HEAD', { method: 'HEAD' }],
  ['a verb of its own', { method: 'PURGE' }],
  [
    'fields, one of them empty',
    {
      headers: [
        ['X-A', `it's "so"`],
        ['X-Empty', ''],
        ['User-Agent', 'me'],
      ],
    },
  ],
  [
    'text',
    { method: 'POST', headers: [['Content-Type', 'text/plain']], body: utf8(`@file 'a' "b" $c \\ !\ngrün\r\n\n`) },
  ],
  ['a body without a type', { method: 'PUT', body: utf8('{"a": 1}') }],
  ['an empty body', { method: 'POST', body: new Uint8Array(0) }],
  ['a body with GET', { method: 'GET', body: utf8('x') }],
  [
    'all byte values',
    { method: 'POST', headers: [['Content-Type', 'a/b']], body: Uint8Array.from({ length: 256 }, (_, at) => at) },
  ],
];

describe('a curl command', () => {
  it.each(requests)('sends %s as it was', async (_, parts) => {
    const path = parts.url ?? '/';
    const request: PlainRequest = { method: 'GET', headers: [], body: null, ...parts, url: server.origin + path };
    const seen = server.next();
    await run('sh', ['-c', writeCurl(request).replace('curl ', 'curl --silent --output /dev/null ')]);
    const { method, target, body, fields } = await seen;
    expect({ method, target }).toEqual({ method: request.method, target: path });
    expect(new Uint8Array(body)).toEqual(request.body ?? new Uint8Array(0));
    const host = ['Host', `127.0.0.1:${server.port}`];
    const length = ['Content-Length', String(request.body?.length ?? 0)];
    expect(sorted(fields)).toEqual(sorted([host, ...request.headers, ...(request.body === null ? [] : [length])]));
  });
});
