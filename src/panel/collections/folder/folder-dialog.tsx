import { useState } from 'preact/hooks';
import { strings } from '../../strings.ts';
import { ModalDialog } from '../../widgets/modal-dialog.tsx';
import { chooseFolder, folderAccess } from './folder-access.ts';
import { folderText, needsAnswer } from './folder-text.ts';
import type { BoundCollection, Folders } from './folders.ts';

const words = strings.collectionFolder;

interface FolderDialogProps {
  id: string;
  name: string;
  /** The page is a tab of its own. */
  inTab: boolean;
  /** null while it is loaded, and where there are no folders. */
  folders: Folders | null;
  /** Shows what the file would change. */
  onTakeIn: (file: File, hash: string) => void;
  onClose: () => void;
}

/** Binds a collection to a folder on disk, and says how the two stand. */
export function FolderDialog({ id, name, inTab, folders, onTakeIn, onClose }: FolderDialogProps) {
  const access = folderAccess(inTab);
  const bound = folders?.bound.value.get(id);
  const [failed, setFailed] = useState<string | null>(null);

  async function choose(): Promise<void> {
    setFailed(null);
    try {
      const folder = await chooseFolder();
      if (folder !== null) await folders?.bind(id, name, folder);
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <ModalDialog
      title={words.title(name)}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            {words.close}
          </button>
          {access === 'here' && bound === undefined && (
            <button
              type="button"
              class="button button-strong"
              disabled={folders === null}
              onClick={() => void choose()}
            >
              {words.choose}
            </button>
          )}
          {folders !== null && bound !== undefined && <Answers {...{ folders, bound, onTakeIn }} />}
        </>
      }
    >
      {bound === undefined ? (
        <p>{access === 'here' ? words.about : access === 'tab' ? words.inTab : words.none}</p>
      ) : (
        <>
          <dl class="folder-facts">
            <dt>{words.folder}</dt>
            <dd>
              <bdi>{bound.folder}</bdi>
            </dd>
            <dt>{words.file}</dt>
            <dd>
              <bdi>{bound.file}</bdi>
            </dd>
          </dl>
          <p role="status" class={needsAnswer(bound.state) ? 'folder-state' : 'folder-state dim'}>
            {folderText(bound.state)}
          </p>
        </>
      )}
      {failed !== null && (
        <p class="field-problem" role="alert">
          {words.notChosen(failed)}
        </p>
      )}
    </ModalDialog>
  );
}

interface AnswersProps {
  folders: Folders;
  bound: BoundCollection;
  onTakeIn: FolderDialogProps['onTakeIn'];
}

/** What can be done now, what loses nothing last: that is the one to press. */
function Answers({ folders, bound: { id, file, state }, onTakeIn }: AnswersProps) {
  const isChanged = state.kind === 'theirs' || state.kind === 'both';
  return (
    <>
      <button type="button" class="button" title={words.unbindHint} onClick={() => void folders.unbind(id)}>
        {words.unbind}
      </button>
      {isChanged && (
        <button type="button" class="button" title={words.keepOursHint} onClick={() => void folders.keepOurs(id)}>
          {words.keepOurs}
        </button>
      )}
      {state.kind === 'missing' && (
        <button type="button" class="button" onClick={() => void folders.keepOurs(id)}>
          {words.writeAgain}
        </button>
      )}
      {state.kind === 'permission' ? (
        <button type="button" class="button button-strong" onClick={() => void folders.allow(id)}>
          {words.allow}
        </button>
      ) : (
        <button type="button" class="button" onClick={() => void folders.compare(id)}>
          {words.again}
        </button>
      )}
      {isChanged && state.damage === null && (
        <button
          type="button"
          class="button button-strong"
          title={words.takeInHint}
          onClick={() => onTakeIn(new File([state.file.bytes], file), state.file.hash)}
        >
          {words.takeIn}
        </button>
      )}
    </>
  );
}
