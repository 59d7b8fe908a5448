import { unwrap } from 'idb';
import * as v from 'valibot';
import {
  batchHeadSchema,
  batchItemSchema,
  batchPlanSchema,
  batchResultSchema,
  itemLabelSchema,
  type BatchHead,
  type BatchItem,
  type BatchPlan,
  type BatchResult,
  type ItemLabel,
} from '../model/batch.ts';
import { recordedExchangeSchema, type RecordedExchange } from '../model/history.ts';
import { attach, detach } from './detached.ts';
import { storedKey } from './keys.ts';
import { openPanelDatabase, type PanelDatabase } from './panel-database.ts';
import { seal, unseal } from './secret-box.ts';

/** The exchange behind a result. */
export interface KeptExchange {
  readonly index: number;
  readonly exchange: RecordedExchange;
  readonly body: Blob | Uint8Array | null;
}

export interface StoredPlan {
  readonly plan: BatchPlan;
  readonly labels: readonly ItemLabel[];
}

/** Batches with their results. Requests and exchanges are encrypted; figures are not. */
export interface BatchStorage {
  /** Newest first. */
  list(): Promise<BatchHead[]>;
  /** Stores a chunk of items of a batch that is being made. */
  add(id: string, chunk: number, items: readonly BatchItem[]): Promise<void>;
  /** Makes the batch, when all its items are there. `labels` name the requests of one round. */
  create(head: BatchHead, plan: BatchPlan, labels: readonly ItemLabel[]): Promise<void>;
  change(head: BatchHead): Promise<void>;
  /** null when it cannot be read. */
  plan(id: string): Promise<StoredPlan | null>;
  /** The items of one chunk of `CHUNK`. */
  items(id: string, chunk: number): Promise<readonly BatchItem[]>;
  results(id: string): Promise<BatchResult[]>;
  /** All in one transaction; `undone` are results that did not come about after all. */
  write(
    id: string,
    rows: readonly BatchResult[],
    kept: readonly KeptExchange[],
    undone: readonly number[],
  ): Promise<void>;
  open(id: string, index: number): Promise<KeptExchange | null>;
  remove(id: string): Promise<void>;
}

/** Items that are encrypted together. */
export const CHUNK = 50;
const KEY = 'batches';
const STORES = ['batchHeads', 'batches', 'batchItems', 'batchResults', 'batchExchanges'] as const;

const allOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

/** @throws MigrationError */
export async function openBatchStorage(): Promise<BatchStorage> {
  const db = await openPanelDatabase();
  return storageIn(db, await storedKey(unwrap(db), KEY));
}

function storageIn(db: PanelDatabase, key: CryptoKey): BatchStorage {
  return {
    async list() {
      const heads = (await db.getAll('batchHeads')).flatMap((stored) => {
        const read = v.safeParse(batchHeadSchema, stored);
        return read.success ? [read.output] : [];
      });
      // The figure of one that was interrupted is that of its last pause.
      const counted = heads.map(async (head) =>
        head.state === 'running' ? { ...head, done: await db.count('batchResults', allOf(head.id)) } : head,
      );
      return (await Promise.all(counted)).sort((a, b) => b.createdAt - a.createdAt);
    },
    async add(batch, chunk, items) {
      const { plain, parts } = detach(items);
      await db.put('batchItems', { batch, chunk, sealed: await seal(key, plain), parts });
    },
    async create(head, plan, labels) {
      const { plain, parts } = detach(plan);
      const sealed = await seal(key, plain);
      const transaction = db.transaction(['batchHeads', 'batches'], 'readwrite');
      await Promise.all([
        transaction.objectStore('batchHeads').put(head),
        transaction.objectStore('batches').put({ id: head.id, sealed, parts, labels: [...labels] }),
        transaction.done,
      ]);
    },
    async change(head) {
      const transaction = db.transaction('batchHeads', 'readwrite');
      // One that was deleted meanwhile stays deleted.
      if ((await transaction.store.getKey(head.id)) !== undefined) await transaction.store.put(head);
      await transaction.done;
    },
    async plan(id) {
      const stored = await db.get('batches', id);
      if (stored === undefined) return null;
      const plain = await unseal(key, stored.sealed).catch(() => null);
      const read = v.safeParse(batchPlanSchema, attach(plain, stored.parts));
      const labels = v.safeParse(v.array(itemLabelSchema), stored.labels);
      return read.success && labels.success ? { plan: read.output, labels: labels.output } : null;
    },
    async items(id, chunk) {
      const stored = await db.get('batchItems', [id, chunk]);
      if (stored === undefined) return [];
      return v.parse(v.array(batchItemSchema), attach(await unseal(key, stored.sealed), stored.parts));
    },
    async results(id) {
      const stored = await db.getAll('batchResults', allOf(id));
      const rows = stored.map(async ({ row, found }) => {
        const plain = found === undefined ? [] : await unseal(key, found).catch(() => []);
        const read = v.safeParse(batchResultSchema, { ...row, found: plain });
        return read.success ? [read.output] : [];
      });
      return (await Promise.all(rows)).flat();
    },
    async write(id, rows, kept, undone) {
      const exchanges = await Promise.all(
        kept.map(async ({ index, exchange, body }) => {
          const { plain, parts } = detach(exchange);
          return { batch: id, index, sealed: await seal(key, plain), parts, body };
        }),
      );
      // What was found in responses may be as secret as they are.
      const records = await Promise.all(
        rows.map(async ({ found, ...row }) => ({
          batch: id,
          index: row.index,
          row: { ...row, found: [] },
          ...(found.length === 0 ? {} : { found: await seal(key, found) }),
        })),
      );
      const transaction = db.transaction(['batchResults', 'batchExchanges'], 'readwrite');
      const results = transaction.objectStore('batchResults');
      await Promise.all([
        ...records.map((record) => results.put(record)),
        ...undone.map((index) => results.delete([id, index])),
        ...exchanges.map((exchange) => transaction.objectStore('batchExchanges').put(exchange)),
        transaction.done,
      ]);
    },
    async open(id, index) {
      const stored = await db.get('batchExchanges', [id, index]);
      if (stored === undefined) return null;
      const plain = await unseal(key, stored.sealed).catch(() => null);
      const read = v.safeParse(recordedExchangeSchema, attach(plain, stored.parts));
      return read.success ? { index, exchange: read.output, body: stored.body } : null;
    },
    async remove(id) {
      const transaction = db.transaction([...STORES], 'readwrite');
      await Promise.all([
        transaction.objectStore('batchHeads').delete(id),
        transaction.objectStore('batches').delete(id),
        transaction.objectStore('batchItems').delete(allOf(id)),
        transaction.objectStore('batchResults').delete(allOf(id)),
        transaction.objectStore('batchExchanges').delete(allOf(id)),
        transaction.done,
      ]);
    },
  };
}

/** Batches of a private window: nothing is left when it closes. */
export function batchesInMemory(): BatchStorage {
  const heads = new Map<string, BatchHead>();
  const plans = new Map<string, StoredPlan>();
  const items = new Map<string, readonly BatchItem[]>();
  const results = new Map<string, Map<number, BatchResult>>();
  const exchanges = new Map<string, Map<number, KeptExchange>>();
  return {
    list: () => Promise.resolve([...heads.values()].reverse()),
    add(batch, chunk, added) {
      items.set(`${batch} ${chunk}`, added);
      return Promise.resolve();
    },
    create(head, plan, labels) {
      heads.set(head.id, head);
      plans.set(head.id, { plan, labels });
      results.set(head.id, new Map());
      exchanges.set(head.id, new Map());
      return Promise.resolve();
    },
    change(head) {
      if (heads.has(head.id)) heads.set(head.id, head);
      return Promise.resolve();
    },
    plan: (id) => Promise.resolve(plans.get(id) ?? null),
    items: (id, chunk) => Promise.resolve(items.get(`${id} ${chunk}`) ?? []),
    results: (id) => Promise.resolve([...(results.get(id)?.values() ?? [])]),
    write(id, rows, kept, undone) {
      for (const row of rows) results.get(id)?.set(row.index, row);
      for (const index of undone) results.get(id)?.delete(index);
      for (const exchange of kept) exchanges.get(id)?.set(exchange.index, exchange);
      return Promise.resolve();
    },
    open: (id, index) => Promise.resolve(exchanges.get(id)?.get(index) ?? null),
    remove(id) {
      for (const map of [heads, plans, results, exchanges]) map.delete(id);
      for (const name of items.keys()) if (name.startsWith(`${id} `)) items.delete(name);
      return Promise.resolve();
    },
  };
}
