import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import {
  ArchiveError,
  archiveHeadSchema,
  CHECK,
  FORMAT,
  HEAD,
  MANIFEST,
  manifestSchema,
  once,
  VERSION,
  type ArchiveFile,
  type ArchiveHead,
} from './archive.ts';
import { openPieces, SealError } from './member-seal.ts';
import { BLOCK, padding, readTarHeader } from './tar.ts';

/** Read at once: headers of small files stand close together. Bytes. */
const WINDOW = 256 * 1024;
/** Bytes: a head is a few hundred, a list of all files some dozens a file. */
const LARGEST_HEAD = 64 * 1024;
const LARGEST_MANIFEST = 256 * 1024 * 1024;

/** A file in an archive. */
export interface Member {
  readonly name: string;
  /** Bytes in the archive. */
  readonly size: number;
  /** Its content, decrypted; to be read to the end, once, before the next file is asked for. @throws ArchiveError */
  read(): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

interface Place {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

/** What an archive says of itself. @throws ArchiveError */
export async function readArchiveHead(archive: Blob): Promise<ArchiveHead> {
  const place = await headerReader(archive)(0).catch(() => null);
  if (place == null || place.name !== HEAD || place.size > LARGEST_HEAD) throw new ArchiveError('foreign');
  const head = parseJson(await archive.slice(place.start, place.start + place.size).text());
  const named = v.safeParse(v.object({ format: v.literal(FORMAT), version: v.number() }), head);
  if (!named.success) throw new ArchiveError('foreign');
  if (named.output.version > VERSION) throw new ArchiveError('later');
  const parsed = v.safeParse(archiveHeadSchema, head);
  if (!parsed.success) throw new ArchiveError('damaged', HEAD);
  return parsed.output;
}

/** Whether this key opens the archive. */
export async function fitsArchive(key: CryptoKey, { sealed }: ArchiveHead): Promise<boolean> {
  try {
    const check = Uint8Array.from(atob(sealed?.check ?? ''), (character) => character.charCodeAt(0));
    for await (const _nothing of openPieces(key, CHECK, once(check)));
    return true;
  } catch {
    return false;
  }
}

/**
 * The files of an archive, but for its head and its list, in their order. At the end all of them have been compared with the
 * list: whoever has heard of the end without an error has read what was written.
 * @param onProgress hears how many bytes of the archive are behind it
 * @throws ArchiveError
 */
export async function* readArchive(
  archive: Blob,
  key: CryptoKey | null,
  onProgress: (done: number) => void,
): AsyncGenerator<Member> {
  const headerAt = headerReader(archive);
  const seen: ArchiveFile[] = [];
  for (let at = 0; ;) {
    const place = await headerAt(at);
    if (place === null) throw new ArchiveError('truncated');
    const { name, start, size } = place;
    if (name === MANIFEST) {
      if (size > LARGEST_MANIFEST) throw new ArchiveError('damaged', MANIFEST);
      const bytes = await new Response(streamOf(contentOf(archive, place, key, seen.length, null))).text();
      compare(seen, bytes);
      onProgress(archive.size);
      return;
    }
    const hash = sha256.create();
    const isHead = at === 0;
    let read = 0;
    const take = (bytes: Uint8Array): void => {
      hash.update(bytes);
      read += bytes.length;
      onProgress(start + read);
    };
    const number = seen.length;
    const member = (): AsyncGenerator<Uint8Array<ArrayBuffer>> =>
      contentOf(archive, place, isHead ? null : key, number, take);
    if (!isHead) yield { name, size, read: member };
    // A file that nobody wanted is checked all the same.
    if (read === 0) for await (const _piece of bytesOf(archive, start, size)) take(_piece);
    if (read !== size) throw new ArchiveError('damaged', name);
    seen.push({ name, size, sha256: bytesToHex(hash.digest()) });
    at = start + size + padding(size);
  }
}

async function* contentOf(
  archive: Blob,
  { name, start, size }: Place,
  key: CryptoKey | null,
  number: number,
  take: ((bytes: Uint8Array) => void) | null,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  async function* heard(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for await (const piece of bytesOf(archive, start, size)) {
      take?.(piece);
      yield piece;
    }
  }
  try {
    yield* key === null ? heard() : openPieces(key, { number, name }, heard());
  } catch (error) {
    throw error instanceof SealError ? new ArchiveError('damaged', name) : error;
  }
}

function compare(seen: readonly ArchiveFile[], text: string): void {
  const manifest = v.safeParse(manifestSchema, parseJson(text));
  if (!manifest.success) throw new ArchiveError('damaged', MANIFEST);
  const { files } = manifest.output;
  for (const [at, { name, size, sha256 }] of seen.entries()) {
    const listed = files[at];
    if (listed?.name !== name || listed.size !== size || listed.sha256 !== sha256)
      throw new ArchiveError('damaged', name);
  }
  if (files.length !== seen.length) throw new ArchiveError('damaged', files[seen.length]?.name ?? MANIFEST);
}

/** Finds the header at a place; null at the end of the archive or of the file. */
function headerReader(archive: Blob): (at: number) => Promise<Place | null> {
  let window = new Uint8Array(0);
  let from = 0;
  return async (at) => {
    if (at + BLOCK > archive.size) return null;
    if (at < from || at + BLOCK > from + window.length) {
      window = new Uint8Array(await archive.slice(at, at + WINDOW).arrayBuffer());
      from = at;
    }
    const header = readTarHeader(window.subarray(at - from, at - from + BLOCK));
    if (header === undefined) throw new ArchiveError('damaged');
    if (header === null) return null;
    const start = at + BLOCK;
    if (start + header.size > archive.size) throw new ArchiveError('truncated');
    return { ...header, start };
  };
}

async function* bytesOf(archive: Blob, start: number, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < size; at += WINDOW * 4) {
    const end = Math.min(size, at + WINDOW * 4);
    yield new Uint8Array(await archive.slice(start + at, start + end).arrayBuffer());
  }
}

/** What comes in pieces as a stream, as a Response takes it. */
export function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
