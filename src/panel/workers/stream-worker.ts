import { hostStream } from './stream-host.ts';
import type { StreamRequest } from './stream-messages.ts';

/** One worker holds one stream: ending it ends everything that is still under way. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
const receive = hostStream((message) => self.postMessage(message));
self.addEventListener('message', (event: MessageEvent<StreamRequest>) => receive(event.data));
