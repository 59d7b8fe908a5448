import type { ArchiveSink } from '../../formats/backup/write-archive.ts';

const FOLDER = 'backups';

/** A file that is written in place (File System Standard, section 2.6): the page's own types know nothing of workers. */
interface SyncAccess {
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
type WorkerFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };
const canSync = (handle: FileSystemFileHandle): handle is WorkerFileHandle => 'createSyncAccessHandle' in handle;

/** A file of the browser's own, on its way to become a download. */
export interface BackupFile extends ArchiveSink {
  /** Gives the whole file. It stays until the next backup begins. */
  finish(): Promise<File>;
  drop(): Promise<void>;
}

/**
 * A backup goes to the origin's private files first: a panel can save a file only as a whole, and memory may not hold it. What
 * earlier backups left there goes. For workers only.
 * @param at when the backup is made, in ms since the epoch
 */
export async function openBackupFile(at: number): Promise<BackupFile> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(FOLDER, { create: true });
  // One that another panel is writing is locked, and stays.
  for await (const name of folder.keys()) await folder.removeEntry(name).catch(() => {});
  const name = `${at}-${crypto.randomUUID()}.tar`;
  const handle = await folder.getFileHandle(name, { create: true });
  if (!canSync(handle)) throw new Error('This browser writes no private files in a worker');
  const access = await handle.createSyncAccessHandle();
  let size = 0;
  return {
    write(bytes) {
      for (let from = 0; from < bytes.length;) from += access.write(bytes.subarray(from), { at: size + from });
      size += bytes.length;
    },
    truncate(to) {
      access.truncate(to);
      size = to;
    },
    finish() {
      access.flush();
      access.close();
      return handle.getFile();
    },
    async drop() {
      access.close();
      await folder.removeEntry(name).catch(() => {});
    },
  };
}
