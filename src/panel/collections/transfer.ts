import { signal, type ReadonlySignal } from '@preact/signals';
import { rememberedBits } from '../../storage/key-memory.ts';
import type { TransferReply, TransferRequest } from './transfer-messages.ts';

/** A file of a collection on its way out or in. */
export interface Transfer {
  /** The last that was heard of it; null before the first word. */
  readonly heard: ReadonlySignal<TransferReply | null>;
  ask(request: Exclude<TransferRequest, { op: 'keys' }>): void;
  /** Stops whatever is under way; nothing of it stays. */
  stop(): void;
}

export function startTransfer(): Transfer {
  const heard = signal<TransferReply | null>(null);
  const worker = new Worker(new URL('./transfer-worker.ts', import.meta.url), { type: 'module' });
  const post = (request: TransferRequest): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
    worker.postMessage(request);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<TransferReply>) => {
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
