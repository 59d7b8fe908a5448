import { expect, test } from 'vitest';
import { openPieces, sealedSize, SealError, sealPieces } from '../../../src/formats/backup/member-seal.ts';

const MIB = 1024 * 1024;
const FILE = { number: 3, name: 'large/000001' };
const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

// oxlint-disable-next-line typescript/require-await -- what is sealed comes in pieces
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

test.each([0, 1, MIB - 1, MIB, MIB + 1, 2.5 * MIB])(
  '%i bytes open again, in whatever pieces they come',
  async (size) => {
    const bytes = Buffer.alloc(size, 'request ');
    const sealed = await whole(sealPieces(key, FILE, inPieces(bytes, 70_001)));
    expect(sealed.length).toBe(sealedSize(size));
    const opened = await whole(openPieces(key, FILE, inPieces(sealed, 300_007)));
    expect(opened.equals(bytes)).toBe(true);
  },
);

test('what is cut, swapped, repeated or put elsewhere does not open', async () => {
  const sealed = await whole(sealPieces(key, FILE, inPieces(Buffer.alloc(2.5 * MIB, 1), MIB)));
  const piece = MIB + 16;
  const [first, second, last] = [
    sealed.subarray(0, piece),
    sealed.subarray(piece, 2 * piece),
    sealed.subarray(2 * piece),
  ];
  const refused = async (parts: Buffer[], file = FILE): Promise<void> => {
    await expect(whole(openPieces(key, file, inPieces(Buffer.concat(parts), MIB)))).rejects.toThrow(SealError);
  };
  await refused([first, second]);
  await refused([first]);
  await refused([]);
  await refused([second, first, last]);
  await refused([first, first, second, last]);
  await refused([first, second, last], { ...FILE, number: 4 });
  await refused([first, second, last], { ...FILE, name: 'large/000002' });
});
