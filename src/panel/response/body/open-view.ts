import { signal, type ReadonlySignal } from '@preact/signals';
import type { CodeLanguage } from '../../../inspect/code-language.ts';
import type { Found, Query, ViewRow, ViewState } from '../../../inspect/body-view.ts';
import type { Filtered } from '../../../inspect/json-view.ts';
import { hostView } from '../../workers/body-host.ts';
import type { Described, ViewReply, ViewRequest, ViewSpec, WorkerReply } from '../../workers/body-messages.ts';
import { HelperRelay, isHelperOrder } from '../../workers/helpers.ts';

/** An open view of a body. After `close` nothing is answered any more. */
export interface OpenView {
  /** null until the first piece was read. */
  readonly state: ReadonlySignal<ViewState | null>;
  /** Counts up whenever rows fetched before may look different now. */
  readonly version: ReadonlySignal<number>;
  /** Why the body cannot be read, in the browser's words. */
  readonly failure: ReadonlySignal<string | null>;
  rows(from: number, to: number): Promise<readonly ViewRow[]>;
  find(query: Query, onProgress: (found: Found) => void): Promise<Found | null>;
  goTo(match: number): Promise<number | null>;
  /** Text: colours it as code as soon as that is ready; null makes it plain. */
  highlight(language: CodeLanguage | null): void;
  /** JSON: shows only what a JSONPath finds; null shows everything again. Rejects with what is wrong with the path. */
  filter(path: string | null): Promise<Filtered>;
  /** Of a tree: where a node stands, and so on. */
  describe(node: number, what: Described): Promise<string>;
  toggle(node: number): void;
  foldAll(folded: boolean): void;
  close(): void;
}

interface Carrier {
  send(request: ViewRequest): void;
  close(): void;
}

/** Bodies up to this size are read in the page: starting a worker takes longer than reading them. Bytes. */
const IN_PAGE_LIMIT = 128 * 1024;

/** Opens a view; what works on a large body runs in a worker. */
export function openView(spec: ViewSpec): OpenView {
  const state = signal<ViewState | null>(null);
  const version = signal(0);
  const failure = signal<string | null>(null);
  const waiting = new Map<number, { settle(reply: ViewReply): void; fail(error: Error): void }>();
  const progress = new Map<number, (found: Found) => void>();
  let lastId = 0;
  let counted = 0;
  const carrier = (spec.blob.size <= IN_PAGE_LIMIT ? inPage : inWorker)(receive);

  function receive(reply: ViewReply): void {
    switch (reply.op) {
      case 'state':
        if (reply.state.done || reply.state.arranged !== state.peek()?.arranged) version.value++;
        state.value = reply.state;
        return;
      case 'finding':
        if (reply.found.count !== counted) version.value++;
        counted = reply.found.count;
        progress.get(reply.id)?.(reply.found);
        return;
      case 'failed':
        if (reply.id === null) failure.value = reply.message;
        else take(reply.id)?.fail(Object.assign(new Error(reply.message), { name: reply.name }));
        return;
      case 'rows':
      case 'found':
      case 'row':
      case 'filtered':
      case 'description':
        if (reply.op === 'found' || reply.op === 'row') version.value++;
        take(reply.id)?.settle(reply);
    }
  }

  function take(id: number): { settle(reply: ViewReply): void; fail(error: Error): void } | undefined {
    const entry = waiting.get(id);
    waiting.delete(id);
    progress.delete(id);
    return entry;
  }

  function ask<Value>(
    request: (id: number) => ViewRequest,
    read: (reply: ViewReply) => Value | undefined,
  ): Promise<Value> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, {
        settle(reply) {
          const value = read(reply);
          if (value === undefined) reject(new Error(`An answer to something else: ${reply.op}`));
          else resolve(value);
        },
        fail: reject,
      });
      carrier.send(request(id));
    });
  }

  carrier.send({ op: 'open', spec });
  return {
    state,
    version,
    failure,
    rows: (from, to) =>
      ask(
        (id) => ({ op: 'rows', id, from, to }),
        (reply) => (reply.op === 'rows' ? reply.rows : undefined),
      ),
    find: (query, onProgress) =>
      ask(
        (id) => {
          progress.set(id, onProgress);
          return { op: 'find', id, query };
        },
        (reply) => (reply.op === 'found' ? reply.found : undefined),
      ),
    goTo: (match) =>
      ask(
        (id) => ({ op: 'go-to', id, match }),
        (reply) => (reply.op === 'row' ? reply.row : undefined),
      ),
    highlight: (language) => carrier.send({ op: 'highlight', language }),
    filter: (path) =>
      ask(
        (id) => ({ op: 'filter', id, path }),
        (reply) => (reply.op === 'filtered' ? reply.filtered : undefined),
      ),
    describe: (node, what) =>
      ask(
        (id) => ({ op: 'describe', id, node, what }),
        (reply) => (reply.op === 'description' ? reply.text : undefined),
      ),
    toggle: (node) => carrier.send({ op: 'toggle', node }),
    foldAll: (folded) => carrier.send({ op: 'fold-all', folded }),
    close() {
      carrier.close();
      waiting.clear();
      progress.clear();
    },
  };
}

function inPage(receive: (reply: ViewReply) => void): Carrier {
  let closed = false;
  const send = hostView((reply) => {
    if (!closed) receive(reply);
  });
  return {
    send,
    close() {
      closed = true;
    },
  };
}

function inWorker(receive: (reply: ViewReply) => void): Carrier {
  const worker = new Worker(new URL('../../workers/body-worker.ts', import.meta.url), { type: 'module' });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
  const helpers = new HelperRelay((news) => worker.postMessage(news));
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerReply>) => {
    if (isHelperOrder(data)) helpers.carryOut(data);
    else receive(data);
  });
  worker.addEventListener('error', (event) =>
    receive({ op: 'failed', id: null, name: 'Error', message: event.message }),
  );
  const close = (): void => {
    helpers.close();
    worker.terminate();
  };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
  return { send: (request) => worker.postMessage(request), close };
}
