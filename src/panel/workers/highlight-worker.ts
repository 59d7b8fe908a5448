import { highlight } from '../../inspect/highlight.ts';
import type { HighlightReply, HighlightRequest } from './highlight-messages.ts';

/** Colours one piece of code. The parsers are in this worker alone: nobody who sees no code loads them. */
async function tokensOf({ blob, language }: HighlightRequest): Promise<HighlightReply> {
  return highlight(new Uint8Array(await blob.arrayBuffer()), language);
}

function reply(tokens: HighlightReply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
  self.postMessage(tokens);
}

self.addEventListener('message', (event: MessageEvent<HighlightRequest>) => {
  tokensOf(event.data).then(reply, () => reply(null));
});
