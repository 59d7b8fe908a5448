import { untyped } from './read-backup.ts';

/** A collection that lies as a file in a folder on disk. */
export interface FolderBinding {
  /** Its id. */
  readonly collection: string;
  readonly folder: FileSystemDirectoryHandle;
  /** The file's name in it. */
  readonly file: string;
  /** SHA-256 in hex of the file when both were the same last; null: they never were. */
  readonly hash: string | null;
}

/** Where bindings are kept. */
export interface FolderBindings {
  all(): Promise<FolderBinding[]>;
  get(collection: string): Promise<FolderBinding | null>;
  put(binding: FolderBinding): Promise<void>;
  drop(collection: string): Promise<void>;
}

/**
 * Beside the settings, where what is this machine's stands: no backup has it, and a restore ends it, for what it has brought
 * must not go into a file that others work with.
 */
const STORE = 'settings';
const PREFIX = 'folder:';

export const folderBindings: FolderBindings = {
  async all() {
    // A colon and then anything: a semicolon comes next.
    const range = IDBKeyRange.bound(PREFIX, 'folder;', false, true);
    const found: unknown[] = await (await untyped('panel')).getAll(STORE, range);
    return found.filter(isBinding);
  },
  async get(collection) {
    const found: unknown = await (await untyped('panel')).get(STORE, PREFIX + collection);
    return isBinding(found) ? found : null;
  },
  async put(binding) {
    await (await untyped('panel')).put(STORE, binding, PREFIX + binding.collection);
  },
  async drop(collection) {
    await (await untyped('panel')).delete(STORE, PREFIX + collection);
  },
};

/** Handles are the browser's own objects: there is nothing more to check in them. */
function isBinding(record: unknown): record is FolderBinding {
  if (typeof record !== 'object' || record === null) return false;
  const { collection, folder, file, hash } = record as Partial<Record<keyof FolderBinding, unknown>>;
  const isFolder = typeof folder === 'object' && folder !== null && 'getFileHandle' in folder;
  return (
    typeof collection === 'string' &&
    isFolder &&
    typeof file === 'string' &&
    (hash === null || typeof hash === 'string')
  );
}
