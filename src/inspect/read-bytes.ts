/** The browser gives less of a Blob than it has: its file is gone. */
export class BodyUnreadable extends Error {
  override readonly name = 'BodyUnreadable';
}

/**
 * Bytes `from` to `to` (the last not included) of a Blob; fewer only where the Blob ends.
 * @throws BodyUnreadable, or what the browser says
 */
export async function readBytes(blob: Blob, from: number, to = blob.size): Promise<Uint8Array<ArrayBuffer>> {
  const end = Math.min(to, blob.size);
  const bytes = new Uint8Array(await blob.slice(from, end).arrayBuffer());
  // Firefox reads nothing from a Blob whose file it has removed, without an error.
  if (bytes.length < end - from) throw new BodyUnreadable(`The browser gives nothing from byte ${from} on.`);
  return bytes;
}
