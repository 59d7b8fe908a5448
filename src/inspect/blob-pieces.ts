import { readBytes } from './read-bytes.ts';

/** Bytes. The first piece is small, so that something can be shown soon. */
const FIRST_PIECE = 64 * 1024;
const PIECE = 1024 * 1024;

/**
 * A Blob's bytes, piece by piece.
 * @throws BodyUnreadable when the browser gives nothing
 */
export async function* blobPieces(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let size = FIRST_PIECE;
  for (let at = 0; at < blob.size; size = PIECE) {
    const piece = await readBytes(blob, at, Math.min(blob.size, at + size));
    yield piece;
    at += piece.length;
  }
}
