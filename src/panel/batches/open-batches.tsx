import { signal } from '@preact/signals';
import { Layers } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import type { HistoryReader } from '../../storage/history-reader.ts';
import type { BackgroundClient } from '../background-client.ts';
import type { Capture } from '../capture/capture.ts';
import type { ReplayCookies } from '../capture/replay-spec.ts';
import type { SavedRequests } from '../collections/saved-requests.ts';
import type { NavControls, NavList } from '../nav/nav.tsx';
import type { OverSlot } from '../over.ts';
import { lazyModule } from '../response/lazy-module.ts';
import type { Stage } from '../stage.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import type * as BatchModule from './batch-room.tsx';
import { VaryButtons } from './vary/vary-buttons.tsx';

const words = strings.batchesStart;

type Loaded = Pick<typeof BatchModule, 'BatchesPane'> & { readonly room: BatchModule.BatchRoom };

export interface BatchesParts {
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

export function openBatches({ sealed, ...parts }: BatchesParts): BatchesDoor {
  const problem = signal<string | null>(null);
  const loader = lazyModule(async (): Promise<Loaded> => {
    const { openBatchRoom, BatchesPane } = await import('./batch-room.tsx');
    return { BatchesPane, room: await openBatchRoom({ ...parts, problem }) };
  });

  function withRoom(work: (room: BatchModule.BatchRoom) => unknown): void {
    const go = async (): Promise<unknown> => work((await loader.get()).room);
    go().catch((error: unknown) => (problem.value = `${words.storage} ${String(error)}`));
  }

  return {
    problem,
    buttons: <VaryButtons onVary={() => withRoom((room) => room.vary())} />,
    list: {
      id: 'batches',
      label: words.title,
      hint: words.hint,
      icon: Layers,
      content: (controls) => <LoadedPane use={() => loader.use()} sealed={sealed} controls={controls} />,
    },
    fromCaptured: (...what) => withRoom((room) => room.fromCaptured(...what)),
    fromHistory: (...what) => withRoom((room) => room.fromHistory(...what)),
    fromCollection: (...what) => withRoom((room) => room.fromCollection(...what)),
    forget: () => loader.loaded()?.room.forget(),
  };
}

interface LoadedPaneProps {
  use: () => Loaded | null;
  sealed: boolean;
  controls: NavControls;
}

function LoadedPane({ use, sealed, controls }: LoadedPaneProps) {
  const loaded = use();
  if (loaded === null) return <p class="capture-empty">{words.loading}</p>;
  const { BatchesPane, room } = loaded;
  return <BatchesPane batches={room.batches} sealed={sealed} onShow={() => controls.showRequest()} />;
}
