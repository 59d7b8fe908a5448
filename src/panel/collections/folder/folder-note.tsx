import type { CollectionNode } from '../../../model/collection.ts';
import { strings } from '../../strings.ts';
import type { CollectionTree } from '../collection-tree.ts';
import { folderText, needsAnswer } from './folder-text.ts';
import type { Folders } from './folders.ts';

const words = strings.collectionFolder;

interface FolderNoteProps {
  folders: Folders;
  tree: CollectionTree;
  onLook: (collection: CollectionNode) => void;
}

/** Says which collection waits for an answer about its file. */
export function FolderNote({ folders, tree, onLook }: FolderNoteProps) {
  void tree.version.value;
  for (const { id, state } of folders.bound.value.values()) {
    const node = tree.get(id);
    // One that was deleted here is nobody's question.
    if (node === undefined || !needsAnswer(state)) continue;
    return (
      <p class="capture-note" role="status">
        {words.note(node.name)} {folderText(state)}{' '}
        <button type="button" class="link-button" onClick={() => onLook(node)}>
          {words.look}
        </button>
      </p>
    );
  }
  return null;
}
