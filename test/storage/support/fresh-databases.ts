import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, vi } from 'vitest';
import { forgetBackgroundDatabase } from '../../../src/storage/background-database.ts';
import { forgetKeys } from '../../../src/storage/keys.ts';
import { forgetPanelDatabase } from '../../../src/storage/panel-database.ts';

/** Each test of the file starts with no database at all. */
export function startWithoutDatabases(): void {
  beforeEach(() => {
    vi.stubGlobal('indexedDB', new IDBFactory());
    reopenDatabases();
    return () => vi.unstubAllGlobals();
  });
}

/** As after a restart: whoever asks next opens the databases anew. */
export function reopenDatabases(): void {
  forgetKeys();
  forgetBackgroundDatabase();
  forgetPanelDatabase();
}
