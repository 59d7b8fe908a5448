/** A database as an earlier version of the extension left it. */
export interface StoredDatabase {
  readonly name: string;
  readonly version: number;
  readonly stores: Readonly<
    Record<
      string,
      {
        readonly keyPath?: string | string[];
        readonly autoIncrement?: boolean;
        readonly indexes?: Readonly<Record<string, string | string[]>>;
        readonly records: readonly { readonly key?: string | number; readonly value: unknown }[];
      }
    >
  >;
}

/**
 * Makes the database anew, with all that is in it; one of that name goes first. `$key`, `$bytes`, `$buffer` and `$blob`
 * hold base64 of what JSON has no word for. It runs in pages too, and so uses nothing from outside.
 */
export async function plantDatabase({ name, version, stores }: StoredDatabase): Promise<void> {
  const ended = (request: IDBRequest): Promise<unknown> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
  const revive = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(revive));
    if (typeof value !== 'object' || value === null) return value;
    const [[word, content] = ['', null]] = Object.entries(value);
    if (typeof content === 'string' && ['$key', '$bytes', '$buffer', '$blob'].includes(word)) {
      const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
      if (word === '$bytes') return bytes;
      if (word === '$buffer') return bytes.buffer;
      if (word === '$blob') return new Blob([bytes]);
      return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
    }
    const members = Object.entries(value).map(async ([key, member]) => [key, await revive(member)] as const);
    return Object.fromEntries(await Promise.all(members));
  };

  // Values are made first: a transaction does not outlive the making of a key.
  const records = await Promise.all(
    Object.entries(stores).flatMap(([store, { keyPath, records: all }]) =>
      all.map(async ({ key, value }) => ({
        store,
        key: keyPath === undefined ? key : undefined,
        value: await revive(value),
      })),
    ),
  );
  // Both are asked for at once: whoever else opens the database comes after them, not between.
  const removed = ended(indexedDB.deleteDatabase(name));
  const opening = indexedDB.open(name, version);
  opening.addEventListener('upgradeneeded', () => {
    for (const [store, { keyPath, autoIncrement, indexes }] of Object.entries(stores)) {
      const made = opening.result.createObjectStore(store, {
        keyPath: keyPath ?? null,
        autoIncrement: autoIncrement ?? false,
      });
      for (const [index, path] of Object.entries(indexes ?? {})) made.createIndex(index, path);
    }
    // In the same transaction: whoever waits for the database finds all of it.
    for (const { store, key, value } of records) opening.transaction?.objectStore(store).put(value, key);
  });
  await Promise.all([removed, ended(opening)]);
  opening.result.close();
}
