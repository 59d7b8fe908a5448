import { useEffect, useMemo, useState } from 'preact/hooks';
import { MAX_NAME, ROOT } from '../../model/collection.ts';
import type { OpenRequest } from '../state/open-requests.ts';
import { strings } from '../strings.ts';
import { SelectField, TextField } from '../widgets/fields.tsx';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import type { CollectionDesk } from './collection-desk.ts';
import type { CollectionTree } from './collection-tree.ts';
import { nameFor } from './request-name.ts';
import type { SavedRequests } from './saved-requests.ts';

const words = strings.collections.saveDialog;
/** Stands for a collection that is to be made. */
const FRESH = '';

interface SaveDialogProps {
  desk: CollectionDesk;
  saved: SavedRequests;
  request: OpenRequest;
  onClose: () => void;
}

/** Asks for a name and a folder, and saves an open request there. */
export function SaveDialog({ desk, saved, request, onClose }: SaveDialogProps) {
  const { tree } = desk;
  const draft = request.drafts.draft.value;
  const [name, setName] = useState(request.saved.peek()?.name ?? nameFor(draft));
  const [folder, setFolder] = useState<string | null>(null);
  const [fresh, setFresh] = useState<string>(strings.collectionsStart.saveDialog.standardName);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    void saved.lastFolder().then((last) => setFolder((chosen) => chosen ?? last ?? FRESH));
  }, [saved]);
  const version = tree.version.value;
  const options = useMemo(() => [...foldersOf(tree), [FRESH, words.fresh] as const], [tree, version]);
  const isFresh = folder === FRESH;
  const isComplete = folder !== null && name.trim() !== '' && (!isFresh || fresh.trim() !== '');
  const withFiles = draft.body.type === 'file' || draft.body.multipart.some(({ kind }) => kind === 'file');

  async function save(): Promise<void> {
    if (!isComplete) return;
    const destination = isFresh ? { fresh: fresh.trim() } : { folder };
    if (await saved.saveAs(request, name.trim().slice(0, MAX_NAME), destination)) onClose();
    else setFailed(true);
  }

  return (
    <ModalDialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="button" class="button button-strong" disabled={!isComplete} onClick={() => void save()}>
            {words.save}
          </button>
        </>
      }
    >
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {failed && (
          <p class="field-problem" role="alert">
            {strings.collections.problems[desk.problem.value ?? 'failed']}
          </p>
        )}
        <TextField label={words.name} value={name} onInput={setName} />
        {/* Nothing is offered before it is known what was chosen last: the choice would change under the hand. */}
        {folder !== null && <SelectField label={words.folder} value={folder} options={options} onChange={setFolder} />}
        {isFresh && <TextField label={words.freshName} value={fresh} onInput={setFresh} />}
        {withFiles && <p class="pane-hint">{words.files}</p>}
        <button type="submit" hidden />
      </form>
    </ModalDialog>
  );
}

/** All folders with their way from the top, in the order of the tree. */
function foldersOf(tree: CollectionTree): (readonly [id: string, label: string])[] {
  const folders: (readonly [string, string])[] = [];
  const walk = (parent: string, above: string): void => {
    for (const node of tree.children(parent)) {
      if (node.kind !== 'folder') continue;
      const label = above === '' ? node.name : `${above} / ${node.name}`;
      folders.push([node.id, label]);
      walk(node.id, label);
    }
  };
  walk(ROOT, '');
  return folders;
}
