import { Folder, FolderOpen, FolderSync, Library } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_NAME, ROOT, type CollectionNode } from '../../model/collection.ts';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';
import { methodKind } from '../widgets/method-kind.ts';

const words = strings.collections;
const diskWords = { same: strings.collectionFolder.isBound, waits: strings.collectionFolder.needsYou };

interface CollectionRowProps {
  node: CollectionNode;
  expanded: boolean | null;
  /** How many children a folder has. */
  count: number;
  renaming: boolean;
  cut: boolean;
  /** It lies in a folder on disk; `waits`: for an answer about that. */
  disk?: 'same' | 'waits' | undefined;
  onRename: (name: string) => void;
}

/** One folder or request on one line. */
export function CollectionRow({ node, expanded, count, renaming, cut, disk, onRename }: CollectionRowProps) {
  const { kind, name, method, url, parent } = node;
  if (kind === 'folder') {
    return (
      <span class="entry tree-entry" data-cut={cut} title={name}>
        <Icon of={parent === ROOT ? Library : expanded === true ? FolderOpen : Folder} size={12} class="tree-icon" />
        {renaming ? <NameField name={name} onDone={onRename} /> : <bdi class="entry-url tree-name">{name}</bdi>}{' '}
        <span class="tree-count" aria-hidden="true">
          {count === 0 ? '' : count}
        </span>
        {disk !== undefined && (
          <span class="tree-disk" data-waits={disk === 'waits'} title={diskWords[disk]} aria-hidden="true">
            <Icon of={FolderSync} size={12} />
          </span>
        )}
      </span>
    );
  }
  return (
    <span class="entry tree-entry" data-cut={cut} title={`${name}\n${method} ${url}`}>
      <span class="entry-method" data-method={methodKind(method)}>
        {method}
      </span>{' '}
      {renaming ? <NameField name={name} onDone={onRename} /> : <bdi class="entry-url tree-name">{name}</bdi>}
    </span>
  );
}

function NameField({ name, onDone }: { name: string; onDone: (name: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  // News of the tree draw the line anew while one types.
  const [typed, setTyped] = useState(name);
  const done = useRef(false);
  useEffect(() => field.current?.select(), []);
  const finish = (value: string): void => {
    // Taking the field away blurs it.
    if (done.current) return;
    done.current = true;
    onDone(value);
  };
  return (
    <input
      ref={field}
      class="text-input tree-rename"
      type="text"
      aria-label={words.name}
      maxLength={MAX_NAME}
      value={typed}
      autocomplete="off"
      spellcheck={false}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        // Esc is stopped on its way here; see `onEscape` in the pane.
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
