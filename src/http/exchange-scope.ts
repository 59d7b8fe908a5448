import { AbortedError, RequestException } from './errors.ts';
import type { Response } from './response.ts';
import { startTimer, totalTimeout } from './timeouts.ts';
import type { AttemptReason, ExchangeEvent, SendOptions } from './types.ts';

/**
 * What the hops of one exchange share: their numbers, the observer, the one deadline, the caller's signal. Made by
 * the outermost `send`, handed down in `SendOptions.scope`, and ended when the last body is over.
 */
export class ExchangeScope {
  /** Fires when the caller gives up or the total time is over; its reason is the exception to throw. */
  readonly signal: AbortSignal;
  /** Hears of every response as soon as its header section is there, hooks' own requests included. */
  onResponse: (response: Response, hop: number) => Promise<void> = () => Promise.resolve();
  readonly #observer: ((event: ExchangeEvent) => void) | undefined;
  readonly #release: () => void;
  #hops = 0;
  #reason: AttemptReason = 'initial';
  #ended = false;

  /** @param total Milliseconds for everything together; null for no limit. */
  constructor(options: Pick<SendOptions, 'signal' | 'onEvent'>, total: number | null) {
    const controller = new AbortController();
    const caller = options.signal;
    const onAbort = (): void => controller.abort(abortedError(caller?.reason));
    if (caller?.aborted === true) onAbort();
    else caller?.addEventListener('abort', onAbort, { once: true });
    const stopTimer = startTimer(total, () => {
      if (total !== null) controller.abort(totalTimeout(total));
    });
    this.signal = controller.signal;
    this.#observer = options.onEvent;
    this.#release = () => {
      stopTimer();
      caller?.removeEventListener('abort', onAbort);
    };
  }

  emit(event: ExchangeEvent): void {
    this.#observer?.(event);
  }

  /** The number of the latest hop. */
  get hop(): number {
    return Math.max(0, this.#hops - 1);
  }

  /** Says why the next hop is sent. */
  expect(reason: AttemptReason): void {
    this.#reason = reason;
  }

  /** Takes the number of a new hop and the reason that was announced for it. */
  beginHop(): { hop: number; reason: AttemptReason } {
    const begun = { hop: this.#hops, reason: this.#reason };
    this.#hops += 1;
    this.#reason = 'initial';
    return begun;
  }

  /** Ends the exchange: stops the deadline, tells the observer. Later calls do nothing. */
  end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#release();
    this.emit(RequestException.is(error) ? { type: 'end', error } : { type: 'end' });
  }
}

/** A reason that is already one of our exceptions stays as it is. */
function abortedError(reason: unknown): RequestException {
  return RequestException.is(reason) ? reason : new AbortedError('The request was aborted', { cause: reason });
}
