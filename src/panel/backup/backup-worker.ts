import { hostBackup } from './backup-host.ts';
import type { BackupRequest } from './backup-messages.ts';

/** One worker carries one backup or restore: ending it ends that. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
const receive = hostBackup((message) => self.postMessage(message));
let turn = Promise.resolve();
self.addEventListener('message', ({ data }: MessageEvent<BackupRequest>) => {
  turn = turn.then(() => receive(data));
});
