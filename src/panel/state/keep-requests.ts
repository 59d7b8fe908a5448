import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { DraftStorage } from '../../storage/drafts.ts';
import { autosave, type Autosave } from './autosave.ts';
import { keepLastMoment, type SessionMemory } from './last-moment.ts';
import { keepLastTabs, momentOf } from './last-tabs.ts';
import type { OpenRequests } from './open-requests.ts';

interface KeepOptions {
  requests: OpenRequests;
  storage: DraftStorage;
  slot: string;
  /** null where nothing may outlive the page. */
  memory: SessionMemory | null;
  /** Tabs whose drafts are not on disk yet as they stand. */
  unsaved?: ReadonlySet<string>;
}

/** Saves every open request as it is typed, and how the tabs stand. */
export function keepRequests({ requests, storage, slot, memory, unsaved }: KeepOptions): {
  /** Something could not be saved. */
  failed: ReadonlySignal<boolean>;
  /** Saves now what is not saved yet; resolves when all of it is. */
  flush(): Promise<void>;
  /** Drops all requests, open and closed, here and where they are saved. */
  forget(): Promise<void>;
  stop(): void;
} {
  const kept = signal<ReadonlyMap<string, Autosave & { stopMoment: () => void }>>(new Map());
  const arrangementFailed = signal(false);
  let arrangement = '';
  let forgetting = false;

  const under = new Set<Promise<void>>();
  const settle = (work: Promise<void>): void => {
    const settled = work.then(
      () => void (arrangementFailed.value = false),
      () => void (arrangementFailed.value = true),
    );
    under.add(settled);
    void settled.then(() => under.delete(settled));
  };
  /** What closes and reopens a tab happens in the order in which it was done: closing waits for the last save. */
  const closing = new Map<string, Promise<void>>();
  const setClosed = (tab: string, closed: boolean, after: Promise<void>): void => {
    const turn = Promise.allSettled([closing.get(tab), after]).then(() => storage.setClosed(slot, tab, closed));
    closing.set(tab, turn);
    settle(turn);
  };

  const stop = effect(() => {
    const open = requests.all.value;
    const before = kept.peek();
    const isFirst = arrangement === '';
    const next = new Map(before);
    for (const { tab, drafts } of open) {
      if (before.has(tab)) continue;
      const save = autosave({
        draft: drafts.draft,
        save: (draft) => storage.save(slot, tab, draft),
        now: !isFirst || unsaved?.has(tab) === true,
      });
      next.set(tab, {
        ...save,
        stopMoment: memory === null ? () => {} : keepLastMoment(memory, momentOf(slot, tab), drafts.draft),
      });
      if (!isFirst) setClosed(tab, false, Promise.resolve());
    }
    for (const [tab, saving] of before) {
      if (open.some((request) => request.tab === tab)) continue;
      saving.stopMoment();
      saving.stop();
      next.delete(tab);
      if (!forgetting) setClosed(tab, true, saving.flush());
    }
    kept.value = next;
    const tabs = { order: open.map(({ tab }) => tab), active: requests.active.value.tab };
    const closed = requests.closed.value.map(({ tab }) => tab);
    const text = JSON.stringify([tabs, closed]);
    // What was just loaded need not be saved.
    if (!isFirst && text !== arrangement) {
      settle(storage.arrange(slot, tabs));
      // After it, so that it counts as the later one.
      if (memory !== null) keepLastTabs(memory, slot, { ...tabs, closed });
    }
    arrangement = text;
  });

  async function flush(): Promise<void> {
    await Promise.all([...kept.peek().values()].map((saving) => saving.flush()));
    while (under.size > 0) await Promise.all(under);
  }

  return {
    failed: computed(() => arrangementFailed.value || [...kept.value.values()].some(({ failed }) => failed.value)),
    flush,
    async forget() {
      // What is being saved right now would come after.
      await flush();
      forgetting = true;
      requests.reset();
      forgetting = false;
      await storage.forget(slot);
    },
    stop() {
      stop();
      for (const saving of kept.peek().values()) {
        saving.stop();
        saving.stopMoment();
      }
    },
  };
}
