import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { ROOT, type CollectionNode, type NodeContent } from '../../model/collection.ts';
import type { Place, TreeCommand } from '../../model/tree-command.ts';
import { TreeRefusal, type Refusal } from '../../model/tree-refusal.ts';
import type { CollectionStorage, Done, TakeBack } from '../../storage/collections.ts';
import type { ImportBefore } from '../../storage/collection-transfer.ts';
import { wordsOf } from '../history/history-list.ts';
import { strings } from '../strings.ts';
import { emptySelection, type Selection } from '../widgets/selection.ts';
import type { CollectionTree } from './collection-tree.ts';
import { treeRows, type RowOptions, type TreeRow, type TreeSort } from './tree-rows.ts';

const words = strings.collectionsStart;

/** What could not be done: the tree does not allow it, or the disk; or a request cannot be read. */
type DeskProblem = Refusal | 'failed' | 'unreadable';

/** What a person does with the collections: look, arrange, take back. Without looks. */
export interface CollectionDesk {
  readonly tree: CollectionTree;
  readonly filterText: Signal<string>;
  readonly sort: Signal<TreeSort>;
  readonly rows: ReadonlySignal<readonly TreeRow[]>;
  /** How the rows are chosen and sorted. */
  readonly rowOptions: ReadonlySignal<RowOptions>;
  /** How many of the rows are requests. */
  readonly shownRequests: ReadonlySignal<number>;
  readonly selection: Signal<Selection>;
  /** The selected nodes in the order of the rows; what the filter hides is not among them. */
  readonly selected: ReadonlySignal<readonly CollectionNode[]>;
  /** The node whose name is being edited. */
  readonly renaming: Signal<string | null>;
  readonly problem: Signal<DeskProblem | null>;
  /** What was cut or copied, for pasting. */
  readonly held: ReadonlySignal<{ readonly ids: readonly string[]; readonly cut: boolean } | null>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  expand(id: string, open: boolean): void;
  /** Carries a command out so that it can be taken back. Resolves to null when it could not be. */
  run(command: TreeCommand, contents?: ReadonlyMap<string, NodeContent>): Promise<Done | null>;
  /** A folder in the selected one, or beside the selected request; at the top when nothing is selected. Its name is then edited. */
  newFolder(): Promise<void>;
  newCollection(): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  duplicate(): Promise<void>;
  remove(): Promise<void>;
  move(ids: readonly string[], place: Place): Promise<void>;
  /** `in`: into the folder above; `out`: behind its own folder. */
  moveBy(way: 'up' | 'down' | 'in' | 'out'): Promise<void>;
  hold(cut: boolean): void;
  release(): void;
  paste(): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** A collection was taken in from a file: shows it. @param before what takes it back; null: it is too much */
  imported(root: string, before: ImportBefore | null): void;
  /** Opens the folders above a node and selects it. */
  reveal(id: string): void;
}

/** Changes that can be taken back. */
const DEPTH = 100;

export function createCollectionDesk(tree: CollectionTree, storage: CollectionStorage): CollectionDesk {
  const filterText = signal('');
  const sort = signal<TreeSort>('own');
  const expanded = signal<ReadonlySet<string>>(new Set());
  const selection = signal<Selection>(emptySelection);
  const renaming = signal<string | null>(null);
  const problem = signal<DeskProblem | null>(null);
  const held = signal<CollectionDesk['held']['value']>(null);
  const past = signal<readonly TakeBack[]>([]);
  const future = signal<readonly TakeBack[]>([]);
  const filter = computed(() => wordsOf(filterText.value));
  const rowOptions = computed(() => ({ words: filter.value, sort: sort.value, expanded: expanded.value }));
  const rows = computed(() => {
    void tree.version.value;
    return treeRows(tree, rowOptions.value);
  });
  const selected = computed(() => {
    const { ids } = selection.value;
    if (ids.size === 0) return [];
    if (ids.size === 1) return (tree.version.value, [...ids].flatMap((id) => tree.get(id) ?? []));
    return rows.value.filter(({ node }) => ids.has(node.id)).map(({ node }) => node);
  });

  async function attempt(work: () => Promise<Done>): Promise<Done | null> {
    problem.value = null;
    try {
      const done = await work();
      tree.apply(done.change);
      return done;
    } catch (error) {
      problem.value = error instanceof TreeRefusal ? error.reason : 'failed';
      return null;
    }
  }

  async function run(command: TreeCommand, contents?: ReadonlyMap<string, NodeContent>): Promise<Done | null> {
    const done = await attempt(() => storage.run(command, contents));
    if (done !== null) {
      past.value = [...past.peek(), done.takeBack].slice(-DEPTH);
      future.value = [];
    }
    return done;
  }

  async function go(from: typeof past, to: typeof past): Promise<void> {
    const takeBack = from.peek().at(-1);
    if (takeBack === undefined) return;
    from.value = from.peek().slice(0, -1);
    const done = await attempt(() => storage.undo(takeBack));
    if (done !== null) to.value = [...to.peek(), done.takeBack];
  }

  function expand(id: string, open: boolean): void {
    if (expanded.peek().has(id) === open) return;
    const next = new Set(expanded.peek());
    if (open) next.add(id);
    else next.delete(id);
    expanded.value = next;
  }

  function select(ids: readonly string[]): void {
    const [first = null] = ids;
    selection.value = { ids: new Set(ids), active: first, anchor: first };
  }

  /** Selects what was made, without what stands in it. */
  function selectTops(done: Done | null): void {
    const made = new Set(done?.change.nodes.map(({ id }) => id));
    if (done !== null) select(done.change.nodes.filter(({ parent }) => !made.has(parent)).map(({ id }) => id));
  }

  async function makeFolder(parent: string, before: string | null, name: string): Promise<void> {
    const id = crypto.randomUUID();
    const done = await run({
      kind: 'add',
      nodes: [{ id, kind: 'folder', name, method: '', url: '', under: null }],
      place: { parent, before },
    });
    if (done === null) return;
    filterText.value = '';
    if (parent !== ROOT) expand(parent, true);
    select([id]);
    renaming.value = id;
  }

  /** The folder that the selection stands for. */
  function folderOfSelection(): string {
    const node = selected.peek()[0];
    if (node === undefined) return ROOT;
    return node.kind === 'folder' ? node.id : node.parent;
  }

  async function move(ids: readonly string[], place: Place): Promise<void> {
    const done = await run({ kind: 'move', ids, place });
    if (done !== null && place.parent !== ROOT) expand(place.parent, true);
  }

  return {
    tree,
    filterText,
    sort,
    rows,
    rowOptions,
    shownRequests: computed(() => {
      let count = 0;
      for (const { node } of rows.value) if (node.kind === 'request') count++;
      return count;
    }),
    selection,
    selected,
    renaming,
    problem,
    held,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    expand,
    run,
    newFolder: () => makeFolder(folderOfSelection(), null, words.newFolderName),
    newCollection: () => makeFolder(ROOT, null, words.newCollectionName),
    async rename(id, name) {
      renaming.value = null;
      const trimmed = name.trim();
      if (trimmed === '' || trimmed === tree.get(id)?.name) return;
      await run({ kind: 'change', id, fields: { name: trimmed } });
    },
    async duplicate() {
      selectTops(await run({ kind: 'duplicate', ids: selected.peek().map(({ id }) => id) }));
    },
    async remove() {
      const ids = selected.peek().map(({ id }) => id);
      if (ids.length === 0) return;
      const order = rows.peek().map(({ node }) => node.id);
      const last = Math.max(...ids.map((id) => order.indexOf(id)));
      const done = await run({ kind: 'remove', ids });
      if (done === null) return;
      const gone = new Set(done.change.removed);
      const next = order.slice(last + 1).find((id) => !gone.has(id)) ?? order.findLast((id) => !gone.has(id));
      select(next === undefined ? [] : [next]);
    },
    move,
    async moveBy(way) {
      const nodes = selected.peek();
      const [first] = nodes;
      const last = nodes.at(-1);
      if (first === undefined || last === undefined || sort.peek() !== 'own') return;
      const ids = nodes.map(({ id }) => id);
      const siblings = tree.children(first.parent).map(({ id }) => id);
      const at = siblings.indexOf(first.id);
      const end = tree
        .children(last.parent)
        .map(({ id }) => id)
        .indexOf(last.id);
      switch (way) {
        case 'up':
          if (at > 0) await move(ids, { parent: first.parent, before: siblings[at - 1] ?? null });
          return;
        case 'down': {
          const below = tree.children(last.parent);
          if (end >= 0 && end < below.length - 1) {
            await move(ids, { parent: last.parent, before: below[end + 2]?.id ?? null });
          }
          return;
        }
        case 'in': {
          const above = tree.get(
            siblings.slice(0, Math.max(0, at)).findLast((id) => tree.get(id)?.kind === 'folder') ?? '',
          );
          if (above !== undefined) await move(ids, { parent: above.id, before: null });
          return;
        }
        case 'out': {
          const folder = tree.get(first.parent);
          if (folder === undefined) return;
          const around = tree.children(folder.parent).map(({ id }) => id);
          await move(ids, { parent: folder.parent, before: around[around.indexOf(folder.id) + 1] ?? null });
        }
      }
    },
    hold(cut) {
      const ids = selected.peek().map(({ id }) => id);
      held.value = ids.length === 0 ? null : { ids, cut };
    },
    release() {
      held.value = null;
    },
    async paste() {
      const what = held.peek();
      if (what === null) return;
      const active = selected.peek()[0];
      const parent = folderOfSelection();
      const siblings = tree.children(parent).map(({ id }) => id);
      // Behind the selected request, at the end of the selected folder.
      const before = active?.kind === 'request' ? (siblings[siblings.indexOf(active.id) + 1] ?? null) : null;
      if (what.cut) {
        held.value = null;
        await move(what.ids, { parent, before });
        select(what.ids);
        return;
      }
      selectTops(await run({ kind: 'duplicate', ids: what.ids, place: { parent, before } }));
      if (parent !== ROOT) expand(parent, true);
    },
    undo: () => go(past, future),
    redo: () => go(future, past),
    imported(root, before) {
      filterText.value = '';
      select([root]);
      expand(root, true);
      future.value = [];
      if (before === null) {
        // Older changes may be of what is no longer as it was.
        past.value = [];
        return;
      }
      const { nodes, contents, made } = before;
      const { lostAndFound } = words;
      const command: TreeCommand =
        nodes.length === 0
          ? { kind: 'remove', ids: [root] }
          : { kind: 'restore', nodes, remove: made, lostAndFound, whole: true };
      past.value = [...past.peek(), { command, contents }].slice(-DEPTH);
    },
    reveal(id) {
      filterText.value = '';
      sort.value = 'own';
      const next = new Set(expanded.peek());
      for (const folder of tree.path(id)) next.add(folder.id);
      expanded.value = next;
      select([id]);
    },
  };
}
