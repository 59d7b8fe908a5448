import { unwrap } from 'idb';
import * as v from 'valibot';
import { sessionSettingsSchema, type SessionSettings } from '../model/session.ts';
import { openBackgroundDatabase } from './background-database.ts';
import { broadcast } from './broadcast.ts';
import { storedKey } from './keys.ts';
import { seal, unseal } from './secret-box.ts';

const KEY = 'sessions';
/** Where panels hear that sessions, or their cookies, have changed. */
const CHANNEL = 'request-workbench-sessions';

/** What a person has set for each session, encrypted. Written by the background alone. */
export interface SessionStore {
  /** Those that can be read; without a database none, and sessions last as long as the background. */
  load(): Promise<SessionSettings[]>;
  save(session: SessionSettings): Promise<void>;
  /** With its jar. */
  remove(id: string): Promise<void>;
}

export const sessionStore: SessionStore = {
  async load() {
    const db = await openBackgroundDatabase().catch(() => null);
    if (db === null) return [];
    const key = await storedKey(unwrap(db), KEY);
    const records = await Promise.all(
      (await db.getAll('sessions')).map((sealed) => unseal(key, sealed).catch(() => null)),
    );
    return records.flatMap((record) => {
      const parsed = v.safeParse(sessionSettingsSchema, record);
      return parsed.success ? [parsed.output] : [];
    });
  },
  async save(session) {
    const db = await openBackgroundDatabase().catch(() => null);
    if (db === null) return;
    await db.put('sessions', await seal(await storedKey(unwrap(db), KEY), session), session.id);
  },
  async remove(id) {
    const db = await openBackgroundDatabase().catch(() => null);
    if (db === null) return;
    const transaction = db.transaction(['sessions', 'jars'], 'readwrite');
    await Promise.all([transaction.objectStore('sessions').delete(id), transaction.objectStore('jars').delete(id)]);
    await transaction.done;
  },
};

/** Tells every panel that the sessions, or the cookies of one, are others now. */
export function tellSessionsChanged(): void {
  broadcast(CHANNEL, null);
}

/** Hears it, until the function that is returned is called. */
export function hearSessionsChanged(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', () => listener());
  return () => channel.close();
}
