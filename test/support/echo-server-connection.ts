import type { Socket } from 'node:net';
import { RequestReader } from './echo-server-reader.ts';
import type { RequestHead } from './echo-server-reader.ts';
import { replyTo } from './echo-server-reply.ts';
import type { Closing, FieldLine, Handler, ReceivedRequest } from './echo-server-types.ts';

/** What a connection tells its server. */
export interface ConnectionEvents {
  head(request: ReceivedRequest): void;
  complete(request: ReceivedRequest): void;
  malformed(reason: string): void;
  handlerFor(request: ReceivedRequest, when: 'head' | 'complete'): Handler | undefined;
  failed(error: unknown): void;
  /** Closes the connection with RST. */
  reset(): void;
}

/** Reads the requests of one socket and has them answered one after another. */
export function serveConnection(socket: Socket, connection: number, events: ConnectionEvents): Promise<Closing> {
  const closed = watchClosing(socket);
  let current: Received | undefined;
  let queue = Promise.resolve();
  const answer = (request: Received, when: 'head' | 'complete') => {
    const handler = request.claimed ? undefined : events.handlerFor(request, when);
    if (!handler) return;
    request.claimed = true;
    const previous = queue;
    queue = (async () => {
      await previous;
      try {
        await handler(
          request,
          replyTo(request, socket, closed, () => events.reset()),
        );
      } catch (error) {
        events.failed(error);
        socket.destroy();
      }
    })();
  };
  const reader = new RequestReader({
    head(head) {
      current = new Received(head, connection, closed);
      events.head(current);
      answer(current, 'head');
    },
    complete({ raw, content }) {
      if (!current) return;
      current.rawBody = raw;
      current.body = content;
      current.complete = true;
      events.complete(current);
      answer(current, 'complete');
    },
    malformed(reason) {
      events.malformed(reason);
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    },
  });
  socket.on('data', (bytes: Buffer) => reader.push(bytes));
  return closed;
}

/** Settles once either side has ended the connection for good: FIN from the client counts, a browser never half-closes. */
function watchClosing(socket: Socket): Promise<Closing> {
  return new Promise((resolve) => {
    const closing = (by: Closing['by']) => resolve({ by, at: performance.now() });
    socket.on('end', () => {
      closing(socket.writableEnded ? 'server' : 'client');
      socket.end();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') closing('client');
    });
    socket.on('close', () => closing('server'));
  });
}

class Received implements ReceivedRequest {
  readonly method: string;
  readonly target: string;
  readonly path: string;
  readonly version: string;
  readonly fields: readonly FieldLine[];
  readonly head: Buffer;
  readonly at = performance.now();
  readonly connection: number;
  readonly closed: Promise<Closing>;
  rawBody: Buffer = Buffer.alloc(0);
  body: Buffer = Buffer.alloc(0);
  complete = false;
  /** A handler has taken this request already. */
  claimed = false;

  constructor(head: RequestHead, connection: number, closed: Promise<Closing>) {
    this.method = head.method;
    this.target = head.target;
    this.path = head.target.split('?', 1)[0] ?? '';
    this.version = head.version;
    this.fields = head.fields;
    this.head = head.bytes;
    this.connection = connection;
    this.closed = closed;
  }

  get bytes(): Buffer {
    return Buffer.concat([this.head, this.rawBody]);
  }

  field(name: string): string | undefined {
    return this.all(name)[0];
  }

  all(name: string): string[] {
    return this.fields.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  }
}
