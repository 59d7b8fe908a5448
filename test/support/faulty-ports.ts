import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A loopback port with a certain fault, held until `close`. */
interface FaultyPort {
  readonly port: number;
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * A port on which nobody listens, and nobody else can start to: it is the local end of an open connection, so the
 * system gives it to no one, while a connection to it is refused.
 */
export async function startRefusedPort(): Promise<FaultyPort> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const accepted = new Promise<Socket>((resolve) => {
    server.once('connection', resolve);
  });
  await once(client, 'connect');
  return faultyPort(client.localPort ?? 0, async () => {
    client.destroy();
    (await accepted).destroy();
    server.close();
    await once(server, 'close');
  });
}

/** A port that takes a connection and closes it before a byte is read: with FIN, or with RST. */
export async function startClosingPort(how: 'fin' | 'rst' = 'fin'): Promise<FaultyPort> {
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    if (how === 'rst') socket.resetAndDestroy();
    else socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return faultyPort((server.address() as AddressInfo).port, async () => {
    server.close();
    await once(server, 'close');
  });
}

/**
 * A Python program that listens with a backlog of nothing, fills it with connections of its own and never accepts: Linux
 * then drops each further SYN, so connecting takes for ever. Node cannot do this, it always accepts.
 */
const deafListener = `
import socket, sys
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(0)
fillers = []
for _ in range(8):
    filler = socket.socket()
    filler.setblocking(False)
    filler.connect_ex(server.getsockname())
    fillers.append(filler)
print(server.getsockname()[1], flush=True)
sys.stdin.read()
`;

/** A port that never completes a connection (Linux only). */
export async function startDeafPort(): Promise<FaultyPort> {
  const listener = spawn('python3', ['-c', deafListener], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(listener, 'exit');
  const [line] = (await Promise.race([once(listener.stdout, 'data'), exited])) as [Buffer | number];
  const port = Number(String(line));
  if (!Buffer.isBuffer(line) || !port) throw new Error(`The deaf listener did not start: ${String(line)}`);
  return faultyPort(port, async () => {
    // It waits for the end of its input, so it also ends when this process dies.
    listener.stdin.end();
    await exited;
  });
}

function faultyPort(port: number, close: () => Promise<void>): FaultyPort {
  return { port, origin: `http://127.0.0.1:${port}`, close };
}
