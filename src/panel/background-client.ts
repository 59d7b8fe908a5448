import { signal, type ReadonlySignal } from '@preact/signals';
import type { Draft } from '../model/draft.ts';
import type { ExchangeUpdate } from '../model/exchange.ts';
import type { HistoryChange } from '../model/history.ts';
import type { RequestSpec } from '../model/request-spec.ts';
import { openChannel, type ChannelState, type PortLike } from '../protocol/channel.ts';
import type { SessionSettings, StoredCookie } from '../model/session.ts';
import {
  PORT_PREFIX,
  type AdapterMatch,
  type CookieKey,
  type Hello,
  type LivePiece,
  type OnceOrder,
  type Preview,
  type Unfinished,
} from '../protocol/messages.ts';
import { takeBlob } from './take-blob.ts';

/** The sessions, which the background keeps. */
export interface SessionsClient {
  list(): Promise<SessionSettings[]>;
  put(settings: SessionSettings): Promise<void>;
  /** With its cookies. */
  remove(session: string): Promise<void>;
  jar(session: string): Promise<StoredCookie[]>;
  /** Removes cookies, then puts others; gives all cookies then. */
  changeJar(session: string, remove: 'all' | CookieKey[], put: StoredCookie[]): Promise<StoredCookie[]>;
  /** The adapters in the order of match, and the one that the URL gets. */
  match(session: string, url: string): Promise<AdapterMatch>;
}

/** The background, as the panel knows it. */
export interface BackgroundClient {
  readonly state: ReadonlySignal<ChannelState>;
  /** What the background said of itself; null until then. */
  readonly hello: ReadonlySignal<Hello | null>;
  /** Starts an exchange; returns what aborts it. `draft`: what the request was composed as, for the history. */
  send(request: RequestSpec, onUpdate: (update: ExchangeUpdate) => void, draft?: Draft): () => void;
  /** Sends one request of a batch, at most once under this id; returns what aborts it. */
  sendOnce(order: OnceOrder, onEnd: (updates: readonly ExchangeUpdate[]) => void): () => void;
  /** What became of these requests of a batch is on record. */
  settled(ids: readonly string[]): Promise<void>;
  /** A name for this run of the browser. */
  era(): Promise<string>;
  /** Starts an exchange that leaves no trace, as in a private window. */
  sendUnrecorded(request: RequestSpec, onUpdate: (update: ExchangeUpdate) => void): void;
  /** What has come of a running body from a place on, as soon as there is something. */
  readLive(exchange: string, from: number): Promise<LivePiece>;
  preview(request: RequestSpec): Promise<Preview>;
  /** Whether the extension may reach the URL's host. */
  access(url: string): Promise<boolean>;
  /** Opens what the browser needs to ask for it; whether it is granted by then. */
  askAccess(url: string): Promise<boolean>;
  openSite(url: string): Promise<void>;
  /** Exchanges that were cut off, each told once. */
  unfinished(): Promise<Unfinished>;
  /** Changes the history; resolves when it is done. */
  changeHistory(change: HistoryChange): Promise<void>;
  readonly sessions: SessionsClient;
}

interface ClientOptions {
  connect: (name: string) => PortLike;
  inspectedTab: number | null;
  isPrivate: boolean;
}

/** Opens the line to the background; it reconnects by itself. */
export function connectBackground({ connect, inspectedTab, isPrivate }: ClientOptions): BackgroundClient {
  const state = signal<ChannelState>('connecting');
  const hello = signal<Hello | null>(null);
  const channel = openChannel(() => connect(PORT_PREFIX + (inspectedTab === null ? '' : String(inspectedTab))), {
    onHello: (message) => {
      hello.value = message;
    },
    onState: (next) => {
      state.value = next;
    },
    onStray: (message) => console.warn(message),
    takeBlob,
  });

  return {
    state,
    hello,
    send(request, onUpdate, draft) {
      const sent = channel.send(request, isPrivate, onUpdate, draft);
      return () => sent.cancel();
    },
    sendOnce: (order, onEnd) => channel.sendOnce(order, isPrivate, onEnd),
    async settled(ids) {
      await channel.call('settled', { ids: [...ids] });
    },
    era: async () => (await channel.call('era', {})).era,
    sendUnrecorded: (request, onUpdate) => void channel.send(request, true, onUpdate),
    readLive: (exchange, from) => channel.call('read-live', { exchange, from }),
    preview: (request) => channel.call('preview', { request, private: isPrivate }),
    access: async (url) => (await channel.call('access', { url })).granted,
    askAccess: async (url) => (await channel.call('ask-access', { url })).granted,
    async openSite(url) {
      await channel.call('open-site', { url });
    },
    unfinished: () => channel.call('unfinished', {}),
    async changeHistory(change) {
      await channel.call('history', { change });
    },
    sessions: {
      list: async () => (await channel.call('sessions', { private: isPrivate })).sessions,
      async put(settings) {
        await channel.call('put-session', { private: isPrivate, settings });
      },
      async remove(session) {
        await channel.call('remove-session', { private: isPrivate, session });
      },
      jar: async (session) => (await channel.call('jar', { private: isPrivate, session })).cookies,
      changeJar: async (session, remove, put) =>
        (await channel.call('change-jar', { private: isPrivate, session, remove, put })).cookies,
      match: (session, url) => channel.call('match-adapter', { private: isPrivate, session, url }),
    },
  };
}
