import { StreamConsumedError } from './errors.ts';

/** How a body is read under an adapter's care: with its limits, its exceptions and its observer. */
export interface BodyWatch {
  /** Waits for one piece: bounds the silence, and ends the wait on an abort. */
  wait?<T>(work: Promise<T>): Promise<T>;
  /** The exception for what went wrong while reading. */
  failure?(cause: unknown): Promise<unknown>;
  /** A piece came; `loaded` counts all bytes so far. */
  onChunk?(loaded: number): void;
}

/** Hears that nothing more will come: read to the end, failed (with the error), or given up. */
export type BodyEnd = (error?: unknown) => void;

/**
 * A response's body and Requests' rules for consuming it: read whole it can be had again and again, read as a stream
 * it is gone. Pieces are handed on as they come; nothing is copied unless asked for in one piece.
 */
export class ResponseBody {
  readonly #watch: BodyWatch;
  #reader: ReadableStreamDefaultReader<Uint8Array> | null;
  /** Bytes that were read, but not taken by an iterator that stopped early. */
  #left: Uint8Array | null = null;
  #whole: Promise<Uint8Array[]> | null = null;
  #streamed = false;
  #ended = false;
  #failure: unknown;
  #endListeners: BodyEnd[] = [];
  #loaded = 0;

  constructor(stream: ReadableStream<Uint8Array> | null, watch: BodyWatch = {}) {
    this.#watch = watch;
    this.#reader = stream?.getReader() ?? null;
    if (stream === null) this.#end();
  }

  /** All bytes in one piece. @throws Error when they were streamed before */
  async bytes(): Promise<Uint8Array> {
    const pieces = await this.pieces();
    if (pieces.length !== 1) pieces.splice(0, pieces.length, joinBytes(pieces));
    return pieces[0] ?? new Uint8Array();
  }

  /** All bytes, in pieces of any size. @throws Error when they were streamed before */
  pieces(): Promise<Uint8Array[]> {
    if (this.#whole === null) {
      if (this.#streamed) return Promise.reject(new Error('The content for this response was already consumed'));
      this.#whole = this.#readAll();
      // Whoever asked gets the rejection; the copy kept here must not count as unhandled.
      this.#whole.catch(() => {});
    }
    return this.#whole;
  }

  /**
   * The bytes in slices of `size` (null or below 1: as they come, or all at once when they are here already). With
   * `exact` a slice waits until it is full; without, nothing that has come is held back.
   * @throws StreamConsumedError when they were streamed before, TypeError for a size that is no whole number; both at
   * once, not at the first step.
   */
  iterate(size: number | null, exact: boolean): AsyncIterableIterator<Uint8Array> {
    if (this.#whole === null && this.#streamed)
      throw new StreamConsumedError('The content for this response was already consumed');
    if (size !== null && !Number.isInteger(size))
      throw new TypeError(`chunkSize must be a whole number or null, it is instead ${String(size)}.`);
    const step = size === null || size < 1 ? Infinity : size;
    return this.#whole === null ? this.#live(step, exact && step !== Infinity) : this.#again(step);
  }

  /** Calls the listener once, at the end of the body; at once when that is past. */
  whenEnded(listener: BodyEnd): void {
    if (this.#ended) listener(this.#failure);
    else this.#endListeners.push(listener);
  }

  /** Gives up what has not been read. Does nothing when the end was reached. */
  async close(reason?: unknown): Promise<void> {
    const reader = this.#reader;
    this.#reader = null;
    this.#left = null;
    if (this.#ended) return;
    this.#end();
    // A stream that failed on its own rejects here, which is no news.
    await reader?.cancel(reason).catch(() => {});
  }

  async #readAll(): Promise<Uint8Array[]> {
    const pieces: Uint8Array[] = [];
    for (let piece = await this.#next(); piece !== null; piece = await this.#next()) pieces.push(piece);
    return pieces;
  }

  async *#again(step: number): AsyncIterableIterator<Uint8Array> {
    yield* slices(await this.bytes(), step);
  }

  async *#live(step: number, exact: boolean): AsyncIterableIterator<Uint8Array> {
    let held: Uint8Array[] = [];
    let size = 0;
    for (let piece = await this.#next(); piece !== null; piece = await this.#next()) {
      held.push(piece);
      size += piece.length;
      if (exact && size < step) continue;
      const bytes = held.length === 1 ? piece : joinBytes(held);
      held = [];
      size = 0;
      // What is not given yet is left where whoever reads on will find it.
      this.#left = bytes.length > step ? bytes.subarray(step) : null;
      yield bytes.subarray(0, step);
    }
    if (held.length > 0) yield joinBytes(held);
    this.#streamed = true;
  }

  /** The next bytes, null at the end. */
  async #next(): Promise<Uint8Array | null> {
    const left = this.#left;
    this.#left = null;
    if (left !== null) return left;
    try {
      while (this.#reader !== null) {
        const work = this.#reader.read();
        const { done, value } = await (this.#watch.wait?.(work) ?? work);
        if (done) break;
        if (value.length === 0) continue;
        this.#loaded += value.length;
        this.#watch.onChunk?.(this.#loaded);
        return value;
      }
    } catch (cause) {
      const error = (await this.#watch.failure?.(cause)) ?? cause;
      const reader = this.#reader;
      this.#reader = null;
      this.#end(error);
      await reader?.cancel(error).catch(() => {});
      throw error;
    }
    this.#reader = null;
    this.#end();
    return null;
  }

  #end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = error;
    for (const listener of this.#endListeners) listener(error);
    this.#endListeners = [];
  }
}

/** `requests.utils.iter_slices`: a step below 1 gives everything at once. */
export function* slices<T extends Uint8Array | string>(value: T, step: number | null): Generator<T> {
  const length = step === null || step < 1 ? value.length : step;
  for (let at = 0; at < value.length; at += length) yield slice(value, at, at + length);
}

function slice<T extends Uint8Array | string>(value: T, from: number, to: number): T;
function slice(value: Uint8Array | string, from: number, to: number): Uint8Array | string {
  return typeof value === 'string' ? value.slice(from, to) : value.subarray(from, to);
}

export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
