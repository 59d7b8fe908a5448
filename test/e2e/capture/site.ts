import { startEchoServer, type EchoServer, type FieldLine, type ReceivedRequest } from '../../support/echo-server.ts';
import type { Workbench } from '../driver/types.ts';
import { pageRequests } from './page-requests.ts';

/** A page that can send one request of each kind, the server behind it, and the same server as another site. */
export interface CaptureSite extends AsyncDisposable {
  readonly server: EchoServer;
  /** The page's own origin. */
  readonly origin: string;
  /** Another site, which shares nothing with it. */
  readonly other: string;
  /** Opens the page in the inspected tab. */
  open(workbench: Workbench): Promise<void>;
  /** Lets the open page send the request of that index, and waits for what it returned. */
  send(workbench: Workbench, index: number): Promise<void>;
  /** All of them, one after the other. */
  sendAll(workbench: Workbench): Promise<void>;
}

const COOKIES: readonly FieldLine[] = [
  ['Set-Cookie', 'lax=1; SameSite=Lax'],
  ['Set-Cookie', 'strict=2; SameSite=Strict'],
  ['Set-Cookie', 'none=3; SameSite=None; Secure'],
  ['Set-Cookie', 'hidden=4; HttpOnly'],
  ['Set-Cookie', 'plain=5'],
];

export async function openCaptureSite(): Promise<CaptureSite> {
  const server = await startEchoServer();
  const origin = server.origin;
  const other = `http://localhost:${server.port}`;
  server.on('*', (request, reply) => {
    const cors = corsFor(request);
    const { path } = request;
    if (path === '/')
      return reply.send({
        fields: [...cors, ...COOKIES, ['Content-Type', 'text/html; charset=utf-8']],
        body: Buffer.from(page()),
      });
    const redirect = /^(.*)\/(redirect|away)\/(\d+)$/.exec(path);
    if (redirect) {
      const base = redirect[2] === 'away' ? other : '';
      return reply.send({
        status: Number(redirect[3]),
        fields: [...cors, ['Location', `${base}${redirect[1]}/target`]],
      });
    }
    if (path.endsWith('/etag')) return reply.send(tagged(request));
    if (path.endsWith('/events')) {
      return reply.send({ fields: [['Content-Type', 'text/event-stream']], body: 'data: once\n\n' });
    }
    return reply.send({ fields: [...cors, ['Content-Type', 'text/plain']], body: `${request.method} ${path}` });
  });

  async function send(workbench: Workbench, index: number): Promise<void> {
    const problem = await workbench.evaluateInPage(
      (at: number, own: string, foreign: string) => {
        const page = globalThis as unknown as { send(at: number, own: string, foreign: string): Promise<string> };
        return page.send(at, own, foreign);
      },
      index,
      `${origin}/r/${index}`,
      `${other}/r/${index}`,
    );
    if (problem !== '') throw new Error(`The page could not send “${pageRequests[index]?.name}”: ${problem}`);
  }

  return {
    server,
    origin,
    other,
    async open(workbench) {
      await workbench.inspect(`${origin}/`);
      // Cookies of the other site, which a request with credentials then sends.
      await workbench.evaluateInPage(
        async (url: string) => (await fetch(url, { credentials: 'include' })).status,
        other,
      );
    },
    send,
    async sendAll(workbench) {
      for (const index of pageRequests.keys()) await send(workbench, index);
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function page(): string {
  const list = pageRequests.map(({ run }) => String(run)).join(',\n');
  return `<!doctype html><html lang="en"><title>Captured</title><body><script>
    const __name = (value) => value;
    const list = [${list}];
    globalThis.send = async (index, at, other) => {
      try { await list[index](at, other); return ''; } catch (error) { return String(error); }
    };
  </script>`;
}

function corsFor(request: ReceivedRequest): FieldLine[] {
  const origin = request.field('origin');
  if (origin === undefined) return [];
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Access-Control-Allow-Headers', 'x-custom, content-type'],
    ['Access-Control-Allow-Methods', 'PUT'],
  ];
}

function tagged(request: ReceivedRequest): { status: number; fields: FieldLine[]; body: string } {
  const known = request.field('if-none-match') !== undefined;
  return {
    status: known ? 304 : 200,
    fields: [
      ['ETag', '"v1"'],
      ['Cache-Control', 'no-cache'],
    ],
    body: known ? '' : 'tagged',
  };
}

/** Everything of a request that counts: names of fields without case, values and bytes exactly, the order of fields not. */
export function asSeen({ method, target, fields, body }: ReceivedRequest): string {
  const lines = fields.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort();
  return [`${method} ${target}`, ...lines, '', body.toString('latin1')].join('\n');
}

/** Requests that are in the one list and not in the other, each as often as it is. */
export function unmatched(some: readonly ReceivedRequest[], others: readonly ReceivedRequest[]): string[] {
  const left = others.map(asSeen);
  return some.map(asSeen).filter((seen) => {
    const at = left.indexOf(seen);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
