import { FILE_FORMAT } from '../../../formats/collection/file-schema.ts';
import { fileName } from '../file-name.ts';

/** Files of a folder that are looked into; a folder with more of them is another kind of folder. */
const MOST_FILES = 2000;
/** Bytes: a file of ours says at its begin what it is. */
const HEAD = 4096;

/**
 * The name of the file that a collection has in a folder: of the one that is this collection already, whatever it is called,
 * or else one that is free.
 */
export async function findFile(folder: FileSystemDirectoryHandle, id: string, name: string): Promise<string> {
  const taken = new Set<string>();
  let looked = 0;
  for await (const [entry, handle] of folder.entries()) {
    taken.add(entry.toLowerCase());
    if (handle.kind !== 'file' || !/\.json$/i.test(entry) || ++looked > MOST_FILES) continue;
    if ((await idInHead(handle).catch(() => null)) === id) return entry;
  }
  const own = fileName(name);
  for (let count = 2, free = own; ; count++) {
    if (!taken.has(free.toLowerCase())) return free;
    free = own.replace(/\.json$/, ` ${count}.json`);
  }
}

/** null: it is no collection. */
async function idInHead(handle: FileSystemHandle): Promise<string | null> {
  if (!isFile(handle)) return null;
  const text = await (await handle.getFile()).slice(0, HEAD).text();
  const own = text.split(/"items"\s*:/, 1)[0] ?? '';
  if (!own.includes(`"${FILE_FORMAT}"`)) return null;
  return /"id"\s*:\s*"([^"\\]+)"/.exec(own)?.[1] ?? null;
}

const isFile = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';
