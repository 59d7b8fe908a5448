import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { startEchoServer } from '../support/echo-server.ts';
import type { EchoServer, ReceivedRequest, Reply as Connection } from '../support/echo-server.ts';
import type { Bytes, Case, Reply } from './case.ts';
import type { ReceivedFacts } from './facts.ts';

/** What the placeholders of a case stand for. */
export type Places = Readonly<Record<'echo' | 'path' | 'host' | 'local' | 'other' | 'closed' | 'httpbin', string>>;

/** The path under which one sender's copy of a case lives. All are of one length, so that lengths can be compared. */
export function pathOf(letter: string, index: number): string {
  return `/${letter}${String(index).padStart(4, '0')}`;
}

const unscripted: Reply = { fields: [['Content-Type', 'text/plain; charset=utf-8']], body: 'as expected' };

interface Surroundings {
  readonly closedPort: number;
  readonly httpbin: string;
  readonly keepAlive: boolean;
}

/**
 * The raw-socket server that all senders send to. The first segment of a request's path says whose request it is and
 * which case it belongs to, so cases may be under way at the same time.
 */
export class CaseServer {
  readonly #main: EchoServer;
  readonly #other: EchoServer;
  readonly #closedPort: number;
  readonly #httpbin: string;
  readonly #scripts = new Map<string, Map<string, Reply[]>>();

  readonly #keepAlive: boolean;

  constructor(main: EchoServer, other: EchoServer, { closedPort, httpbin, keepAlive }: Surroundings) {
    this.#main = main;
    this.#other = other;
    this.#closedPort = closedPort;
    this.#httpbin = httpbin;
    this.#keepAlive = keepAlive;
    for (const server of [main, other]) server.on('*', (request, reply) => this.#answer(request, reply));
  }

  places(path: string): Places {
    return {
      echo: this.#main.origin + path,
      path,
      host: `127.0.0.1:${this.#main.port}`,
      local: `http://localhost:${this.#main.port}${path}`,
      other: this.#other.origin + path,
      closed: `http://127.0.0.1:${this.#closedPort}`,
      httpbin: this.#httpbin,
    };
  }

  /** Puts the case in its place: the copy to send, with its placeholders filled in. */
  stage(c: Case, path: string): Case {
    const staged = fillIn(c, this.places(path));
    const script = new Map<string, Reply[]>();
    for (const [at, replies] of Object.entries(staged.replies ?? {})) script.set(path + at, [...replies]);
    this.#scripts.set(path, script);
    return staged;
  }

  /** The complete requests that came under that path so far, in the order in which their heads came. */
  received(path: string): ReceivedFacts[] {
    return [...this.#main.requests, ...this.#other.requests]
      .filter((request) => firstSegment(request.path) === path)
      .sort((one, two) => one.at - two.at)
      .map(receivedFacts);
  }

  /** Throws if a request of anybody's was malformed or carried what must not leave the product. */
  assertClean(): void {
    this.#main.assertClean();
    this.#other.assertClean();
  }

  async close(): Promise<void> {
    await Promise.all([this.#main.close(), this.#other.close()]);
  }

  async #answer(request: ReceivedRequest, connection: Connection): Promise<void> {
    const list = this.#scripts.get(firstSegment(request.path))?.get(request.path) ?? [unscripted];
    const reply = (list.length > 1 ? list.shift() : list[0]) ?? unscripted;
    if ('raw' in reply) {
      await connection.write(reply.raw);
      if (reply.stalls) await connection.closed;
      else connection.end();
    } else if ('fault' in reply) {
      if (reply.fault === 'reset') connection.reset();
      if (reply.fault === 'close') connection.destroy();
      if (reply.fault === 'stall') await connection.closed;
    } else {
      const { body = '', fields = [], ...parts } = reply;
      const closing: [string, string][] = this.#keepAlive ? [] : [['Connection', 'close']];
      const content = typeof body === 'string' ? body : decode(body);
      await connection.send({ ...parts, fields: [...fields, ...closing], body: content });
      if (!this.#keepAlive) connection.end();
    }
  }
}

function firstSegment(path: string): string {
  return /^\/+([^/]*)/.exec(path)?.[0] ?? '';
}

function decode(content: Bytes): Buffer {
  return Buffer.from(content.$bytes, 'base64');
}

/** A copy of the value in which every placeholder is what it stands for. */
function fillIn<T>(value: T, places: Places): T {
  const filled: unknown = JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
    typeof inner === 'string'
      ? inner.replace(/\{(\w+)\}/g, (all, name: string) => (name in places ? places[name as keyof Places] : all))
      : inner,
  );
  return filled as T;
}

function receivedFacts(request: ReceivedRequest): ReceivedFacts {
  const chunked = /chunked/i.test(request.field('transfer-encoding') ?? '');
  return {
    method: request.method,
    target: request.target,
    fields: request.fields.map(([name, value]) => [name, value]),
    body: request.body.toString('latin1'),
    chunked: chunked ? request.rawBody.toString('latin1') : '',
  };
}

/** A port on which nobody listens: the system gave it, and it was given back. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  return port;
}

interface CaseServerOptions {
  /** The origin of a running httpbin. */
  readonly httpbin: string;
  /**
   * false ends the connection after every reply. A browser sends a request again by itself, without a word, when a
   * connection that it had used before turns out to be dead: a case about failures must not meet one.
   */
  readonly keepAlive?: boolean;
}

export async function startCaseServer({ httpbin, keepAlive = true }: CaseServerOptions): Promise<CaseServer> {
  const [main, other, port] = await Promise.all([startEchoServer(), startEchoServer(), closedPort()]);
  return new CaseServer(main, other, { closedPort: port, httpbin, keepAlive });
}
