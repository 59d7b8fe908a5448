import { BodyReader } from '../../inspect/extract.ts';
import type { ExtractReply, ExtractRequest } from './extract-messages.ts';

let reader: BodyReader | null = null;

async function answer(request: ExtractRequest): Promise<void> {
  if (request.op === 'open') {
    reader = new BodyReader(request.blob, request.contentType);
    return;
  }
  const finding = (await reader?.find(request.query)) ?? null;
  const reply: ExtractReply = { id: request.id, finding };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
  self.postMessage(reply);
}

self.addEventListener('message', (event: MessageEvent<ExtractRequest>) => void answer(event.data));
