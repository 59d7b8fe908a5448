import type { MatchBatch, Query } from '../../inspect/finder.ts';
import type { PatternReply, PatternRequest } from './pattern-messages.ts';

/** How long a pattern may take over half a mebibyte: a hundred times what any sound one takes. Milliseconds. */
const PATIENCE = 3000;

/** A regular expression did not come to an end in time. */
export class PatternTimeout extends Error {
  override readonly name = 'PatternTimeout';
}

/** What is needed of a worker. */
export type PatternWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

const startWorker = (): PatternWorker =>
  new Worker(new URL('./pattern-worker.ts', import.meta.url), { type: 'module' });

/**
 * Runs a regular expression over a body in a worker of its own, which is ended as soon as its matches are no longer
 * wanted, or when it hangs.
 * @throws PatternTimeout, or an Error that says why the pattern is none
 */
export async function* searchInWorker(
  blob: Blob,
  query: Query,
  start: () => PatternWorker = startWorker,
  patience = PATIENCE,
): AsyncGenerator<MatchBatch> {
  const worker = start();
  const heard: PatternReply[] = [];
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
      yield reply.batch;
    }
  } finally {
    worker.terminate();
  }

  function next(): Promise<PatternReply> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new PatternTimeout(`The pattern took more than ${patience} ms.`)),
        patience,
      );
      wake = () => {
        clearTimeout(timer);
        wake = () => {};
        const reply = heard.shift();
        if (reply !== undefined) resolve(reply);
      };
    });
  }
}
