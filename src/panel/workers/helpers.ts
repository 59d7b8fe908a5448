/** What runs beside a view in a worker of its own. */
export type HelperKind = 'pattern' | 'highlight';

/** What is needed of such a worker. */
export type Helper = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/** What a view's worker asks of the page: to start a helper, to tell it something, to end it. */
export type HelperOrder =
  | { readonly op: 'helper-start'; readonly helper: number; readonly kind: HelperKind }
  | { readonly op: 'helper-post'; readonly helper: number; readonly message: unknown }
  | { readonly op: 'helper-end'; readonly helper: number };

export function isHelperOrder(message: { readonly op: string }): message is HelperOrder {
  return message.op.startsWith('helper-');
}

/** What the page tells of a helper. */
export type HelperNews =
  | { readonly op: 'helper-said'; readonly helper: number; readonly message: unknown }
  | { readonly op: 'helper-failed'; readonly helper: number; readonly message: string };

/** Starts a helper from a page. */
export function startHelper(kind: HelperKind): Helper {
  switch (kind) {
    case 'pattern':
      return new Worker(new URL('./pattern-worker.ts', import.meta.url), { type: 'module' });
    case 'highlight':
      return new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
  }
}

/** The page's side: starts and ends the helpers of one view's worker, and carries what they say. */
export class HelperRelay {
  private readonly helpers = new Map<number, Helper>();
  private readonly tell: (news: HelperNews) => void;

  constructor(tell: (news: HelperNews) => void) {
    this.tell = tell;
  }

  carryOut(order: HelperOrder): void {
    const { helper } = order;
    switch (order.op) {
      case 'helper-start': {
        const started = startHelper(order.kind);
        started.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
          this.tell({ op: 'helper-said', helper, message: data }),
        );
        started.addEventListener('error', ({ message }) => this.tell({ op: 'helper-failed', helper, message }));
        this.helpers.set(helper, started);
        return;
      }
      case 'helper-post':
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
        this.helpers.get(helper)?.postMessage(order.message);
        return;
      case 'helper-end':
        this.helpers.get(helper)?.terminate();
        this.helpers.delete(helper);
    }
  }

  close(): void {
    for (const helper of this.helpers.values()) helper.terminate();
    this.helpers.clear();
  }
}

/**
 * The side of a view's worker. It does not start its helpers itself: in Firefox 153 a worker that starts another may stand
 * still for good. It waits until the new one is registered for debuggers (`WaitForIsDebuggerRegistered` in
 * dom/workers/WorkerPrivate.cpp) on the condition that the new one's own loop waits on too, and only one of them is woken.
 */
export class FarHelpers {
  private readonly helpers = new Map<number, EventTarget>();
  private readonly order: (order: HelperOrder) => void;
  private last = 0;

  constructor(order: (order: HelperOrder) => void) {
    this.order = order;
  }

  readonly start = (kind: HelperKind): Helper => {
    const helper = ++this.last;
    const events = new EventTarget();
    this.helpers.set(helper, events);
    this.order({ op: 'helper-start', helper, kind });
    return {
      postMessage: (message: unknown) => this.order({ op: 'helper-post', helper, message }),
      addEventListener: events.addEventListener.bind(events),
      terminate: () => {
        this.helpers.delete(helper);
        this.order({ op: 'helper-end', helper });
      },
    };
  };

  hear(news: HelperNews): void {
    const events = this.helpers.get(news.helper);
    if (news.op === 'helper-said') events?.dispatchEvent(new MessageEvent('message', { data: news.message }));
    else events?.dispatchEvent(new ErrorEvent('error', { message: news.message }));
  }
}
