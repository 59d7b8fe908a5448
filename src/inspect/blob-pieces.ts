import { BodyUnreadable } from './read-bytes.ts';

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
    const piece = new Uint8Array(await blob.slice(at, Math.min(blob.size, at + size)).arrayBuffer());
    // Whatever there is is shown; Firefox reads nothing from a Blob whose file it has removed, without an error.
    if (piece.length === 0) throw new BodyUnreadable(`The browser gives nothing from byte ${at} on.`);
    yield piece;
    at += piece.length;
  }
}
