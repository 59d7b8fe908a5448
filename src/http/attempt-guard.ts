import type { RequestException } from './errors.ts';
import { startTimer } from './timeouts.ts';

/**
 * Watches over one attempt, from its sending to the end of its body: joins the exchange's signal with the attempt's
 * own limits, and makes sure that waiting ends when they say so, even where a platform is slow to notice an abort.
 */
export class AttemptGuard {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #onOuterAbort = (): void => this.abort(this.#outer.reason);

  constructor(outer: AbortSignal) {
    this.#outer = outer;
    if (outer.aborted) this.#onOuterAbort();
    else outer.addEventListener('abort', this.#onOuterAbort, { once: true });
  }

  /** For the transport. Its reason is the exception to throw. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /**
   * Waits for `work`, at most `limit` milliseconds (null: for ever). An abort or the limit rejects with the reason at
   * once; what `work` gives afterwards goes to `late`.
   */
  async within<T>(
    work: Promise<T>,
    limit: number | null,
    expired: (limit: number) => RequestException,
    late?: (value: T) => void,
  ): Promise<T> {
    const { signal } = this;
    return new Promise<T>((resolve, reject) => {
      const stopTimer = startTimer(limit, () => {
        if (limit !== null) this.abort(expired(limit));
      });
      const onAbort = (): void => {
        stopTimer();
        reject(signal.reason);
      };
      const settle = (act: () => void): void => {
        stopTimer();
        signal.removeEventListener('abort', onAbort);
        act();
      };
      work.then(
        (value) => settle(() => (signal.aborted ? late?.(value) : resolve(value))),
        // A platform's own word for an abort says less than our reason for it.
        (error: unknown) => settle(() => reject(signal.aborted ? signal.reason : error)),
      );
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** The attempt is over: lets go of the exchange's signal. */
  release(): void {
    this.#outer.removeEventListener('abort', this.#onOuterAbort);
  }
}
