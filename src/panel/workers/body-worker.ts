import { hostView, servicesOf } from './body-host.ts';
import type { ViewRequest, WorkerReply } from './body-messages.ts';
import { FarHelpers, type HelperNews } from './helpers.ts';

/** One worker holds one view: ending it ends everything that is still under way. */
function send(message: WorkerReply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
  self.postMessage(message);
}

const helpers = new FarHelpers(send);
const receive = hostView(send, servicesOf(helpers.start));
self.addEventListener('message', ({ data }: MessageEvent<ViewRequest | HelperNews>) => {
  if (data.op === 'helper-said' || data.op === 'helper-failed') helpers.hear(data);
  else receive(data);
});
