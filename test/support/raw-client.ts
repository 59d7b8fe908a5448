import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A client that sends any bytes and keeps what comes back, one character a byte. */
export class RawClient {
  readonly socket: Socket;
  /** Settles when the connection is gone: with the error's code, or nothing where it ended in order. */
  readonly closed: Promise<string | undefined>;
  received = '';

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      this.received += part;
    });
    let code: string | undefined;
    socket.on('error', (error: NodeJS.ErrnoException) => {
      code = error.code;
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => resolve(code));
    });
  }

  send(bytes: string): void {
    this.socket.write(Buffer.from(bytes, 'latin1'));
  }

  /** Waits until what came back contains `text`, or the connection has ended. */
  until(text: string): Promise<string> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.received.includes(text) || this.socket.readableEnded || this.socket.destroyed) resolve(this.received);
      };
      this.socket.on('data', look).on('end', look).on('close', look);
      look();
    });
  }

  /** Everything until the server has ended its side. */
  async toEnd(): Promise<string> {
    const ended = new Promise<void>((resolve) => {
      this.socket.once('end', resolve);
    });
    if (!this.socket.readableEnded) await Promise.race([ended, this.closed]);
    return this.received;
  }
}

/** Opens a connection to a loopback port. */
export async function openRawClient(port: number): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return new RawClient(socket);
}
