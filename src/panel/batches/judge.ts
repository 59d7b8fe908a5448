import { diffResponses, sha256, type ResponseBodyFacts } from '../../inspect/response-diff.ts';
import type { BatchResult, Find, Found, Original, ResultState } from '../../model/batch.ts';
import type { ExchangeUpdate } from '../../model/exchange.ts';
import type { RecordedExchange } from '../../model/history.ts';
import type { RequestSpec } from '../../model/request-spec.ts';
import { maskUrl } from '../../model/secrets.ts';
import { look, searchable } from './vary/finds.ts';
import type { KeptExchange } from '../../storage/batches.ts';
import { foldUpdate, idleExchange, type ExchangeSnapshot } from '../state/exchange.ts';

/** Bodies up to here are compared; of longer ones the length. Bytes. */
export const COMPARED_BODY = 1024 * 1024;

/** What became of a request of a batch: its figures, and the exchange itself for who keeps it. */
export interface Judged {
  readonly figures: Omit<BatchResult, 'index' | 'attempt' | 'era' | 'at' | 'kept'>;
  readonly exchange: RecordedExchange;
  readonly body: Blob | Uint8Array | null;
}

/** Reads what the background told of an exchange, and compares it with the original. */
export async function judge(
  request: RequestSpec,
  original: Original | null,
  updates: readonly ExchangeUpdate[],
  finds: readonly Find[] = [],
): Promise<Judged> {
  const end = updates.findLast((update) => update.kind === 'end');
  const told = end?.body ?? null;
  // Making a Blob of each small body would take longer than all the rest.
  const snapshot = updates
    .map((update) => (update.kind === 'end' ? { ...update, body: null } : update))
    .reduce(foldUpdate, idleExchange);
  const { head, hops, error } = snapshot;
  const body = await readBody(told);
  const bytes = body instanceof Uint8Array ? body : null;
  const last = hops.findLast(({ response }) => response !== null)?.response;
  return {
    figures: {
      state: stateOf(error),
      status: head?.status ?? last?.status ?? null,
      size: body === null ? null : sizeOf(body),
      duration: snapshot.duration ?? 0,
      error: error === null ? null : { name: error.name, message: maskUrl(error.message) },
      differences: original === null ? null : await differences(original, snapshot, body),
      digest: bytes === null ? null : (await sha256(bytes)).slice(0, 32),
      found: lookFor(finds, snapshot, bytes),
    },
    exchange: {
      request,
      draft: null,
      startedAt: snapshot.startedAt ?? Date.now(),
      prepared: snapshot.prepared,
      plan: [...snapshot.plan],
      hops: [...hops],
      head,
      error,
      elapsed: snapshot.elapsed ?? 0,
      duration: snapshot.duration ?? 0,
      warnings: [...snapshot.warnings],
    },
    body,
  };
}

function lookFor(finds: readonly Find[], { head }: ExchangeSnapshot, bytes: Uint8Array<ArrayBuffer> | null): Found[] {
  if (finds.length === 0) return [];
  if (head === null) return finds.map(() => null);
  const text = searchable(head.headers, bytes);
  return finds.map((find) => look(find, text));
}

/** A judged response as what others are compared with; null: there was none. */
export function originalOf({
  exchange: { head, hops, duration },
  body,
}: Pick<KeptExchange, 'exchange' | 'body'>): Original | null {
  if (head === null) return null;
  const isHidden = hops.at(-1)?.bodyUnavailable === true;
  const facts: Original['body'] =
    body === null || isHidden
      ? { state: 'unknown' }
      : body instanceof Blob
        ? { state: 'large', size: body.size }
        : { state: 'known', bytes: new Uint8Array(body), isText: false };
  return { status: head.status, headers: head.headers, body: facts, duration };
}

function stateOf(error: ExchangeSnapshot['error']): ResultState {
  switch (error?.code) {
    case undefined:
      return 'done';
    case 'outcome-unknown':
      return 'unknown';
    case 'aborted':
      return 'cancelled';
    default:
      return 'failed';
  }
}

type ReadBody = Blob | Uint8Array<ArrayBuffer>;

/** Bytes where they can be compared. */
async function readBody(body: Blob | Uint8Array | null): Promise<ReadBody | null> {
  if (body === null) return null;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return body.size > COMPARED_BODY ? body : new Uint8Array(await body.arrayBuffer());
}

const sizeOf = (body: ReadBody): number => (body instanceof Blob ? body.size : body.byteLength);

/** null when one of the two has no response. */
async function differences(
  original: Original,
  { head, hops }: ExchangeSnapshot,
  body: ReadBody | null,
): Promise<number | null> {
  if (head === null || original.status === 0) return null;
  const { body: before } = original;
  const facts: ResponseBodyFacts =
    before.state === 'known' ? { ...before, bytes: new Uint8Array(before.bytes) } : before;
  const after: ResponseBodyFacts =
    hops.at(-1)?.bodyUnavailable === true || body === null
      ? { state: 'unknown' }
      : body instanceof Blob
        ? { state: 'large', size: body.size }
        : { state: 'known', bytes: body, isText: false };
  const diff = await diffResponses(
    { status: original.status, headers: original.headers, body: facts },
    { status: head.status, headers: head.headers, body: after },
  );
  return diff.differences;
}
