import { gzipSync } from 'node:zlib';
import { startEchoServer } from './echo-server.ts';
import type { EchoServer, FieldLine, Handler } from './echo-server.ts';

export { startClosingPort, startDeafPort, startRefusedPort } from './faulty-ports.ts';

const text = 'The quick brown fox jumps over the lazy dog.\n';

/** What each path of the hostile server does wrong. The request is always read to its end first. */
const hostilePaths: Readonly<Record<string, Handler>> = {
  /** FIN without a byte of reply. */
  '/empty-reply': (_request, reply) => reply.end(),
  /** RST without a byte of reply. */
  '/reset': (_request, reply) => reply.reset(),
  /** RST in the middle of a body. */
  '/reset-in-body': async (_request, reply) => {
    await reply.write(`HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n${text}`);
    reply.reset();
  },
  /** Takes the request and never says anything. */
  '/never': () => {},
  /** Sends the head and half of the body, then nothing. */
  '/stall': (_request, reply) => reply.write(`HTTP/1.1 200 OK\r\nContent-Length: ${2 * text.length}\r\n\r\n${text}`),
  /** Sends half of a status line, then nothing. */
  '/stall-in-head': (_request, reply) => reply.write('HTTP/1.1 200 O'),
  '/garbage': raw('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n'),
  '/bad-status-line': raw('HTTP/1.1 abc Nonsense\r\nContent-Length: 0\r\n\r\n'),
  '/field-without-colon': raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nno colon here\r\n\r\nok'),
  /** A chunk size that is no number. */
  '/bad-chunk': raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nxyz\r\nworld\r\n0\r\n\r\n'),
  /** The connection ends before the last chunk. */
  '/cut-chunks': raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'),
  /** The connection ends before Content-Length is reached. */
  '/short-body': raw(`HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n${text}`),
  '/bad-gzip': encoded('gzip', Buffer.from(text)),
  '/cut-gzip': encoded('gzip', gzipSync(text.repeat(1000)).subarray(0, 60)),
  '/bad-deflate': encoded('deflate', Buffer.from(text)),
  '/bad-brotli': encoded('br', Buffer.from(text)),
  /** gzip bytes for whoever asks, whatever its Accept-Encoding says. */
  '/unasked-gzip': encoded('gzip', gzipSync(text)),
  '/double-content-length': raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhello'),
  '/double-location': redirect([
    ['Location', '/empty-reply'],
    ['Location', '/never'],
  ]),
  /** One field line of 1 MiB. */
  '/long-header': (_request, reply) => reply.send({ fields: [['X-Long', 'x'.repeat(2 ** 20)]], body: text }),
  '/many-headers': (_request, reply) =>
    reply.send({ fields: Array.from({ length: 5000 }, (_, n): FieldLine => [`X-Field-${n}`, String(n)]), body: text }),
  /** Each reply points to a new address here. */
  '/endless-redirect': (request, reply) => {
    const step = Number(request.target.split('?')[1] ?? 0);
    return redirect([['Location', `/endless-redirect?${step + 1}`]])(request, reply);
  },
  '/redirect-to-itself': redirect([['Location', '/redirect-to-itself']]),
  '/redirect-to-javascript': redirect([['Location', 'javascript:alert(1)']]),
  '/redirect-to-file': redirect([['Location', 'file:///etc/passwd']]),
  '/redirect-to-nowhere': redirect([['Location', 'http://']]),
  '/redirect-to-nothing': redirect([['Location', '']]),
  '/redirect-not-utf-8': redirect([['Location', '/caf\xe9']]),
  '/retry-after-negative': (_request, reply) => reply.send({ status: 503, fields: [['Retry-After', '-1']] }),
  '/ten-challenges': (_request, reply) =>
    reply.send({
      status: 401,
      fields: Array.from({ length: 10 }, (_, n): FieldLine => ['WWW-Authenticate', `Scheme${n} realm="r${n}"`]),
    }),
  '/endless-challenge': (_request, reply) =>
    reply.send({
      status: 401,
      fields: [['WWW-Authenticate', `Digest realm="r", nonce="${Math.random()}", qop="auth", algorithm=MD5`]],
    }),
  '/cookie-bomb': (_request, reply) =>
    reply.send({
      fields: Array.from({ length: 500 }, (_, n): FieldLine => ['Set-Cookie', `bomb${n}=${'x'.repeat(4000)}; Path=/`]),
      body: text,
    }),
  /** A 1xx that no client asked for, before the real reply. */
  '/early-hints': (_request, reply) =>
    reply.write('HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
  /** The head comes one byte at a time. */
  '/slow-head': async (_request, reply) => {
    await reply.drip(`HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n`, { size: 1, everyMs: 20 });
    await reply.write(text);
  },
};

/** Starts an echo server that misbehaves at `hostilePaths` and serves the rest as ever. */
export async function startHostileServer(options: Parameters<typeof startEchoServer>[0] = {}): Promise<EchoServer> {
  const server = await startEchoServer(options);
  for (const [path, handler] of Object.entries(hostilePaths)) server.on(path, handler);
  return server;
}

/** Sends these bytes (Latin-1) as the whole of the reply and ends the connection. */
function raw(bytes: string): Handler {
  return async (_request, reply) => {
    await reply.write(bytes);
    reply.end();
  };
}

function encoded(coding: string, body: Buffer): Handler {
  const fields: FieldLine[] = [
    ['Content-Type', 'text/plain'],
    ['Content-Encoding', coding],
  ];
  return (_request, reply) => reply.send({ fields, body });
}

function redirect(fields: readonly FieldLine[]): Handler {
  return (_request, reply) => reply.send({ status: 302, fields });
}
