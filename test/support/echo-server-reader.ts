import type { FieldLine } from './echo-server-types.ts';

/** What the reader knows once a head is complete. */
export interface RequestHead {
  readonly bytes: Buffer;
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly fields: readonly FieldLine[];
}

interface RequestBody {
  /** As it stood on the wire: chunk sizes and trailers included. */
  readonly raw: Buffer;
  /** The framing removed. */
  readonly content: Buffer;
}

interface ReaderEvents {
  head(head: RequestHead): void;
  complete(body: RequestBody): void;
  /** The bytes are no HTTP/1.1 request; nothing more is read from this connection. */
  malformed(reason: string): void;
}

const crlf = Buffer.from('\r\n');
const blankLine = Buffer.from('\r\n\r\n');

type Need = 'head' | 'fixed' | 'chunk-size' | 'chunk-data' | 'trailers' | 'nothing';

/**
 * Cuts the byte stream of one connection into requests (RFC 9112). It keeps every byte as it came and understands
 * Content-Length and chunked framing only as far as it must to find where a request ends.
 */
export class RequestReader {
  #need: Need = 'head';
  #pending: Buffer = Buffer.alloc(0);
  #remaining = 0;
  #raw: Buffer[] = [];
  #content: Buffer[] = [];
  readonly #events: ReaderEvents;

  constructor(events: ReaderEvents) {
    this.#events = events;
  }

  /** True when the connection may close here without cutting a request off. */
  get idle(): boolean {
    return this.#need === 'nothing' || (this.#need === 'head' && this.#pending.length === 0);
  }

  push(bytes: Buffer): void {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    while (this.#step()) {
      // Each step takes one piece off the pending bytes.
    }
  }

  #step(): boolean {
    switch (this.#need) {
      case 'head':
        return this.#readHead();
      case 'fixed':
        return this.#readData(() => this.#complete());
      case 'chunk-size':
        return this.#readChunkSize();
      case 'chunk-data':
        return this.#readData(() => this.#endChunk());
      case 'trailers':
        return this.#readTrailers();
      case 'nothing':
        return false;
    }
  }

  #take(length: number): Buffer {
    const taken = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    return taken;
  }

  #readHead(): boolean {
    const end = this.#pending.indexOf(blankLine);
    if (end < 0) return false;
    const bytes = this.#take(end + blankLine.length);
    const [requestLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
    const [method, target, version, ...rest] = requestLine.split(' ');
    if (!method || !target || !version?.startsWith('HTTP/') || rest.length > 0) {
      return this.#fail(`request line ${JSON.stringify(requestLine)}`);
    }
    const fields = lines.map(splitFieldLine);
    const bad = lines.find((line) => !/^[^\s:]+:/.test(line));
    if (bad !== undefined) return this.#fail(`field line ${JSON.stringify(bad)}`);
    this.#events.head({ bytes, method, target, version, fields });
    return this.#startBody(fields);
  }

  #startBody(fields: readonly FieldLine[]): boolean {
    const lengths = fields.filter(([name]) => name.toLowerCase() === 'content-length').map(([, value]) => value);
    const chunked = fields.some(
      ([name, value]) => name.toLowerCase() === 'transfer-encoding' && /chunked/i.test(value),
    );
    if (lengths.length > 1) return this.#fail('several Content-Length fields');
    if (lengths.length > 0 && chunked) return this.#fail('Content-Length and Transfer-Encoding together');
    if (chunked) {
      this.#need = 'chunk-size';
      return true;
    }
    const length = lengths[0] ?? '0';
    if (!/^\d+$/.test(length)) return this.#fail(`Content-Length ${JSON.stringify(length)}`);
    this.#remaining = Number(length);
    if (this.#remaining === 0) return this.#complete();
    this.#need = 'fixed';
    return true;
  }

  /** Takes what is there of the `#remaining` bytes; `done` runs with the last one. */
  #readData(done: () => boolean): boolean {
    if (this.#pending.length === 0) return false;
    const bytes = this.#take(Math.min(this.#remaining, this.#pending.length));
    this.#remaining -= bytes.length;
    this.#raw.push(bytes);
    this.#content.push(bytes);
    return this.#remaining === 0 ? done() : false;
  }

  #readChunkSize(): boolean {
    const end = this.#pending.indexOf(crlf);
    if (end < 0) return false;
    const line = this.#take(end + crlf.length);
    const size = line.subarray(0, end).toString('latin1').split(';')[0] ?? '';
    if (!/^[0-9a-f]+$/i.test(size)) return this.#fail(`chunk size ${JSON.stringify(size)}`);
    this.#raw.push(line);
    this.#remaining = Number.parseInt(size, 16);
    this.#need = this.#remaining === 0 ? 'trailers' : 'chunk-data';
    return true;
  }

  #endChunk(): boolean {
    // With nothing remaining the state stays as it is, until the chunk's closing line break is there.
    if (this.#pending.length < crlf.length) return false;
    const end = this.#take(crlf.length);
    if (!end.equals(crlf)) return this.#fail('a chunk longer than its size');
    this.#raw.push(end);
    this.#need = 'chunk-size';
    return true;
  }

  #readTrailers(): boolean {
    const end = this.#pending.indexOf(crlf);
    if (end < 0) return false;
    const line = this.#take(end + crlf.length);
    this.#raw.push(line);
    return end === 0 ? this.#complete() : true;
  }

  #complete(): boolean {
    const body = { raw: Buffer.concat(this.#raw), content: Buffer.concat(this.#content) };
    this.#raw = [];
    this.#content = [];
    this.#need = 'head';
    this.#events.complete(body);
    return this.#pending.length > 0;
  }

  #fail(reason: string): false {
    this.#need = 'nothing';
    this.#events.malformed(reason);
    return false;
  }
}

function splitFieldLine(line: string): FieldLine {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')];
}
