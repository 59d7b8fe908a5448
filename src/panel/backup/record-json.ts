import { Opened } from '../../storage/backup-stores.ts';
import { fromBase64, toBase64 } from '../../storage/passphrase-box.ts';

/** Bytes up to this length stand in the record itself. */
const SMALL = 16 * 1024;

/** Bytes of a record that become a file of their own. */
export type PutBytes = (bytes: Blob) => Promise<string>;
/** And how they are found again. */
export type GetBytes = (file: string) => Blob;

/** What JSON has no word for: no record has members of these names. */
const words = { opened: '$opened', bytes: '$bytes', blob: '$blob' } as const;

/** A record as JSON can hold it. */
export async function toJson(value: unknown, put: PutBytes): Promise<unknown> {
  // JSON already, and whatever its members are called, they are no words.
  if (value instanceof Opened) return { [words.opened]: value.plain };
  if (value instanceof Blob) return { [words.blob]: await bytesOf(value, put), type: value.type };
  if (value instanceof Uint8Array) return { [words.bytes]: await bytesOf(new Blob([new Uint8Array(value)]), put) };
  if (Array.isArray(value)) return Promise.all(value.map((item) => toJson(item, put)));
  if (typeof value !== 'object' || value === null) return value;
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) members.push([name, await toJson(member, put)]);
  return Object.fromEntries(members);
}

/** null: they cannot be read any more. */
async function bytesOf(blob: Blob, put: PutBytes): Promise<{ base64: string } | { file: string } | null> {
  try {
    if (blob.size > SMALL) return { file: await put(blob) };
    return { base64: toBase64(new Uint8Array(await blob.arrayBuffer())) };
  } catch (error) {
    // The browser has lost the file behind a Blob: that must not cost all the rest.
    if (error instanceof DOMException && error.name === 'NotReadableError') return null;
    throw error;
  }
}

/** The record again. What does not fit stays as it is: the record's schema will refuse it. */
export async function fromJson(value: unknown, get: GetBytes): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => fromJson(item, get)));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const [word, content]: [string, unknown] = members[0] ?? ['', null];
  if (word === words.opened) return new Opened(content);
  if (word === words.blob) {
    const bytes = blobOf(content, get);
    const type = 'type' in value && typeof value.type === 'string' ? value.type : '';
    return bytes === null ? null : bytes.slice(0, bytes.size, type);
  }
  if (word === words.bytes) return new Uint8Array(await (blobOf(content, get) ?? new Blob([])).arrayBuffer());
  const read: [string, unknown][] = [];
  for (const [name, member] of members) read.push([name, await fromJson(member, get)]);
  return Object.fromEntries(read);
}

function blobOf(content: unknown, get: GetBytes): Blob | null {
  if (typeof content !== 'object' || content === null) return null;
  if ('file' in content && typeof content.file === 'string') return get(content.file);
  if ('base64' in content && typeof content.base64 === 'string') return new Blob([fromBase64(content.base64)]);
  return null;
}
