import { effect, type Signal } from '@preact/signals';
import { formatCount } from '../../inspect/format.ts';
import type { BatchItem } from '../../model/batch.ts';
import { DEFAULT_SESSION, type SessionSettings } from '../../model/session.ts';
import { batchesInMemory, openBatchStorage } from '../../storage/batches.ts';
import type { Resolver } from '../../variables/resolver.ts';
import { canReplay } from '../capture/replay-spec.ts';
import type { Over } from '../over.ts';
import { draftFromRequest } from '../state/draft-from-request.ts';
import { newDraft } from '../state/new-draft.ts';
import { requestFromDraft } from '../state/request-from-draft.ts';
import { wholeRequest, type Resolution } from '../state/variables.ts';
import { strings } from '../strings.ts';
import { BatchView } from './batch-view.tsx';
import { createBatches, type Batches, type OpenBatch } from './batches.ts';
import { fromCaptured, fromHistory } from './collect-items.ts';
import { fromCollection, type LeftOut } from './collection-items.ts';
import type { BatchesDoor, BatchesParts } from './open-batches.tsx';
import { positionsOf } from './vary/template.ts';
import { templateFromDraft } from './vary/template-from-draft.ts';
import { VarySetup } from './vary/vary-setup.tsx';
import { typedVary } from './vary/vary-state.ts';

export { BatchesPane } from './batches-pane.tsx';

const words = strings.batches;
const { view, storage: noStorage } = strings.batchesStart;

type Parts = Omit<BatchesParts, 'sealed'> & { readonly problem: Signal<string | null> };

/** Everything that batches are, as it is loaded when one is first asked for. */
export interface BatchRoom extends Pick<BatchesDoor, 'fromCaptured' | 'fromHistory' | 'fromCollection' | 'forget'> {
  readonly batches: Batches;
  /** Opens the active request with its marked positions. */
  vary(): Promise<void>;
}

/** @throws MigrationError */
export async function openBatchRoom({ client, workbench, stage, over, isPrivate, problem }: Parts): Promise<BatchRoom> {
  /** By batch, what is said of those that were selected and are not in it. */
  const leftOut = new Map<string, string>();
  const storage = isPrivate ? batchesInMemory() : await openBatchStorage();
  const batches = createBatches({ storage, client, locks: navigator.locks, sessionOf });
  effect(() => {
    const shown = batches.shown.value;
    if (shown !== null) over.value = viewOf(shown);
    else if (over.peek()?.label === view) over.value = null;
  });
  // Whoever takes the request back has left the batch.
  over.subscribe((value) => {
    if (value === null) batches.hide();
  });

  /** With the values that its variables have now. */
  function sessionOf(id: string): SessionSettings | null {
    const session = workbench.sessions.sessions.peek().find((other) => other.id === id);
    if (session === undefined) return null;
    const draft = newDraft();
    const resolved = workbench.variables.forPreview(draft, wholeRequest(draft, session));
    return resolved.ok ? resolved.value.session : null;
  }

  function viewOf(batch: OpenBatch): Over {
    return {
      label: view,
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
    items: AsyncIterable<BatchItem>,
  ): void {
    problem.value = null;
    const work = async (): Promise<void> => {
      const made = await batches.make(title, items, total, (id) => {
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
    problem.value = `${noStorage} ${String(error)}`;
  }

  return {
    batches,
    vary,
    fromCaptured(entries, capture, cookies) {
      const possible = entries.filter((entry) => canReplay(entry) && entry.body.state !== 'incomplete');
      const missed = entries.length - possible.length;
      const session = cookies === 'session' ? workbench.drafts.draft.peek().session : DEFAULT_SESSION;
      make(
        words.titles.captured(formatCount(possible.length)),
        possible.length,
        sentBefore(() => missed),
        fromCaptured(possible, (id) => capture.responseBody(id), cookies, session),
      );
    },
    fromHistory(ids, reader) {
      let missed = 0;
      make(
        words.titles.history(formatCount(ids.length)),
        ids.length,
        sentBefore(() => missed),
        fromHistory(ids, reader, () => missed++),
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
      batches.forget();
    },
  };
}

/** A short name for a request: its method and path, without marks and query. */
function nameOf(method: string, url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '');
  return `${method} ${path === '' ? '/' : path}`.replaceAll('§', '');
}
