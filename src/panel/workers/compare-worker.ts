import { compareBodies } from '../../inspect/body-compare.ts';
import type { CompareReply, CompareRequest } from './compare-messages.ts';

/** Compares two bodies and is done: whoever started this worker ends it. */
function reply(message: CompareReply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
  self.postMessage(message);
}

self.addEventListener('message', ({ data: { before, after } }: MessageEvent<CompareRequest>) => {
  compareBodies(before, after, (share) => reply({ op: 'progress', share })).then(
    (comparison) => reply({ op: 'done', comparison }),
    (error: unknown) => reply({ op: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
