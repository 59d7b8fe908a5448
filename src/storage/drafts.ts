import { unwrap } from 'idb';
import * as v from 'valibot';
import { draftSchema, type Draft } from '../model/draft.ts';
import { storedKey } from './keys.ts';
import { LockedError } from './master-key.ts';
import { MigrationError } from './open-database.ts';
import { DRAFT_VERSION, openPanelDatabase, type RequestRecord, type TabsRecord } from './panel-database.ts';
import { seal, unseal } from './secret-box.ts';

/** A request in its tab. */
export interface SavedRequest {
  readonly tab: string;
  /** null: the tab was opened, and nothing was saved in it yet. */
  readonly draft: Draft | null;
  /** In ms since the epoch; 0 when nothing was saved. */
  readonly savedAt: number;
}

/** How the tabs of a panel stand. */
export interface TabOrder {
  readonly order: readonly string[];
  readonly active: string;
}

/** What a panel finds when it opens. */
export interface LoadedRequests {
  /** In the order of their tabs; empty at the very first time. */
  readonly open: readonly SavedRequest[];
  readonly active: string | null;
  /** When it was told last how the tabs stand, in ms since the epoch; 0 at the very first time. */
  readonly arrangedAt: number;
  /** Closed ones that can be reopened, the last one closed at the end. */
  readonly closed: readonly SavedRequest[];
  /** How many saved drafts could not be read; they are kept, out of the way. */
  readonly setAside: number;
}

/** Drafts by slot: one slot a panel, so that panels that are open together do not overwrite each other. */
export interface DraftStorage {
  /** False when drafts are gone once the panel closes. */
  readonly lasting: boolean;
  /** The slot's requests, or else a copy of those of the panel that was used last. */
  load(slot: string): Promise<LoadedRequests>;
  save(slot: string, tab: string, draft: Draft): Promise<void>;
  arrange(slot: string, tabs: TabOrder): Promise<void>;
  /** A closed request is kept for a while. */
  setClosed(slot: string, tab: string, closed: boolean): Promise<void>;
  /** Everything of the slot goes. */
  forget(slot: string): Promise<void>;
}

const KEY = 'drafts';
/** Tab ids are never used again, so slots would only pile up. */
const SLOTS_KEPT = 50;
/** Closed requests kept in each slot. */
export const CLOSED_KEPT = 20;

const recordSchema = v.object({
  version: v.literal(DRAFT_VERSION),
  slot: v.string(),
  tab: v.string(),
  savedAt: v.number(),
  closedAt: v.nullable(v.number()),
  sealed: v.object({
    iv: v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array),
    data: v.instance(ArrayBuffer),
  }),
});

/**
 * Opens the drafts; where IndexedDB is missing (Firefox's private panels) they live in memory.
 * @throws MigrationError when they could not be brought up to date, LockedError
 */
export async function openDraftStorage(): Promise<DraftStorage> {
  try {
    await draftKey();
    return draftsOnDisk;
  } catch (error) {
    if (error instanceof MigrationError || error instanceof LockedError) throw error;
    return draftsInMemory();
  }
}

/** Drafts that leave nothing behind. */
export function draftsInMemory(): DraftStorage {
  return {
    lasting: false,
    load: () => Promise.resolve({ open: [], active: null, arrangedAt: 0, closed: [], setAside: 0 }),
    save: () => Promise.resolve(),
    arrange: () => Promise.resolve(),
    setClosed: () => Promise.resolve(),
    forget: () => Promise.resolve(),
  };
}

interface Read {
  readonly record: RequestRecord;
  readonly draft: Draft;
}

async function draftKey(): Promise<CryptoKey> {
  return storedKey(unwrap(await openPanelDatabase()), KEY);
}

async function setAside(record: RequestRecord, reason: string): Promise<void> {
  const db = await openPanelDatabase();
  const transaction = db.transaction(['requests', 'setAside'], 'readwrite');
  await transaction.objectStore('setAside').add({ at: Date.now(), reason, record });
  await transaction.objectStore('requests').delete([record.slot, record.tab]);
  await transaction.done;
}

/** What can be read of a slot; the rest is set aside. */
async function readSlot(slot: string): Promise<{ read: Read[]; failed: number }> {
  const db = await openPanelDatabase();
  const key = await draftKey();
  const read: Read[] = [];
  let failed = 0;
  for (const record of await db.getAllFromIndex('requests', 'slot', slot)) {
    try {
      const { sealed } = v.parse(recordSchema, record);
      read.push({ record, draft: v.parse(draftSchema, await unseal(key, sealed)) });
    } catch (error) {
      failed++;
      await setAside(record, error instanceof Error ? error.message : String(error));
    }
  }
  return { read, failed };
}

async function adopt(slot: string, read: readonly Read[], tabs: TabsRecord): Promise<void> {
  const db = await openPanelDatabase();
  const transaction = db.transaction(['requests', 'tabs'], 'readwrite');
  const requests = transaction.objectStore('requests');
  await Promise.all([
    ...read.map(({ record }) => requests.put({ ...record, slot })),
    transaction.objectStore('tabs').put({ ...tabs, slot, savedAt: Date.now() }),
  ]);
  await transaction.done;
}

/** The oldest slots go, with all that is in them. */
async function forgetOldSlots(): Promise<void> {
  const db = await openPanelDatabase();
  const transaction = db.transaction(['requests', 'tabs'], 'readwrite');
  const tabs = transaction.objectStore('tabs');
  const requests = transaction.objectStore('requests');
  const slots = await tabs.index('savedAt').getAllKeys();
  for (const slot of slots.slice(0, -SLOTS_KEPT)) {
    await tabs.delete(slot);
    for (const old of await requests.index('slot').getAllKeys(slot)) await requests.delete(old);
  }
  await transaction.done;
}

/** The database is asked for each time: the browser may have closed it. */
const draftsOnDisk: DraftStorage = {
  lasting: true,
  async load(slot) {
    const db = await openPanelDatabase();
    let failed = 0;
    const own = await db.get('tabs', slot);
    const latestFirst = (await db.getAllFromIndex('tabs', 'savedAt')).toReversed();
    const others = latestFirst.filter((tabs) => tabs.slot !== slot);
    for (const tabs of own === undefined ? others : [own, ...others]) {
      const found = await readSlot(tabs.slot);
      failed += found.failed;
      const loaded = arranged(found.read, tabs, failed);
      // A panel whose requests were all unreadable is helped more by another's than by none.
      if (loaded.open.every(({ draft }) => draft === null) && tabs !== own) continue;
      if (found.read.length === 0 && found.failed > 0) continue;
      if (tabs !== own) await adopt(slot, found.read, tabs);
      return loaded;
    }
    return { open: [], active: null, arrangedAt: 0, closed: [], setAside: failed };
  },
  async save(slot, tab, draft) {
    const savedAt = Date.now();
    const sealed = await seal(await draftKey(), draft);
    const db = await openPanelDatabase();
    const transaction = db.transaction(['requests', 'tabs'], 'readwrite');
    const requests = transaction.objectStore('requests');
    const tabs = transaction.objectStore('tabs');
    const before = await requests.get([slot, tab]);
    await requests.put({ version: DRAFT_VERSION, slot, tab, savedAt, closedAt: before?.closedAt ?? null, sealed });
    // Which panel was used last is told by its tabs.
    const known = await tabs.get(slot);
    await tabs.put(known === undefined ? { slot, savedAt, order: [tab], active: tab } : { ...known, savedAt });
    await transaction.done;
  },
  async arrange(slot, { order, active }) {
    // As of now, not of when the database is there: what is remembered of the last moment is compared with it.
    const now = Date.now();
    const db = await openPanelDatabase();
    await db.put('tabs', { slot, savedAt: now, arrangedAt: now, order: [...order], active });
    if ((await db.count('tabs')) > SLOTS_KEPT) await forgetOldSlots();
  },
  async setClosed(slot, tab, closed) {
    const db = await openPanelDatabase();
    const transaction = db.transaction('requests', 'readwrite');
    const record = await transaction.store.get([slot, tab]);
    if (record !== undefined) await transaction.store.put({ ...record, closedAt: closed ? Date.now() : null });
    const gone = (await transaction.store.index('slot').getAll(slot))
      .filter((other) => other.closedAt !== null)
      .sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0))
      .slice(0, -CLOSED_KEPT);
    for (const old of gone) await transaction.store.delete([slot, old.tab]);
    await transaction.done;
  },
  async forget(slot) {
    const db = await openPanelDatabase();
    const transaction = db.transaction(['requests', 'tabs'], 'readwrite');
    const requests = transaction.objectStore('requests');
    await transaction.objectStore('tabs').delete(slot);
    for (const old of await requests.index('slot').getAllKeys(slot)) await requests.delete(old);
    await transaction.done;
  },
};

/** Tabs and drafts are saved one by one: whatever was saved is shown, though a crash came between the two. */
function arranged(read: readonly Read[], tabs: TabsRecord, setAside: number): LoadedRequests {
  const byTab = new Map(read.map(({ record, draft }) => [record.tab, { record, draft }]));
  const isOpen = (tab: string): boolean => (byTab.get(tab)?.record.closedAt ?? null) === null;
  const saved = (tab: string): SavedRequest => {
    const found = byTab.get(tab);
    return { tab, draft: found?.draft ?? null, savedAt: found?.record.savedAt ?? 0 };
  };
  const order = tabs.order.filter(isOpen);
  const stray = read.map(({ record }) => record.tab).filter((tab) => isOpen(tab) && !order.includes(tab));
  return {
    open: [...order, ...stray].map(saved),
    active: tabs.active,
    arrangedAt: tabs.arrangedAt ?? tabs.savedAt,
    closed: read
      .map(({ record }) => record)
      .filter((record) => record.closedAt !== null)
      .sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0))
      .map(({ tab }) => saved(tab)),
    setAside,
  };
}
