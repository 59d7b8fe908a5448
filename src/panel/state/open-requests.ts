import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Draft } from '../../model/draft.ts';
import { CLOSED_KEPT } from '../../storage/drafts.ts';
import { createDraftStore, type DraftStore } from './draft.ts';
import { createExchangeStore, type ExchangeStore } from './exchange.ts';
import type { FolderDefaults } from './folder-defaults.ts';
import { createFileStore, type FileStore } from './files.ts';
import { newDraft } from './new-draft.ts';
import { createUndoHistory, type UndoHistory } from './undo.ts';

/** A request that is open in a tab: its draft, the files chosen for it, what was sent of it last. */
export interface OpenRequest {
  /** Names the tab, here and where it is saved. */
  readonly tab: string;
  readonly drafts: DraftStore;
  readonly files: FileStore;
  readonly exchanges: ExchangeStore;
  readonly undo: UndoHistory;
  /** Its form in the collections, where it is saved; null: it is in none. */
  readonly saved: Signal<SavedForm | null>;
  /** What the folders give to it in which it is saved, the outermost first. */
  readonly folders: Signal<readonly FolderDefaults[]>;
}

/** A request as it stands in the collections. */
export interface SavedForm {
  readonly name: string;
  readonly draft: Draft;
  /** Whether a draft says the same. */
  isSame(draft: Draft): boolean;
}

/** The requests that are open at once. There is always one. */
export interface OpenRequests {
  readonly all: ReadonlySignal<readonly OpenRequest[]>;
  readonly active: ReadonlySignal<OpenRequest>;
  /** Closed ones that can be reopened, the last one closed at the end. */
  readonly closed: ReadonlySignal<readonly OpenRequest[]>;
  /** Opens a tab behind the active one and shows it. */
  open(draft?: Draft): OpenRequest;
  select(tab: string): void;
  /** Its exchange, if one is under way, goes on in the background. The last tab gives way to an empty one. */
  close(tab: string): void;
  /** Opens again what was closed last. */
  reopen(): void;
  /** All gone, but for one empty tab; nothing can be reopened. */
  reset(): void;
}

interface Beginning {
  readonly open: readonly { readonly tab: string; readonly draft: Draft | null }[];
  readonly closed?: readonly { readonly tab: string; readonly draft: Draft | null }[];
  readonly active?: string | null;
}

/** @param fresh makes the draft of a new tab */
export function createOpenRequests(beginning: Beginning, fresh: () => Draft = newDraft): OpenRequests {
  const make = (tab: string, draft: Draft | null): OpenRequest => {
    const drafts = createDraftStore(draft ?? fresh());
    return {
      tab,
      drafts,
      files: createFileStore(),
      exchanges: createExchangeStore(),
      undo: createUndoHistory(drafts),
      saved: signal(null),
      folders: signal([]),
    };
  };
  const empty = (): OpenRequest => make(crypto.randomUUID(), null);

  const first = beginning.open.map(({ tab, draft }) => make(tab, draft));
  const all = signal<readonly OpenRequest[]>(first.length === 0 ? [empty()] : first);
  const closed = signal<readonly OpenRequest[]>((beginning.closed ?? []).map(({ tab, draft }) => make(tab, draft)));
  const chosen = signal(beginning.active ?? '');
  const active = computed(() => {
    const found = all.value.find(({ tab }) => tab === chosen.value) ?? all.value[0];
    if (found === undefined) throw new Error('No request is open');
    return found;
  });

  function insert(request: OpenRequest): void {
    const at = all.peek().indexOf(active.peek()) + 1;
    batch(() => {
      all.value = all.peek().toSpliced(at, 0, request);
      chosen.value = request.tab;
    });
  }

  return {
    all,
    active,
    closed,
    open(draft) {
      const request = make(crypto.randomUUID(), draft ?? null);
      insert(request);
      return request;
    },
    select(tab) {
      chosen.value = tab;
    },
    close(tab) {
      const at = all.peek().findIndex((request) => request.tab === tab);
      const request = all.peek()[at];
      if (request === undefined) return;
      const rest = all.peek().toSpliced(at, 1);
      const next = rest[Math.min(at, rest.length - 1)] ?? empty();
      const wasActive = active.peek() === request;
      batch(() => {
        closed.value = [...closed.peek(), request].slice(-CLOSED_KEPT);
        all.value = rest.length === 0 ? [next] : rest;
        if (wasActive) chosen.value = next.tab;
      });
    },
    reopen() {
      const request = closed.peek().at(-1);
      if (request === undefined) return;
      batch(() => {
        closed.value = closed.peek().slice(0, -1);
        insert(request);
      });
    },
    reset() {
      const only = empty();
      for (const request of [...all.peek(), ...closed.peek()]) request.undo.stop();
      batch(() => {
        closed.value = [];
        all.value = [only];
        chosen.value = only.tab;
      });
    },
  };
}
