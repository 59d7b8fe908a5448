import { guessCharset } from './charset-guess.ts';
import { cookieUrl } from './cookie-rules.ts';
import { CookieJar, type RejectedCookie } from './cookies.ts';
import { HTTPError, JSONDecodeError } from './errors.ts';
import { CaseInsensitiveHeaders } from './headers.ts';
import { guessJsonUtf } from './json-utf.ts';
import { parseJson, type Reviver } from './json.ts';
import { splitLines } from './lines.ts';
import { type Link, linksByRel } from './links.ts';
import type { PreparedRequest } from './prepared-request.ts';
import { type BodyEnd, type BodyWatch, ResponseBody } from './response-body.ts';
import { decoderFor, decodeText, getEncodingFromHeaders, type StreamDecoder } from './text-encoding.ts';
import type { Adapter, HeaderLine, Timing, WireResponse } from './types.ts';

/** The statuses that `Session` follows, given a Location. */
const REDIRECT_STATI: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** `iter_lines` reads the body in pieces of this size. */
const ITER_CHUNK_SIZE = 512;

export interface ResponseInit {
  request: PreparedRequest;
  wire: WireResponse;
  connection: Adapter;
  watch?: BodyWatch;
  /** The reason phrase, where it is not a text: bytes as they came, or null for none at all. */
  reason?: Uint8Array | null;
}

/** Counterpart of `requests.Response`. Where Requests has properties that may read the body, these are methods. */
export class Response {
  readonly request: PreparedRequest;
  /** The request's URL, with its fragment. */
  readonly url: string;
  readonly status: number;
  readonly headers: CaseInsensitiveHeaders;
  /** Every header line as it came, repeated ones apart. */
  readonly rawHeaders: readonly HeaderLine[];
  /** The platform hides this body (a redirect in a browser): `content()` is empty. */
  readonly bodyUnavailable: boolean;
  /** The cookies that this very response set. */
  readonly cookies = new CookieJar();
  /** The adapter that carried it. */
  readonly connection: Adapter;
  /** Milliseconds from sending the request to the end of the header section. */
  elapsed = 0;
  readonly timing: Timing;
  /** Redirects and challenges that led here, oldest first. */
  history: readonly Response[] = [];
  /** With `allowRedirects: false`, the request that would follow this redirect. */
  next: PreparedRequest | null = null;
  /** Charset by the header fields; null when they do not tell. May be set before the text is read. */
  encoding: string | null;
  readonly #reason: string | null;
  readonly #body: ResponseBody;
  #stream: ReadableStream<Uint8Array> | null = null;

  constructor({ request, wire, connection, watch, reason }: ResponseInit) {
    this.request = request;
    this.url = request.url;
    this.status = wire.status;
    this.headers = new CaseInsensitiveHeaders();
    for (const [name, value] of wire.headers) this.headers.append(name, value);
    this.rawHeaders = wire.headers;
    this.bodyUnavailable = wire.bodyUnavailable ?? false;
    this.connection = connection;
    this.timing = {
      start: Date.now(),
      headers: null,
      end: null,
      attempts: 1,
      ...(wire.httpVersion === undefined ? {} : { protocol: wire.httpVersion }),
      ...(wire.ip === undefined ? {} : { ip: wire.ip }),
      ...(wire.fromCache === undefined ? {} : { fromCache: wire.fromCache }),
    };
    this.encoding = getEncodingFromHeaders(this.headers);
    this.#reason = reason === undefined ? wire.reason : reason && reasonText(reason);
    this.#body = new ResponseBody(wire.body, watch);
    this.extractCookies(this.cookies);
  }

  /** Empty where the platform or the protocol (HTTP/2) has none. */
  get reason(): string {
    return this.#reason ?? '';
  }

  /** Requests' rule: false for 400 to 599 only. fetch's `ok` means 200 to 299. */
  get ok(): boolean {
    return this.status < 400 || this.status >= 600;
  }

  /** A status and a Location that `Session` would follow. */
  get isRedirect(): boolean {
    return this.headers.has('location') && REDIRECT_STATI.has(this.status);
  }

  get isPermanentRedirect(): boolean {
    return this.headers.has('location') && (this.status === 301 || this.status === 308);
  }

  /** The Link field, by `rel` or else by URL. */
  get links(): Readonly<Record<string, Link>> {
    return linksByRel(this.headers.get('link'));
  }

  /** The response itself, unless its status is 400 to 599. @throws HTTPError */
  raiseForStatus(): this {
    if (this.ok) return this;
    const kind = this.status < 500 ? 'Client' : 'Server';
    const reason = this.#reason ?? 'None';
    throw new HTTPError(`${this.status} ${kind} Error: ${reason} for url: ${this.url}`, { response: this });
  }

  /**
   * The whole body, content codings removed; any number of times.
   * @throws Error when it was streamed before; ChunkedEncodingError, ContentDecodingError, SSLError, or
   * ConnectionError (also for a read timeout) when reading fails; AbortedError, Timeout.
   */
  content(): Promise<Uint8Array> {
    return this.#body.bytes();
  }

  /** The body as a Blob with the response's media type; its bytes are not copied. @throws as `content` */
  async blob(): Promise<Blob> {
    const parts = await this.#body.pieces();
    return new Blob(parts as Uint8Array<ArrayBuffer>[], { type: this.headers.get('content-type') ?? '' });
  }

  /**
   * The body as text: by `encoding`, else by a guess; what cannot be decoded becomes U+FFFD, and an unknown encoding
   * counts as UTF-8. @throws as `content`
   */
  async text(): Promise<string> {
    const bytes = await this.content();
    if (bytes.length === 0) return '';
    const encoding = this.encoding ?? guessCharset(bytes) ?? 'utf-8';
    // The guess looks at the beginning only, and UTF-8 reads ASCII all the same.
    return decodeText(bytes, this.encoding === null && encoding === 'ascii' ? 'utf-8' : encoding);
  }

  /**
   * The body as JSON; without an `encoding` it is taken for UTF-8, -16 or -32 (RFC 4627 §3).
   * @param reviver As for JSON.parse; `context.source` is a number as it was written.
   * @throws JSONDecodeError with `doc` and `pos`; as `content`
   */
  async json<T = unknown>(reviver?: Reviver): Promise<T> {
    const text = await this.#jsonText();
    try {
      return readJson(text, reviver) as T;
    } catch (error) {
      if (error instanceof JSONDecodeError) {
        error.response = this;
        error.request = this.request;
      }
      throw error;
    }
  }

  /** What the bytes look like, by a guess; null for an empty body. @throws as `content` */
  async apparentEncoding(): Promise<string | null> {
    return guessCharset(await this.content());
  }

  /**
   * The body in pieces: of `chunkSize` bytes when its length was announced; otherwise at most so long, as soon as they
   * come. Null: in whatever pieces they come. Afterwards the body is gone, unless it was read whole before.
   * @throws at once StreamConsumedError, or TypeError for a size that is no whole number; later as `content`
   */
  iterContent(chunkSize: number | null = 1): AsyncIterableIterator<Uint8Array> {
    return this.#body.iterate(chunkSize, this.headers.has('content-length'));
  }

  /** The body as text in pieces, decoded as it comes by `encoding`, or as UTF-8 without one. @throws as `iterContent` */
  iterText(chunkSize: number | null = null): AsyncIterableIterator<string> {
    const decoder = decoderFor(this.encoding ?? 'utf-8') ?? decoderFor('utf-8');
    if (decoder === null) throw new TypeError('This platform cannot decode UTF-8');
    return decodePieces(this.iterContent(chunkSize), decoder);
  }

  /**
   * The body line by line, without line ends: as text with `decodeUnicode` and a known `encoding`, else as bytes.
   * Unlike in Requests, a CRLF that two pieces share is one line end (psf/requests#3980). @throws as `iterContent`
   */
  iterLines(
    options: { chunkSize?: number; delimiter?: string | Uint8Array; decodeUnicode?: boolean } = {},
  ): AsyncIterableIterator<Uint8Array | string> {
    const { chunkSize = ITER_CHUNK_SIZE, delimiter } = options;
    if (options.decodeUnicode === true && this.encoding !== null) {
      const text = delimiter instanceof Uint8Array ? decodeText(delimiter, this.encoding) : delimiter;
      return splitLines(this.iterText(chunkSize), text || null);
    }
    const bytes = typeof delimiter === 'string' ? new TextEncoder().encode(delimiter) : delimiter;
    return splitLines(this.iterContent(chunkSize), bytes === undefined || bytes.length === 0 ? null : bytes);
  }

  /** The body as a stream, always the same one; what was read before comes again if it was read whole. */
  get body(): ReadableStream<Uint8Array> | null {
    this.#stream ??= streamOf(this.iterContent(null), async (reason) => this.#body.close(reason));
    return this.#stream;
  }

  /** Gives up what was not read, and frees the connection. */
  async close(): Promise<void> {
    await this.#body.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Calls the listener when nothing more of the body will come; with the error when it failed. */
  whenEnded(listener: BodyEnd): void {
    this.#body.whenEnded(listener);
  }

  /** Stores this response's cookies in a jar; gives the refused ones. */
  extractCookies(jar: CookieJar): readonly RejectedCookie[] {
    return jar.extract(this.setCookieLines, cookieUrl(this.url, this.request.headers.get('Host')));
  }

  /** The values of the Set-Cookie lines, one cookie each. */
  get setCookieLines(): readonly string[] {
    return this.headers.getAll('set-cookie');
  }

  async #jsonText(): Promise<string> {
    const bytes = await this.content();
    const guess = this.encoding || bytes.length <= 3 ? null : guessJsonUtf(bytes);
    const text = guess === null ? null : decodeText(bytes, guess);
    // What is not the encoding that it looks like is guessed anew, as any text.
    return text === null || text.includes('\ufffd') ? this.text() : text;
  }
}

function readJson(text: string, reviver?: Reviver): unknown {
  if (reviver !== undefined) return parseJson(text, reviver);
  try {
    return JSON.parse(text);
  } catch {
    // Also reads NaN and infinities, and says where the error is.
    return parseJson(text);
  }
}

async function* decodePieces(pieces: AsyncIterable<Uint8Array>, decoder: StreamDecoder): AsyncIterableIterator<string> {
  for await (const piece of pieces) {
    const text = decoder.decode(piece);
    if (text !== '') yield text;
  }
  const rest = decoder.flush();
  if (rest !== '') yield rest;
}

function streamOf(
  pieces: AsyncIterableIterator<Uint8Array>,
  cancel: (reason: unknown) => Promise<void>,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel,
  });
}

/** `raise_for_status`: servers write the phrase in UTF-8 as often as in Latin-1. */
function reasonText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  return text.includes('\ufffd') ? decodeText(bytes, 'iso-8859-1') : text;
}
