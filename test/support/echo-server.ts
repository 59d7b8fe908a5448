import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { serveConnection } from './echo-server-connection.ts';
import { echo } from './echo-server-reply.ts';
import type { Closing, FieldLine, Handler, ReceivedRequest } from './echo-server-types.ts';

export type { Closing, FieldLine, Handler, ReceivedRequest, Reply } from './echo-server-types.ts';

type Predicate = string | ((request: ReceivedRequest) => boolean);

interface Waiter {
  readonly matches: (request: ReceivedRequest) => boolean;
  readonly resolve: (request: ReceivedRequest) => void;
}

interface EchoServerOptions {
  /** 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  /** PEM texts; with them the server speaks TLS, without ALPN. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** Names and values that could only come from this product's own machinery and must never reach a server. */
const ownFieldName = /workbench|x-rw-/i;
const extensionOrigin = /\b(?:chrome|moz)-extension:/i;

/**
 * An HTTP/1.1 server on a bare socket that keeps the exact bytes of every request. It answers each with 200 and the
 * request as JSON (see `echo`), unless a handler is registered. It adds no CORS fields.
 */
export class EchoServer {
  readonly origin: string;
  readonly port: number;
  /** Complete requests in the order in which their last byte came. */
  readonly requests: ReceivedRequest[] = [];
  /** Every request whose head came, complete or not. */
  readonly heads: ReceivedRequest[] = [];
  /** One a connection, in order of arrival: settles when it has ended. */
  readonly connections: Promise<Closing>[] = [];
  /** The fields of every request ever, also of those that were cleared. */
  readonly everSeen: (readonly FieldLine[])[] = [];
  readonly #problems: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #taken = new Set<ReceivedRequest>();
  readonly #handlers: { matches: (path: string) => boolean; handler: Handler; when: 'head' | 'complete' }[] = [];
  #waiters: Waiter[] = [];

  constructor(server: Server, secure: boolean) {
    const { address, port } = server.address() as AddressInfo;
    this.#server = server;
    this.port = port;
    this.origin = `${secure ? 'https' : 'http'}://${address}:${port}`;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      if (!secure) this.#accept(socket, socket);
    });
    if (secure) server.on('secureConnection', (socket: TLSSocket) => this.#accept(socket, this.#under(socket)));
  }

  /**
   * Answers requests to `path` (exact, without query, or a pattern; `*` is any) with `handler`; the latest registration
   * wins. `when: 'head'` runs it before the body has come. Gives a function that takes it back.
   */
  on(path: string | RegExp, handler: Handler, { when = 'complete' }: { when?: 'head' | 'complete' } = {}): () => void {
    const matches = (seen: string) => (typeof path === 'string' ? path === '*' || seen === path : path.test(seen));
    const entry = { matches, handler, when };
    this.#handlers.unshift(entry);
    return () => void this.#handlers.splice(this.#handlers.indexOf(entry), 1);
  }

  /**
   * The oldest complete request that matches (a path, or a predicate; any, if left out) and that no earlier call has
   * taken, or the next one to come. Throws after `timeoutMs` and names what did come.
   */
  async next(predicate: Predicate = () => true, { timeoutMs = 30_000 } = {}): Promise<ReceivedRequest> {
    const matches = typeof predicate === 'string' ? ({ path }: ReceivedRequest) => path === predicate : predicate;
    const there = this.requests.find((request) => !this.#taken.has(request) && matches(request));
    if (there) {
      this.#taken.add(there);
      return there;
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        matches,
        resolve(request) {
          clearTimeout(timer);
          resolve(request);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        const seen = this.heads.map(({ method, target, complete }) => `${method} ${target}${complete ? '' : ' (cut)'}`);
        reject(new Error(`No request matched within ${timeoutMs} ms. Seen: ${seen.join(', ') || 'none'}`));
      }, timeoutMs);
      this.#waiters.push(waiter);
    });
  }

  /** Forgets what has come so far, so that `next` waits for something new. What is not clean stays on record. */
  clear(): void {
    this.requests.length = 0;
    this.heads.length = 0;
  }

  /**
   * Throws if anything of ours ever reached this server: a fragment in a target, a field with a name of ours, an
   * extension's origin in a value; or if a request was malformed or a handler failed.
   */
  assertClean(): void {
    if (this.#problems.length > 0) throw new Error(`The wire is not clean:\n${this.#problems.join('\n')}`);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The TCP socket that carries a TLS one: Node can send RST on that alone. */
  #under(socket: TLSSocket): Socket {
    return [...this.#sockets].find(({ remotePort }) => remotePort === socket.remotePort) ?? socket;
  }

  #accept(socket: Socket, tcp: Socket): void {
    const closed = serveConnection(socket, this.connections.length + 1, {
      reset: () => void tcp.resetAndDestroy(),
      head: (request) => {
        this.heads.push(request);
        this.everSeen.push(request.fields);
        this.#inspect(request);
      },
      complete: (request) => this.#receive(request),
      malformed: (reason) => void this.#problems.push(`malformed request: ${reason}`),
      failed: (error) => void this.#problems.push(`a handler failed: ${String(error)}`),
      handlerFor: (request, when) => this.#handlerFor(request, when),
    });
    this.connections.push(closed);
  }

  #handlerFor(request: ReceivedRequest, when: 'head' | 'complete'): Handler | undefined {
    const entry = this.#handlers.find(({ matches }) => matches(request.path));
    if (entry) return entry.when === when ? entry.handler : undefined;
    return when === 'complete' ? (seen, reply) => reply.send(echo(seen)) : undefined;
  }

  #receive(request: ReceivedRequest): void {
    this.requests.push(request);
    const waiter = this.#waiters.find(({ matches }) => matches(request));
    if (!waiter) return;
    this.#waiters = this.#waiters.filter((other) => other !== waiter);
    this.#taken.add(request);
    waiter.resolve(request);
  }

  #inspect(request: ReceivedRequest): void {
    const where = `${request.method} ${request.target}`;
    if (request.target.includes('#')) this.#problems.push(`${where}: a fragment in the target`);
    for (const [name, value] of request.fields) {
      if (ownFieldName.test(name)) this.#problems.push(`${where}: field ${name}: ${value}`);
      if (extensionOrigin.test(value)) this.#problems.push(`${where}: our origin in ${name}: ${value}`);
    }
  }
}

/** Starts an echo server on an ephemeral loopback port. */
export async function startEchoServer(options: EchoServerOptions = {}): Promise<EchoServer> {
  const { host = '127.0.0.1', tls } = options;
  const settings = { allowHalfOpen: true, noDelay: true };
  const server = tls ? createTlsServer({ ...settings, ...tls }) : createServer(settings);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  return new EchoServer(server, tls !== undefined);
}
