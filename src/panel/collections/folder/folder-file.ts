/** Why a folder or a file in it cannot be used. */
export type DiskProblem = 'folderGone' | 'refused' | 'full' | 'busy' | 'unreadable' | 'failed';

/** A file as it was at one moment. */
export interface FileOnDisk {
  readonly bytes: Blob;
  /** SHA-256 in hex. */
  readonly hash: string;
}

/** Bytes held apart from the disk, with their hash. */
export async function hashed(blob: Blob): Promise<FileOnDisk> {
  const bytes = await blob.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hash = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { bytes: new Blob([bytes], { type: blob.type }), hash };
}

/**
 * The file as it is now; null: there is none. An empty one is none: that is what a first write leaves that was cut off.
 * @throws DOMException when it or the folder cannot be read
 */
export async function readFile(folder: FileSystemDirectoryHandle, name: string): Promise<FileOnDisk | null> {
  try {
    const handle = await folder.getFileHandle(name);
    const file = await handle.getFile();
    return file.size === 0 ? null : await hashed(file);
  } catch (error) {
    if (!isNamed(error, 'NotFoundError')) throw error;
    // Of a folder that is gone no entry is found either, and listing it says so.
    for await (const _ of folder.keys()) break;
    return null;
  }
}

/**
 * Writes the file whole: it is there as it was, or as it is to be.
 * @param expected the hash of what is going to be replaced; null: nothing
 * @returns false when there is something else by now; nothing is written then
 */
export async function replaceFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Blob,
  expected: string | null,
): Promise<boolean> {
  const before = await readFile(folder, name);
  if ((before?.hash ?? null) !== expected) return false;
  const handle = await folder.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  try {
    await stream.write(bytes);
    // Writing takes a while, and goes into a file beside this one: only closing it puts it in place.
    const now = await readFile(folder, name);
    if ((now?.hash ?? null) !== expected) {
      await stream.abort();
      return false;
    }
    await stream.close();
    return true;
  } catch (error) {
    // After a failed write the stream is closed already.
    await stream.abort().catch(() => {});
    if (before === null) await folder.removeEntry(name).catch(() => {});
    throw error;
  }
}

const problems: Readonly<Record<string, DiskProblem>> = {
  NotFoundError: 'folderGone',
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  QuotaExceededError: 'full',
  NoModificationAllowedError: 'busy',
  InvalidStateError: 'busy',
  NotReadableError: 'unreadable',
  TypeMismatchError: 'unreadable',
};

/** What an error of the File System Standard comes to. */
export function diskProblemOf(error: unknown): { problem: DiskProblem; detail: string } {
  const detail = error instanceof Error ? error.message : String(error);
  return { problem: (error instanceof DOMException && problems[error.name]) || 'failed', detail };
}

const isNamed = (error: unknown, name: string): boolean => error instanceof DOMException && error.name === name;
