import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { Library } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { CollectionNode } from '../../model/collection.ts';
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
import { createCollectionTree, type CollectionTree } from './collection-tree.ts';
import { folderAccess } from './folder/folder-access.ts';
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
  /** null where nothing may be kept. */
  readonly saved: SavedRequests | null;
  readonly tree: CollectionTree | null;
}

type Dialog =
  | { readonly kind: 'save' | 'form'; readonly request: OpenRequest }
  | { readonly kind: 'import'; readonly file: File }
  | { readonly kind: 'export'; readonly id: string; readonly name: string }
  | { readonly kind: 'folder'; readonly id: string; readonly name: string }
  | { readonly kind: 'takeIn'; readonly id: string; readonly file: File; readonly hash: string }
  | { readonly kind: 'details'; readonly node: CollectionNode };

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
  const access = folderAccess(inTab);
  if (access === 'here') {
    // Without it nothing is written, and the next tab does that.
    void import('./folder/start-folders.ts').then(
      ({ startFolders }) => (folders.value = startFolders(marked)),
      () => null,
    );
  }

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
        onFolder={({ id, name }) => (dialog.value = { kind: 'folder', id, name })}
        onImport={(file) => (dialog.value = { kind: 'import', file })}
        onDetails={(node) => (dialog.value = { kind: 'details', node })}
        onExport={({ id, name }) => (dialog.value = { kind: 'export', id, name })}
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
      <>
        <SaveButtons
          requests={requests}
          failed={failed}
          saveKey={isMac ? '⌘S' : 'Ctrl+S'}
          onSave={(request) => void save(request)}
          onForm={(request) => (dialog.value = { kind: 'form', request })}
        />
        <Dialogs />
      </>
    ),
  };

  function Dialogs() {
    const shown = dialog.value;
    // A list that is looked at, or a dialog: whichever comes first loads what both need.
    if (shown === null) return null;
    return <OpenDialog shown={shown} dialog={dialog} />;
  }

  function OpenDialog({ shown, dialog }: { shown: Dialog; dialog: Signal<Dialog | null> }) {
    const loaded = parts.use();
    const close = (): void => {
      dialog.value = null;
    };
    useEffect(() => void tree.open(), []);
    if (loaded === null) return null;
    const { SaveDialog, FormDialog, ImportDialog, ExportDialog, DetailsDialog, FolderDialog } = loaded;
    if (shown.kind === 'takeIn') {
      const { id, file, hash } = shown;
      return (
        <ImportDialog
          file={file}
          marked={marked()}
          modes={['merge', 'replace']}
          onImported={(root, before) => {
            desk.imported(root, before);
            void folders.peek()?.takenIn(id, hash);
          }}
          onClose={close}
        />
      );
    }
    if (shown.kind === 'folder') {
      const { id, name } = shown;
      return (
        <FolderDialog
          id={id}
          name={name}
          access={access}
          folders={folders.value}
          onTakeIn={(file, hash) => (dialog.value = { kind: 'takeIn', id, file, hash })}
          onClose={close}
        />
      );
    }
    if (shown.kind === 'import') {
      return (
        <ImportDialog
          file={shown.file}
          marked={marked()}
          onImported={(root, before) => desk.imported(root, before)}
          onClose={close}
        />
      );
    }
    if (shown.kind === 'export')
      return <ExportDialog id={shown.id} name={shown.name} marked={marked()} onClose={close} />;
    if (shown.kind === 'details') {
      const { node } = shown;
      return (
        <DetailsDialog
          node={node}
          read={(id) => storage.content(id).catch(() => null)}
          onSave={(change) => saved.change(node.id, change)}
          sessions={sessions}
          open={requests.all.value.find(({ drafts }) => drafts.draft.value.id === node.id)}
          onClose={close}
        />
      );
    }
    const { request } = shown;
    if (shown.kind === 'save') return <SaveDialog desk={desk} saved={saved} request={request} onClose={close} />;
    return (
      <FormDialog
        request={request}
        onSave={() => {
          close();
          void save(request);
        }}
        onSaveAs={() => (dialog.value = { kind: 'save', request })}
        onRevert={() => {
          saved.revert(request);
          close();
        }}
        onClose={close}
      />
    );
  }
}
