import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { isRecord, item, list, number, text } from '../values.ts';

type Step = Readonly<Record<string, unknown>>;

/** A server on a bare socket that answers by a vector's script, one connection a request. Afterwards it says 200. */
export interface ScriptServer {
  readonly origin: string;
  /** `GET /` and so on, in the order of arrival. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function startScriptServer(script: readonly Step[]): Promise<ScriptServer> {
  const steps = [...script];
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    void serve(socket);
  });
  const serve = async (socket: Socket): Promise<void> => {
    const line = await readRequest(socket);
    if (line === null) return;
    requests.push(line);
    answer(socket, steps.shift() ?? { status: 200 });
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Method and target, once the whole request is there. */
async function readRequest(socket: Socket): Promise<string | null> {
  let received = '';
  for await (const piece of socket.iterator({ destroyOnReturn: false })) {
    received += (piece as Buffer).toString('latin1');
    const end = received.indexOf('\r\n\r\n');
    if (end === -1) continue;
    const head = received.slice(0, end);
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    if (received.length < end + 4 + length) continue;
    return head.split(' ').slice(0, 2).join(' ');
  }
  return null;
}

function answer(socket: Socket, step: Step): void {
  if (step['hang'] === true) return;
  if (step['close'] === true) {
    socket.end();
  } else if (typeof step['raw'] === 'string') {
    socket.end(Buffer.from(step['raw'], 'latin1'));
  } else if (step['raw'] instanceof Uint8Array) {
    socket.end(step['raw']);
  } else {
    const fields = list(step['headers'] ?? []).map((line) => `${text(item(line, 0))}: ${text(item(line, 1))}\r\n`);
    const body = typeof step['body'] === 'string' ? step['body'] : '';
    const framing = `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n`;
    socket.end(`HTTP/1.1 ${number(step['status'])} Status\r\n${fields.join('')}${framing}\r\n${body}`);
  }
}

export function stepsOf(value: unknown): Step[] {
  return list(value).map((step) => (isRecord(step) ? step : {}));
}
