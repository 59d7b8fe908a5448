import type { MatchBatch, Query } from '../../inspect/finder.ts';
import { BodyUnreadable } from '../../inspect/read-bytes.ts';
import type { Helper } from './helpers.ts';
import type { PatternReply, PatternRequest } from './pattern-messages.ts';

/** How long a pattern may take over half a mebibyte: a hundred times what any sound one takes. Milliseconds. */
const PATIENCE = 3000;
/** How long the browser may take to start a worker, or to read half a mebibyte. Milliseconds. */
const BROWSERS_PATIENCE = 30_000;

/** A regular expression did not come to an end in time. */
export class PatternTimeout extends Error {
  override readonly name = 'PatternTimeout';
}

/**
 * Runs a regular expression over a body in a worker of its own, which is ended as soon as its matches are no longer
 * wanted, or when it hangs.
 * @throws PatternTimeout, BodyUnreadable, or an Error that says why the pattern is none
 */
export async function* searchInWorker(
  blob: Blob,
  query: Query,
  start: () => Helper,
  patience = PATIENCE,
): AsyncGenerator<MatchBatch> {
  const worker = start();
  const heard: PatternReply[] = [];
  /** It has what it looks through: the time is the pattern's. */
  let isRunning = false;
  let wake = (): void => {};
  const hear = (reply: PatternReply): void => {
    heard.push(reply);
    wake();
  };
  worker.addEventListener('message', (event: MessageEvent<PatternReply>) => hear(event.data));
  worker.addEventListener('error', (event) => hear({ op: 'failed', message: event.message }));
  try {
    const request: PatternRequest = { blob, query };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
    worker.postMessage(request);
    for (;;) {
      const reply = heard.shift() ?? (await next());
      if (reply.op === 'done') return;
      if (reply.op === 'failed') throw new Error(reply.message);
      if (reply.op === 'batch') yield reply.batch;
      else isRunning = reply.op === 'running';
    }
  } finally {
    worker.terminate();
  }

  function next(): Promise<PatternReply> {
    return new Promise((resolve, reject) => {
      const timer = isRunning
        ? setTimeout(() => reject(new PatternTimeout(`The pattern took more than ${patience} ms.`)), patience)
        : setTimeout(() => reject(new BodyUnreadable('The browser did not read the body in time.')), BROWSERS_PATIENCE);
      wake = () => {
        clearTimeout(timer);
        wake = () => {};
        const reply = heard.shift();
        if (reply !== undefined) resolve(reply);
      };
    });
  }
}
