import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type {
  BatchHead,
  BatchItem,
  BatchOptions,
  BatchPlan,
  Identity,
  ItemLabel,
  VaryPlan,
} from '../../model/batch.ts';
import type { SessionSettings } from '../../model/session.ts';
import { maskUrl } from '../../model/secrets.ts';
import { CHUNK, type BatchStorage, type KeptExchange } from '../../storage/batches.ts';
import type { BackgroundClient } from '../background-client.ts';
import { createBaselines } from './baselines.ts';
import { originalOf } from './judge.ts';
import { countHost, openPlan, type Plan } from './plan.ts';
import { createRunner, type Runner } from './runner.ts';
import { openVaryPlan } from './vary/vary-plan.ts';

/** A batch that is looked at, or runs. */
export interface OpenBatch {
  readonly head: ReadonlySignal<BatchHead>;
  readonly plan: Plan;
  /** null until it is started for the first time. */
  readonly runner: ReadonlySignal<Runner | null>;
  /** It was running when its panel went. */
  readonly wasInterrupted: boolean;
  /** Another panel runs it: here it can only be looked at. */
  readonly isElsewhere: boolean;
  /** Changes what can be changed until it has started. */
  prepare(change: { options?: BatchOptions; confirmed?: readonly string[]; identities?: readonly Identity[] }): void;
  start(): void;
  /** The exchange behind a result; null when it was not kept. */
  exchange(index: number): Promise<KeptExchange | null>;
}

/** All batches, of which some run. */
export interface Batches {
  /** Newest first. */
  readonly heads: ReadonlySignal<readonly BatchHead[]>;
  readonly shown: ReadonlySignal<OpenBatch | null>;
  /** How far the making of a batch has come; null when none is being made. */
  readonly making: ReadonlySignal<{ readonly done: number; readonly total: number } | null>;
  load(): Promise<void>;
  /** Makes a batch of a list of requests and shows it. Nothing is sent yet. `total` is a guess for the progress. Resolves to its id; null: there was nothing in it. `onRead` is called when all are read, before it is shown. */
  make(
    title: string,
    items: AsyncIterable<BatchItem>,
    total: number,
    onRead?: (id: string) => void,
  ): Promise<string | null>;
  /** Makes a batch of one request with marked positions, and shows it. */
  vary(title: string, plan: VaryPlan): Promise<string>;
  show(id: string): Promise<void>;
  /** What runs goes on. */
  hide(): void;
  /** Ends it, and forgets all about it. */
  remove(id: string): Promise<void>;
  /** It runs, and in this panel. */
  runs(id: string): boolean;
  /** Everything is being erased. */
  forget(): void;
}

/** Whatever one selects at once, no third party is to be flooded by default. */
const standardOptions: BatchOptions = { parallel: 4, delay: 0, perSecond: null, rounds: 1, keep: 'all' };

/** Batches that are kept; the oldest go first. */
const KEPT = 30;

interface BatchesParts {
  readonly storage: BatchStorage;
  readonly client: Pick<BackgroundClient, 'sendOnce' | 'settled' | 'era'>;
  readonly locks: Pick<LockManager, 'request'>;
  /** A session with its variables resolved; null: it is no longer there. */
  readonly sessionOf: (id: string) => SessionSettings | null;
}

/** `stop`: ends it; without that it must not run. Its lock goes when nothing is in flight any more. */
type Live = OpenBatch & { end(stop: boolean): Promise<void> };

export function createBatches({ storage, client, locks, sessionOf }: BatchesParts): Batches {
  const heads = signal<readonly BatchHead[]>([]);
  const shown = signal<Live | null>(null);
  const making = signal<Batches['making']['value']>(null);
  const live = new Map<string, Live>();

  function put(head: BatchHead): void {
    const others = heads.value.filter(({ id }) => id !== head.id);
    heads.value = [...others, head].sort((a, b) => b.createdAt - a.createdAt);
  }

  async function open(head: BatchHead): Promise<Live | null> {
    const stored = await storage.plan(head.id);
    if (stored === null) return null;
    const [release, results, era] = await Promise.all([
      takeLock(locks, head.id),
      storage.results(head.id),
      client.era(),
    ]);
    const state = signal(head);
    const known = new Set(results.filter((row) => row.state !== 'started').map(({ index }) => index));
    const baselines = createBaselines(known, async (index) => {
      const kept = await storage.open(head.id, index);
      return kept === null ? null : originalOf(kept);
    });
    const planOf = (identities: readonly Identity[]): Plan =>
      openPlan(storage, head.id, stored, { baselines, identities, sessionOf });
    const plan = signal(planOf(head.identities));
    const change = (next: Partial<BatchHead>): void => {
      const before = state.value;
      state.value = { ...before, ...next };
      put(state.value);
      // Figures are counted anew when it is opened; only its state has to be on record.
      if (next.done === undefined || next.state !== before.state) void storage.change(state.value).catch(() => {});
    };
    const runner = signal<Runner | null>(null);
    const begin = (): Runner => {
      const made = createRunner({
        head: state.value,
        plan: plan.value,
        storage,
        results,
        era,
        send: (order, onEnd) => client.sendOnce(order, onEnd),
        settled: (ids) => client.settled(ids),
        onChange: (next, done) => change({ state: next, done }),
      });
      runner.value = made;
      return made;
    };
    if (head.state !== 'ready') begin();
    if (head.state === 'running' && release !== null) change({ state: 'paused' });
    return {
      head: state,
      get plan() {
        return plan.value;
      },
      runner,
      wasInterrupted: head.state === 'running' && release !== null,
      isElsewhere: release === null,
      prepare(wanted) {
        if (runner.value !== null) return;
        const { options, confirmed, identities } = { ...state.value, ...wanted };
        if (wanted.identities !== undefined) plan.value = planOf(identities);
        const total = plan.value.count * options.rounds;
        change({ options, confirmed: [...confirmed], identities: [...identities], total });
      },
      start() {
        if (runner.value === null && state.value.confirmed.length > 0) begin().run();
      },
      exchange: (index) => storage.open(head.id, index),
      async end(stop) {
        if (stop) runner.value?.stop();
        await runner.value?.idle();
        release?.();
      },
    };
  }

  /** Makes a batch of which all parts are there, and shows it. */
  async function begin(
    id: string,
    title: string,
    plan: BatchPlan,
    labels: readonly ItemLabel[],
    hosts: ReadonlyMap<string, number>,
    total = labels.length,
  ): Promise<void> {
    const head: BatchHead = {
      id,
      title,
      createdAt: Date.now(),
      total,
      state: 'ready',
      hosts: [...hosts].map(([host, count]) => ({ host, count })),
      confirmed: [],
      options: standardOptions,
      done: 0,
      identities: [],
    };
    await storage.create(head, plan, labels);
    heads.value = await storage.list();
    put(head);
    await reveal(head);
    for (const old of heads.value.slice(KEPT)) if (!live.has(old.id)) await remove(old.id);
  }

  async function remove(id: string): Promise<void> {
    const known = live.get(id);
    live.delete(id);
    if (shown.value?.head.value.id === id) shown.value = null;
    await known?.end(true);
    await storage.remove(id);
    heads.value = heads.value.filter((head) => head.id !== id);
  }

  async function reveal(head: BatchHead): Promise<void> {
    const known = live.get(head.id);
    const opened = known ?? (await open(head));
    if (opened === null) return;
    live.set(head.id, opened);
    leave(opened);
    shown.value = opened;
  }

  /** Lets go of what was shown before, unless it runs. */
  function leave(next: Live | null): void {
    const before = shown.value;
    shown.value = null;
    if (before === null || before === next || before.runner.value?.state.value === 'running') return;
    live.delete(before.head.value.id);
    void before.end(false);
  }

  return {
    heads: computed(() => heads.value),
    shown,
    making,
    async load() {
      const stored = await storage.list();
      // Of what runs here the figures on record are older.
      heads.value = stored.map((head) => live.get(head.id)?.head.value ?? head);
    },
    async make(title, items, total, onRead) {
      const id = crypto.randomUUID();
      const hosts = new Map<string, number>();
      const labels: ItemLabel[] = [];
      let chunk: BatchItem[] = [];
      const flush = async (): Promise<void> => {
        await storage.add(id, Math.floor((labels.length - 1) / CHUNK), chunk);
        chunk = [];
      };
      making.value = { done: 0, total };
      try {
        for await (const item of items) {
          const { method, url } = item.request;
          labels.push({ method, url: maskUrl(url) });
          countHost(hosts, url);
          if (chunk.push(item) === CHUNK) await flush();
          if (labels.length % CHUNK === 0) making.value = { done: labels.length, total };
        }
        if (chunk.length > 0) await flush();
      } finally {
        making.value = null;
      }
      if (labels.length === 0) return null;
      onRead?.(id);
      await begin(id, title, { kind: 'list', count: labels.length }, labels, hosts);
      return id;
    },
    async vary(title, plan) {
      const id = crypto.randomUUID();
      const opened = openVaryPlan(
        plan,
        createBaselines(new Set(), () => Promise.resolve(null)),
      );
      const hosts = new Map<string, number>();
      // Only where a host can vary is each request looked at.
      const isFixed = !opened.places.some(({ place }) => place === 'url');
      for (let index = 0; index < opened.count; index++) {
        countHost(hosts, (await opened.request(index)).url);
        if (!isFixed) continue;
        for (const host of hosts.keys()) hosts.set(host, opened.count);
        break;
      }
      await begin(id, title, plan, [], hosts, opened.count);
      return id;
    },
    async show(id) {
      const head = heads.value.find((other) => other.id === id);
      if (head !== undefined) await reveal(head);
    },
    hide: () => leave(null),
    runs: (id) => live.get(id)?.runner.value?.state.value === 'running',
    forget() {
      shown.value = null;
      heads.value = [];
      for (const batch of live.values()) void batch.end(true);
      live.clear();
    },
    remove,
  };
}

/** One panel runs a batch at a time; the lock goes with its page. null: another one has it. */
function takeLock(locks: BatchesParts['locks'], batch: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    void locks.request(`batch:${batch}`, { ifAvailable: true }, (lock) => {
      if (lock === null) {
        resolve(null);
        return undefined;
      }
      return new Promise<void>((release) => resolve(release));
    });
  });
}
