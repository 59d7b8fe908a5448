import { unwrap } from 'idb';
import { openBackgroundDatabase } from './background-database.ts';
import { storedKey } from './keys.ts';
import { LockedError } from './master-key.ts';
import { seal, unseal } from './secret-box.ts';

const KEY = 'cookies';

/** Cookie jars by session id, encrypted. Written by the background alone. */
export interface JarStore {
  /** The jar as `CookieJar.toJSON()` gave it; null when there is none, or when it can no longer be decrypted. */
  load(session: string): Promise<unknown>;
  save(session: string, jar: unknown): Promise<void>;
}

export const jarStore: JarStore = {
  async load(session) {
    // Without a database, or locked, cookies last as long as the background: no reason not to send anything.
    const db = await openBackgroundDatabase().catch(() => null);
    if (db === null) return null;
    const sealed = await db.get('jars', session);
    if (sealed === undefined) return null;
    return storedKey(unwrap(db), KEY)
      .then((key) => unseal(key, sealed))
      .catch(() => null);
  },
  async save(session, jar) {
    const db = await openBackgroundDatabase().catch(() => null);
    if (db === null) return;
    const key = await storedKey(unwrap(db), KEY).catch(whenLocked);
    if (key !== null) await db.put('jars', await seal(key, jar), session);
  },
};

function whenLocked(error: unknown): null {
  if (error instanceof LockedError) return null;
  throw error;
}
