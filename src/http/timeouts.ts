/** What a `timeout` option means, and the errors of limits that ran out. */
import { ReadTimeout, Timeout } from './errors.ts';
import type { TimeoutInit } from './types.ts';

/** Limits in milliseconds; null waits for ever. */
export interface Timeouts {
  connect: number | null;
  /** Longest silence of the server: until the header section, and between two pieces of the body. */
  read: number | null;
  /** Deadline for the whole exchange with its redirects, retries and waits. */
  total: number | null;
}

/** setTimeout counts with 32 bits; what is longer would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Reads a timeout as `HTTPAdapter.send` and urllib3's `Timeout` do.
 * @throws RangeError for a pair that is none, and for what is not a number above zero.
 */
export function resolveTimeout(timeout: TimeoutInit | undefined): Timeouts {
  if (timeout === undefined || timeout === null) return { connect: null, read: null, total: null };
  if (isPair(timeout)) {
    if (timeout.length !== 2)
      throw new RangeError(
        `Invalid timeout ${tupleText(timeout)}. Pass a (connect, read) timeout tuple, or a single float to set both timeouts to the same value.`,
      );
    return limits(timeout[0], timeout[1], null);
  }
  if (typeof timeout === 'object') return limits(timeout.connect, timeout.read, timeout.total);
  return limits(timeout, timeout, null);
}

/** The bound until the header section: no platform tells the making of a connection from the wait for an answer. */
export function headersLimit({ connect, read }: Timeouts): number | null {
  return connect === null || read === null ? null : connect + read;
}

export function readTimeout(limit: number): ReadTimeout {
  return new ReadTimeout(`Read timed out. (read timeout=${seconds(limit)})`);
}

export function totalTimeout(limit: number): Timeout {
  return new Timeout(`The exchange was not over in time. (total timeout=${seconds(limit)})`);
}

/** Runs `expired` once after `limit` milliseconds, never for null; gives what stops it. */
export function startTimer(limit: number | null, expired: () => void): () => void {
  if (limit === null || limit > LONGEST_TIMER) return () => {};
  const timer = setTimeout(expired, limit);
  return () => clearTimeout(timer);
}

/** Waits, unless the signal fires first; then rejects with its reason. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const fired = (): void => {
      stop();
      reject(signal?.reason);
    };
    const stop = startTimer(ms, () => {
      signal?.removeEventListener('abort', fired);
      resolve();
    });
    signal?.addEventListener('abort', fired, { once: true });
  });
}

// A type guard of our own: Array.isArray does not narrow readonly tuples away.
function isPair(timeout: TimeoutInit): timeout is readonly [number | null, number | null] {
  return Array.isArray(timeout);
}

function limits(connect: unknown, read: unknown, total: unknown): Timeouts {
  return { connect: limit('connect', connect), read: limit('read', read), total: limit('total', total) };
}

function limit(name: string, value: unknown): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean')
    throw new RangeError('Timeout cannot be a boolean value. It must be an int, float or None.');
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new RangeError(`Timeout value ${name} was ${describe(value)}, but it must be an int, float or None.`);
  if (value <= 0)
    throw new RangeError(
      `Attempted to set ${name} timeout to ${value}, but the timeout cannot be set to a value less than or equal to 0.`,
    );
  return value;
}

/** As Python writes a tuple: the messages are compared with Requests' own. */
function tupleText(values: readonly unknown[]): string {
  return values.length === 1 ? `(${describe(values[0])},)` : `(${values.map(describe).join(', ')})`;
}

function describe(value: unknown): string {
  if (value === null) return 'None';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function seconds(ms: number): string {
  return String(ms / 1000);
}
