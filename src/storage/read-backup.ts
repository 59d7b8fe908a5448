import { unwrap, type IDBPDatabase } from 'idb';
import { openBackgroundDatabase } from './background-database.ts';
import { backupStores, databases, Opened, type BackupDatabase, type BackupRecord } from './backup-stores.ts';
import { existingKey } from './keys.ts';
import { openPanelDatabase } from './panel-database.ts';
import { isSealed } from './rescue.ts';
import { unseal } from './secret-box.ts';

/** Records that are read at once, where none is large. */
const STRETCH = 100;

/** A database, its stores known by name only. */
export async function untyped(database: BackupDatabase): Promise<IDBPDatabase> {
  const db = await (database === 'panel' ? openPanelDatabase() : openBackgroundDatabase());
  // The same object: what is read is looked at as data, whatever its store.
  return db as unknown as IDBPDatabase;
}

/** How many records there are by store, as `panel/nodes`. */
export async function countForBackup(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const database of databases) {
    const db = await untyped(database);
    for (const store of Object.keys(backupStores[database])) counts[`${database}/${store}`] = await db.count(store);
  }
  return counts;
}

/**
 * Everything that is kept, record by record, decrypted.
 * @param onUnreadable hears of each record that cannot be decrypted, and is left out
 * @throws LockedError
 */
export async function* readForBackup(onUnreadable: () => void): AsyncGenerator<BackupRecord> {
  for (const database of databases) {
    for (const [store, { key: keyName, keyed, heavy, whole }] of Object.entries(backupStores[database])) {
      const db = await untyped(database);
      const key = keyName === null ? null : await existingKey(unwrap(db), keyName);
      const count = heavy === true ? 1 : whole === true ? undefined : STRETCH;
      let after: IDBValidKey | null = null;
      for (;;) {
        const range: IDBKeyRange | null = after === null ? null : IDBKeyRange.lowerBound(after, true);
        const transaction = (await untyped(database)).transaction(store);
        const [keys, values]: [IDBValidKey[], unknown[]] = await Promise.all([
          transaction.store.getAllKeys(range, count),
          transaction.store.getAll(range, count),
        ]);
        for (const [at, value] of values.entries()) {
          const name = keys[at];
          // What else stands among the settings is this machine's.
          if (store === 'settings' && name !== 'settings') continue;
          const record = await opened(value, key).catch(() => null);
          if (record === null) onUnreadable();
          else yield { database, store, key: keyed === true && typeof name === 'string' ? name : null, value: record };
        }
        const last: IDBValidKey | undefined = keys.at(-1);
        if (last === undefined || count === undefined || keys.length < count) break;
        after = last;
      }
    }
  }
}

/** The record with what is encrypted in it opened. */
async function opened(value: unknown, key: CryptoKey | null): Promise<unknown> {
  if (isSealed(value)) {
    if (key === null) throw new Error('There is no key for it');
    return new Opened(await unseal(key, value));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (value instanceof Blob || value instanceof Uint8Array) return value;
  const members = Object.entries(value).map(async ([name, member]) => [name, await opened(member, key)] as const);
  return Object.fromEntries(await Promise.all(members));
}
