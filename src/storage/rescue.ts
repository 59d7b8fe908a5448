import { openDB } from 'idb';
import { keyIn } from './keys.ts';
import { unseal, type Sealed } from './secret-box.ts';

/** Bodies larger than this stay out of a rescued copy: it is one text. Bytes. */
const LARGEST_BODY = 1024 * 1024;

/**
 * Everything that is in a database, whatever its version, as JSON can hold it: for a copy when a migration has failed.
 * What is encrypted is decrypted, for nobody could read it elsewhere; the caller masks the secrets.
 */
export async function readWholeDatabase(
  name: string,
): Promise<{ name: string; version: number; stores: Record<string, unknown[]> }> {
  const db = await openDB(name);
  try {
    const stores: Record<string, unknown[]> = {};
    const keys: CryptoKey[] = [];
    for (const store of db.objectStoreNames) {
      const records: unknown[] = await db.getAll(store);
      for (const record of store === 'keys' ? records : []) {
        // Locked, or the master stands in the database that cannot be read: what is encrypted stays so.
        const key = await keyIn(record).catch(() => null);
        if (key !== null) keys.push(key);
      }
      stores[store] = records;
    }
    for (const [store, records] of Object.entries(stores)) {
      stores[store] = await Promise.all(records.map((record) => readable(record, keys)));
    }
    return { name, version: db.version, stores };
  } finally {
    db.close();
  }
}

async function readable(value: unknown, keys: readonly CryptoKey[]): Promise<unknown> {
  if (value instanceof CryptoKey || (typeof value === 'object' && value !== null && 'wrapped' in value)) return '(key)';
  if (value instanceof Blob) return blobText(value);
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (isSealed(value)) return unsealWithAny(value, keys);
  if (Array.isArray(value)) return Promise.all(value.map((item) => readable(item, keys)));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(async ([key, member]) => [key, await readable(member, keys)] as const);
  return Object.fromEntries(await Promise.all(members));
}

async function blobText(blob: Blob): Promise<string> {
  if (blob.size > LARGEST_BODY) return `(${blob.size} bytes)`;
  return blob.text().catch(() => '(unreadable)');
}

export function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null || !('iv' in value) || !('data' in value)) return false;
  return value.iv instanceof Uint8Array && value.data instanceof ArrayBuffer;
}

async function unsealWithAny(sealed: Sealed, keys: readonly CryptoKey[]): Promise<unknown> {
  for (const key of keys) {
    const value = await unseal(key, sealed).catch(() => undefined);
    if (value !== undefined) return value;
  }
  return '(cannot be decrypted)';
}
