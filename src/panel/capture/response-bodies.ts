import { signal, type ReadonlySignal } from '@preact/signals';
import type { ReadContent } from '../inspected-network.ts';

/** Told to the user where they bite. Bytes. */
export const responseLimits = { each: 8 * 1024 * 1024, all: 128 * 1024 * 1024 } as const;

/** A response body as the network log gave it. */
export type KeptBody =
  /** `isText`: decoded by the browser, here as UTF-8; otherwise the exact bytes. */
  | { readonly state: 'kept'; readonly blob: Blob; readonly isText: boolean }
  | { readonly state: 'pending' }
  | { readonly state: 'missing'; readonly why: 'unavailable' | 'too-large' | 'dropped' };

export interface ResponseBodies {
  /** Rises whenever a body arrived or went. */
  readonly version: ReadonlySignal<number>;
  /** How many were given up for later ones. */
  readonly dropped: ReadonlySignal<number>;
  get(id: string): KeptBody;
  /** Fetches it now: after the next navigation the browser has it no longer. `size` in bytes; null when not known. */
  fetch(id: string, size: number | null, read: ReadContent): void;
  forget(ids: Iterable<string>): void;
}

/** How many are asked for at a time: a page's load must not wait for us. */
const PARALLEL = 4;

/** Response bodies of captured requests: Blobs, which lie outside the panel's memory. */
export function createResponseBodies(limits = responseLimits): ResponseBodies {
  const version = signal(0);
  const dropped = signal(0);
  const bodies = new Map<string, KeptBody>();
  const queue: (() => Promise<void>)[] = [];
  let active = 0;
  let held = 0;

  function set(id: string, body: KeptBody): void {
    const before = bodies.get(id);
    if (before?.state === 'kept') held -= before.blob.size;
    if (body.state === 'kept') held += body.blob.size;
    bodies.set(id, body);
  }

  function makeRoom(): void {
    for (const [id, body] of bodies) {
      if (held <= limits.all) return;
      if (body.state !== 'kept') continue;
      set(id, { state: 'missing', why: 'dropped' });
      dropped.value += 1;
    }
  }

  async function load(id: string, read: ReadContent): Promise<void> {
    const content = await read().catch(() => null);
    // Cleared meanwhile.
    if (!bodies.has(id)) return;
    if (content === null) set(id, { state: 'missing', why: 'unavailable' });
    else {
      const blob = new Blob([content]);
      set(
        id,
        blob.size > limits.each
          ? { state: 'missing', why: 'too-large' }
          : { state: 'kept', blob, isText: typeof content === 'string' },
      );
      makeRoom();
    }
    version.value += 1;
  }

  function next(): void {
    const job = active < PARALLEL ? queue.shift() : undefined;
    if (job === undefined) return;
    active += 1;
    void job().finally(() => {
      active -= 1;
      next();
    });
  }

  return {
    version,
    dropped,
    get: (id) => bodies.get(id) ?? { state: 'missing', why: 'unavailable' },
    fetch(id, size, read) {
      if (size !== null && size > limits.each) {
        set(id, { state: 'missing', why: 'too-large' });
        return;
      }
      set(id, { state: 'pending' });
      queue.push(() => load(id, read));
      next();
    },
    forget(ids) {
      for (const id of ids) {
        const body = bodies.get(id);
        if (body?.state === 'kept') held -= body.blob.size;
        bodies.delete(id);
      }
    },
  };
}
