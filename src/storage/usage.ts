import { openBackgroundDatabase } from './background-database.ts';

/** What the workbench takes on disk, in bytes; null where the browser does not tell. */
export interface StorageUsage {
  /** The history's own account. */
  readonly history: number;
  readonly used: number | null;
  readonly quota: number | null;
  /** The browser does not clear it when disk space runs low. */
  readonly persisted: boolean;
}

export async function storageUsage(): Promise<StorageUsage> {
  const [estimate, persisted, history] = await Promise.all([
    navigator.storage.estimate().catch(() => null),
    navigator.storage.persisted().catch(() => false),
    openBackgroundDatabase().then((db) => db.get('totals', 'bytes')),
  ]);
  return { history: history ?? 0, used: estimate?.usage ?? null, quota: estimate?.quota ?? null, persisted };
}
