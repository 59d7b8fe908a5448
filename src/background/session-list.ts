import { DEFAULT_SESSION, newSession, type SessionSettings } from '../model/session.ts';
import { LockedError } from '../storage/master-key.ts';
import { sessionStore, tellSessionsChanged } from '../storage/sessions.ts';

/** The sessions that there are. Changes count at once, and are stored. */
export interface SessionList {
  all(): Promise<SessionSettings[]>;
  /** null: there is none of that id. */
  get(id: string): Promise<SessionSettings | null>;
  put(session: SessionSettings): Promise<void>;
  remove(id: string): Promise<void>;
}

/** @param store null for private windows: their sessions begin as copies of the others, and nothing of them is stored */
function createSessionList(store: typeof sessionStore | null): SessionList {
  async function load(): Promise<Map<string, SessionSettings>> {
    const all = await sessionStore.load().catch((error: unknown) => {
      // Whoever goes on without the passphrase has the standard session.
      if (store === null && error instanceof LockedError) {
        isLocked = true;
        return [];
      }
      throw error;
    });
    return new Map(all.map((session) => [session.id, session]));
  }
  /** They were asked for while they were locked; those of private windows begin without them. */
  let isLocked = false;
  let loading: Promise<Map<string, SessionSettings>> | null = null;
  const loaded = (): Promise<Map<string, SessionSettings>> => {
    if (isLocked && loading !== null) loading = unlocked(loading);
    loading ??= load().catch((error: unknown) => {
      // Locked, or the database cannot be read: asked again by whoever comes next.
      loading = null;
      throw error;
    });
    return loading;
  };
  /** With those that can be read by now; what was set meanwhile stays. */
  async function unlocked(before: Promise<Map<string, SessionSettings>>): Promise<Map<string, SessionSettings>> {
    const known = await before;
    isLocked = false;
    const stored = await load().catch(() => {
      isLocked = true;
      return [];
    });
    for (const [id, session] of stored) if (!known.has(id)) known.set(id, session);
    return known;
  }
  let storing: Promise<void> = Promise.resolve();
  /** In the order in which it was asked for: encrypting takes longer now and then, and the last change must win. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = storing.then(work);
    storing = turn.catch(() => {});
    return turn;
  }
  return {
    async all() {
      const sessions = [...(await loaded()).values()];
      if (!sessions.some(({ id }) => id === DEFAULT_SESSION)) sessions.push(standardSession());
      return sessions.sort((a, b) => a.createdAt - b.createdAt);
    },
    async get(id) {
      const known = (await loaded()).get(id) ?? null;
      return known === null && id === DEFAULT_SESSION ? standardSession() : known;
    },
    async put(session) {
      (await loaded()).set(session.id, session);
      if (store !== null) await inTurn(() => store.save(session));
      tellSessionsChanged();
    },
    async remove(id) {
      (await loaded()).delete(id);
      if (store !== null) await inTurn(() => store.remove(id));
      tellSessionsChanged();
    },
  };
}

/** The one that is there before anybody has set anything. */
const standardSession = (): SessionSettings => newSession(DEFAULT_SESSION, 'Default', 0);

let lists = makeLists();

function makeLists(): { normal: SessionList; private: SessionList } {
  return { normal: createSessionList(sessionStore), private: createSessionList(null) };
}

export const sessionList = (isPrivate: boolean): SessionList => (isPrivate ? lists.private : lists.normal);

/** What was stored is gone. */
export function forgetSessionList(): void {
  lists = makeLists();
}
