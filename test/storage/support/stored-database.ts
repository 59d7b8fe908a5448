import { readFile } from 'node:fs/promises';
import { openDB, type IDBPDatabase } from 'idb';

interface StoredDatabase {
  readonly name: string;
  readonly version: number;
  readonly stores: Readonly<
    Record<
      string,
      {
        readonly keyPath?: string;
        readonly autoIncrement?: boolean;
        readonly indexes?: Readonly<Record<string, string>>;
        readonly records: readonly { readonly key?: IDBValidKey; readonly value: unknown }[];
      }
    >
  >;
}

/** Recreates a database as an earlier version of the extension left it, from `test/fixtures/databases`. */
export async function restoreDatabase(fixture: string): Promise<void> {
  const file = new URL(`../../fixtures/databases/${fixture}.json`, import.meta.url);
  const stored: StoredDatabase = JSON.parse(await readFile(file, 'utf8'));
  // Values are made first: a transaction does not outlive the making of a key.
  const stores = await Promise.all(
    Object.entries(stored.stores).map(async ([name, store]) => ({
      name,
      store,
      records: await Promise.all(store.records.map(async ({ key, value }) => ({ key, value: await revive(value) }))),
    })),
  );
  const db: IDBPDatabase = await openDB(stored.name, stored.version, {
    upgrade(fresh) {
      for (const { name, store } of stores) {
        const made = fresh.createObjectStore(name, {
          ...(store.keyPath === undefined ? {} : { keyPath: store.keyPath }),
          autoIncrement: store.autoIncrement ?? false,
        });
        for (const [index, keyPath] of Object.entries(store.indexes ?? {})) made.createIndex(index, keyPath);
      }
    },
  });
  for (const { name, store, records } of stores) {
    for (const { key, value } of records) await db.put(name, value, store.keyPath === undefined ? key : undefined);
  }
  db.close();
}

/** `$key`, `$bytes` and `$buffer` hold base64 of what JSON has no word for. */
async function revive(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(revive));
  if (typeof value !== 'object' || value === null) return value;
  const [[name, content] = ['', null]] = Object.entries(value);
  if (typeof content === 'string' && ['$key', '$bytes', '$buffer'].includes(name)) {
    const bytes = Uint8Array.from(Buffer.from(content, 'base64'));
    if (name === '$bytes') return bytes;
    if (name === '$buffer') return bytes.buffer;
    return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  }
  const members = Object.entries(value).map(async ([key, member]) => [key, await revive(member)] as const);
  return Object.fromEntries(await Promise.all(members));
}
