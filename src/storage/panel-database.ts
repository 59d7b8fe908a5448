import type { DBSchema, IDBPDatabase } from 'idb';
import type { CollectionNode } from '../model/collection.ts';
import type { BatchHead, BatchResult, ItemLabel } from '../model/batch.ts';
import type { Settings } from '../model/settings.ts';
import { panel1 } from './migrations/panel-1.ts';
import { panel2 } from './migrations/panel-2.ts';
import { panel3 } from './migrations/panel-3.ts';
import type { Part } from './detached.ts';
import { openMigrated } from './open-database.ts';
import type { Sealed } from './secret-box.ts';

/** The name dates from when it held drafts alone. */
export const PANEL_DATABASE = 'request-workbench-drafts';

/** Of a record: the shape of the draft in it. */
export const DRAFT_VERSION = 1;

export interface RequestRecord {
  version: number;
  slot: string;
  tab: string;
  savedAt: number;
  /** null while its tab is open. */
  closedAt: number | null;
  /** Whole drafts are encrypted: credentials stand in URLs, headers and bodies as well as in Auth. */
  sealed: Sealed;
}

export interface TabsRecord {
  slot: string;
  /** When anything of the slot was saved last. */
  savedAt: number;
  /** When it was told last how the tabs stand; as `savedAt` where it is missing. */
  arrangedAt?: number;
  order: string[];
  active: string;
}

/** What a node of the collections holds. Encrypted as a whole, as drafts are. */
export interface ContentRecord {
  id: string;
  sealed: Sealed;
}

/** An environment, or the global variables. Encrypted as a whole, names too. */
export interface EnvironmentRecord {
  id: string;
  /** Environments stand in the order of this number. */
  order: number;
  /** Counts the changes. */
  revision: number;
  sealed: Sealed;
}

/** What panels write. */
export interface PanelSchema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  requests: { key: [slot: string, tab: string]; value: RequestRecord; indexes: { slot: string } };
  tabs: { key: string; value: TabsRecord; indexes: { savedAt: number } };
  settings: { key: string; value: Settings };
  nodes: { key: string; value: CollectionNode; indexes: { place: [parent: string, key: string] } };
  contents: { key: string; value: ContentRecord };
  /** What a batch sends is encrypted, like drafts; its figures are not. */
  batchHeads: { key: string; value: BatchHead };
  batches: { key: string; value: { id: string; sealed: Sealed; parts: Part[]; labels: ItemLabel[] } };
  batchItems: {
    key: [batch: string, chunk: number];
    value: { batch: string; chunk: number; sealed: Sealed; parts: Part[] };
  };
  batchResults: {
    key: [batch: string, index: number];
    value: { batch: string; index: number; row: BatchResult; found?: Sealed };
  };
  batchExchanges: {
    key: [batch: string, index: number];
    value: { batch: string; index: number; sealed: Sealed; parts: Part[]; body: Blob | Uint8Array | null };
  };
  environments: { key: string; value: EnvironmentRecord; indexes: { order: number } };
  /** What a restore is going to put in place of the rest. */
  staged: { key: number; value: unknown };
  /** What could not be read, kept out of the way. */
  setAside: { key: number; value: { at: number; reason: string; record: unknown } };
}
export type PanelDatabase = IDBPDatabase<PanelSchema>;

export const panelMigrations = [panel1, panel2, panel3];

let opened: Promise<PanelDatabase> | null = null;

/** @throws MigrationError */
export function openPanelDatabase(): Promise<PanelDatabase> {
  if (opened !== null) return opened;
  const opening = openMigrated<PanelSchema>(PANEL_DATABASE, panelMigrations, forgetPanelDatabase);
  opened = opening;
  opening.catch(() => {
    if (opened === opening) opened = null;
  });
  return opening;
}

/** The next call opens it anew. */
export function forgetPanelDatabase(): void {
  opened = null;
}

/**
 * Everything that panels keep. Keys stay, for panels that are open go on using them.
 * @param withKeys they go too, and the passphrase with them: for who has forgotten it
 */
export async function erasePanelDatabase(withKeys = false): Promise<void> {
  const db = await openPanelDatabase();
  const names = [...db.objectStoreNames].filter((name) => withKeys || name !== 'keys');
  const transaction = db.transaction(names, 'readwrite');
  for (const name of names) await transaction.objectStore(name).clear();
  await transaction.done;
}
