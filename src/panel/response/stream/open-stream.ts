import { signal, type ReadonlySignal } from '@preact/signals';
import type { StreamKind } from '../../../inspect/stream/record-scanner.ts';
import type { StreamDetail, StreamRow, StreamState } from '../../../inspect/stream/stream-row.ts';
import type { Arrivals } from '../../../protocol/arrivals.ts';
import type { LivePiece } from '../../../protocol/messages.ts';
import { hostStream } from '../../workers/stream-host.ts';
import type { StreamReply, StreamRequest } from '../../workers/stream-messages.ts';

export interface StreamSpec {
  readonly kind: StreamKind;
  readonly charset: string;
  /** What has come from a place on, of a stream under way; null for one that has ended, which `blob` is. */
  readonly read: ((from: number) => Promise<LivePiece>) | null;
  readonly blob: Blob | null;
  readonly arrivals: Arrivals;
}

/** An open stream. After `close` nothing is answered any more. */
export interface OpenStream {
  /** null until it was first looked at. */
  readonly state: ReadonlySignal<StreamState | null>;
  /** Counts up whenever a row may be another one than before. */
  readonly version: ReadonlySignal<number>;
  /** Why it cannot be read, in the browser's words. */
  readonly failure: ReadonlySignal<string | null>;
  rows(from: number, to: number): Promise<readonly StreamRow[]>;
  detail(row: number): Promise<StreamDetail | null>;
  /** The records as they came; null when they are more than `limit` bytes. */
  copy(limit: number): Promise<string | null>;
  filter(query: string): void;
  /** All of a stream that was under way. */
  finish(blob: Blob, arrivals: Arrivals): void;
  close(): void;
}

/** A stream that has ended and is no longer than this is read in the page. Bytes. */
const IN_PAGE_LIMIT = 128 * 1024;
/** How long to wait before asking again when little has come: many small pieces cost as little as few. Milliseconds. */
const PAUSE = 40;
const LITTLE = 256 * 1024;

interface Carrier {
  send(request: StreamRequest): void;
  close(): void;
}

export function openStream({ kind, charset, read, blob, arrivals }: StreamSpec): OpenStream {
  const state = signal<StreamState | null>(null);
  const version = signal(0);
  const failure = signal<string | null>(null);
  const waiting = new Map<number, { settle(reply: StreamReply): void; fail(error: Error): void }>();
  let lastId = 0;
  let closed = false;
  let onTaken: (() => void) | null = null;
  const carrier = (blob !== null && blob.size <= IN_PAGE_LIMIT ? inPage : inWorker)(receive);

  function receive(reply: StreamReply): void {
    if (closed) return;
    switch (reply.op) {
      case 'state':
        state.value = reply.state;
        return;
      case 'taken':
        onTaken?.();
        return;
      case 'failed':
        if (reply.id === null) failure.value = reply.message;
        else take(reply.id)?.fail(new Error(reply.message));
        return;
      case 'rows':
      case 'detail':
      case 'copied':
        take(reply.id)?.settle(reply);
    }
  }

  function take(id: number): { settle(reply: StreamReply): void; fail(error: Error): void } | undefined {
    const entry = waiting.get(id);
    waiting.delete(id);
    return entry;
  }

  function ask<Value>(
    request: (id: number) => StreamRequest,
    pick: (reply: StreamReply) => Value | undefined,
  ): Promise<Value> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, {
        settle(reply) {
          const value = pick(reply);
          if (value === undefined) reject(new Error(`An answer to something else: ${reply.op}`));
          else resolve(value);
        },
        fail: reject,
      });
      carrier.send(request(id));
    });
  }

  /** Asks for the next piece when the one before was taken: what is not looked at yet stays in the background. */
  async function follow(next: (from: number) => Promise<LivePiece>): Promise<void> {
    let at = 0;
    for (;;) {
      const piece = await next(at);
      if (piece.ended || closed) return;
      const { length } = piece.bytes;
      if (length > 0) {
        const taken = new Promise<void>((resolve) => {
          onTaken = resolve;
        });
        carrier.send({ op: 'piece', bytes: piece.bytes, arrivals: piece.arrivals });
        await taken;
        at += length;
      }
      if (length < LITTLE) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  carrier.send({ op: 'open', kind, charset, blob, arrivals });
  if (read !== null) {
    follow(read).catch((error: unknown) => {
      if (!closed) failure.value = String(error);
    });
  }
  return {
    state,
    version,
    failure,
    rows: (from, to) =>
      ask(
        (id) => ({ op: 'rows', id, from, to }),
        (reply) => (reply.op === 'rows' ? reply.rows : undefined),
      ),
    detail: (row) =>
      ask(
        (id) => ({ op: 'detail', id, row }),
        (reply) => (reply.op === 'detail' ? reply.detail : undefined),
      ),
    copy: (limit) =>
      ask(
        (id) => ({ op: 'copy', id, limit }),
        (reply) => (reply.op === 'copied' ? reply.text : undefined),
      ),
    filter(query) {
      carrier.send({ op: 'filter', query });
      version.value++;
    },
    finish(whole, times) {
      carrier.send({ op: 'finish', blob: whole, arrivals: times });
    },
    close() {
      closed = true;
      onTaken?.();
      carrier.close();
      waiting.clear();
    },
  };
}

function inPage(receive: (reply: StreamReply) => void): Carrier {
  return { send: hostStream(receive), close: () => {} };
}

function inWorker(receive: (reply: StreamReply) => void): Carrier {
  const worker = new Worker(new URL('../../workers/stream-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', (event: MessageEvent<StreamReply>) => receive(event.data));
  worker.addEventListener('error', (event) => receive({ op: 'failed', id: null, message: event.message }));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
  return { send: (request) => worker.postMessage(request), close: () => worker.terminate() };
}
