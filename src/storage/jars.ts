import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { newKey, seal, unseal, type Sealed } from './secret-box.ts';

interface JarsDatabase extends DBSchema {
  keys: { key: string; value: CryptoKey };
  jars: { key: string; value: Sealed };
}

const NAME = 'request-workbench-sessions';
const VERSION = 1;
const KEY = 'cookies';

/** Cookie jars by session id, encrypted. Written by the background alone. */
export interface JarStore {
  /** The jar as `CookieJar.toJSON()` gave it; null when there is none, or when it can no longer be decrypted. */
  load(session: string): Promise<unknown>;
  save(session: string, jar: unknown): Promise<void>;
}

let database: Promise<IDBPDatabase<JarsDatabase>> | null = null;

function open(): Promise<IDBPDatabase<JarsDatabase>> {
  database ??= openDB<JarsDatabase>(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore('keys');
      db.createObjectStore('jars');
    },
    terminated() {
      database = null;
    },
  });
  return database;
}

async function key(db: IDBPDatabase<JarsDatabase>): Promise<CryptoKey> {
  const stored = await db.get('keys', KEY);
  if (stored !== undefined) return stored;
  const fresh = await newKey();
  await db.put('keys', fresh, KEY);
  return fresh;
}

export const jarStore: JarStore = {
  async load(session) {
    const db = await open();
    const sealed = await db.get('jars', session);
    if (sealed === undefined) return null;
    return unseal(await key(db), sealed).catch(() => null);
  },
  async save(session, jar) {
    const db = await open();
    await db.put('jars', await seal(await key(db), jar), session);
  },
};
