import {
  Copy,
  Download,
  FolderOpen,
  FolderPlus,
  FolderSync,
  Layers,
  Library,
  NotebookText,
  Pencil,
  Redo2,
  Trash,
  Undo2,
  Upload,
} from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { formatCount } from '../../inspect/format.ts';
import { ROOT, type CollectionNode } from '../../model/collection.ts';
import { strings } from '../strings.ts';
import { onEscape } from '../widgets/escape.ts';
import { Select } from '../widgets/fields.tsx';
import { FilterField } from '../widgets/filter-field.tsx';
import { IconButton } from '../widgets/icon-button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Tree, type DropPart } from '../widgets/tree.tsx';
import type { CollectionDesk } from './collection-desk.ts';
import { CollectionRow } from './collection-row.tsx';
import { FolderNote } from './folder/folder-note.tsx';
import { needsAnswer } from './folder/folder-text.ts';
import type { Folders } from './folder/folders.ts';
import { requestsIn, treeSorts, type TreeRow } from './tree-rows.ts';

const words = strings.collections;

interface CollectionsPaneProps {
  desk: CollectionDesk;
  isMac: boolean;
  /** Why no batch was made of the selection. */
  batchProblem: string | null;
  /** Sends requests as a batch; `title` is the one folder that was chosen. */
  onBatch: (ids: readonly string[], title: string | null) => void;
  /** null where no collection lies in a folder. */
  folders: Folders | null;
  /** Opens requests in tabs. */
  onOpen: (ids: readonly string[]) => void;
  onImport: (file: File) => void;
  onExport: (folder: CollectionNode) => void;
  onDetails: (node: CollectionNode) => void;
  /** Shows how a collection and its file in a folder stand. */
  onFolder: (collection: CollectionNode) => void;
}

/** Saved requests in their folders, and what can be done with them. */
export function CollectionsPane(props: CollectionsPaneProps) {
  const { desk, isMac, folders, onOpen, onImport, onFolder } = props;
  const { tree } = desk;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => void tree.open(), [tree]);
  const rows = desk.rows.value;
  const renaming = desk.renaming.value;
  const held = desk.held.value;
  const cut = held?.cut === true ? new Set(held.ids) : null;
  useRenameKey(root, desk);
  useGiveUp(root, desk);

  function focusTree(): void {
    root.current?.querySelector<HTMLElement>('[role="tree"]')?.focus();
  }

  function open(id: string): void {
    const node = tree.get(id);
    if (node?.kind !== 'folder') onOpen([id]);
    else desk.expand(id, rows.find((row) => row.node.id === id)?.expanded !== true);
  }

  return (
    <div class="capture collections" ref={root}>
      <Tools desk={desk} onImport={onImport} />
      <Empty desk={desk} isMac={isMac} />
      <Tree<TreeRow>
        label={strings.collectionsStart.title}
        items={rows}
        selection={desk.selection.value}
        editing={renaming}
        onSelect={(selection) => (desk.selection.value = selection)}
        onExpand={(id, isOpen) => desk.expand(id, isOpen)}
        onOpen={open}
        onKey={(event) => onTreeKey(desk, event)}
        onDrop={(target) => drop(desk, target)}
        row={({ node, expanded }) => (
          <CollectionRow
            node={node}
            expanded={expanded}
            count={node.kind === 'folder' ? tree.children(node.id).length : 0}
            renaming={renaming === node.id}
            cut={cut?.has(node.id) === true}
            disk={diskOf(folders, node.id)}
            onRename={(name) => {
              // Given up with Esc, the field goes and says its name once more.
              if (desk.renaming.peek() !== node.id) return;
              // Whoever clicked elsewhere stays there.
              if (document.activeElement?.matches('.tree-rename') === true) focusTree();
              void desk.rename(node.id, name);
            }}
          />
        )}
      />
      {folders !== null && <FolderNote folders={folders} tree={tree} onLook={onFolder} />}
      <Actions {...props} />
    </div>
  );
}

function Tools({ desk, onImport }: Pick<CollectionsPaneProps, 'desk' | 'onImport'>) {
  const input = useRef<HTMLInputElement>(null);
  const total = desk.tree.requests.value;
  const isFiltered = desk.filterText.value.trim() !== '' || desk.sort.value === 'used';
  const shown = isFiltered ? desk.shownRequests.value : total;
  return (
    <>
      <div class="capture-tools">
        <FilterField
          class="capture-filter"
          label={words.filter}
          placeholder={words.filterPlaceholder}
          hint={words.filterHint}
          value={desk.filterText.value}
          onInput={(text) => (desk.filterText.value = text)}
        />
      </div>
      <div class="capture-tools">
        <Select
          class="quiet"
          label={words.sortBy}
          value={desk.sort.value}
          options={treeSorts.map((key) => [key, words.sorts[key]] as const)}
          onChange={(by) => (desk.sort.value = by)}
        />
        <IconButton icon={Library} label={words.newCollection} onClick={() => void desk.newCollection()} />
        <IconButton
          icon={Upload}
          label={words.importFile}
          hint={words.importHint}
          onClick={() => input.current?.click()}
        />
        <input
          ref={input}
          type="file"
          class="collections-file"
          accept=".json,application/json"
          hidden
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // Choosing the same file again, changed on disk, has to be a change too.
            event.currentTarget.value = '';
            if (file !== undefined) onImport(file);
          }}
        />
        <IconButton
          icon={Undo2}
          label={words.undo}
          hint={words.undoHint}
          disabled={!desk.canUndo.value}
          onClick={() => void desk.undo()}
        />
        <IconButton
          icon={Redo2}
          label={words.redo}
          hint={words.redoHint}
          disabled={!desk.canRedo.value}
          onClick={() => void desk.redo()}
        />
        <span class="capture-count" aria-live="polite">
          {desk.tree.loading.value ? words.loading : words.shown(formatCount(shown), formatCount(total), !isFiltered)}
        </span>
      </div>
    </>
  );
}

function Empty({ desk, isMac }: { desk: CollectionDesk; isMac: boolean }) {
  const { tree } = desk;
  void tree.version.value;
  if (tree.failed.value) {
    return (
      <p class="field-problem capture-problem" role="alert">
        {words.unreadable}
      </p>
    );
  }
  if (tree.loading.value || desk.rows.value.length > 0) return null;
  if (tree.children(ROOT).length === 0) return <p class="capture-empty">{isMac ? words.emptyMac : words.empty}</p>;
  return (
    <p class="capture-empty">
      {desk.filterText.value.trim() === '' ? words.emptyUsed : words.emptyFilter}{' '}
      {desk.filterText.value !== '' && (
        <button type="button" class="link-button" onClick={() => (desk.filterText.value = '')}>
          {words.clearFilter}
        </button>
      )}
    </p>
  );
}

function Actions(props: CollectionsPaneProps) {
  const { desk, batchProblem, onBatch, onOpen, onExport, onDetails, onFolder } = props;
  const selected = desk.selected.value;
  const none = selected.length === 0;
  const requests = selected.filter(({ kind }) => kind === 'request').map(({ id }) => id);
  const problem = desk.problem.value;
  const held = desk.held.value;
  return (
    <div class="capture-actions" role="group" aria-label={words.actions}>
      {problem !== null && (
        <p class="capture-note" role="alert">
          {words.problems[problem]}
        </p>
      )}
      {batchProblem !== null && (
        <p class="capture-note" role="alert">
          {batchProblem}
        </p>
      )}
      {held !== null && (
        <p class="capture-note" role="status">
          {held.cut ? words.cutNote(held.ids.length) : words.copiedNote(held.ids.length)}
        </p>
      )}
      <div class="capture-buttons">
        <button
          type="button"
          class="button button-strong"
          disabled={requests.length === 0}
          title={words.openHint}
          onClick={() => onOpen(requests)}
        >
          <Icon of={FolderOpen} size={12} /> {words.open}
        </button>
        <IconButton
          icon={Layers}
          label={strings.batchesStart.run}
          hint={words.batchHint}
          disabled={none}
          onClick={() => {
            const [only] = selected;
            const title = selected.length === 1 && only?.kind === 'folder' ? only.name : null;
            onBatch(requestsIn(desk.tree, desk.rowOptions.peek(), new Set(selected.map(({ id }) => id))), title);
          }}
        />
        <IconButton
          icon={FolderPlus}
          label={words.newFolder}
          hint={words.newFolderHint}
          disabled={none}
          onClick={() => void desk.newFolder()}
        />
        <IconButton
          icon={Pencil}
          label={words.rename}
          hint={words.renameHint}
          disabled={selected.length !== 1}
          onClick={() => (desk.renaming.value = selected[0]?.id ?? null)}
        />
        <IconButton
          icon={NotebookText}
          label={words.detailsButton}
          hint={words.detailsHint}
          disabled={selected.length !== 1}
          onClick={() => selected[0] !== undefined && onDetails(selected[0])}
        />
        <IconButton
          icon={Copy}
          label={words.duplicate}
          hint={words.duplicateHint}
          disabled={none}
          onClick={() => void desk.duplicate()}
        />
        <IconButton
          icon={Download}
          label={words.exportFile}
          hint={words.exportHint}
          disabled={none}
          onClick={() => {
            const [node] = selected;
            const folder = node?.kind === 'request' ? desk.tree.path(node.id)[0] : node;
            if (folder !== undefined) onExport(folder);
          }}
        />
        <IconButton
          icon={FolderSync}
          label={strings.collectionFolder.button}
          hint={strings.collectionFolder.hint}
          disabled={none}
          onClick={() => {
            const [node] = selected;
            const collection = node === undefined ? undefined : (desk.tree.path(node.id)[0] ?? node);
            if (collection !== undefined) onFolder(collection);
          }}
        />
        <IconButton
          icon={Trash}
          label={words.remove}
          hint={words.removeHint}
          disabled={none}
          onClick={() => void desk.remove()}
        />
      </div>
    </div>
  );
}

function diskOf(folders: Folders | null, id: string): 'same' | 'waits' | undefined {
  const bound = folders?.bound.value.get(id);
  return bound && (needsAnswer(bound.state) ? 'waits' : 'same');
}

/** Keys of this tree alone. */
function onTreeKey(desk: CollectionDesk, event: KeyboardEvent): boolean {
  const { key, altKey, shiftKey } = event;
  const withControl = event.ctrlKey || event.metaKey;
  if (altKey && !withControl && !shiftKey) {
    const way = ({ ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' } as const)[key];
    if (way !== undefined) void desk.moveBy(way);
    return way !== undefined;
  }
  if (!withControl && !altKey && !shiftKey && key === 'Delete') {
    void desk.remove();
    return true;
  }
  if (!withControl || altKey) return false;
  const actions: Record<string, () => void> = {
    x: () => desk.hold(true),
    c: () => desk.hold(false),
    v: () => void desk.paste(),
    d: () => void desk.duplicate(),
    z: () => void (shiftKey ? desk.redo() : desk.undo()),
    y: () => void desk.redo(),
  };
  const action = actions[key.toLowerCase()];
  action?.();
  return action !== undefined;
}

/** DevTools of Chrome take F2 for themselves unless it is stopped on its way down. */
function useRenameKey(root: { readonly current: HTMLElement | null }, desk: CollectionDesk): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isTree = event.target instanceof Element && event.target.matches('[role="tree"]');
      if (event.key !== 'F2' || !isTree || root.current?.contains(event.target) !== true) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const node = desk.selected.peek()[0];
      if (node !== undefined) desk.renaming.value = node.id;
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [desk]);
}

/** Esc gives up what was begun: a new name, or what was cut or copied. */
function useGiveUp(root: { readonly current: HTMLElement | null }, desk: CollectionDesk): void {
  const isBusy = desk.renaming.value !== null || desk.held.value !== null;
  useEffect(() => {
    if (!isBusy) return;
    // Asked for only now, so that it is asked before the drawer that the list may stand in.
    return onEscape(() => {
      if (desk.renaming.peek() !== null) {
        desk.renaming.value = null;
        root.current?.querySelector<HTMLElement>('[role="tree"]')?.focus();
      }
      desk.release();
      return true;
    });
  }, [desk, isBusy]);
}

function drop(desk: CollectionDesk, target: { readonly id: string; readonly part: DropPart } | null): void {
  const ids = desk.selected.peek().map(({ id }) => id);
  if (ids.length === 0) return;
  const { tree } = desk;
  const node = target === null ? undefined : tree.get(target.id);
  if (target === null || node === undefined) {
    // Below all lines: the top level, where collections stand.
    void desk.move(ids, { parent: ROOT, before: null });
    return;
  }
  if (ids.includes(node.id)) return;
  if (target.part === 'into') {
    void desk.move(ids, { parent: node.id, before: null });
    return;
  }
  const siblings = tree.children(node.parent).map(({ id }) => id);
  const before = target.part === 'before' ? node.id : (siblings[siblings.indexOf(node.id) + 1] ?? null);
  void desk.move(ids, { parent: node.parent, before });
}
