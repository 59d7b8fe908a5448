import { signal, type ReadonlySignal } from '@preact/signals';
import { rememberedBits } from '../../storage/key-memory.ts';
import type { BackupReply, BackupRequest } from './backup-messages.ts';

/** A backup that is being made, or restored. */
export interface Backup {
  /** The last that was heard of it; null before the first word. */
  readonly heard: ReadonlySignal<BackupReply | null>;
  ask(request: Exclude<BackupRequest, { op: 'keys' }>): void;
  /** Stops whatever is under way. */
  stop(): void;
}

export function startBackup(): Backup {
  const heard = signal<BackupReply | null>(null);
  const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), { type: 'module' });
  const post = (request: BackupRequest): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
    worker.postMessage(request);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<BackupReply>) => {
    heard.value = data;
  });
  worker.addEventListener('error', (event) => {
    heard.value = { op: 'problem', problem: 'failed', detail: event.message };
  });
  const ready = rememberedBits().then(
    (bits) => post({ op: 'keys', bits }),
    () => post({ op: 'keys', bits: null }),
  );
  return {
    heard,
    ask(request) {
      heard.value = null;
      void ready.then(() => post(request));
    },
    stop: () => worker.terminate(),
  };
}
