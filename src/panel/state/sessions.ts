import { effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { DEFAULT_SESSION, newSession, type SessionSettings, type StoredCookie } from '../../model/session.ts';
import type { AdapterMatch, CookieKey } from '../../protocol/messages.ts';
import { strings } from '../strings.ts';
import type { BackgroundClient } from '../background-client.ts';

/** The sessions, as every panel sees them. The background keeps them. */
export interface SessionStore {
  /** In the order in which they were made; the default one is always there. */
  readonly sessions: ReadonlySignal<readonly SessionSettings[]>;
  /** Rises when cookies may have changed. */
  readonly news: ReadonlySignal<number>;
  /** The last change could not be kept. */
  readonly failed: ReadonlySignal<boolean>;
  /** Whether the dialog with all sessions is open. */
  readonly managing: Signal<boolean>;
  /** Adds or changes; counts at once. */
  put(session: SessionSettings): void;
  remove(id: string): void;
  /** Puts a removed session back, cookies and all. */
  restore(session: SessionSettings, cookies: readonly StoredCookie[]): void;
  jar(id: string): Promise<StoredCookie[]>;
  /** Removes cookies, then puts others; gives all cookies then. */
  changeJar(id: string, remove: 'all' | CookieKey[], put: readonly StoredCookie[]): Promise<StoredCookie[]>;
  /** The engine's word on the session's adapters: their order, and the one that the URL gets. */
  match(id: string, url: string): Promise<AdapterMatch>;
  stop(): void;
}

/** @param hear tells of changes by whomever; gives what stops it */
export function createSessions(client: BackgroundClient, hear: (listener: () => void) => () => void): SessionStore {
  const sessions = signal<readonly SessionSettings[]>([newSession(DEFAULT_SESSION, strings.context.defaultSession, 0)]);
  const news = signal(0);
  const failed = signal(false);
  /** Changes that the background has not confirmed yet: until then what it tells is older than what is shown. */
  let pending = 0;
  let asked = 0;

  async function refresh(): Promise<void> {
    const mine = ++asked;
    const listed = await client.sessions.list().catch(() => null);
    if (listed !== null && mine === asked && pending === 0) sessions.value = listed;
  }

  async function change(work: Promise<unknown>): Promise<void> {
    pending += 1;
    // An answer that is under way does not know of this change.
    asked += 1;
    failed.value = await work.then(
      () => false,
      () => true,
    );
    pending -= 1;
    if (pending === 0) await refresh();
  }

  const stopHearing = hear(() => {
    news.value += 1;
    void refresh();
  });
  // A background that was started anew may have lost the sessions of private windows.
  const stopHello = effect(() => {
    if (client.hello.value !== null) void refresh();
  });

  function put(session: SessionSettings): void {
    const others = sessions.value.filter(({ id }) => id !== session.id);
    sessions.value = [...others, session].sort((a, b) => a.createdAt - b.createdAt);
    void change(client.sessions.put(session));
  }

  return {
    sessions,
    news,
    failed,
    managing: signal(false),
    put,
    restore(session, cookies) {
      put(session);
      void change(client.sessions.changeJar(session.id, [], [...cookies]));
    },
    jar: (id) => client.sessions.jar(id),
    changeJar: (id, remove, put) => client.sessions.changeJar(id, remove, [...put]),
    match: (id, url) => client.sessions.match(id, url),
    remove(id) {
      sessions.value = sessions.value.filter((session) => session.id !== id);
      void change(client.sessions.remove(id));
    },
    stop() {
      stopHearing();
      stopHello();
    },
  };
}
