/** Shapes that several modules of the engine share. Times are milliseconds throughout. */
import type { AuthBase } from './auth/auth-base.ts';
import type { CookieJar } from './cookies.ts';
import type { RequestException } from './errors.ts';
import type { ExchangeScope } from './exchange-scope.ts';
import type { PreparedRequest } from './prepared-request.ts';
import type { Response } from './response.ts';

export type Primitive = string | number | boolean | bigint;
export type PairScalar = Primitive | Uint8Array | null | undefined;
export type PairValue = PairScalar | readonly PairScalar[];
/** A mapping or pairs. Plain objects reorder integer-like keys: pass a Map or pairs where order matters. */
export type Pairs =
  | Readonly<Record<string, PairValue>>
  | ReadonlyMap<string, PairValue>
  | Iterable<readonly [string | Uint8Array, PairValue]>;

export type ParamsInit = Pairs | URLSearchParams | string | Uint8Array | null;
export type DataInit =
  | Pairs
  | string
  | BufferSource
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>
  | null;
export type FileValue = string | BufferSource | Blob;
export type FileSpec =
  | FileValue
  | readonly [filename: string | null, content: FileValue, contentType?: string, headers?: Record<string, string>];
export type FilesInit = Readonly<Record<string, FileSpec>> | Iterable<readonly [string, FileSpec]>;
/** `null` removes the session's value. */
export type HeadersInitCI =
  | Readonly<Record<string, string | null>>
  | Iterable<readonly [string, string | null]>
  | Headers;
export type HeaderLine = readonly [name: string, value: string];

export type AuthCallable = (r: PreparedRequest) => PreparedRequest | Promise<PreparedRequest>;
export type AuthInit =
  | readonly [username: string | Uint8Array, password: string | Uint8Array]
  | AuthBase
  | AuthCallable;

/** A number bounds connect and read alike; a pair bounds them apart; `total` is ours: a deadline for the whole. */
export type TimeoutInit =
  | number
  | readonly [connect: number | null, read: number | null]
  | { connect?: number | null; read?: number | null; total?: number | null }
  | null;

export type ResponseHook = (r: Response, send: SendOptions) => Response | void | Promise<Response | void>;
export type HooksInit = { response?: ResponseHook | readonly ResponseHook[] };

export interface Progress {
  phase: 'upload' | 'download';
  /** Bytes so far. */
  loaded: number;
  /** Bytes in all; null when not known. */
  total: number | null;
}

export interface SendOptions {
  stream?: boolean;
  timeout?: TimeoutInit;
  verify?: boolean | string;
  cert?: string | readonly [string, string] | null;
  proxies?: Readonly<Record<string, string>>;
  allowRedirects?: boolean;
  signal?: AbortSignal;
  onProgress?: (p: Progress) => void;
  onEvent?: (e: ExchangeEvent) => void;
  /** Ours: an Authorization field stays on redirects to another host, which Requests never allows. Default false. */
  keepAuthorizationAcrossHosts?: boolean;
  /** What ties the hops of one exchange together. `Session.send` makes it; hooks and auth pass it on untouched. */
  scope?: ExchangeScope;
}

export interface RequestOptions extends SendOptions {
  params?: ParamsInit;
  data?: DataInit;
  json?: unknown;
  headers?: HeadersInitCI;
  cookies?: CookieJar | Record<string, string>;
  files?: FilesInit;
  auth?: AuthInit | null;
  hooks?: HooksInit;
}

/** Why a hop, or a further attempt of one, is sent. */
export type AttemptReason = 'initial' | 'redirect' | 'auth' | 'retry';

/**
 * What an observer of one exchange may record, in the order of happening. `hop` and `attempt` count from 0: a
 * redirect and the answer to an auth challenge are hops of their own, a retry is a further attempt of its hop.
 */
export type ExchangeEvent =
  | { type: 'attempt'; hop: number; attempt: number; reason: AttemptReason; request: PreparedRequest }
  | { type: 'sent'; hop: number; attempt: number; wire: WireRecord }
  | { type: 'attempt-failed'; hop: number; attempt: number; error: RequestException; wire?: WireRecord }
  | {
      type: 'response';
      hop: number;
      attempt: number;
      status: number;
      reason: string;
      headers: readonly HeaderLine[];
      bodyUnavailable: boolean;
    }
  | { type: 'chunk'; hop: number; loaded: number; total: number | null }
  /** `attempt` is the one to come; `wait` the milliseconds until then. */
  | {
      type: 'retry';
      hop: number;
      attempt: number;
      wait: number;
      reason: string;
      /** The wait is what the answer's Retry-After asks for, not the backoff. */
      asked: boolean;
      /** Of the retries in all; null when they are not limited. */
      left: number | null;
    }
  | {
      type: 'redirect';
      from: string;
      to: string;
      method: string;
      dropped: readonly { field: string; reason: string }[];
    }
  | { type: 'auth'; scheme: string; realm: string | null }
  /** `cookie` is the Set-Cookie line; it came with hop `hop`. */
  | { type: 'cookie'; hop: number; action: 'stored' | 'rejected'; cookie: string; reason?: string }
  | { type: 'end'; error?: RequestException };

/** A body in the form in which it will be sent. */
export type Body =
  | { kind: 'none' }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'blob'; blob: Blob }
  | { kind: 'stream'; open(): ReadableStream<Uint8Array>; rewindable: boolean; length: number | null };

/** One thing that the platform will do to a field, or to the URL, the method or the body, on its way out. */
export interface WireNote {
  field: string;
  action: 'direct' | 'rule' | 'dropped' | 'rewritten' | 'unsupported';
  reason: string;
  wayOut?: string;
}

export interface Timing {
  /** Milliseconds since the epoch. */
  start: number;
  /** Milliseconds since the epoch at which the final hop's header section was complete. */
  headers: number | null;
  end: number | null;
  attempts: number;
  protocol?: string;
  ip?: string;
  fromCache?: boolean;
}

export type Capability =
  | 'manual-redirect'
  | 'read-set-cookie'
  | 'set-cookie-header'
  | 'set-host'
  | 'set-user-agent'
  | 'read-hop-status'
  | 'net-error-code'
  | 'per-request-proxy'
  | 'proxy-auth'
  | 'upload-progress'
  | 'stream-upload'
  | 'tls-info'
  | 'remote-ip'
  | 'get-body'
  | 'insecure-tls';

/** One hop as it is handed to a transport. */
export interface WireRequest {
  method: string;
  url: string;
  headers: readonly HeaderLine[];
  body: Body;
  verify: boolean;
  cookies: 'given' | 'none';
  cache: 'default' | 'no-store';
  /** A replay: the fields are complete, and the platform is to add none that it can leave out. */
  exact?: true;
  onUpload?: (loaded: number) => void;
}

export type WirePhase = 'queued' | 'dns' | 'connect' | 'tls' | 'waiting' | 'download';

/**
 * What was seen on the wire. `derived` are fields that the network layer adds below any observer: computed, and
 * labelled so. Failures carry a record too.
 */
export interface WireRecord {
  sent: readonly HeaderLine[];
  derived: readonly HeaderLine[];
  phases?: Readonly<Record<WirePhase, number>>;
  sizes?: { transferred: number; encoded: number; decoded: number };
  tls?: unknown;
}

export interface WireResponse {
  status: number;
  reason: string;
  httpVersion?: string;
  /** Every line as it came; a repeated field is a repeated line. */
  headers: readonly HeaderLine[];
  body: ReadableStream<Uint8Array> | null;
  /** The platform hides this hop's body (a redirect in a browser). */
  bodyUnavailable?: boolean;
  ip?: string;
  fromCache?: boolean;
  wire?: WireRecord;
  /** Names a failure met while reading `body`; asynchronous, since a platform may learn its code late. */
  bodyFailure?: (cause: unknown) => Promise<RequestException>;
}

/**
 * The only platform-specific seam: carries one hop. Follows no redirect, adds no cookie and no credentials.
 * `exchange` rejects with a RequestException whose `netError` is the platform's own word.
 */
export interface Transport {
  readonly capabilities: ReadonlySet<Capability>;
  exchange(w: WireRequest, signal: AbortSignal): Promise<WireResponse>;
  plan(w: WireRequest): readonly WireNote[];
}

/** Sends a prepared request: policy (timeouts, retries) around a transport. Counterpart of `BaseAdapter`. */
export interface Adapter {
  send(r: PreparedRequest, options: SendOptions): Promise<Response>;
  close(): void | Promise<void>;
}
