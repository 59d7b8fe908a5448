import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves and takes bytes as fast as Node can. */
export interface ByteServer {
  readonly origin: string;
  close(): Promise<void>;
}

const PIECE = Buffer.alloc(2 ** 20, 'x');

/** `/bytes?n` answers with so many MiB of text, `/json` with `json`; whatever is posted is read to its end. */
export async function startByteServer(json = Buffer.from('[]')): Promise<ByteServer> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://server');
    if (request.method === 'POST') {
      request.resume().on('end', () => response.end('ok'));
      return;
    }
    if (pathname === '/json') {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': json.length }).end(json);
      return;
    }
    let left = Number(search.slice(1));
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': left * PIECE.length });
    const pour = (): void => {
      while (left > 0) {
        left -= 1;
        if (!response.write(PIECE)) return;
      }
      response.end();
    };
    response.on('drain', pour);
    pour();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
