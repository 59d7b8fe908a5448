import {
  hostOfUrl,
  type BatchItem,
  type Find,
  type Identity,
  type ItemLabel,
  type Original,
} from '../../model/batch.ts';
import type { SessionSettings } from '../../model/session.ts';
import type { RequestSpec } from '../../model/request-spec.ts';
import type { Baselines } from './baselines.ts';
import { openIdentityPlan } from './identities/identity-plan.ts';
import type { Position } from './vary/template.ts';
import { openVaryPlan } from './vary/vary-plan.ts';
import { CHUNK, type BatchStorage, type StoredPlan } from '../../storage/batches.ts';

/** How a request is named in the table. */
export interface RowLabel extends ItemLabel {
  /** What was put into each marked position, before encoding; null: as it is unvaried. */
  readonly values?: readonly (string | null)[];
}

/** What a batch sends, request by request. Indexes run through all rounds. */
export interface Plan {
  /** Requests of one round. */
  readonly count: number;
  label(index: number): RowLabel;
  request(index: number): Promise<RequestSpec>;
  /** What the result is compared with; null: with nothing. Where that is the baseline's, it waits for it. */
  original(index: number): Promise<Original | null>;
  /** What is looked for in each response. */
  readonly finds: readonly Find[];
  /** The marked positions. */
  readonly places: readonly Position[];
  /** On whose behalf each request is sent; none: as it is. The index counts them first, then the requests. */
  readonly identities: readonly Identity[];
  /** The result that this one is compared with; its own index for that one; null: each has an original of its own. */
  baselineOf(index: number): number | null;
  /** What others are compared with is known now; null: it has no response. */
  baselineIs(index: number, original: Original | null): void;
}

/** Chunks that are kept in memory: one for each request in flight, and no more. */
const KEPT_CHUNKS = 52;

/** A stored plan. */
export function openPlan(
  storage: BatchStorage,
  batch: string,
  { plan, labels }: StoredPlan,
  { baselines, identities, sessionOf }: PlanParts,
): Plan {
  if (plan.kind === 'vary') return openVaryPlan(plan, baselines);
  const list = openListPlan(storage, batch, plan.count, labels);
  return identities.length === 0 ? list : openIdentityPlan(list, identities, sessionOf, baselines);
}

interface PlanParts {
  readonly baselines: Baselines;
  readonly identities: readonly Identity[];
  /** A session with its variables resolved; null: it is no longer there. */
  readonly sessionOf: (id: string) => SessionSettings | null;
}

function openListPlan(storage: BatchStorage, batch: string, count: number, labels: readonly ItemLabel[]): Plan {
  const chunks = new Map<number, Promise<readonly BatchItem[]>>();

  async function item(index: number): Promise<BatchItem> {
    const at = index % count;
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
    count,
    finds: [],
    places: [],
    identities: [],
    baselineOf: () => null,
    baselineIs: () => {},
    label: (index) => labels[index % count] ?? { method: '', url: '' },
    request: async (index) => (await item(index)).request,
    original: async (index) => (await item(index)).original,
  };
}

/** Counts hosts, in the order of their first appearance. What is no URL has none. */
export function countHost(hosts: Map<string, number>, url: string): void {
  const host = hostOfUrl(url);
  if (host !== null) hosts.set(host, (hosts.get(host) ?? 0) + 1);
}
