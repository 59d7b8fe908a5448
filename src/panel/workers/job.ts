import { signal, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { rememberedBits } from '../../storage/key-memory.ts';

/** What the passphrase of this profile gave: a worker has no other way to it. null: there is none. */
export interface KeysRequest {
  readonly op: 'keys';
  readonly bits: Uint8Array<ArrayBuffer> | null;
}

/** What a worker says when it has failed as a whole. */
interface Failure {
  readonly op: 'problem';
  readonly problem: 'failed';
  readonly detail: string;
}

/** Long work that has a worker of its own. */
export interface Job<Request, Reply> {
  /** The last that was heard of it; null before the first word. */
  readonly heard: ReadonlySignal<Reply | Failure | null>;
  ask(request: Request): void;
  /** Stops whatever is under way; nothing of it stays. */
  stop(): void;
}

/** Gives a worker the keys of this profile, then its work. */
export function startJob<Request, Reply>(worker: Worker): Job<Request, Reply> {
  const heard = signal<Reply | Failure | null>(null);
  const post = (request: Request | KeysRequest): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
    worker.postMessage(request);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
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

/**
 * Hears every reply of a job as it comes, and stops the job with the component. What has to be done with a reply is done here,
 * not after it was drawn: whoever sees the result may close the dialog in that very moment.
 */
export function useReplies<Request, Reply>(job: Job<Request, Reply>, listener: (reply: Reply | Failure) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useLayoutEffect(() => {
    const stopHearing = job.heard.subscribe((reply) => reply !== null && latest.current(reply));
    return () => {
      stopHearing();
      job.stop();
    };
  }, [job]);
}
