/** The parts of a Blob that were ever made, for as long as the Blob itself is there. */
const parts = new WeakMap<Blob, Blob[]>();

/**
 * A part of a Blob, like `slice`, that lives as long as the whole. Firefox 153 may read nothing at all any more from a large
 * Blob that came over a Port once a slice of it, or a stream, was collected as garbage.
 */
export function blobPart(blob: Blob, from: number, to = blob.size, type = ''): Blob {
  const part = blob.slice(from, to, type);
  const kept = parts.get(blob);
  if (kept === undefined) parts.set(blob, [part]);
  else kept.push(part);
  return part;
}
