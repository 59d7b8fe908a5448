import { wrap } from 'idb';
import * as v from 'valibot';
import { masterKey } from './master-key.ts';
import { newKey, noteEarlierKey } from './secret-box.ts';

/**
 * A key as the store `keys` holds it: wrapped by the master. Earlier versions stored the CryptoKey itself; while that is
 * being replaced (`renew-keys.ts`) it stands beside the new one.
 */
const wrappedSchema = v.strictObject({
  wrapped: v.instance(ArrayBuffer),
  earlier: v.exactOptional(v.custom<CryptoKey>((value) => value instanceof CryptoKey)),
});
type WrappedKey = v.InferOutput<typeof wrappedSchema>;

const USES: KeyUsage[] = ['encrypt', 'decrypt'];

/** Unwrapping takes longer than reading: a key that is stored as before is used again. */
const known = new Map<string, { wrapped: string; key: CryptoKey }>();

/**
 * The key of that name in a database's store `keys`, made when it is not there yet. Whoever stores it first wins: all
 * pages use the same one.
 * @throws LockedError
 */
export async function storedKey(database: IDBDatabase, name: string): Promise<CryptoKey> {
  const there = await existingKey(database, name);
  if (there !== null) return there;
  // Making a key takes longer than a transaction lives.
  const wrapped = await wrapNewKey();
  const db = wrap(database);
  const transaction = db.transaction('keys', 'readwrite');
  const stored: unknown = await transaction.store.get(name);
  if (stored === undefined) await transaction.store.put({ wrapped } satisfies WrappedKey, name);
  await transaction.done;
  return opened(database, name, stored ?? { wrapped });
}

/**
 * The key of that name; null when there is none yet.
 * @throws LockedError
 */
export async function existingKey(database: IDBDatabase, name: string): Promise<CryptoKey | null> {
  const stored: unknown = await wrap(database).get('keys', name);
  return stored === undefined ? null : opened(database, name, stored);
}

async function opened(database: IDBDatabase, name: string, stored: unknown): Promise<CryptoKey> {
  if (stored instanceof CryptoKey) return stored;
  const { wrapped, earlier } = v.parse(wrappedSchema, stored);
  const text = String(new Uint8Array(wrapped));
  const place = `${database.name}/${name}`;
  const before = known.get(place);
  const key = before?.wrapped === text ? before.key : await unwrapKey(wrapped);
  known.set(place, { wrapped: text, key });
  if (earlier !== undefined) noteEarlierKey(key, earlier);
  return key;
}

/** Makes a key, which can only be had back through the master. @throws LockedError */
export async function wrapNewKey(): Promise<ArrayBuffer> {
  return crypto.subtle.wrapKey('raw', await newKey(true), await masterKey(), 'AES-KW');
}

/** The keys, by name, whose place others are taking. */
export async function earlierKeys(database: IDBDatabase): Promise<Map<string, CryptoKey>> {
  const db = wrap(database);
  const found = new Map<string, CryptoKey>();
  for (const name of await db.getAllKeys('keys')) {
    const parsed = v.safeParse(wrappedSchema, await db.get('keys', name));
    if (parsed.success && parsed.output.earlier !== undefined && typeof name === 'string')
      found.set(name, parsed.output.earlier);
  }
  return found;
}

/** A key out of a record that may hold one; null when it holds none. @throws LockedError */
export async function keyIn(record: unknown): Promise<CryptoKey | null> {
  if (record instanceof CryptoKey) return record.algorithm.name === 'AES-GCM' ? record : null;
  const parsed = v.safeParse(wrappedSchema, record);
  if (!parsed.success) return null;
  const { wrapped, earlier } = parsed.output;
  const key = await unwrapKey(wrapped);
  if (earlier !== undefined) noteEarlierKey(key, earlier);
  return key;
}

async function unwrapKey(wrapped: ArrayBuffer): Promise<CryptoKey> {
  return crypto.subtle.unwrapKey('raw', wrapped, await masterKey(), 'AES-KW', 'AES-GCM', false, USES);
}

/** Keys are read anew; as after a restart. */
export function forgetKeys(): void {
  known.clear();
}
