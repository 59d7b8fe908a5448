import { unwrap } from 'idb';
import { openBackgroundDatabase } from './background-database.ts';
import { storedKey } from './keys.ts';
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
    const db = await openBackgroundDatabase();
    const sealed = await db.get('jars', session);
    if (sealed === undefined) return null;
    return unseal(await storedKey(unwrap(db), KEY), sealed).catch(() => null);
  },
  async save(session, jar) {
    const db = await openBackgroundDatabase();
    await db.put('jars', await seal(await storedKey(unwrap(db), KEY), jar), session);
  },
};
