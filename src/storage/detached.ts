/**
 * Takes what JSON cannot hold out of a value, so that the rest can be encrypted. Blobs stay references to the disk and
 * are never copied through memory.
 */
export type Part = Blob | Uint8Array;

/** Stands where a part was. No record has a member of this name. */
const PART = '\u0000part';
const BYTES = '\u0000bytes';

export function detach(value: unknown): { plain: unknown; parts: Part[] } {
  const parts: Part[] = [];
  const walk = (item: unknown): unknown => {
    if (item instanceof Blob || item instanceof Uint8Array) {
      parts.push(item);
      return { [item instanceof Blob ? PART : BYTES]: parts.length - 1 };
    }
    if (Array.isArray(item)) return item.map(walk);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, member]) => [key, walk(member)]));
  };
  return { plain: walk(value), parts };
}

/** The value again. Bytes that are gone are empty, a Blob that is gone is null. */
export function attach(plain: unknown, parts: readonly (Part | null)[]): unknown {
  if (Array.isArray(plain)) return plain.map((item) => attach(item, parts));
  if (typeof plain !== 'object' || plain === null) return plain;
  const members = Object.entries(plain);
  const [key, at] = members[0] ?? ['', undefined];
  if (typeof at === 'number' && (key === PART || key === BYTES)) {
    return parts[at] ?? (key === BYTES ? new Uint8Array(0) : null);
  }
  return Object.fromEntries(members.map(([name, member]) => [name, attach(member, parts)]));
}

/** Bytes of all parts. */
export function sizeOfParts(parts: readonly (Part | null)[]): number {
  return parts.reduce((sum, part) => sum + (part === null ? 0 : part instanceof Blob ? part.size : part.byteLength), 0);
}

const blobs = new WeakMap<Uint8Array, Blob>();

/** A part as a Blob; of the same bytes always the same one. */
export function asBlob(part: Part): Blob {
  if (part instanceof Blob) return part;
  const known = blobs.get(part) ?? new Blob([new Uint8Array(part)]);
  blobs.set(part, known);
  return known;
}
