import type { Draft } from '../model/draft.ts';
import * as v from 'valibot';
import type { ExchangeUpdate } from '../model/exchange.ts';
import type { RequestSpec } from '../model/request-spec.ts';
import {
  backgroundMessageSchema,
  replySchemas,
  type BackgroundMessage,
  type CallType,
  type Hello,
  type OnceOrder,
  type PanelMessage,
  type Reply,
} from './messages.ts';

/** The part of `runtime.Port` that the channel uses. */
export interface PortLike {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

/** `gone`: this page can no longer reach its extension (updated or removed); only reopening helps. */
export type ChannelState = 'connecting' | 'connected' | 'gone';

export interface ChannelEvents {
  onHello(hello: Hello): void;
  onState(state: ChannelState): void;
  /** The background answered something that has no call: worth showing in a console, nothing more. */
  onStray(message: string): void;
  /** Gives the Blob that the background offers at this URL as the page's own; rejects where that is not possible. */
  takeBlob(url: string): Promise<Blob>;
}

export interface SentExchange {
  readonly id: string;
  cancel(): void;
}

type CallPayload<T extends CallType> = Omit<Extract<PanelMessage, { type: T }>, 'type' | 'id'>;

export interface Channel {
  /** Starts an exchange. `onUpdate` hears everything; its last update is always `end`. */
  send(
    request: RequestSpec,
    isPrivate: boolean,
    onUpdate: (update: ExchangeUpdate) => void,
    draft?: Draft,
  ): SentExchange;
  /**
   * Sends one request of a batch under an id of the caller's. `onEnd` hears everything at once, when it is over. Asking
   * again with the same id never sends twice.
   */
  sendOnce(order: OnceOrder, isPrivate: boolean, onEnd: (updates: readonly ExchangeUpdate[]) => void): () => void;
  /** Asks once. Rejects when the background refuses the message or cannot be reached. */
  call<T extends CallType>(type: T, payload: CallPayload<T>): Promise<Reply<T>>;
  close(): void;
}

interface PendingOnce {
  readonly order: OnceOrder;
  readonly isPrivate: boolean;
  onEnd(updates: readonly ExchangeUpdate[]): void;
}

interface PendingExchange {
  onUpdate(update: ExchangeUpdate): void;
  /** What to say when the line is up: `send` until it was said once, then `attach`. */
  next: PanelMessage;
}

interface PendingCall {
  message: PanelMessage;
  settle(value: unknown): void;
  fail(error: Error): void;
}

/**
 * The panel's end of the line to the background. It connects at once and again whenever the background was
 * unloaded; exchanges that were under way are taken up again with `attach`, calls are asked again.
 * @param connect opens a Port; throws when the extension is gone
 */
export function openChannel(connect: () => PortLike, events: ChannelEvents): Channel {
  const exchanges = new Map<string, PendingExchange>();
  const once = new Map<string, PendingOnce>();
  /** Asked for in this task: they go in one message. */
  let fresh: PendingOnce[] = [];
  const calls = new Map<string, PendingCall>();
  let port: PortLike | null = null;
  let closed = false;

  function open(): void {
    events.onState('connecting');
    let opened: PortLike;
    try {
      opened = connect();
    } catch (cause) {
      giveUp(cause);
      return;
    }
    port = opened;
    opened.onMessage.addListener((message) => receive(message));
    opened.onDisconnect.addListener(() => {
      if (port !== opened) return;
      port = null;
      // A task of its own: connecting again inside the event would meet the context that is just going away.
      if (!closed) setTimeout(open, 0);
    });
    for (const [id, exchange] of exchanges) postExchange(id, exchange);
    fresh = [];
    postOnce([...once.values()]);
    for (const call of calls.values()) post(call.message);
  }

  function giveUp(cause: unknown): void {
    port = null;
    closed = true;
    events.onState('gone');
    const reason = new Error('The extension is no longer there', { cause });
    for (const call of calls.values()) call.fail(reason);
    calls.clear();
    for (const pending of once.values()) pending.onEnd([lost()]);
    once.clear();
  }

  function post(message: PanelMessage): void {
    port?.postMessage(message);
  }

  function postExchange(id: string, exchange: PendingExchange): void {
    if (port === null) return;
    port.postMessage(exchange.next);
    exchange.next = { type: 'attach', id };
  }

  function postOnce(orders: readonly PendingOnce[]): void {
    for (const isPrivate of [false, true]) {
      const asked = orders.filter((pending) => pending.isPrivate === isPrivate).map(({ order }) => order);
      if (asked.length > 0) post({ type: 'send-once', id: crypto.randomUUID(), private: isPrivate, orders: asked });
    }
  }

  function postFresh(): void {
    const asked = fresh;
    fresh = [];
    postOnce(asked);
  }

  function receive(raw: unknown): void {
    const parsed = v.safeParse(backgroundMessageSchema, raw);
    if (!parsed.success) {
      events.onStray(v.summarize(parsed.issues));
      return;
    }
    dispatch(parsed.output);
  }

  /** What cannot be taken is read as it came over the Port, for which the background keeps it. */
  async function take(id: string, { url, ...update }: Offer): Promise<ExchangeUpdate> {
    try {
      const body = await events.takeBlob(url);
      post({ type: 'taken', id, url });
      return { ...update, body };
    } catch {
      return update;
    }
  }

  function takeAll(id: string, updates: readonly ExchangeUpdate[]): Promise<ExchangeUpdate[]> {
    return Promise.all(updates.map(async (update) => (isOffer(update) ? await take(id, update) : update)));
  }

  function dispatch(message: BackgroundMessage): void {
    switch (message.type) {
      case 'hello':
        events.onState('connected');
        events.onHello(message);
        return;
      case 'events': {
        const exchange = exchanges.get(message.id);
        for (const update of message.updates) {
          if (update.kind === 'end') exchanges.delete(message.id);
          if (exchange === undefined) continue;
          if (isOffer(update)) void take(message.id, update).then((taken) => exchange.onUpdate(taken));
          else exchange.onUpdate(update);
        }
        return;
      }
      case 'told':
        for (const { id, updates } of message.ended) {
          const pending = once.get(id);
          once.delete(id);
          if (pending === undefined) continue;
          if (updates.some(isOffer)) void takeAll(id, updates).then((taken) => pending.onEnd(taken));
          else pending.onEnd(updates);
        }
        return;
      case 'reply':
        calls.get(message.id)?.settle(message.value);
        calls.delete(message.id);
        return;
      case 'error': {
        const call = message.id === null ? undefined : calls.get(message.id);
        if (call === undefined) events.onStray(message.message);
        else call.fail(new Error(message.message));
        if (message.id !== null) calls.delete(message.id);
      }
    }
  }

  open();
  return {
    send(request, isPrivate, onUpdate, draft) {
      const id = crypto.randomUUID();
      if (closed) {
        // Not in this task: the caller does not have the exchange yet.
        queueMicrotask(() => onUpdate(notSent()));
        return { id, cancel: () => {} };
      }
      const composed = draft === undefined ? {} : { draft };
      const exchange: PendingExchange = {
        onUpdate,
        next: { type: 'send', id, request, private: isPrivate, ...composed },
      };
      exchanges.set(id, exchange);
      postExchange(id, exchange);
      return { id, cancel: () => post({ type: 'cancel', id }) };
    },
    sendOnce(order, isPrivate, onEnd) {
      if (closed) queueMicrotask(() => onEnd([notSent()]));
      else {
        const pending = { order, isPrivate, onEnd };
        once.set(order.id, pending);
        if (fresh.push(pending) === 1) queueMicrotask(postFresh);
      }
      return () => {
        postFresh();
        post({ type: 'cancel', id: order.id });
      };
    },
    call(type, payload) {
      const id = crypto.randomUUID();
      const schema = replySchemas[type];
      // The payload's shape is tied to the type by CallPayload; the compiler cannot follow it through the spread.
      const message = { type, id, ...payload } as unknown as PanelMessage;
      return new Promise((resolve, reject) => {
        if (closed) {
          reject(new Error('The extension is no longer there'));
          return;
        }
        calls.set(id, {
          message,
          settle: (value) => {
            const parsed = v.safeParse(schema, value);
            if (parsed.success) resolve(parsed.output);
            else reject(new Error(`Unexpected reply to ${type}: ${v.summarize(parsed.issues)}`));
          },
          fail: reject,
        });
        post(message);
      });
    },
    close() {
      closed = true;
      port?.disconnect();
      port = null;
    },
  };
}

type End = Extract<ExchangeUpdate, { kind: 'end' }>;
type Offer = End & { readonly url: string };

function isOffer(update: ExchangeUpdate): update is Offer {
  return update.kind === 'end' && update.url !== undefined;
}

function notSent(): ExchangeUpdate {
  return failed('ConnectionError', 'extension-gone', 'The extension was updated or removed. Nothing was sent.');
}

function lost(): ExchangeUpdate {
  return failed('OutcomeUnknown', 'outcome-unknown', 'The extension was updated or removed meanwhile.');
}

function failed(name: string, code: string, message: string): ExchangeUpdate {
  const error = { name, code, message, netError: null };
  return { kind: 'end', body: null, elapsed: 0, duration: 0, error, warnings: [] };
}
