import { effect, signal } from '@preact/signals';
import { Layers } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { SessionSettings } from '../../model/session.ts';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import type { BatchItem } from '../../model/batch.ts';
import { DEFAULT_SESSION } from '../../model/session.ts';
import type { HistoryReader } from '../../storage/history-reader.ts';
import { formatCount } from '../../inspect/format.ts';
import type { BackgroundClient } from '../background-client.ts';
import type { Capture } from '../capture/capture.ts';
import type { SavedRequests } from '../collections/saved-requests.ts';
import { canReplay, type ReplayCookies } from '../capture/replay-spec.ts';
import type { NavControls, NavList } from '../nav/nav.tsx';
import type { Over, OverSlot } from '../over.ts';
import { lazyModule } from '../response/lazy-module.ts';
import type { Stage } from '../stage.ts';
import { draftFromRequest } from '../state/draft-from-request.ts';
import { wholeRequest, type Resolution } from '../state/variables.ts';
import { newDraft } from '../state/new-draft.ts';
import { requestFromDraft } from '../state/request-from-draft.ts';
import type { Workbench } from '../state/workbench.ts';
import type { Resolver } from '../../variables/resolver.ts';
import { strings } from '../strings.ts';
import type * as BatchModuleType from './batch-module.ts';
import type { LeftOut } from './batch-module.ts';
import type { Batches, OpenBatch } from './batches.ts';
import { VaryButtons } from './vary/vary-buttons.tsx';

const words = strings.batchesStart;

type BatchModule = typeof BatchModuleType;
type Loaded = BatchModule & { readonly batches: Batches };

interface BatchesParts {
  client: BackgroundClient;
  workbench: Workbench;
  stage: Stage;
  over: OverSlot;
  isPrivate: boolean;
  /** It counts as private because the passphrase was not entered. */
  sealed: boolean;
}

/** The way to batches from the rest of the panel. Nothing of them is loaded before one is asked for. */
export interface BatchesDoor {
  readonly list: NavList;
  /** Why no batch was made; null when all is well. */
  readonly problem: { readonly value: string | null };
  fromCaptured(entries: readonly CapturedEntry[], capture: Capture, cookies: ReplayCookies): void;
  /** In the order given. */
  fromHistory(ids: readonly number[], reader: HistoryReader): void;
  /** Saved requests in the order given. `title` is the folder that was chosen; null: a selection. */
  fromCollection(ids: readonly string[], title: string | null, saved: SavedRequests): void;
  /** Stand beside the tabs of the requests: they mark positions in the request, and vary it. */
  readonly buttons: ComponentChildren;
  /** Everything is being erased. */
  forget(): void;
}

export function openBatches({ client, workbench, stage, over, isPrivate, sealed }: BatchesParts): BatchesDoor {
  const problem = signal<string | null>(null);
  /** By batch, what is said of those that were selected and are not in it. */
  const leftOut = new Map<string, string>();

  const loader = lazyModule(async (): Promise<Loaded> => {
    const module = await import('./batch-module.ts');
    const storage = isPrivate ? module.batchesInMemory() : await module.openBatchStorage();
    const batches = module.createBatches({ storage, client, locks: navigator.locks, sessionOf });
    effect(() => {
      const shown = batches.shown.value;
      if (shown !== null) over.value = viewOf(module, batches, shown);
      else if (over.peek()?.label === words.view) over.value = null;
    });
    // Whoever takes the request back has left the batch.
    over.subscribe((value) => {
      if (value === null) batches.hide();
    });
    return { ...module, batches };
  });

  /** With the values that its variables have now. */
  function sessionOf(id: string): SessionSettings | null {
    const session = workbench.sessions.sessions.peek().find((other) => other.id === id);
    if (session === undefined) return null;
    const draft = newDraft();
    const resolved = workbench.variables.forPreview(draft, wholeRequest(draft, session));
    return resolved.ok ? resolved.value.session : null;
  }

  function viewOf({ BatchView }: BatchModule, batches: Batches, batch: OpenBatch): Over {
    return {
      label: words.view,
      content: (controls) => (
        <BatchView
          key={batch.head.value.id}
          batches={batches}
          batch={batch}
          leftOut={leftOut.get(batch.head.value.id) ?? null}
          sessions={workbench.sessions.sessions.value}
          stage={stage}
          defaults={() => workbench.defaultHeaders.peek().map(([name]) => name)}
          controls={controls}
          onEdit={(request) => {
            const { draft, files } = draftFromRequest(
              request,
              workbench.defaultHeaders.peek().map(([name]) => name),
            );
            const opened = workbench.requests.open(draft);
            for (const [key, file] of files) opened.files.set(key, file);
          }}
        />
      ),
    };
  }

  /** `missed` tells, when all were read, what was left out; null: nothing was. */
  function make(
    title: string,
    total: number,
    missed: (made: boolean) => string | null,
    items: (loaded: Loaded) => AsyncIterable<BatchItem>,
  ): void {
    problem.value = null;
    const work = async (): Promise<void> => {
      const loaded = await loader.get();
      const made = await loaded.batches.make(title, items(loaded), total, (id) => {
        const said = missed(true);
        if (said !== null) leftOut.set(id, said);
      });
      if (made === null) problem.value = missed(false);
    };
    work().catch(fail);
  }

  /** Of what the page or an earlier exchange sent. */
  const sentBefore =
    (missed: () => number) =>
    (made: boolean): string | null => {
      if (!made) return words.nothing;
      return missed() > 0 ? words.leftOut(missed()) : null;
    };

  /** Opens the active request with its marked positions. */
  async function vary(): Promise<void> {
    const { typedVary, positionsOf, templateFromDraft, VarySetup, batches } = await loader.get();
    const active = workbench.requests.active.peek();
    const draft = active.drafts.draft.peek();
    const readWith = (resolver: Resolver) =>
      templateFromDraft(draft, (other) => {
        const whole = wholeRequest(other, workbench.session.peek())(resolver);
        return requestFromDraft(whole.draft, active.files.files.peek(), whole.session);
      });
    type Read = ReturnType<typeof readWith>;
    // Variables have the same values for the whole batch. Without an answer to a question nothing follows.
    const resolved = await new Promise<Resolution<Read>>((resolve) => {
      workbench.variables.forSending(draft, readWith, resolve);
    });
    const read = resolved.ok ? resolved.value : resolved;
    if (!read.ok) {
      active.exchanges.fail(draft, read.error);
      return;
    }
    const { template } = read;
    const typed = typedVary(active.tab, positionsOf(template).positions, template);
    const title = words.vary.title(nameOf(template.method, template.url));
    over.value = {
      label: words.vary.view,
      content: () => (
        <VarySetup
          title={title}
          template={template}
          typed={typed}
          onMake={(plan) => void batches.vary(title, plan).catch(fail)}
          onBack={() => (over.value = null)}
        />
      ),
    };
  }

  function fail(error: unknown): void {
    problem.value = `${words.storage} ${String(error)}`;
  }

  return {
    problem,
    buttons: <VaryButtons onVary={() => void vary().catch(fail)} />,
    list: {
      id: 'batches',
      label: words.title,
      hint: words.hint,
      icon: Layers,
      content: (controls) => <LoadedPane use={() => loader.use()} sealed={sealed} controls={controls} />,
    },
    fromCaptured(entries, capture, cookies) {
      const possible = entries.filter((entry) => canReplay(entry) && entry.body.state !== 'incomplete');
      const missed = entries.length - possible.length;
      const session = cookies === 'session' ? workbench.drafts.draft.peek().session : DEFAULT_SESSION;
      make(
        words.titles.captured(formatCount(possible.length)),
        possible.length,
        sentBefore(() => missed),
        ({ fromCaptured }) => fromCaptured(possible, (id) => capture.responseBody(id), cookies, session),
      );
    },
    fromHistory(ids, reader) {
      let missed = 0;
      make(
        words.titles.history(formatCount(ids.length)),
        ids.length,
        sentBefore(() => missed),
        ({ fromHistory }) => fromHistory(ids, reader, () => missed++),
      );
    },
    fromCollection(ids, title, saved) {
      const missed: LeftOut[] = [];
      make(
        words.titles.collection(title, formatCount(ids.length)),
        ids.length,
        (made) => {
          const [first] = missed;
          if (first !== undefined) return words.leftOutSaved(missed.length, first.name, first.why);
          // Asked for a value, the user gave none.
          return made || ids.length > 0 ? null : words.noRequests;
        },
        ({ fromCollection }) =>
          fromCollection(ids, {
            saved,
            variables: workbench.variables,
            sessions: workbench.sessions.sessions.peek(),
            filesOf: (id) =>
              workbench.requests.all
                .peek()
                .find(({ drafts }) => drafts.draft.peek().id === id)
                ?.files.files.peek() ?? new Map(),
            missed: (what) => missed.push(what),
          }),
      );
    },
    forget() {
      over.value = null;
      loader.loaded()?.batches.forget();
    },
  };
}

/** A short name for a request: its method and path, without marks and query. */
function nameOf(method: string, url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '');
  return `${method} ${path === '' ? '/' : path}`.replaceAll('§', '');
}

interface LoadedPaneProps {
  use: () => Loaded | null;
  sealed: boolean;
  controls: NavControls;
}

function LoadedPane({ use, sealed, controls }: LoadedPaneProps) {
  const loaded = use();
  if (loaded === null) return <p class="capture-empty">{words.loading}</p>;
  const { BatchesPane, batches } = loaded;
  return <BatchesPane batches={batches} sealed={sealed} onShow={() => controls.showRequest()} />;
}
