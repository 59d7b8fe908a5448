import { hostView } from './body-host.ts';
import type { ViewRequest } from './body-messages.ts';

/** One worker holds one view: ending it ends everything that is still under way. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
const receive = hostView((message) => self.postMessage(message));
self.addEventListener('message', (event: MessageEvent<ViewRequest>) => receive(event.data));
