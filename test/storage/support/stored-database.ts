import { readFile } from 'node:fs/promises';
import { plantDatabase, type StoredDatabase } from './plant-database.ts';

/** A database as an earlier version of the extension left it, from `test/fixtures/databases`. */
export async function storedDatabase(fixture: string): Promise<StoredDatabase> {
  const file = new URL(`../../fixtures/databases/${fixture}.json`, import.meta.url);
  const stored: StoredDatabase = JSON.parse(await readFile(file, 'utf8'));
  return stored;
}

/** Recreates such a database. */
export async function restoreDatabase(fixture: string): Promise<void> {
  await plantDatabase(await storedDatabase(fixture));
}
