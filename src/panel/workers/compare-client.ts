import type { BodyComparison, ComparedBody } from '../../inspect/body-compare.ts';
import type { CompareReply, CompareRequest } from './compare-messages.ts';

/** Compares two bodies out of the panel's way. */
export type Compare = (
  before: ComparedBody,
  after: ComparedBody,
  options: { readonly signal: AbortSignal; readonly onProgress: (share: number) => void },
) => Promise<BodyComparison>;

/** In a worker of its own, which ends with the answer or with the signal. After that nothing is answered. */
export const compareInWorker: Compare = (before, after, { signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./compare-worker.ts', import.meta.url), { type: 'module' });
    const end = (): void => worker.terminate();
    signal.addEventListener('abort', end, { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<CompareReply>) => {
      if (data.op === 'progress') {
        onProgress(data.share);
        return;
      }
      end();
      if (data.op === 'done') resolve(data.comparison);
      else reject(new Error(data.message));
    });
    worker.addEventListener('error', (event) => {
      end();
      reject(new Error(event.message));
    });
    const request: CompareRequest = { before, after };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
    worker.postMessage(request);
  });
