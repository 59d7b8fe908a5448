import type { Socket } from 'node:net';

/** Reads a socket by lines and by pieces. A failure of the socket rejects the read that meets it. */
export class SocketReader {
  readonly #socket: Socket;
  readonly #pieces: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#pieces = socket.iterator({ destroyOnReturn: false });
  }

  /** One line with its end, at most `limit + 1` bytes of it; what is left at the end of the stream; '' after it. */
  async line(limit: number): Promise<string> {
    let newline = this.#held.indexOf(10);
    while (newline === -1 && this.#held.length <= limit && (await this.#more())) newline = this.#held.indexOf(10);
    const length = newline === -1 ? this.#held.length : newline + 1;
    return this.#take(Math.min(length, limit + 1)).toString('latin1');
  }

  /** Whatever is there, at most `limit` bytes; null at the end. */
  async piece(limit = Infinity): Promise<Buffer | null> {
    if (this.#held.length === 0 && !(await this.#more())) return null;
    return this.#take(Math.min(this.#held.length, limit));
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(length: number): Buffer {
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const { done, value } = await this.#pieces.next();
    if (done === true) {
      this.#ended = true;
      return false;
    }
    this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value]);
    return true;
  }
}
