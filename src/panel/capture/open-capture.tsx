import { signal, type Signal } from '@preact/signals';
import { Radio } from 'lucide';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import type { BackgroundClient } from '../background-client.ts';
import type { BatchesDoor } from '../batches/open-batches.tsx';
import type { BodyCompareDoor } from '../compare/bodies/open-body-compare.tsx';
import type { InspectedNetwork } from '../inspected-network.ts';
import type { SavedRequests } from '../collections/saved-requests.ts';
import { SaveSelected } from '../collections/save-selected.tsx';
import type { NavList } from '../nav/nav.tsx';
import type { Stage } from '../stage.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { onEscape } from '../widgets/escape.ts';
import { createCapture, type Capture } from './capture.ts';
import { CapturedPane } from './captured-pane.tsx';
import { CaptureInTab } from './capture-in-tab.tsx';
import { createCaptureDesk, type CaptureDesk } from './desk.ts';
import { draftFromEntry, type EntryDraft } from './draft-from-entry.ts';
import { createReplays } from './replays.ts';
import { stagedEntry } from './staged-entry.tsx';
import './capture.css';

/** What listens, before anything else of the panel is there. */
export interface Listening {
  readonly capture: Capture;
  readonly replayed: Signal<ReadonlySet<string>>;
}

/** Begins to listen: what is sent from now on is captured, bodies included. */
export function startCapture(network: InspectedNetwork): Listening {
  const replayed = signal<ReadonlySet<string>>(new Set());
  return { capture: createCapture({ network, replayed }), replayed };
}

interface CaptureParts {
  /** null in a plain tab, which inspects nothing. */
  listening: Listening | null;
  client: BackgroundClient;
  workbench: Workbench;
  stage: Stage;
  batches: BatchesDoor;
  compareBodies: BodyCompareDoor;
  /** null where nothing may be kept. */
  saved: SavedRequests | null;
}

/** The list `Captured` and what can be done with it. */
export function openCapture({
  listening,
  client,
  workbench,
  stage,
  batches,
  compareBodies,
  saved,
}: CaptureParts): NavList {
  const { title, hint } = strings.capture;
  if (listening === null) return { id: 'captured', label: title, hint, icon: Radio, content: () => <CaptureInTab /> };
  const desk = captureDesk(listening, workbench, client, stage);
  return {
    id: 'captured',
    label: title,
    hint,
    icon: Radio,
    content: (controls) => (
      <CapturedPane
        desk={desk}
        batchProblem={batches.problem.value}
        onBatch={() => {
          batches.fromCaptured(desk.selected.peek(), desk.capture, desk.cookies.peek());
          controls.showRequest();
        }}
        onCompare={() => {
          const [first, second] = desk.selected.peek().map(({ id }) => ({ origin: 'captured' as const, id }));
          if (first !== undefined) compareBodies.open(first, second);
        }}
        onShow={() => controls.showResponse()}
        onEdit={() => {
          if (edit(desk, workbench)) controls.showRequest();
        }}
        save={
          saved !== null && (
            <SaveSelected
              saved={saved}
              none={desk.selected.value.length === 0}
              gather={() => Promise.resolve(draftsOf(desk.selected.peek(), workbench))}
            />
          )
        }
      />
    ),
  };
}

/** Looking at an entry shows it; sending the draft shows the draft's own exchange again. */
function captureDesk(
  { capture, replayed }: Listening,
  { drafts }: Workbench,
  client: BackgroundClient,
  stage: Stage,
): CaptureDesk {
  const replays = createReplays({
    send(request, onUpdate) {
      // “Session’s cookies” are those of the session that is chosen.
      const session = request.cookies === 'session' ? drafts.draft.peek().session : request.session;
      return client.send({ ...request, session }, onUpdate);
    },
    responseBody: (id) => capture.responseBody(id),
  });
  replays.ids.subscribe((ids) => {
    if (ids.size !== replayed.peek().size || [...ids].some((id) => !replayed.peek().has(id))) replayed.value = ids;
  });
  onEscape(() => replays.cancel());
  const desk = createCaptureDesk(capture, replays);
  return {
    ...desk,
    select(selection) {
      desk.select(selection);
      const entry = selection.active === null ? undefined : capture.get(selection.active);
      if (entry !== undefined) stage.staged.value = stagedEntry(desk, entry);
    },
    replay() {
      desk.replay();
      showFirst();
    },
    async supply(files) {
      await desk.supply(files);
      showFirst();
    },
  };

  /** A replay is to be seen although the draft's exchange was shown last. */
  function showFirst(): void {
    const [first] = desk.selected.value;
    if (first !== undefined && stage.staged.value === null) stage.staged.value = stagedEntry(desk, first);
  }
}

/** So many drafts are opened at once, and no more. */
const OPENED_AT_ONCE = 10;

/** Opens the selected entries as drafts, each in a tab of its own. Returns whether there was one. */
function edit(desk: CaptureDesk, workbench: Workbench): boolean {
  const drafts = draftsOf(desk.selected.value.slice(0, OPENED_AT_ONCE), workbench);
  for (const { draft, files } of drafts) {
    const opened = workbench.requests.open(draft);
    for (const [key, file] of files) opened.files.set(key, file);
  }
  return drafts.length > 0;
}

function draftsOf(entries: readonly CapturedEntry[], workbench: Workbench): EntryDraft[] {
  const defaults = workbench.defaultHeaders.peek().map(([name]) => name);
  return entries.map((entry) => draftFromEntry(entry, defaults));
}
