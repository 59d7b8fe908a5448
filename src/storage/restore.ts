import { unwrap, type IDBPTransaction } from 'idb';
import * as v from 'valibot';
import { collectionNodeSchema, MAX_DEPTH, ROOT, type CollectionNode } from '../model/collection.ts';
import { historyEntrySchema } from '../model/history.ts';
import { backupStores, databases, Opened, type BackupDatabase, type BackupRecord } from './backup-stores.ts';
import { tellCollectionNews } from './collection-news.ts';
import { withIndexes } from './history-record.ts';
import { storedKey } from './keys.ts';
import { untyped } from './read-backup.ts';
import { restoreState } from './restore-state.ts';
import { seal } from './secret-box.ts';

/**
 * A restore goes in three steps, so that at any moment everything is as it was, or as the backup says: all records are put into
 * the stores `staged` of both databases; then one transaction makes them the panel's data; then another one makes the rest the
 * background's. What is cut off before the second step is dropped, and after it goes on to its end when a panel opens next.
 */
const KEY = 'restore';
/** Only one restore at a time, and nobody tidies up behind one that is under way. */
const LOCK = 'request-workbench-restore';
/** Records that are written together. */
const STRETCH = 100;

/** The browser's locks (`navigator.locks`), as far as they are needed. */
export interface Locks {
  request<T>(name: string, options: { ifAvailable: true }, work: (lock: unknown) => Promise<T>): Promise<T>;
}

/** A record of a backup is not what its store holds. */
export class RestoreError extends Error {
  constructor(record: BackupRecord) {
    super(`A record of ${record.database}/${record.store} is not as it should be`);
    this.name = 'RestoreError';
  }
}

/** Another panel is at it. */
export class RestoreBusyError extends Error {
  constructor() {
    super('Another restore is under way');
    this.name = 'RestoreBusyError';
  }
}

const STRICT = { durability: 'strict' } as const;

const stagedSchema = v.object({ store: v.string(), key: v.nullable(v.string()), value: v.unknown() });
type Staged = v.InferOutput<typeof stagedSchema>;
type Transaction = IDBPTransaction<unknown, string[], 'readwrite'>;

/**
 * Takes in all records and makes them the data of this profile, in place of what is there. The background's part is left to it.
 * @param onDeciding hears when it cannot be stopped any more
 * @throws RestoreError, RestoreBusyError, LockedError; nothing is changed then
 */
export async function stageRestore(
  locks: Locks,
  records: AsyncIterable<BackupRecord>,
  onDeciding: () => void,
): Promise<void> {
  await locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock === null) throw new RestoreBusyError();
    if ((await restoreState()) === 'decided') throw new RestoreBusyError();
    await dropStaged();
    await (await untyped('panel')).put('settings', 'staging', KEY);
    try {
      await stageAll(records);
      onDeciding();
      await decide();
    } catch (error) {
      await dropStaged();
      throw error;
    }
  });
  tellCollectionNews({ kind: 'replaced' });
}

async function stageAll(records: AsyncIterable<BackupRecord>): Promise<void> {
  const waiting: Record<BackupDatabase, Staged[]> = { panel: [], background: [] };
  const nodes: CollectionNode[] = [];
  let bytes = 0;
  const write = async (database: BackupDatabase): Promise<void> => {
    const transaction = (await untyped(database)).transaction('staged', 'readwrite', STRICT);
    const writing = waiting[database].splice(0).map((record) => transaction.store.add(record));
    await Promise.all([...writing, transaction.done]);
  };
  for await (const record of records) {
    const { database, store, key } = record;
    const stores = backupStores[database];
    // A name like `constructor` is no store.
    const known = Object.hasOwn(stores, store) ? stores[store] : undefined;
    const parsed = known === undefined ? null : v.safeParse(known.schema, record.value);
    const isNamed = store !== 'settings' || key === 'settings';
    if (parsed?.success !== true || (known?.keyed === true) !== (key !== null) || !isNamed)
      throw new RestoreError(record);
    let value = parsed.output;
    if (store === 'nodes') nodes.push(v.parse(collectionNodeSchema, value));
    if (store === 'entries') {
      const entry = withIndexes(v.parse(historyEntrySchema, value));
      bytes += entry.bytes;
      value = entry;
    }
    waiting[database].push({ store, key, value: await sealed(database, value, known?.key ?? null) });
    if (waiting[database].length >= STRETCH || known?.heavy === true) await write(database);
  }
  if (!isTree(nodes)) throw new RestoreError({ database: 'panel', store: 'nodes', key: null, value: null });
  // There is always something for the background: without it nobody could tell whether it has done its part.
  waiting.background.push({ store: 'totals', key: 'bytes', value: bytes });
  for (const database of databases) await write(database);
}

/** The record with what was opened encrypted under a key of this machine. */
async function sealed(database: BackupDatabase, value: unknown, key: string | null): Promise<unknown> {
  if (key === null) return value;
  const own = await storedKey(unwrap(await untyped(database)), key);
  if (value instanceof Opened) return seal(own, value.plain);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(
    async ([name, member]) => [name, member instanceof Opened ? await seal(own, member.plain) : member] as const,
  );
  return Object.fromEntries(await Promise.all(members));
}

/** Every node stands in a folder that is there, no deeper than folders may go; at the top there are folders only. */
function isTree(nodes: readonly CollectionNode[]): boolean {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const depths = new Map<string, number>([[ROOT, 0]]);
  for (const node of nodes) {
    const way: CollectionNode[] = [];
    let at: CollectionNode | undefined = node;
    while (at !== undefined && !depths.has(at.id)) {
      if (way.push(at) > MAX_DEPTH + 1) return false;
      if (at.parent === ROOT) break;
      at = known.get(at.parent);
      if (at?.kind !== 'folder') return false;
    }
    for (const above of way.toReversed()) depths.set(above.id, (depths.get(above.parent) ?? 0) + 1);
    if (node.parent === ROOT && node.kind !== 'folder') return false;
    if ((depths.get(node.id) ?? 0) > MAX_DEPTH + 1) return false;
  }
  return true;
}

/** From here on it is "after". */
async function decide(): Promise<void> {
  const db = await untyped('panel');
  const transaction = db.transaction([...Object.keys(backupStores.panel), 'staged'], 'readwrite', STRICT);
  await whole(transaction, async () => {
    await takeOver(transaction, Object.keys(backupStores.panel));
    await transaction.objectStore('settings').put('decided', KEY);
  });
}

/** The background's part of a restore that is decided. It may be asked for again. */
export async function finishRestore(): Promise<void> {
  if ((await restoreState()) !== 'decided') return;
  const db = await untyped('background');
  const stores = [...Object.keys(backupStores.background), 'totals'];
  const transaction = db.transaction([...stores, 'staged'], 'readwrite', STRICT);
  await whole(transaction, async () => {
    // Nothing: it was done before, and only the last word is missing.
    if ((await transaction.objectStore('staged').count()) > 0) await takeOver(transaction, stores);
  });
  await (await untyped('panel')).delete('settings', KEY);
}

/** Drops what a restore has left behind that was cut off; for when a panel opens. Resolves to whether one is to be finished. */
export async function tidyRestore(locks: Locks): Promise<boolean> {
  await locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock !== null && (await restoreState()) === 'staging') await dropStaged();
  });
  return (await restoreState()) === 'decided';
}

async function dropStaged(): Promise<void> {
  for (const database of databases) await (await untyped(database)).clear('staged');
  await (await untyped('panel')).delete('settings', KEY);
}

/** Empties the stores and fills them with what is staged. */
async function takeOver(transaction: Transaction, stores: readonly string[]): Promise<void> {
  for (const store of stores) await transaction.objectStore(store).clear();
  const staged = transaction.objectStore('staged');
  for (let after = 0; ;) {
    const range = IDBKeyRange.lowerBound(after, true);
    const [keys, records] = await Promise.all([staged.getAllKeys(range, STRETCH), staged.getAll(range, STRETCH)]);
    await Promise.all(
      records.map((record) => {
        const { store, key, value } = v.parse(stagedSchema, record);
        return transaction.objectStore(store).put(value, key ?? undefined);
      }),
    );
    if (keys.length < STRETCH) break;
    after = Number(keys.at(-1));
  }
  await staged.clear();
}

/** All that the work asks for is done, or nothing. */
async function whole(transaction: Transaction, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    await transaction.done;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has failed by itself.
    }
    await transaction.done.catch(() => {});
    throw error;
  }
}
