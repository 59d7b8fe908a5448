import { unwrap, type IDBPDatabase } from 'idb';
import { backupStores, databases, type BackupDatabase } from './backup-stores.ts';
import { earlierKeys, existingKey, wrapNewKey } from './keys.ts';
import { untyped } from './read-backup.ts';
import { isSealed } from './rescue.ts';
import { reseal, type Sealed } from './secret-box.ts';

/** Keys by name: the one that is going, and the one that takes its place. */
type Renewals = ReadonlyMap<string, { readonly from: CryptoKey; readonly to: CryptoKey }>;

/** The name of the key that a store's records are encrypted with; null: they are not. What was set aside are drafts. */
function keyOf(database: BackupDatabase, store: string): string | null {
  return store === 'setAside' ? 'drafts' : (backupStores[database][store]?.key ?? null);
}

/**
 * Keys of earlier versions stand in the databases as they are, and no passphrase can protect them. They are replaced, and
 * everything that they had encrypted is encrypted anew. Until that is done the old key stands beside the new one, so that all
 * can be read at any moment; what was cut off goes on when it is asked for again.
 * @throws LockedError
 */
export async function renewOldKeys(): Promise<void> {
  for (const database of databases) {
    const db = await untyped(database);
    await replaceKeys(db);
    const renewals = new Map<string, { from: CryptoKey; to: CryptoKey }>();
    for (const [name, from] of await earlierKeys(unwrap(db))) {
      const to = await existingKey(unwrap(db), name);
      if (to !== null) renewals.set(name, { from, to });
    }
    if (renewals.size === 0) continue;
    // Again, for what somebody has encrypted with the old key in the meantime.
    while ((await sealAnew(database, db, renewals)) > 0);
    await dropEarlier(db);
  }
}

/** New keys for whatever is encrypted from now on. */
async function replaceKeys(db: IDBPDatabase): Promise<void> {
  for (const name of await db.getAllKeys('keys')) {
    if (!((await db.get('keys', name)) instanceof CryptoKey)) continue;
    const wrapped = await wrapNewKey();
    const transaction = db.transaction('keys', 'readwrite');
    const earlier: unknown = await transaction.store.get(name);
    if (earlier instanceof CryptoKey) await transaction.store.put({ wrapped, earlier }, name);
    await transaction.done;
  }
}

async function dropEarlier(db: IDBPDatabase): Promise<void> {
  const transaction = db.transaction('keys', 'readwrite');
  for (let cursor = await transaction.store.openCursor(); cursor !== null; cursor = await cursor.continue()) {
    const { earlier, ...rest } = cursor.value;
    if (earlier instanceof CryptoKey) await cursor.update(rest);
  }
  await transaction.done;
}

/** How many records held something that an old key had encrypted. */
async function sealAnew(database: BackupDatabase, db: IDBPDatabase, renewals: Renewals): Promise<number> {
  let changed = 0;
  for (const store of db.objectStoreNames) {
    const renewal = renewals.get(keyOf(database, store) ?? '');
    if (renewal === undefined) continue;
    for (const key of await db.getAllKeys(store)) {
      const anew = await resealed(await db.get(store, key), renewal.from, renewal.to);
      if (anew.size === 0) continue;
      changed += 1;
      const transaction = db.transaction(store, 'readwrite');
      // As it is by now: encrypting takes longer than a transaction lives.
      const record: unknown = await transaction.store.get(key);
      if (record !== undefined)
        await transaction.store.put(replaced(record, anew), transaction.store.keyPath === null ? key : undefined);
      await transaction.done;
    }
  }
  return changed;
}

const nameOf = ({ iv }: Sealed): string => String(iv);

/** What takes the place of which: by the initialisation vector, of which there are no two alike. */
async function resealed(record: unknown, from: CryptoKey, to: CryptoKey): Promise<Map<string, Sealed>> {
  const anew = new Map<string, Sealed>();
  for (const sealed of sealedIn(record)) {
    // What was not encrypted with the old key stays as it is.
    const next = await reseal(from, to, sealed).catch(() => null);
    if (next !== null) anew.set(nameOf(sealed), next);
  }
  return anew;
}

function sealedIn(value: unknown): Sealed[] {
  if (isSealed(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(sealedIn);
  return isPlainObject(value) ? Object.values(value).flatMap(sealedIn) : [];
}

function replaced(value: unknown, anew: ReadonlyMap<string, Sealed>): unknown {
  if (isSealed(value)) return anew.get(nameOf(value)) ?? value;
  if (Array.isArray(value)) return value.map((item) => replaced(item, anew));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, anew)]));
}

/** Not a Blob, and no bytes: they are kept as they are. */
function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
