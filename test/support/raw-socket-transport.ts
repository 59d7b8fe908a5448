import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { RequestException } from '../../src/http/errors.ts';
import { exceptionForNetError, netErrorOf } from '../../src/http/net-errors.ts';
import { hostOf, splitUrl } from '../../src/http/split-url.ts';
import type { Body, Capability, HeaderLine, Transport, WireRequest, WireResponse } from '../../src/http/types.ts';
import { pathUrl } from '../../src/http/url.ts';
import { decodedBody, framedBody, hasBody } from './raw-response-body.ts';
import { readHead } from './raw-response-head.ts';
import { SocketReader } from './socket-reader.ts';

export interface RawSocketOptions {
  /** PEM of an authority to trust besides the usual ones. */
  ca?: string;
  /** Where to connect instead of what the URL says; the bytes sent stay the same. */
  lookup?: (hostname: string, port: number) => { host: string; port: number };
}

const CAPABILITIES: readonly Capability[] = [
  ...(['manual-redirect', 'read-set-cookie', 'set-cookie-header', 'set-host', 'set-user-agent'] as const),
  ...(['read-hop-status', 'net-error-code', 'upload-progress', 'stream-upload', 'remote-ip'] as const),
  ...(['get-body', 'insecure-tls'] as const),
];

/**
 * HTTP/1.1 over a bare socket, one connection a hop: writes exactly the prepared bytes (and Host, where it is not
 * among them) and reads the answer as Python's http.client and urllib3 do. For comparing bytes and failures.
 */
export class RawSocketTransport implements Transport {
  readonly capabilities: ReadonlySet<Capability> = new Set(CAPABILITIES);
  readonly #options: RawSocketOptions;

  constructor(options: RawSocketOptions = {}) {
    this.#options = options;
  }

  plan(): readonly [] {
    return [];
  }

  async exchange(w: WireRequest, signal: AbortSignal): Promise<WireResponse> {
    signal.throwIfAborted();
    let socket: Socket | null = null;
    const abort = (): void => {
      socket?.destroy();
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      socket = await this.#open(w, (opening) => (socket = opening));
      const derived = [...hostLine(w), ...framingLine(w)];
      const sending = write(socket, w, derived);
      // A server may answer before it has read all; a failure to write shows when the answer is missing.
      sending.catch(() => {});
      const reader = new SocketReader(socket);
      const head = await readHead(reader);
      const close = (): void => reader.close();
      const body = hasBody(w.method, head.status)
        ? decodedBody(framedBody(reader, head.headers), head.headers, close)
        : null;
      if (body === null) close();
      const ip = socket.remoteAddress;
      return {
        ...head,
        body,
        ...(ip === undefined ? {} : { ip }),
        wire: { sent: w.headers, derived },
      };
    } catch (cause) {
      socket?.destroy();
      if (signal.aborted) throw signal.reason;
      throw RequestException.is(cause) ? cause : exceptionForNetError(netErrorOf(cause), { cause });
    }
  }

  async #open(w: WireRequest, opening: (socket: Socket) => void): Promise<Socket> {
    const url = splitUrl(w.url);
    const { hostname, port } = hostOf(url);
    const secure = url.scheme === 'https';
    const named = { host: hostname ?? '', port: port ?? (secure ? 443 : 80) };
    const target = this.#options.lookup?.(named.host, named.port) ?? named;
    if (!secure) {
      const socket = connect(target);
      opening(socket);
      await once(socket, 'connect');
      return socket;
    }
    const { ca } = this.#options;
    const trust = { rejectUnauthorized: w.verify, ...(ca === undefined ? {} : { ca }) };
    const socket = connectTls({ ...target, ...trust, servername: /^[\d.]+$|:/.test(named.host) ? '' : named.host });
    opening(socket);
    await once(socket, 'secureConnect');
    return socket;
  }
}

/** http.client writes Host first, without the port that the scheme implies, unless the caller gave one. */
function hostLine(w: WireRequest): HeaderLine[] {
  if (w.headers.some(([name]) => name.toLowerCase() === 'host')) return [];
  const url = splitUrl(w.url);
  const { hostname, port } = hostOf(url);
  const host = hostname?.includes(':') === true ? `[${hostname}]` : (hostname ?? '');
  const implied = port === null || port === (url.scheme === 'https' ? 443 : 80);
  return [['Host', implied ? host : `${host}:${port}`]];
}

/** urllib3's `_METHODS_NOT_EXPECTING_BODY`. */
const EXPECT_NO_BODY = new Set(['GET', 'HEAD', 'DELETE', 'TRACE', 'OPTIONS', 'CONNECT']);

/** urllib3 frames what the caller did not: redirects drop the fields, and an empty text never had any. */
function framingLine(w: WireRequest): HeaderLine[] {
  if (w.headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name))) return [];
  if (w.body.kind !== 'none') return [['Transfer-Encoding', 'chunked']];
  return EXPECT_NO_BODY.has(w.method) ? [] : [['Content-Length', '0']];
}

async function write(socket: Socket, w: WireRequest, derived: readonly HeaderLine[]): Promise<void> {
  const lines = [...derived, ...w.headers].map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(Buffer.from(`${w.method} ${pathUrl(w.url)} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'));
  // Requests sends in chunks what has no Content-Length, whatever else the fields say.
  const chunked = !w.headers.some(([name]) => name.toLowerCase() === 'content-length');
  let sent = 0;
  for await (const piece of piecesOf(w.body)) {
    if (piece.length === 0) continue;
    const framed = chunked
      ? Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')])
      : piece;
    if (!socket.write(framed)) await once(socket, 'drain');
    sent += piece.length;
    w.onUpload?.(sent);
  }
  if (chunked && w.body.kind !== 'none') socket.write('0\r\n\r\n');
}

async function* piecesOf(body: Body): AsyncGenerator<Uint8Array> {
  if (body.kind === 'bytes') yield body.bytes;
  if (body.kind === 'blob') yield* body.blob.stream();
  if (body.kind === 'stream') yield* body.open();
}
