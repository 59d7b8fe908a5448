import { blobPart } from './blob-part.ts';

/** Bytes. The first piece is small, so that something can be shown soon. */
const FIRST_PIECE = 64 * 1024;
const PIECE = 1024 * 1024;

/**
 * A Blob's bytes, piece by piece: not by `stream()`, for the reason that `blobPart` gives.
 * @throws Error when the browser gives nothing
 */
export async function* blobPieces(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let size = FIRST_PIECE;
  for (let at = 0; at < blob.size; size = PIECE) {
    const piece = new Uint8Array(await blobPart(blob, at, Math.min(blob.size, at + size)).arrayBuffer());
    if (piece.length === 0) throw new Error(`The browser gives nothing from byte ${at} on.`);
    yield piece;
    at += piece.length;
  }
}
