import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Example } from '../../model/collection.ts';
import type { Draft } from '../../model/draft.ts';
import type { HistoryEntry } from '../../model/history.ts';
import { LockedError } from '../../storage/master-key.ts';
import type { HistoryReader, OpenedExchange } from '../../storage/history-reader.ts';
import type { BackgroundClient } from '../background-client.ts';
import type { Stage } from '../stage.ts';
import { exampleFrom } from '../collections/example.ts';
import { composedAgain, draftFromRequest, type FilledDraft } from '../state/draft-from-request.ts';
import { createExchangeStore, type ExchangeSnapshot } from '../state/exchange.ts';
import type { Workbench } from '../state/workbench.ts';
import { emptySelection, type Selection } from '../widgets/selection.ts';
import { compareExchanges, type ExchangeDiff } from './compare-exchanges.ts';
import type { HistoryList } from './history-list.ts';
import { recordedSnapshot } from './recorded-snapshot.ts';
import { stagedHistory } from './staged-history.tsx';

/** What a person does with the history: choose, look, send again, edit, compare. Without looks. */
export interface HistoryDesk {
  readonly list: HistoryList;
  readonly selection: ReadonlySignal<Selection>;
  /** The selected entries, newest first. */
  readonly selected: ReadonlySignal<readonly HistoryEntry[]>;
  /** Something that was asked for could not be done: its file is no longer there, or the entry cannot be read. */
  readonly problem: ReadonlySignal<'gone' | 'bodyGone' | 'lost' | 'locked' | 'failed' | null>;
  select(selection: Selection): void;
  /** Sends the selected requests again, one after the other, as they were. */
  sendAgain(): Promise<void>;
  /** Opens the selected requests as drafts. Resolves to whether there was one. */
  edit(): Promise<boolean>;
  /** The selected requests as drafts, with what came back; without those that cannot be read. */
  drafts(): Promise<{ draft: Draft; example: Example | null }[]>;
  /** Shows how the two selected exchanges differ. */
  compare(): Promise<void>;
  pin(on: boolean): void;
  remove(): void;
}

interface HistoryDeskOptions {
  list: HistoryList;
  reader: HistoryReader;
  client: Pick<BackgroundClient, 'send' | 'changeHistory'>;
  workbench: Workbench;
  stage: Stage;
}

/** So many drafts are opened at once, and no more. */
const OPENED_AT_ONCE = 10;

export function createHistoryDesk({ list, reader, client, workbench, stage }: HistoryDeskOptions): HistoryDesk {
  const selection = signal<Selection>(emptySelection);
  const problem = signal<HistoryDesk['problem']['value']>(null);
  const selected = computed(() => {
    const { ids } = selection.value;
    // Read again when entries change: a pin, a body that was dropped.
    void list.version.value;
    return [...ids].flatMap((id) => list.get(id) ?? []).sort((a, b) => b.id - a.id);
  });
  const defaults = (): string[] => workbench.defaultHeaders.peek().map(([name]) => name);
  const snapshotOf = (opened: OpenedExchange): ExchangeSnapshot => recordedSnapshot(opened, defaults());

  async function read(id: number): Promise<OpenedExchange | null> {
    try {
      const opened = await reader.open(id);
      problem.value = opened === null ? 'gone' : null;
      return opened;
    } catch (error) {
      problem.value = error instanceof LockedError ? 'locked' : 'gone';
      return null;
    }
  }

  async function show(id: string): Promise<void> {
    const opened = await read(Number(id));
    // Unless another one was chosen meanwhile.
    if (opened === null || selection.peek().active !== id) return;
    stage.staged.value = stagedHistory(stage, {
      snapshot: signal(snapshotOf(opened)),
      entry: opened.entry,
      kind: 'recorded',
    });
  }

  /** Sends one again and shows it; resolves at its end. */
  function replay(opened: OpenedExchange, request: NonNullable<OpenedExchange['exchange']['request']>): Promise<void> {
    const store = createExchangeStore();
    const original = snapshotOf(opened);
    const diff = signal<ExchangeDiff | null>(null);
    store.start(original.composed ?? draftFromRequest(request, defaults()).draft, (onUpdate) =>
      client.send(request, onUpdate),
    );
    stage.staged.value = stagedHistory(stage, {
      snapshot: store.exchange,
      entry: opened.entry,
      kind: 'sentAgain',
      diff,
      cancel: () => store.cancel(),
    });
    return new Promise((resolve) => {
      const stop = effect(() => {
        const snapshot = store.exchange.value;
        if (snapshot.state !== 'done') return;
        queueMicrotask(() => stop());
        void compareExchanges(original, snapshot).then((found) => (diff.value = found));
        resolve();
      });
    });
  }

  /** As it was composed, else as it was sent; null when neither is there any more. */
  function filledFrom({ request, draft }: OpenedExchange['exchange']): FilledDraft | null {
    if (draft !== null) return composedAgain(draft, request);
    return request === null ? null : draftFromRequest(request, defaults());
  }

  const unsendable = ({ lost }: OpenedExchange['exchange']): 'lost' | 'bodyGone' =>
    lost === undefined ? 'bodyGone' : 'lost';

  const change = (work: Promise<void>): void => {
    work.catch(() => {
      problem.value = 'failed';
    });
  };

  return {
    list,
    selection,
    selected,
    problem,
    select(next) {
      const before = selection.peek();
      selection.value = next;
      if (next.active !== null && next.active !== before.active) void show(next.active);
    },
    async sendAgain() {
      for (const { id } of selected.peek().toReversed()) {
        const opened = await read(id);
        if (opened === null) continue;
        if (opened.exchange.request === null) problem.value = unsendable(opened.exchange);
        else await replay(opened, opened.exchange.request);
      }
    },
    async edit() {
      let any = false;
      for (const { id } of selected.peek().slice(0, OPENED_AT_ONCE).toReversed()) {
        const opened = await read(id);
        if (opened === null) continue;
        const filled = filledFrom(opened.exchange);
        if (filled === null) {
          problem.value = unsendable(opened.exchange);
          continue;
        }
        const { draft, files } = filled;
        const request = workbench.requests.open(draft);
        for (const [key, file] of files) request.files.set(key, file);
        any = true;
      }
      return any;
    },
    async drafts() {
      const drafts: { draft: Draft; example: Example | null }[] = [];
      for (const { id } of selected.peek()) {
        const opened = await read(id);
        const request = opened?.exchange.request ?? null;
        if (opened === null || request === null) continue;
        const { head, startedAt } = opened.exchange;
        drafts.push({
          draft: draftFromRequest(request, defaults()).draft,
          example: await exampleFrom(head, opened.body, startedAt),
        });
      }
      return drafts;
    },
    async compare() {
      const [newer, older] = selected.peek();
      if (newer === undefined || older === undefined) return;
      const [after, before] = await Promise.all([read(newer.id), read(older.id)]);
      if (after === null || before === null) return;
      const [snapshot, earlier] = [snapshotOf(after), snapshotOf(before)];
      stage.staged.value = stagedHistory(stage, {
        snapshot: signal(snapshot),
        entry: after.entry,
        kind: 'compared',
        other: before.entry,
        diff: signal(await compareExchanges(earlier, snapshot)),
      });
    },
    pin(on) {
      change(client.changeHistory({ kind: 'pin', entries: selected.peek().map(({ id }) => id), pinned: on }));
    },
    remove() {
      change(client.changeHistory({ kind: 'remove', entries: selected.peek().map(({ id }) => id) }));
      selection.value = emptySelection;
    },
  };
}
