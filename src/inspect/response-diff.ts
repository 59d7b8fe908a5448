import type { HeaderLines } from '../model/exchange.ts';
import { diffJson, type JsonChange } from './json-diff.ts';
import { diffLines, type DiffStep } from './line-diff.ts';
import { isJsonLinesType, isJsonType, isTextType, parseMediaType } from './media-type.ts';
import { isVolatileField, isVolatileLine, isVolatileValue } from './volatile.ts';

/** A response as far as it is known. Times and addresses do not count. */
export interface ResponseFacts {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly body: ResponseBodyFacts;
}

export type ResponseBodyFacts =
  | {
      readonly state: 'known';
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** The browser had decoded it: these are not the bytes that came, but their text in UTF-8. */
      readonly isText: boolean;
    }
  /** Too long to compare: its length is all that counts. */
  | { readonly state: 'large'; readonly size: number }
  | { readonly state: 'unknown' };

/** One thing that differs. `volatile`: it would differ with every answer. */
export interface FieldChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly volatile: boolean;
}

export type BodyDiff =
  | { readonly kind: 'same'; readonly exact: boolean }
  | {
      readonly kind: 'json';
      readonly changes: readonly (JsonChange & { readonly volatile: boolean })[];
      readonly cut: boolean;
    }
  | {
      readonly kind: 'text';
      readonly before: readonly string[];
      readonly after: readonly string[];
      readonly steps: readonly (DiffStep & { readonly volatile: boolean })[];
    }
  | { readonly kind: 'binary'; readonly before: BinaryFacts; readonly after: BinaryFacts }
  | { readonly kind: 'unknown'; readonly side: 'before' | 'after' };

export interface BinaryFacts {
  readonly size: number;
  /** SHA-256 in hexadecimal; null for what was too long. */
  readonly digest: string | null;
}

export interface ResponseDiff {
  readonly status: { readonly before: number; readonly after: number } | null;
  readonly fields: readonly FieldChange[];
  readonly body: BodyDiff;
  /** What differs and would not differ every time. */
  readonly differences: number;
}

/** Compares two responses by what they mean. */
export async function diffResponses(before: ResponseFacts, after: ResponseFacts): Promise<ResponseDiff> {
  const status = before.status === after.status ? null : { before: before.status, after: after.status };
  const fields = diffFields(before.headers, after.headers);
  const body = await diffBodies(before, after);
  const steady = fields.filter((change) => !change.volatile).length;
  return { status, fields, body, differences: (status === null ? 0 : 1) + steady + bodyDifferences(body) };
}

/** Fields that say how the body was carried, not what it is: its length follows from it. */
const CARRIAGE = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);

function diffFields(before: HeaderLines, after: HeaderLines): FieldChange[] {
  const old = gathered(before);
  const fresh = gathered(after);
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key): FieldChange[] => {
    const left = old.get(key);
    const right = fresh.get(key);
    if (CARRIAGE.has(key) || left?.value === right?.value) return [];
    const name = left?.name ?? right?.name ?? key;
    const values = { before: left?.value ?? null, after: right?.value ?? null };
    return [{ name, ...values, volatile: isVolatileField(key, values.before, values.after) }];
  });
}

function gathered(lines: HeaderLines): Map<string, { name: string; value: string }> {
  const fields = new Map<string, { name: string; value: string }>();
  for (const [name, value] of lines) {
    const key = name.toLowerCase();
    const earlier = fields.get(key);
    fields.set(key, earlier === undefined ? { name, value } : { ...earlier, value: `${earlier.value}\n${value}` });
  }
  return fields;
}

async function diffBodies(before: ResponseFacts, after: ResponseFacts): Promise<BodyDiff> {
  const old = before.body;
  const fresh = after.body;
  if (old.state === 'unknown') return { kind: 'unknown', side: 'before' };
  if (fresh.state === 'unknown') return { kind: 'unknown', side: 'after' };
  if (old.state === 'large' || fresh.state === 'large') return diffBinary(old, fresh);

  const bytes = await asUtf8(fresh, after.headers, old.isText);
  const same = sameBytes(old.bytes, bytes);
  if (same) return { kind: 'same', exact: !old.isText };
  const media = parseMediaType(fieldOf(after.headers, 'content-type') ?? fieldOf(before.headers, 'content-type'));
  if (media !== null && isJsonType(media) && !isJsonLinesType(media)) {
    const json = diffJson(old.bytes, bytes);
    if (json !== null && json.changes.length === 0) return { kind: 'same', exact: false };
    if (json !== null) {
      const changes = json.changes.map((change) => ({
        ...change,
        volatile: isVolatileValue(change.path, change.before, change.after),
      }));
      return { kind: 'json', changes, cut: json.cut };
    }
  }
  if (old.isText || (media !== null && isTextType(media))) return diffText(old.bytes, bytes);
  return diffBinary(old, fresh);
}

/** The browser decoded the original; the replay is read in the same way. */
async function asUtf8(
  { bytes, isText }: { bytes: Uint8Array<ArrayBuffer>; isText: boolean },
  headers: HeaderLines,
  wanted: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const label = parseMediaType(fieldOf(headers, 'content-type'))?.parameters.get('charset');
  if (isText || !wanted) return bytes;
  try {
    return new TextEncoder().encode(new TextDecoder(label ?? 'utf-8').decode(bytes));
  } catch {
    // A charset that nobody knows.
    return bytes;
  }
}

function diffText(before: Uint8Array, after: Uint8Array): BodyDiff {
  const lines = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).split(/\r?\n/);
  const old = lines(before);
  const fresh = lines(after);
  const steps = diffLines(old, fresh);
  return { kind: 'text', before: old, after: fresh, steps: markVolatile(steps, old, fresh) };
}

type MarkedStep = DiffStep & { volatile: boolean };

/** A line removed and one added in its place, alike but for values that differ every time. */
function markVolatile(steps: readonly DiffStep[], before: readonly string[], after: readonly string[]): MarkedStep[] {
  const marked = steps.map((step): MarkedStep => ({ ...step, volatile: false }));
  let start = 0;
  while (start < marked.length) {
    let end = start;
    while (end < marked.length && marked[end]?.kind !== 'same') end++;
    const block = marked.slice(start, end);
    const removed = block.filter(({ kind }) => kind === 'removed');
    const added = block.filter(({ kind }) => kind === 'added');
    for (const [at, step] of removed.entries()) {
      const other = added[at];
      if (other === undefined) break;
      const alike = isVolatileLine(before[step.old ?? 0] ?? '', after[other.new ?? 0] ?? '');
      step.volatile = alike;
      other.volatile = alike;
    }
    start = end + 1;
  }
  return marked;
}

type Known = Exclude<ResponseBodyFacts, { state: 'unknown' }>;

async function diffBinary(before: Known, after: Known): Promise<BodyDiff> {
  const [old, fresh] = await Promise.all([binaryFacts(before), binaryFacts(after)]);
  const same = old.size === fresh.size && old.digest === fresh.digest && old.digest !== null;
  return same ? { kind: 'same', exact: true } : { kind: 'binary', before: old, after: fresh };
}

async function binaryFacts(body: Known): Promise<BinaryFacts> {
  if (body.state === 'large') return { size: body.size, digest: null };
  return { size: body.bytes.length, digest: await sha256(body.bytes) };
}

/** SHA-256 in hexadecimal. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bodyDifferences(body: BodyDiff): number {
  switch (body.kind) {
    case 'same':
    case 'unknown':
      return 0;
    case 'json':
      return body.changes.filter((change) => !change.volatile).length;
    case 'text':
      return body.steps.filter((step) => step.kind !== 'same' && !step.volatile).length;
    case 'binary':
      return 1;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function fieldOf(headers: HeaderLines, name: string): string | null {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null;
}
