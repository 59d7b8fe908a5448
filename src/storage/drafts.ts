import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { draftSchema, type Draft } from '../model/draft.ts';
import { newKey, seal, unseal } from './secret-box.ts';

/** What a panel finds when it opens. */
interface LoadedDraft {
  readonly draft: Draft | null;
  /** When it was saved, in ms since the epoch; 0 without a draft. */
  readonly savedAt: number;
  /** How many saved drafts could not be read; they are kept, out of the way. */
  readonly setAside: number;
}

/** Drafts by slot: one slot an inspected tab, so that panels that are open together do not overwrite each other. */
export interface DraftStorage {
  /** False when drafts are gone once the panel closes. */
  readonly lasting: boolean;
  /** The slot's draft, or else the one saved last anywhere. */
  load(slot: string): Promise<LoadedDraft>;
  save(slot: string, draft: Draft): Promise<void>;
}

const NAME = 'request-workbench-drafts';
/** Of the database: its stores. */
const DATABASE_VERSION = 1;
/** Of a record: the shape of the draft in it. */
const RECORD_VERSION = 1;
const KEY = 'drafts';
/** Tab ids are never used again, so slots would only pile up. */
const SLOTS_KEPT = 50;

/** Whole drafts are encrypted: credentials stand in URLs, headers and bodies as well as in Auth. */
const recordSchema = v.object({
  version: v.literal(RECORD_VERSION),
  slot: v.string(),
  savedAt: v.number(),
  sealed: v.object({
    iv: v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array),
    data: v.instance(ArrayBuffer),
  }),
});
type DraftRecord = v.InferOutput<typeof recordSchema>;

interface DraftsDatabase extends DBSchema {
  keys: { key: string; value: CryptoKey };
  drafts: { key: string; value: DraftRecord; indexes: { savedAt: number } };
  setAside: { key: number; value: { at: number; reason: string; record: unknown } };
}
type Database = IDBPDatabase<DraftsDatabase>;

/** Opens the drafts; where IndexedDB is missing (Firefox's private panels) they live in memory. */
export async function openDraftStorage(): Promise<DraftStorage> {
  try {
    const db = await openDB<DraftsDatabase>(NAME, DATABASE_VERSION, {
      upgrade(fresh) {
        fresh.createObjectStore('keys');
        fresh.createObjectStore('drafts', { keyPath: 'slot' }).createIndex('savedAt', 'savedAt');
        fresh.createObjectStore('setAside', { autoIncrement: true });
      },
      // A page that outlives an update must not hold up the new version's database.
      blocking: (_current, _blocked, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
      },
    });
    return storageIn(db, await encryptionKey(db));
  } catch {
    return draftsInMemory();
  }
}

/** Drafts that leave nothing behind. */
export function draftsInMemory(): DraftStorage {
  const drafts = new Map<string, Draft>();
  return {
    lasting: false,
    load: (slot) =>
      Promise.resolve({ draft: drafts.get(slot) ?? [...drafts.values()].at(-1) ?? null, savedAt: 0, setAside: 0 }),
    save(slot, draft) {
      drafts.delete(slot);
      drafts.set(slot, draft);
      return Promise.resolve();
    },
  };
}

async function encryptionKey(db: Database): Promise<CryptoKey> {
  const fresh = await newKey();
  // Two panels may open at once: the first key stored is the one that both use.
  const transaction = db.transaction('keys', 'readwrite');
  const stored = await transaction.store.get(KEY);
  if (stored === undefined) await transaction.store.put(fresh, KEY);
  await transaction.done;
  return stored ?? fresh;
}

function storageIn(db: Database, key: CryptoKey): DraftStorage {
  async function read(record: DraftRecord): Promise<Draft> {
    const { sealed } = v.parse(recordSchema, record);
    return v.parse(draftSchema, await unseal(key, sealed));
  }

  async function setAside(slot: string, record: unknown, reason: string): Promise<void> {
    const transaction = db.transaction(['drafts', 'setAside'], 'readwrite');
    await transaction.objectStore('setAside').add({ at: Date.now(), reason, record });
    await transaction.objectStore('drafts').delete(slot);
    await transaction.done;
  }

  return {
    lasting: true,
    async load(slot) {
      const own = await db.get('drafts', slot);
      const latestFirst = (await db.getAllFromIndex('drafts', 'savedAt')).toReversed();
      const others = latestFirst.filter((record) => record.slot !== slot);
      let unreadable = 0;
      for (const record of own === undefined ? others : [own, ...others]) {
        try {
          return { draft: await read(record), savedAt: record.savedAt, setAside: unreadable };
        } catch (error) {
          unreadable++;
          await setAside(record.slot, record, error instanceof Error ? error.message : String(error));
        }
      }
      return { draft: null, savedAt: 0, setAside: unreadable };
    },
    async save(slot, draft) {
      const savedAt = Date.now();
      const sealed = await seal(key, draft);
      const transaction = db.transaction('drafts', 'readwrite');
      await transaction.store.put({ version: RECORD_VERSION, slot, savedAt, sealed });
      const slots = await transaction.store.index('savedAt').getAllKeys();
      await Promise.all(slots.slice(0, -SLOTS_KEPT).map((old) => transaction.store.delete(old)));
      await transaction.done;
    },
  };
}
