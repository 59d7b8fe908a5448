import type { Socket } from 'node:net';

/** One field line, name and value as they came (Latin-1), optional white space around the value removed. */
export type FieldLine = readonly [name: string, value: string];

/** How and when a connection ended. `at` is on the clock of `performance.now()`. */
export interface Closing {
  readonly by: 'client' | 'server';
  readonly at: number;
}

/** One request as the socket saw it. */
export interface ReceivedRequest {
  /** Counts from 1; requests on one keep-alive connection share it. */
  readonly connection: number;
  readonly method: string;
  /** The request target exactly as sent: path and query, or whatever came. */
  readonly target: string;
  /** The target up to the question mark. */
  readonly path: string;
  readonly version: string;
  readonly fields: readonly FieldLine[];
  /** Exact bytes from the request line up to and including the blank line. */
  readonly head: Buffer;
  /** Exact bytes after the head, chunk framing and trailers included. Empty until the request is complete. */
  readonly rawBody: Buffer;
  /** The body without its framing. Empty until the request is complete. */
  readonly body: Buffer;
  /** `head` and `rawBody` together. */
  readonly bytes: Buffer;
  /** True once the last byte of the body has arrived. */
  readonly complete: boolean;
  /** When the head was complete, on the clock of `performance.now()`. */
  readonly at: number;
  /** Settles when this request's connection has ended. */
  readonly closed: Promise<Closing>;
  /** The first value of a field, compared without case. */
  field(name: string): string | undefined;
  /** All values of a field, compared without case, in order. */
  all(name: string): string[];
}

/** A reply in parts; a Content-Length is computed unless one of the framing fields is given. */
export interface ReplyParts {
  readonly status?: number;
  readonly reason?: string;
  readonly fields?: readonly FieldLine[];
  readonly body?: string | Uint8Array;
}

/** What a handler answers with: a well-formed reply, or any bytes and any end it likes. */
export interface Reply {
  readonly socket: Socket;
  readonly closed: Promise<Closing>;
  /** Sends a complete reply; ends the connection afterwards where the request asked for that. */
  send(parts?: ReplyParts): Promise<void>;
  /** Writes these bytes and nothing else; settles once they are handed to the system, or the connection is gone. */
  write(bytes: string | Uint8Array): Promise<void>;
  /** Writes the bytes in pieces of `size`, `everyMs` apart, until done or the connection is gone. */
  drip(bytes: string | Uint8Array, pace: { readonly size: number; readonly everyMs: number }): Promise<void>;
  /** Sends FIN and keeps reading (half-close). */
  end(): void;
  /** Closes at once; what was written may still go out. */
  destroy(): void;
  /** Closes at once with RST. */
  reset(): void;
}

/** Runs for each matching request, one after another on a connection; until it settles, later requests there wait. */
export type Handler = (request: ReceivedRequest, reply: Reply) => void | Promise<void>;
