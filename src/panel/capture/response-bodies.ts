import { signal, type ReadonlySignal } from '@preact/signals';
import type { ReadContent } from '../inspected-network.ts';

/** Told to the user where they bite. Bytes. */
export const responseLimits = { each: 8 * 1024 * 1024, all: 128 * 1024 * 1024 } as const;

interface Limits {
  readonly each: number;
  readonly all: number;
}

/** A response body as the network log gave it. */
export type KeptBody =
  | {
      readonly state: 'kept';
      readonly blob: Blob;
      /** Decoded by the browser, here as UTF-8; otherwise the bytes. */
      readonly isText: boolean;
      /** Its length is the one that the log tells, as far as that can be judged. */
      readonly isSure: boolean;
    }
  | { readonly state: 'pending' }
  | { readonly state: 'missing'; readonly why: 'unavailable' | 'too-large' | 'dropped' };

export interface ResponseBodies {
  /** Rises whenever a body arrived or went. */
  readonly version: ReadonlySignal<number>;
  /** How many were given up for later ones. */
  readonly dropped: ReadonlySignal<number>;
  get(id: string): KeptBody;
  /** Fetches it now: after the next navigation the browser has it no longer. */
  fetch(id: string, told: ToldBody, read: ReadContent): void;
  forget(ids: Iterable<string>): void;
}

/** What the log says of a body. */
export interface ToldBody {
  /** Bytes, decoded from any Content-Encoding; null when not known. */
  readonly size: number | null;
  /** As the response names it, lower case; '' when it names none. */
  readonly charset: string;
}

/** How many are asked for at a time: a page's load must not wait for us. */
const PARALLEL = 4;

/** Response bodies of captured requests: Blobs, which lie outside the panel's memory. */
export function createResponseBodies(limits: Limits = responseLimits): ResponseBodies {
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

  async function load(id: string, told: ToldBody, read: ReadContent): Promise<void> {
    const content = await read().catch(() => null);
    // Cleared meanwhile.
    if (!bodies.has(id)) return;
    set(id, kept(content, told, limits.each));
    makeRoom();
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
    fetch(id, told, read) {
      if (told.size !== null && told.size > limits.each) {
        set(id, { state: 'missing', why: 'too-large' });
        return;
      }
      set(id, { state: 'pending' });
      queue.push(() => load(id, told, read));
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

function kept(content: Awaited<ReturnType<ReadContent>>, told: ToldBody, limit: number): KeptBody {
  if (content === null) return { state: 'missing', why: 'unavailable' };
  const blob = new Blob([content]);
  // Chromium gives nothing for images that it could not draw.
  if (blob.size === 0 && (told.size ?? 0) > 0) return { state: 'missing', why: 'unavailable' };
  if (blob.size > limit) return { state: 'missing', why: 'too-large' };
  const isText = typeof content === 'string';
  return { state: 'kept', blob, isText, isSure: hasLength(blob.size, isText, told) };
}

/** A byte order mark is taken off decoded text. */
const MARK = 3;

/** Firefox garbles long texts. Only of UTF-8 can the length be told from the text. */
function hasLength(length: number, isText: boolean, { size, charset }: ToldBody): boolean {
  if (size === null || length === size) return true;
  return isText && (length === size - MARK || !/^(?:utf-?8|us-ascii)?$/.test(charset));
}
