import { unwrap } from 'idb';
import type { HistoryEntry, RecordedExchange } from '../model/history.ts';
import { maskUrl } from '../model/secrets.ts';
import { openBackgroundDatabase, type StoredEntry } from './background-database.ts';
import { detach, sizeOfParts, type Part } from './detached.ts';
import { HISTORY_KEY } from './history-reader.ts';
import { storedKey } from './keys.ts';
import { SEARCHED_BODY, searchText, type SearchText } from './search-text.ts';
import { seal, type Sealed } from './secret-box.ts';

/** An exchange that has ended, with its response's body. */
export interface EndedExchange {
  /** What it was called while it was under way. */
  readonly id?: string;
  readonly exchange: RecordedExchange;
  readonly body: Part | null;
}

/** An exchange as it is about to be stored: nothing of it is left to be worked out. */
export interface HistoryRecord {
  readonly entry: Omit<StoredEntry, 'id'>;
  readonly text: SearchText;
  readonly sealed: Sealed;
  /** A small one as bytes: the database keeps every Blob in a file of its own. */
  readonly body: Part | null;
  /** null for what could not be stored. */
  readonly parts: readonly (Part | null)[];
}

/** Rough size of one entry in the list, with the database's own bookkeeping. */
const ENTRY_BYTES = 400;

/** @throws LockedError */
export async function historyRecord(
  { id, exchange, body }: EndedExchange,
  marked: readonly string[],
): Promise<HistoryRecord> {
  const size = sizeOfParts([body]);
  const small = body instanceof Blob && size <= SEARCHED_BODY ? await bytesOf(body) : null;
  const text = await searchText(exchange, small ?? body, marked);
  const { plain, parts } = detach(exchange);
  const db = await openBackgroundDatabase();
  const sealed = await seal(await storedKey(unwrap(db), HISTORY_KEY), plain);
  const bodyBytes = size + sizeOfParts(parts);
  return {
    entry: withIndexes({
      ...lineOf(exchange, body === null ? null : size, marked),
      bodies: exchange.lost !== undefined ? 'lost' : bodyBytes === 0 ? 'none' : 'kept',
      bytes: ENTRY_BYTES + text.fields.length + text.body.length + sealed.data.byteLength + bodyBytes,
      ...(id === undefined ? {} : { exchange: id }),
    }),
    text,
    sealed,
    body: small ?? body,
    parts,
  };
}

/** What the list shows of an exchange. `size`: bytes of the response's body. */
export function lineOf(
  exchange: RecordedExchange,
  size: number | null,
  marked: readonly string[],
): Omit<HistoryEntry, 'id' | 'bodies' | 'bytes'> {
  const { request, prepared, hops, head, error, lost } = exchange;
  const last = hops.at(-1)?.request ?? prepared ?? request ?? lost;
  return {
    at: exchange.startedAt,
    method: last?.method ?? '',
    url: maskUrl(last?.url ?? '', marked),
    status: head?.status ?? null,
    error: error?.name ?? null,
    duration: exchange.duration,
    size,
    type: mediaType(head?.headers ?? []),
    pinned: false,
  };
}

/** The same without its bodies, which could not be stored. */
export function withoutBodies({ entry, text, sealed, body, parts }: HistoryRecord): HistoryRecord {
  const { droppable: _gone, ...rest } = entry;
  const bytes = entry.bytes - text.body.length - sizeOfParts([body]) - sizeOfParts(parts);
  return {
    entry: { ...rest, bodies: entry.bodies === 'none' ? 'none' : 'unsaved', bytes },
    text: { ...text, body: '' },
    sealed,
    body: null,
    parts: parts.map(() => null),
  };
}

/** The properties that put an entry into the indexes of what may go. */
export function withIndexes<T extends Omit<HistoryEntry, 'id'>>(
  entry: T,
): T & Pick<StoredEntry, 'droppable' | 'removable'> {
  return {
    ...entry,
    ...(entry.pinned ? {} : { removable: entry.at }),
    ...(entry.pinned || entry.bodies !== 'kept' ? {} : { droppable: entry.at }),
  };
}

/** The media type's essence, in lower case (RFC 9110 section 8.3.1). */
function mediaType(fields: readonly (readonly [name: string, value: string])[]): string {
  const value = fields.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return (value.split(';')[0] ?? '').trim().toLowerCase();
}

/** null for a body that cannot be read: storing it tells. */
async function bytesOf(body: Blob): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await body.arrayBuffer());
  } catch {
    return null;
  }
}
