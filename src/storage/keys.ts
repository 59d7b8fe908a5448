import { wrap } from 'idb';
import { newKey } from './secret-box.ts';

/**
 * The key of that name in a database's store `keys`, made when it is not there yet. Whoever stores it first wins: all
 * pages use the same one.
 */
export async function storedKey(database: IDBDatabase, name: string): Promise<CryptoKey> {
  const db = wrap(database);
  const known: unknown = await db.get('keys', name);
  if (known instanceof CryptoKey) return known;
  // Making a key takes longer than a transaction lives.
  const fresh = await newKey();
  const transaction = db.transaction('keys', 'readwrite');
  const stored: unknown = await transaction.store.get(name);
  if (!(stored instanceof CryptoKey)) await transaction.store.put(fresh, name);
  await transaction.done;
  return stored instanceof CryptoKey ? stored : fresh;
}
