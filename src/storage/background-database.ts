import type { DBSchema, IDBPDatabase } from 'idb';
import type { HistoryEntry } from '../model/history.ts';
import { background1 } from './migrations/background-1.ts';
import { background2 } from './migrations/background-2.ts';
import { background3 } from './migrations/background-3.ts';
import type { Part } from './detached.ts';
import { openMigrated } from './open-database.ts';
import type { Sealed } from './secret-box.ts';

/** The name dates from when it held the sessions' cookies alone: another one would lose them. */
export const BACKGROUND_DATABASE = 'request-workbench-sessions';

export interface StoredEntry extends HistoryEntry {
  /** Its time, as long as its bodies are there and may go for later ones. */
  droppable?: number;
  /** Its time, unless it is pinned. */
  removable?: number;
}

/** What the background writes; panels only read it. */
export interface BackgroundSchema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  jars: { key: string; value: Sealed };
  /** By session id. */
  sessions: { key: string; value: Sealed };
  entries: { key: number; value: StoredEntry; indexes: { droppable: number; removable: number } };
  /** Lower case, secrets masked; `body` is the beginning of both bodies. */
  texts: { key: number; value: { id: number; fields: string; body: string } };
  exchanges: { key: number; value: { id: number; sealed: Sealed } };
  /** `parts`: bytes that stand in the exchange, by number; null for those that had to go. */
  bodies: { key: number; value: { id: number; response: Part | null; parts: (Part | null)[] } };
  /** What a restore is going to put in place of the rest; panels write it. */
  staged: { key: number; value: unknown };
  /** `bytes`: what all entries take together. */
  totals: { key: string; value: number };
}
export type BackgroundDatabase = IDBPDatabase<BackgroundSchema>;

export const backgroundMigrations = [background1, background2, background3];

let opened: Promise<BackgroundDatabase> | null = null;

/** @throws MigrationError */
export function openBackgroundDatabase(): Promise<BackgroundDatabase> {
  if (opened !== null) return opened;
  const opening = openMigrated<BackgroundSchema>(BACKGROUND_DATABASE, backgroundMigrations, forgetBackgroundDatabase);
  opened = opening;
  opening.catch(() => {
    if (opened === opening) opened = null;
  });
  return opening;
}

/** The next call opens it anew. */
export function forgetBackgroundDatabase(): void {
  opened = null;
}
