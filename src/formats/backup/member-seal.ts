/**
 * Encrypts the files of an archive piece by piece with AES-GCM, so that none has to be in memory as a whole (the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance", 2015). The nonce says which file it is, which piece of it, and whether it is the last: pieces that
 * are swapped, repeated or missing do not open. A key is used for one archive only, so no nonce comes twice under it.
 */
const PIECE = 1024 * 1024;
/** Bytes that GCM adds to each piece. */
const TAG = 16;

/** A file by its place in the archive, and its name. */
export interface SealedFile {
  readonly number: number;
  readonly name: string;
}

export class SealError extends Error {
  constructor() {
    super('The piece does not open');
    this.name = 'SealError';
  }
}

/** How large a file is when it is encrypted. */
export const sealedSize = (size: number): number => size + TAG * Math.max(1, Math.ceil(size / PIECE));

export async function* sealPieces(
  key: CryptoKey,
  file: SealedFile,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const { piece, at, last } of numbered(bytes, PIECE)) {
    yield new Uint8Array(await crypto.subtle.encrypt(algorithm(file, at, last), key, piece));
  }
}

/** @throws SealError */
export async function* openPieces(
  key: CryptoKey,
  file: SealedFile,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const { piece, at, last } of numbered(bytes, PIECE + TAG)) {
    yield new Uint8Array(
      await crypto.subtle.decrypt(algorithm(file, at, last), key, piece).catch(() => {
        throw new SealError();
      }),
    );
  }
}

function algorithm({ number, name }: SealedFile, at: number, last: boolean): AesGcmParams {
  const iv = new Uint8Array(12);
  const view = new DataView(iv.buffer);
  view.setUint32(0, number);
  view.setUint32(4, at);
  view.setUint32(8, last ? 1 : 0);
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
}

/** The same bytes in pieces of `size`, but for the last one; there is always one. */
async function* numbered(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ piece: Uint8Array<ArrayBuffer>; at: number; last: boolean }> {
  let piece = new Uint8Array(size);
  let filled = 0;
  let at = 0;
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length;) {
      if (filled === size) {
        yield { piece, at: at++, last: false };
        piece = new Uint8Array(size);
        filled = 0;
      }
      const part = chunk.subarray(from, from + size - filled);
      piece.set(part, filled);
      filled += part.length;
      from += part.length;
    }
  }
  yield { piece: piece.subarray(0, filled), at, last: true };
}
