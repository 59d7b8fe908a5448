import type { ReadonlySignal, Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CollectionNode } from '../../model/collection.ts';
import type { SessionSettings } from '../../model/session.ts';
import type { CollectionStorage } from '../../storage/collections.ts';
import type { OpenRequest, OpenRequests } from '../state/open-requests.ts';
import type { CollectionDesk } from './collection-desk.ts';
import { DetailsDialog } from './details-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { FolderDialog } from './folder/folder-dialog.tsx';
import type { Folders } from './folder/folders.ts';
import { FormDialog } from './form-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';
import type { SavedRequests } from './saved-requests.ts';

/** Which dialog is open, and about what. */
export type Dialog =
  | { readonly kind: 'save' | 'form'; readonly request: OpenRequest }
  | { readonly kind: 'import'; readonly file: File }
  | { readonly kind: 'export' | 'folder'; readonly node: CollectionNode }
  /** What lies in the folder of a collection; `hash`: of that file. */
  | { readonly kind: 'takeIn'; readonly id: string; readonly file: File; readonly hash: string }
  | { readonly kind: 'details'; readonly node: CollectionNode };

interface CollectionDialogProps {
  shown: Dialog;
  dialog: Signal<Dialog | null>;
  desk: CollectionDesk;
  saved: SavedRequests;
  storage: CollectionStorage;
  requests: OpenRequests;
  sessions: ReadonlySignal<readonly SessionSettings[]>;
  marked: readonly string[];
  /** null where the page keeps none in step. */
  folders: Folders | null;
  /** The page is a tab of its own. */
  inTab: boolean;
  onSave: (request: OpenRequest) => void;
}

/** The dialog of the collections that is open. */
export function CollectionDialog(props: CollectionDialogProps) {
  const { shown, dialog, desk, saved, storage, requests, sessions, marked, folders, inTab, onSave } = props;
  useEffect(() => void desk.tree.open(), [desk]);
  const close = (): void => {
    dialog.value = null;
  };
  switch (shown.kind) {
    case 'import':
      return (
        <ImportDialog
          file={shown.file}
          marked={marked}
          onImported={(root, before) => desk.imported(root, before)}
          onClose={close}
        />
      );
    case 'takeIn':
      return (
        <ImportDialog
          file={shown.file}
          marked={marked}
          modes={['merge', 'replace']}
          onImported={(root, before) => {
            desk.imported(root, before);
            void folders?.takenIn(shown.id, shown.hash);
          }}
          onClose={close}
        />
      );
    case 'export':
      return <ExportDialog id={shown.node.id} name={shown.node.name} marked={marked} onClose={close} />;
    case 'folder':
      return (
        <FolderDialog
          id={shown.node.id}
          name={shown.node.name}
          inTab={inTab}
          folders={folders}
          onTakeIn={(file, hash) => (dialog.value = { kind: 'takeIn', id: shown.node.id, file, hash })}
          onClose={close}
        />
      );
    case 'details':
      return (
        <DetailsDialog
          node={shown.node}
          read={(id) => storage.content(id).catch(() => null)}
          onSave={(change) => saved.change(shown.node.id, change)}
          sessions={sessions}
          open={requests.all.value.find(({ drafts }) => drafts.draft.value.id === shown.node.id)}
          onClose={close}
        />
      );
    case 'save':
      return <SaveDialog desk={desk} saved={saved} request={shown.request} onClose={close} />;
    case 'form':
      return (
        <FormDialog
          request={shown.request}
          onSave={() => {
            close();
            onSave(shown.request);
          }}
          onSaveAs={() => (dialog.value = { kind: 'save', request: shown.request })}
          onRevert={() => {
            saved.revert(shown.request);
            close();
          }}
          onClose={close}
        />
      );
  }
}
