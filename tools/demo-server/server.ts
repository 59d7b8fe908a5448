import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer.ts';
import { problem, reasonOf } from './answer.ts';
import { authRoutes } from './auth-routes.ts';
import { bytesRoutes } from './bytes-routes.ts';
import { cachingRoutes } from './caching-routes.ts';
import { cookieRoutes } from './cookie-routes.ts';
import { documentRoutes } from './document-routes.ts';
import { guideRoutes } from './guide-routes.ts';
import { inspectRoutes } from './inspect-routes.ts';
import { redirectRoutes } from './redirect-routes.ts';
import { readRequest } from './request.ts';
import type { DemoRequest } from './request.ts';
import { router } from './router.ts';
import { statusRoutes } from './status-routes.ts';

export interface DemoServer {
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

const route = router({
  ...guideRoutes,
  ...inspectRoutes,
  ...redirectRoutes,
  ...statusRoutes,
  ...cookieRoutes,
  ...authRoutes,
  ...bytesRoutes,
  ...cachingRoutes,
  ...documentRoutes,
});

/**
 * Starts the demo server, a subset of httpbin, on the loopback addresses of IPv4 and, where there is one, IPv6, so that
 * `localhost` reaches it either way. Port 0 or none: one that is free.
 */
export async function startDemoServer({ port = 0 }: { port?: number } = {}): Promise<DemoServer> {
  const first = await listen('127.0.0.1', port);
  const bound = (first.address() as AddressInfo).port;
  const second = await listen('::1', bound).catch(() => undefined);
  return {
    origin: `http://127.0.0.1:${bound}`,
    port: bound,
    async close() {
      await Promise.all([first, second].map(stop));
    },
  };
}

async function listen(host: string, port: number): Promise<Server> {
  const server = createServer((message, response) => void serve(message, response));
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

async function stop(server: Server | undefined): Promise<void> {
  if (!server) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    const request = await readRequest(message, gone.signal);
    await send(request, await answerTo(request), response);
  } catch {
    // The client has gone, or went in the middle of the answer: nobody is left to be told.
    response.destroy();
  }
}

async function answerTo(request: DemoRequest): Promise<Answer> {
  try {
    return await route(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    return problem(500, 'This request makes no sense to this address.');
  }
}

async function send(request: DemoRequest, answer: Answer, response: ServerResponse): Promise<void> {
  const { status, fields, body } = answer;
  const all: [string, string][] = [
    ...fields.map(([name, value]): [string, string] => [name, value]),
    ...crossOrigin(request),
  ];
  const whole = typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : undefined;
  const bodiless = status < 200 || status === 204 || status === 304;
  if (whole && !bodiless) all.push(['Content-Length', String(whole.length)]);
  response.writeHead(status, reasonOf(status), all.flat());
  if (whole || request.method === 'HEAD') response.end(bodiless ? undefined : whole);
  else await pipeline(Readable.from(body, { objectMode: true }), response);
}

/** httpbin lets every page read every answer, and says so on all of them. */
function crossOrigin(request: DemoRequest): [string, string][] {
  const asked = request.field('Access-Control-Request-Headers');
  const preflight: [string, string][] = [
    ['Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, PATCH, OPTIONS'],
    ['Access-Control-Max-Age', '3600'],
    ...(asked === undefined ? [] : [['Access-Control-Allow-Headers', asked] satisfies [string, string]]),
  ];
  return [
    ['Access-Control-Allow-Origin', request.field('Origin') ?? '*'],
    ['Access-Control-Allow-Credentials', 'true'],
    ...(request.method === 'OPTIONS' ? preflight : []),
  ];
}
