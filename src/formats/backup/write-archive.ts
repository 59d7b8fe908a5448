import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { CHECK, HEAD, MANIFEST, once, type ArchiveFile, type ArchiveHead } from './archive.ts';
import { sealedSize, sealPieces } from './member-seal.ts';
import { BLOCK, padding, tarHeader } from './tar.ts';

/** Where an archive goes, from its beginning to its end. */
export interface ArchiveSink {
  write(bytes: Uint8Array<ArrayBuffer>): void | Promise<void>;
  /** Drops everything that was written from there on. */
  truncate(size: number): void | Promise<void>;
}

export interface ArchiveWriter {
  /**
   * Adds a file.
   * @param size of `bytes` together
   * @throws what `bytes` throws; the archive is then as if the file had never been begun
   */
  add(name: string, size: number, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** Adds the list of all files. An archive without it counts as cut off. */
  end(): Promise<void>;
}

/** Writes an archive file by file; nothing but the file's present piece is held. @param key encrypts all but the head */
export async function writeArchive(
  sink: ArchiveSink,
  head: ArchiveHead,
  key: CryptoKey | null,
): Promise<ArchiveWriter> {
  const files: ArchiveFile[] = [];
  const time = Math.floor(head.at / 1000);
  let position = 0;
  const write = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    await sink.write(bytes);
    position += bytes.length;
  };

  async function add(
    name: string,
    size: number,
    bytes: AsyncIterable<Uint8Array>,
    by: CryptoKey | null,
  ): Promise<void> {
    const start = position;
    const stored = by === null ? size : sealedSize(size);
    const number = files.length;
    try {
      await write(tarHeader(name, stored, time));
      const hash = sha256.create();
      let length = 0;
      for await (const piece of by === null ? bytes : sealPieces(by, { number, name }, bytes)) {
        const own = new Uint8Array(piece);
        hash.update(own);
        length += own.length;
        await write(own);
      }
      if (length !== stored) throw new RangeError(`${name} has ${length} bytes instead of ${stored}`);
      await write(new Uint8Array(padding(stored)));
      files.push({ name, size: stored, sha256: bytesToHex(hash.digest()) });
    } catch (error) {
      await sink.truncate(start);
      position = start;
      throw error;
    }
  }
  const addJson = async (name: string, value: unknown, by: CryptoKey | null): Promise<void> => {
    const bytes = new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
    await add(name, bytes.length, once(bytes), by);
  };

  await addJson(HEAD, head, null);
  return {
    add: (name, size, bytes) => add(name, size, bytes, key),
    async end() {
      await addJson(MANIFEST, { files }, key);
      await write(new Uint8Array(2 * BLOCK));
    },
  };
}

/** What the head holds for `fitsArchive`. */
export async function checkOf(key: CryptoKey): Promise<string> {
  let text = '';
  for await (const piece of sealPieces(key, CHECK, once(new Uint8Array(0)))) text += String.fromCharCode(...piece);
  return btoa(text);
}
