/** Counterpart of urllib3's `Retry`. Times are milliseconds: a `backoffFactor` of 100 is urllib3's 0.1. */
import type { WireResponse } from '../types.ts';
import { isConnectError, isReadError, MaxRetryError, ResponseError } from './pool-errors.ts';
import { parseRetryAfter } from './retry-after.ts';

export {
  ConnectTimeoutError,
  MaxRetryError,
  NewConnectionError,
  PoolProxyError,
  ProtocolError,
  ReadTimeoutError,
  ResponseError,
} from './pool-errors.ts';

/** A count, `false` for "off: raise the failure itself", or null for "not limited". */
export type RetryCount = number | false | null;

export interface RetryOptions {
  /** All retries together; wins over the counts below. Default 10. */
  total?: RetryCount;
  /** Failures before anything was sent. */
  connect?: RetryCount;
  /** Failures after the request was sent; only for `allowedMethods`. */
  read?: RetryCount;
  redirect?: RetryCount;
  /** Answers with a status that is to be retried. */
  status?: number | null;
  /** Anything else, such as TLS failures. */
  other?: number | null;
  /** Methods that may be repeated after they may have had an effect; null or empty: any. */
  allowedMethods?: ReadonlySet<string> | null;
  statusForcelist?: ReadonlySet<number>;
  /** Milliseconds; the wait is `factor · 2^(n-1)` after the n-th failure in a row, and none after the first. */
  backoffFactor?: number;
  backoffMax?: number;
  backoffJitter?: number;
  respectRetryAfterHeader?: boolean;
  /** Upper bound in milliseconds of what a Retry-After may ask for. */
  retryAfterMax?: number;
  /** False: the last response is returned instead of a RetryError. */
  raiseOnStatus?: boolean;
  raiseOnRedirect?: boolean;
  removeHeadersOnRedirect?: ReadonlySet<string>;
}

export interface RetryHistory {
  method: string | null;
  url: string | null;
  error: Error | null;
  status: number | null;
  redirectLocation: string | null;
}

/** One failure, or one response that is to be retried. */
export interface RetryCause {
  method?: string;
  url?: string;
  response?: WireResponse;
  error?: Error;
}

const DEFAULT_BACKOFF_MAX = 120_000;
const DEFAULT_RETRY_AFTER_MAX = 21_600_000;
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

/** How often and after what wait an attempt is repeated. Immutable: `increment` gives the next one. */
export class Retry implements Readonly<Required<RetryOptions>> {
  static readonly DEFAULT_ALLOWED_METHODS: ReadonlySet<string> = new Set([
    'HEAD',
    'GET',
    'PUT',
    'DELETE',
    'OPTIONS',
    'TRACE',
  ]);
  static readonly RETRY_AFTER_STATUS_CODES: ReadonlySet<number> = new Set([413, 429, 503]);
  static readonly DEFAULT_REMOVE_HEADERS_ON_REDIRECT: ReadonlySet<string> = new Set([
    'Cookie',
    'Authorization',
    'Proxy-Authorization',
  ]);

  readonly total: RetryCount;
  readonly connect: RetryCount;
  readonly read: RetryCount;
  readonly redirect: RetryCount;
  readonly status: number | null;
  readonly other: number | null;
  readonly allowedMethods: ReadonlySet<string> | null;
  readonly statusForcelist: ReadonlySet<number>;
  readonly backoffFactor: number;
  readonly backoffMax: number;
  readonly backoffJitter: number;
  readonly respectRetryAfterHeader: boolean;
  readonly retryAfterMax: number;
  readonly raiseOnStatus: boolean;
  readonly raiseOnRedirect: boolean;
  readonly removeHeadersOnRedirect: ReadonlySet<string>;
  readonly history: readonly RetryHistory[];

  constructor(options: RetryOptions = {}, history: readonly RetryHistory[] = []) {
    const redirectsOff = options.redirect === false || options.total === false;
    this.total = options.total === undefined ? 10 : options.total;
    this.connect = options.connect ?? null;
    this.read = options.read ?? null;
    this.redirect = redirectsOff ? 0 : (options.redirect ?? null);
    this.status = options.status ?? null;
    this.other = options.other ?? null;
    this.allowedMethods = options.allowedMethods === undefined ? Retry.DEFAULT_ALLOWED_METHODS : options.allowedMethods;
    this.statusForcelist = options.statusForcelist ?? new Set();
    this.backoffFactor = options.backoffFactor ?? 0;
    this.backoffMax = options.backoffMax ?? DEFAULT_BACKOFF_MAX;
    this.backoffJitter = options.backoffJitter ?? 0;
    this.respectRetryAfterHeader = options.respectRetryAfterHeader ?? true;
    this.retryAfterMax = options.retryAfterMax ?? DEFAULT_RETRY_AFTER_MAX;
    this.raiseOnStatus = options.raiseOnStatus ?? true;
    this.raiseOnRedirect = redirectsOff ? false : (options.raiseOnRedirect ?? true);
    this.removeHeadersOnRedirect = new Set(
      [...(options.removeHeadersOnRedirect ?? Retry.DEFAULT_REMOVE_HEADERS_ON_REDIRECT)].map((h) => h.toLowerCase()),
    );
    this.history = history;
  }

  /** A number means so many retries in all; a Retry stands for itself. */
  static fromInt(n: number | Retry): Retry {
    return n instanceof Retry ? n : new Retry({ total: n });
  }

  /** Whether a response of that status to that method is to be retried. */
  isRetry(method: string, status: number, hasRetryAfter = false): boolean {
    if (!this.#mayRepeat(method)) return false;
    if (this.statusForcelist.has(status)) return true;
    const totalLeft = this.total !== 0 && this.total !== null && this.total !== false;
    return totalLeft && this.respectRetryAfterHeader && hasRetryAfter && Retry.RETRY_AFTER_STATUS_CODES.has(status);
  }

  /** Whether one of the counts has gone below zero. */
  isExhausted(): boolean {
    const counts = [this.total, this.connect, this.read, this.redirect, this.status, this.other];
    return counts.some((count) => typeof count === 'number' && count < 0);
  }

  /**
   * The Retry after one more failure.
   * @throws the failure itself where retrying it is off, MaxRetryError when a count runs out.
   */
  increment(cause: RetryCause): Retry {
    const { error, response } = cause;
    if (this.total === false && error !== undefined) throw error;
    const left = { total: lessOne(this.total), ...this.#counts() };
    let reason = 'unknown';
    let status: number | null = null;
    let redirectLocation: string | null = null;
    if (error !== undefined) {
      if (isConnectError(error)) {
        if (this.connect === false) throw error;
        left.connect = lessOne(this.connect);
      } else if (isReadError(error)) {
        if (this.read === false || !this.#mayRepeat(cause.method ?? '')) throw error;
        left.read = lessOne(this.read);
      } else {
        left.other = lessOne(this.other);
      }
    } else {
      redirectLocation = response === undefined ? null : redirectOf(response);
      status = response === undefined || response.status === 0 ? null : response.status;
      if (redirectLocation !== null) {
        left.redirect = lessOne(this.redirect);
        reason = 'too many redirects';
      } else {
        if (status !== null) left.status = lessOne(this.status);
        reason = status === null ? 'too many error responses' : `too many ${status} error responses`;
      }
    }
    const entry = {
      method: cause.method ?? null,
      url: cause.url ?? null,
      error: error ?? null,
      status,
      redirectLocation,
    };
    const next = new Retry(Object.assign({}, this, left), [...this.history, entry]);
    if (next.isExhausted()) throw new MaxRetryError(cause.url ?? null, error ?? new ResponseError(reason));
    return next;
  }

  /** Milliseconds to wait after the failures so far; redirects in the history start the count anew. */
  getBackoffTime(): number {
    const lastRedirect = this.history.findLastIndex((entry) => entry.redirectLocation !== null);
    const inARow = this.history.length - 1 - lastRedirect;
    if (inARow <= 1) return 0;
    const wait = this.backoffFactor * 2 ** (inARow - 1) + Math.random() * this.backoffJitter;
    return Math.max(0, Math.min(this.backoffMax, wait));
  }

  /**
   * Milliseconds that a Retry-After value asks for, at most `retryAfterMax`.
   * @throws InvalidHeader
   */
  parseRetryAfter(value: string, now = Date.now()): number {
    return Math.min(parseRetryAfter(value, now), this.retryAfterMax);
  }

  /**
   * Milliseconds to wait before the next attempt: what the response's Retry-After asks for, else the backoff.
   * @throws InvalidHeader
   */
  waitAfter(response?: WireResponse, now = Date.now()): number {
    const asked = response === undefined ? 0 : this.#askedFor(response, now);
    return asked > 0 ? asked : this.getBackoffTime();
  }

  /** Whether it is the response's Retry-After that says how long to wait. @throws InvalidHeader */
  isAsked(response: WireResponse, now = Date.now()): boolean {
    return this.#askedFor(response, now) > 0;
  }

  #askedFor(response: WireResponse, now: number): number {
    const value = retryAfterOf(response);
    return this.respectRetryAfterHeader && value !== undefined ? this.parseRetryAfter(value, now) : 0;
  }

  #mayRepeat(method: string): boolean {
    const allowed = this.allowedMethods;
    return allowed === null || allowed.size === 0 || allowed.has(method.toUpperCase());
  }

  #counts(): {
    connect: RetryCount;
    read: RetryCount;
    redirect: RetryCount;
    status: number | null;
    other: number | null;
  } {
    return {
      connect: this.connect,
      read: this.read,
      redirect: this.redirect,
      status: this.status,
      other: this.other,
    };
  }
}

/** The Retry-After field of a response, several lines joined as urllib3 joins them; undefined without one. */
export function retryAfterOf(response: WireResponse): string | undefined {
  const values = response.headers.filter(([name]) => name.toLowerCase() === 'retry-after').map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}

function redirectOf(response: WireResponse): string | null {
  if (!REDIRECT_STATUSES.has(response.status)) return null;
  const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  return location === undefined || location === '' ? null : location;
}

/** `False - 1` is -1 in Python: a switched-off total is used up by the first response that is to be retried. */
function lessOne<T extends RetryCount>(count: T): T extends null ? null : number | null;
function lessOne(count: RetryCount): number | null {
  return count === null ? null : Number(count) - 1;
}
