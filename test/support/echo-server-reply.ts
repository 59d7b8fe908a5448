import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Closing, FieldLine, ReceivedRequest, Reply, ReplyParts } from './echo-server-types.ts';

/** Gives a handler the means to answer one request on its connection. */
export function replyTo(request: ReceivedRequest, socket: Socket, closed: Promise<Closing>, reset: () => void): Reply {
  const write = (bytes: string | Uint8Array) => writeBytes(socket, bytes);
  return {
    socket,
    closed,
    write,
    async send(parts = {}) {
      await write(replyBytes(request, parts));
      if (!keepsAlive(request)) socket.end();
    },
    async drip(bytes, { size, everyMs }) {
      const all = Buffer.from(bytes);
      for (let at = 0; at < all.length && socket.writable; at += size) {
        if (at > 0) await Promise.race([pause(everyMs), closed]);
        await write(all.subarray(at, at + size));
      }
    },
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
    reset,
  };
}

/** Longer bodies are told by length and digest alone. */
const longestEchoedBody = 2 ** 20;

/** The reply that shows a request: its parts as JSON, every string one character a byte (Latin-1). */
export function echo({ method, target, version, fields, head, body }: ReceivedRequest): ReplyParts {
  const seen = {
    method,
    target,
    version,
    fields,
    head: head.toString('latin1'),
    bodyLength: body.length,
    bodySha256: createHash('sha256').update(body).digest('hex'),
    body: body.length > longestEchoedBody ? null : body.toString('latin1'),
  };
  return { fields: [['Content-Type', 'application/json']], body: `${JSON.stringify(seen, null, 2)}\n` };
}

function replyBytes(request: ReceivedRequest, parts: ReplyParts): Buffer {
  const { status = 200, reason = STATUS_CODES[status] ?? '', fields = [] } = parts;
  const body = Buffer.from(parts.body ?? '');
  const framed = fields.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
  // RFC 9110 section 8.6: no Content-Length with 1xx and 204; 304 and HEAD carry it without a body.
  const bodiless = status < 200 || status === 204;
  const length: FieldLine[] = framed || bodiless ? [] : [['Content-Length', String(body.length)]];
  const closing: FieldLine[] = keepsAlive(request) ? [] : [['Connection', 'close']];
  const lines = [...fields, ...length, ...closing].map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n`, 'latin1');
  return request.method === 'HEAD' || bodiless || status === 304 ? head : Buffer.concat([head, body]);
}

function keepsAlive(request: ReceivedRequest): boolean {
  const connection = request.all('connection').join(',').toLowerCase();
  return request.version === 'HTTP/1.1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection);
}

/** Settles when the system has the bytes; a connection that is gone is no error here, `closed` tells of it. */
function writeBytes(socket: Socket, bytes: string | Uint8Array): Promise<void> {
  if (!socket.writable) return Promise.resolve();
  return new Promise((resolve) => {
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, () => resolve());
  });
}
