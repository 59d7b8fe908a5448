import { signal, type ReadonlySignal } from '@preact/signals';
import { Library } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { SessionSettings } from '../../model/session.ts';
import { hearCollectionNews } from '../../storage/collection-news.ts';
import { collectionStorage } from '../../storage/collections.ts';
import type { BatchesDoor } from '../batches/open-batches.tsx';
import '../capture/capture.css';
import type { NavControls, NavList } from '../nav/nav.tsx';
import { lazyModule } from '../response/lazy-module.ts';
import type { OpenRequest, OpenRequests } from '../state/open-requests.ts';
import type { PreferenceStorage } from '../state/preferences.ts';
import { strings } from '../strings.ts';
import { createCollectionDesk } from './collection-desk.ts';
import type { Dialog } from './collection-dialogs.tsx';
import { createCollectionTree, type CollectionTree } from './collection-tree.ts';
import type { Folders } from './folder/folders.ts';
import { SaveButtons } from './save-buttons.tsx';
import { createSavedRequests, type SavedRequests } from './saved-requests.ts';

const words = strings.collectionsStart;
const parts = lazyModule(() => import('./parts.tsx'));

interface CollectionsOptions {
  requests: OpenRequests;
  isPrivate: boolean;
  /** It counts as private because the passphrase was not entered. */
  sealed: boolean;
  isMac: boolean;
  /** The page is a tab of its own. */
  inTab: boolean;
  memory: PreferenceStorage | null;
  marked: () => readonly string[];
  sessions: ReadonlySignal<readonly SessionSettings[]>;
  batches: Pick<BatchesDoor, 'problem' | 'fromCollection'>;
}

/** The collections, as the rest of the panel sees them. */
export interface Collections {
  readonly list: NavList;
  /** Stand beside the tabs of the requests. */
  readonly buttons: ComponentChildren;
  /** They are opened from the list too, whatever else is shown. */
  readonly dialogs: ComponentChildren;
  /** null where nothing may be kept. */
  readonly saved: SavedRequests | null;
  readonly tree: CollectionTree | null;
}

/** The list `Collections`, and saving. Nothing is read before it is looked at. */
export function openCollections({
  requests,
  isPrivate,
  sealed,
  isMac,
  inTab,
  memory,
  marked,
  sessions,
  batches,
}: CollectionsOptions): Collections {
  const about = { id: 'collections', label: words.title, icon: Library };
  if (isPrivate) {
    return {
      list: { ...about, content: () => <p class="capture-empty">{sealed ? words.sealed : words.privately}</p> },
      buttons: null,
      dialogs: null,
      saved: null,
      tree: null,
    };
  }
  const storage = collectionStorage(words.lostAndFound);
  const tree = createCollectionTree({ storage, hear: hearCollectionNews });
  const desk = createCollectionDesk(tree, storage);
  const saved = createSavedRequests({ desk, storage, requests, hear: hearCollectionNews, memory, marked });
  const dialog = signal<Dialog | null>(null);
  const failed = signal<string | null>(null);
  const folders = signal<Folders | null>(null);
  // What could not be loaded writes nothing, and the next tab does that.
  if (inTab)
    void parts.get().then(
      ({ startFolders }) => (folders.value = startFolders(marked)),
      () => null,
    );

  async function save(request: OpenRequest): Promise<void> {
    failed.value = null;
    const outcome = await saved.save(request);
    if (outcome === 'unknown') dialog.value = { kind: 'save', request };
    else if (outcome === 'failed') failed.value = words.saveFailed;
  }

  function Pane({ controls }: { controls: NavControls }) {
    const { CollectionsPane } = parts.use() ?? {};
    if (CollectionsPane === undefined) return null;
    return (
      <CollectionsPane
        desk={desk}
        isMac={isMac}
        batchProblem={batches.problem.value}
        onBatch={(ids, title) => {
          batches.fromCollection(ids, title, saved);
          controls.showRequest();
        }}
        folders={folders.value}
        onFolder={(node) => (dialog.value = { kind: 'folder', node })}
        onImport={(file) => (dialog.value = { kind: 'import', file })}
        onDetails={(node) => (dialog.value = { kind: 'details', node })}
        onExport={(node) => (dialog.value = { kind: 'export', node })}
        onOpen={(ids) => {
          void saved.open(ids).then((all) => {
            desk.problem.value = all ? null : 'unreadable';
            controls.showRequest();
            return all;
          });
        }}
      />
    );
  }

  return {
    saved,
    tree,
    list: { ...about, content: (controls) => <Pane controls={controls} /> },
    buttons: (
      <SaveButtons
        requests={requests}
        failed={failed}
        saveKey={isMac ? '⌘S' : 'Ctrl+S'}
        onSave={(request) => void save(request)}
        onForm={(request) => (dialog.value = { kind: 'form', request })}
      />
    ),
    dialogs: <Dialogs />,
  };

  function Dialogs() {
    const shown = dialog.value;
    // A list that is looked at, or a dialog: whichever comes first loads what both need.
    return shown === null ? null : <OpenDialog shown={shown} />;
  }

  function OpenDialog({ shown }: { shown: Dialog }) {
    const { CollectionDialog } = parts.use() ?? {};
    if (CollectionDialog === undefined) return null;
    const all = { shown, dialog, desk, saved, storage, requests, sessions, inTab };
    return (
      <CollectionDialog {...all} marked={marked()} folders={folders.value} onSave={(request) => void save(request)} />
    );
  }
}
