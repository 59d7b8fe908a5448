import { hostOfUrl, type BatchItem, type ItemLabel, type Original } from '../../model/batch.ts';
import type { RequestSpec } from '../../model/request-spec.ts';
import { CHUNK, type BatchStorage, type StoredPlan } from '../../storage/batches.ts';

/** What a batch sends, request by request. Indexes run through all rounds. */
export interface Plan {
  /** Requests of one round. */
  readonly count: number;
  /** How the request is named, with secrets masked. */
  label(index: number): ItemLabel;
  request(index: number): Promise<RequestSpec>;
  /** What the result is compared with; null: with nothing. */
  original(index: number): Promise<Original | null>;
}

/** Chunks that are kept in memory: one for each request in flight, and no more. */
const KEPT_CHUNKS = 52;

/** A stored plan. @throws Error when an item cannot be read */
export function openPlan(storage: BatchStorage, batch: string, { plan, labels }: StoredPlan): Plan {
  const chunks = new Map<number, Promise<readonly BatchItem[]>>();

  async function item(index: number): Promise<BatchItem> {
    const at = index % plan.count;
    const chunk = Math.floor(at / CHUNK);
    const known = chunks.get(chunk) ?? storage.items(batch, chunk);
    chunks.delete(chunk);
    chunks.set(chunk, known);
    for (const oldest of chunks.keys()) {
      if (chunks.size <= KEPT_CHUNKS) break;
      chunks.delete(oldest);
    }
    const found = (await known)[at % CHUNK];
    if (found === undefined) throw new Error('This request of the batch cannot be read any more');
    return found;
  }

  return {
    count: plan.count,
    label: (index) => labels[index % plan.count] ?? { method: '', url: '' },
    request: async (index) => (await item(index)).request,
    original: async (index) => (await item(index)).original,
  };
}

/** Counts hosts, in the order of their first appearance. What is no URL has none. */
export function countHost(hosts: Map<string, number>, url: string): void {
  const host = hostOfUrl(url);
  if (host !== null) hosts.set(host, (hosts.get(host) ?? 0) + 1);
}
