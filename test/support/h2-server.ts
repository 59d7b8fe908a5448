import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import type { Http2SecureServer, IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** One request as it came over HTTP/2. */
export interface H2Request {
  readonly method: string;
  readonly target: string;
  /** The `:authority` pseudo-field: what Host is in HTTP/1.1. */
  readonly authority: string;
  /** Every field line in order, pseudo-fields included, names in lower case as HTTP/2 demands. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** Settles when the stream has ended; the code is RST_STREAM's, 0 where it ended in order. */
  readonly closed: Promise<number>;
}

type H2Handler = (request: H2Request, stream: ServerHttp2Stream) => void;

/** An HTTP/2 server over TLS that keeps the fields of every request and answers 200 with them as JSON. */
export class H2Server {
  readonly port: number;
  readonly requests: H2Request[] = [];
  readonly #server: Http2SecureServer;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #handlers = new Map<string, H2Handler>();
  readonly #arrived = new EventTarget();

  constructor(server: Http2SecureServer) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('session', (session) => {
      this.#sessions.add(session);
      session.on('close', () => this.#sessions.delete(session));
    });
    const receive = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, lines: string[]) => {
      void this.#receive(stream, headers, lines);
    };
    server.on('stream', receive);
  }

  /** The origin under a name; the certificate must fit it. */
  origin(host = 'localhost'): string {
    return `https://${host}:${this.port}`;
  }

  /** Answers requests to this path (without query) with `handler`, once the body is in. */
  on(path: string, handler: H2Handler): void {
    this.#handlers.set(path, handler);
  }

  /** The oldest request that matches, or the next one to come. */
  async next(matches: (request: H2Request) => boolean = () => true): Promise<H2Request> {
    for (;;) {
      const there = this.requests.find(matches);
      if (there) return there;
      await once(this.#arrived, 'request');
    }
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #receive(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, rawHeaders: string[]): Promise<void> {
    const closed = new Promise<number>((resolve) => {
      stream.on('close', () => resolve(stream.rstCode ?? 0));
    });
    // A reset by the client is an 'error' too; `closed` tells of it.
    stream.on('error', () => {});
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    await once(stream, 'end').catch(() => {});
    const request: H2Request = {
      method: String(headers[':method']),
      target: String(headers[':path']),
      authority: String(headers[':authority'] ?? headers.host),
      fields: pairs(rawHeaders),
      body: Buffer.concat(parts),
      closed,
    };
    this.requests.push(request);
    this.#arrived.dispatchEvent(new Event('request'));
    (this.#handlers.get(request.target.split('?', 1)[0] ?? '') ?? echo)(request, stream);
  }
}

/** Starts an HTTP/2 server on an ephemeral loopback port; it speaks no HTTP/1.1. */
export async function startH2Server(tls: { readonly key: string; readonly cert: string }): Promise<H2Server> {
  const server = createSecureServer({ ...tls, allowHTTP1: false });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new H2Server(server);
}

function echo({ method, target, authority, fields, body }: H2Request, stream: ServerHttp2Stream): void {
  if (stream.destroyed) return;
  stream.respond({ ':status': 200, 'content-type': 'application/json' });
  const seen = { method, target, authority, fields, body: body.toString('latin1') };
  stream.end(method === 'HEAD' ? undefined : `${JSON.stringify(seen, null, 2)}\n`);
}

function pairs(flat: readonly string[]): (readonly [string, string])[] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? ''] as const] : []));
}
