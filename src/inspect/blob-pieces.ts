/** Bytes. The first piece is small, so that something can be shown soon. */
const FIRST_PIECE = 64 * 1024;
const PIECE = 1024 * 1024;

/**
 * A Blob's bytes, piece by piece. Not by `stream()`: when two streams of one large Blob that came over a Port overlap,
 * Firefox 153 reads nothing at all from it any more once one of them has ended.
 * @throws Error when the browser gives nothing
 */
export async function* blobPieces(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let size = FIRST_PIECE;
  for (let at = 0; at < blob.size; size = PIECE) {
    const piece = new Uint8Array(await blob.slice(at, Math.min(blob.size, at + size)).arrayBuffer());
    if (piece.length === 0) throw new Error(`The browser gives nothing from byte ${at} on.`);
    yield piece;
    at += piece.length;
  }
}
