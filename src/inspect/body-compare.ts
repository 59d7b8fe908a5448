import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { asUtf8 } from './as-utf8.ts';
import { bodyKind, type BodyKind } from './body-kind.ts';
import { chooseCharset } from './charset.ts';
import { diffRows, type DiffRows } from './diff-rows.ts';
import { diffJson, type JsonChange } from './json-diff.ts';
import { isJsonLinesType, parseMediaType } from './media-type.ts';
import { isVolatileValue } from './volatile.ts';
import { readBytes } from './read-bytes.ts';

/** A body from anywhere, with what is said of it. */
export interface ComparedBody {
  readonly blob: Blob;
  /** As a field would say it; null for what came without one, such as a text that was pasted. */
  readonly contentType: string | null;
}

export type BodyComparison =
  /** `exact`: byte by byte, else as far as meaning goes. */
  | { readonly kind: 'same'; readonly exact: boolean }
  | {
      readonly kind: 'json';
      readonly changes: readonly (JsonChange & { readonly volatile: boolean })[];
      readonly cut: boolean;
    }
  | ({ readonly kind: 'text' } & DiffRows)
  | {
      readonly kind: 'binary';
      readonly before: BytesFacts;
      readonly after: BytesFacts;
      /** Offset of the first byte that differs, or where the shorter one ends. */
      readonly firstDifference: number;
    };

export interface BytesFacts {
  readonly size: number;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
}

/** Longer texts are compared as bytes. */
export const COMPARED_TEXT = 8 * 1024 * 1024;

const PIECE = 1024 * 1024;
const HEAD = 16 * 1024;

/**
 * Compares two bodies: JSON by what it means, text by line, anything else by its bytes.
 * @param onProgress hears which part of the bytes was read, from 0 to 1
 */
export async function compareBodies(
  before: ComparedBody,
  after: ComparedBody,
  onProgress: (share: number) => void = () => {},
): Promise<BodyComparison> {
  const bytes = await compareBytes(before.blob, after.blob, onProgress);
  if (bytes === null) return { kind: 'same', exact: true };
  if (before.blob.size > COMPARED_TEXT || after.blob.size > COMPARED_TEXT) return bytes;
  const [old, fresh] = await Promise.all([readText(before), readText(after)]);
  if (old === null || fresh === null) return bytes;
  const json = old.kind === 'json' || fresh.kind === 'json' ? compareJson(old.bytes, fresh.bytes) : null;
  return json ?? compareText(old.bytes, fresh.bytes);
}

interface ReadText {
  readonly kind: BodyKind;
  /** UTF-8. */
  readonly bytes: Uint8Array;
}

/** null for what is no text. */
async function readText({ blob, contentType }: ComparedBody): Promise<ReadText | null> {
  const head = await readBytes(blob, 0, HEAD);
  const media = parseMediaType(contentType);
  const kind = bodyKind(media, head);
  if (kind === 'image' || kind === 'binary') return null;
  const { charset } = chooseCharset(contentType, head, blob.size > HEAD);
  const text = await asUtf8(blob, charset);
  const bytes = new Uint8Array(await text.arrayBuffer());
  return { kind: media !== null && isJsonLinesType(media) ? 'text' : kind, bytes };
}

function compareJson(before: Uint8Array, after: Uint8Array): BodyComparison | null {
  const json = diffJson(before, after);
  if (json === null) return null;
  if (json.changes.length === 0) return { kind: 'same', exact: false };
  const changes = json.changes.map((change) => ({
    ...change,
    volatile: isVolatileValue(change.path, change.before, change.after),
  }));
  return { kind: 'json', changes, cut: json.cut };
}

function compareText(before: Uint8Array, after: Uint8Array): BodyComparison {
  const lines = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).split(/\r\n|\n|\r/);
  const rows = diffRows(lines(before), lines(after));
  // The same text in another charset, or with other line ends.
  if (rows.rows.every(({ kind }) => kind === 'skipped')) return { kind: 'same', exact: false };
  return { kind: 'text', ...rows };
}

/** Reads both side by side, a piece at a time; null when they are the same. */
async function compareBytes(
  before: Blob,
  after: Blob,
  onProgress: (share: number) => void,
): Promise<Extract<BodyComparison, { kind: 'binary' }> | null> {
  const [old, fresh] = [sha256.create(), sha256.create()];
  const size = Math.max(before.size, after.size);
  let difference: number | null = null;
  for (let at = 0; at < size; at += PIECE) {
    const [one, other] = await Promise.all([pieceOf(before, at), pieceOf(after, at)]);
    if (difference === null) {
      const within = firstDifference(one, other);
      if (within !== null) difference = at + within;
    }
    old.update(one);
    fresh.update(other);
    onProgress(Math.min(1, (at + PIECE) / size));
  }
  if (difference === null) return null;
  return {
    kind: 'binary',
    before: { size: before.size, digest: bytesToHex(old.digest()) },
    after: { size: after.size, digest: bytesToHex(fresh.digest()) },
    firstDifference: difference,
  };
}

async function pieceOf(blob: Blob, at: number): Promise<Uint8Array> {
  if (at >= blob.size) return new Uint8Array();
  return await readBytes(blob, at, Math.min(blob.size, at + PIECE));
}

function firstDifference(one: Uint8Array, other: Uint8Array): number | null {
  const most = Math.min(one.length, other.length);
  for (let at = 0; at < most; at++) if (one[at] !== other[at]) return at;
  return one.length === other.length ? null : most;
}
