import { hostTransfer } from './transfer-host.ts';
import type { TransferRequest } from './transfer-messages.ts';

/** One worker carries one transfer: ending it ends that, and what was not written whole is not written at all. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
const receive = hostTransfer((message) => self.postMessage(message));
self.addEventListener('message', (event: MessageEvent<TransferRequest>) => void receive(event.data));
