import { signal, type ReadonlySignal } from '@preact/signals';
import { bySiblingOrder, ROOT, type CollectionNews, type CollectionNode } from '../../model/collection.ts';
import type { CollectionStorage, TreeChange } from '../../storage/collections.ts';

/** The tree as a panel knows it: loaded when it is first needed, kept up to date from then on. */
export interface CollectionTree {
  /** Rises with every change. */
  readonly version: ReadonlySignal<number>;
  readonly loading: ReadonlySignal<boolean>;
  /** The collections cannot be read. */
  readonly failed: ReadonlySignal<boolean>;
  /** How many requests there are. */
  readonly requests: ReadonlySignal<number>;
  get(id: string): CollectionNode | undefined;
  all(): Iterable<CollectionNode>;
  /** In their order. */
  children(parent: string): readonly CollectionNode[];
  /** The folders that a node stands in, from the top. */
  path(id: string): CollectionNode[];
  apply(change: TreeChange): void;
  /** Loads what is not loaded yet; resolves when all is there. */
  open(): Promise<void>;
}

/** Nodes read at once: few enough that nothing else has to wait. */
const STRETCH = 1000;

const searchTexts = new WeakMap<CollectionNode, string>();

/** What a filter looks at, in lower case. */
export function searchTextOf(node: CollectionNode): string {
  let text = searchTexts.get(node);
  if (text === undefined) {
    text = `${node.method} ${node.name} ${node.url}`.toLowerCase();
    searchTexts.set(node, text);
  }
  return text;
}

interface TreeOptions {
  storage: Pick<CollectionStorage, 'nodes'>;
  hear: (listener: (news: CollectionNews) => void) => () => void;
}

export function createCollectionTree({ storage, hear }: TreeOptions): CollectionTree {
  const version = signal(0);
  const requests = signal(0);
  const loading = signal(false);
  const failed = signal(false);
  const nodes = new Map<string, CollectionNode>();
  const groups = new Map<string, CollectionNode[]>();
  /** Of nodes that are gone, the last revision: what is heard of them late must not bring them back. */
  const gone = new Map<string, number>();
  /** Parents whose children are out of order. */
  const dirty = new Set<string>();
  let opening: Promise<void> | null = null;

  function take(node: CollectionNode): void {
    const known = nodes.get(node.id);
    if ((known?.revision ?? gone.get(node.id) ?? 0) >= node.revision) return;
    if (known !== undefined) leave(known);
    gone.delete(node.id);
    // Made while the tree is loaded piece by piece, not all at once at the first letter of a filter.
    searchTextOf(node);
    nodes.set(node.id, node);
    const group = groups.get(node.parent);
    if (group === undefined) groups.set(node.parent, [node]);
    else group.push(node);
    dirty.add(node.parent);
  }

  function leave(node: CollectionNode): void {
    const group = groups.get(node.parent);
    // Most that is added was added at the end.
    const at = group?.lastIndexOf(node) ?? -1;
    if (at >= 0) group?.splice(at, 1);
  }

  function publish(): void {
    for (const parent of dirty) groups.get(parent)?.sort(bySiblingOrder);
    dirty.clear();
    let count = 0;
    for (const { kind } of nodes.values()) if (kind === 'request') count++;
    requests.value = count;
    version.value++;
  }

  async function load(): Promise<void> {
    loading.value = true;
    try {
      for (let after: string | null = null; ;) {
        const stretch: CollectionNode[] = await storage.nodes(after, STRETCH);
        stretch.forEach(take);
        const last = stretch.at(-1);
        if (last === undefined || stretch.length < STRETCH) break;
        after = last.id;
      }
      failed.value = false;
    } catch {
      failed.value = true;
    }
    publish();
    loading.value = false;
  }

  function remove(ids: readonly string[]): void {
    const going = new Set(ids.map((id) => nodes.get(id)).filter((node) => node !== undefined));
    for (const node of going) {
      gone.set(node.id, node.revision);
      nodes.delete(node.id);
      groups.delete(node.id);
    }
    // One pass for each folder, however many leave it.
    for (const parent of new Set([...going].map((node) => node.parent))) {
      const group = groups.get(parent);
      if (group !== undefined)
        groups.set(
          parent,
          group.filter((node) => !going.has(node)),
        );
    }
  }

  const tree: CollectionTree = {
    version,
    loading,
    failed,
    requests,
    get: (id) => nodes.get(id),
    all: () => nodes.values(),
    children: (parent) => groups.get(parent) ?? [],
    path(id) {
      const path: CollectionNode[] = [];
      for (let at = nodes.get(id); at !== undefined && at.parent !== ROOT;) {
        at = nodes.get(at.parent);
        if (at === undefined || path.includes(at)) break;
        path.unshift(at);
      }
      return path;
    },
    apply(change) {
      remove(change.removed);
      change.nodes.forEach(take);
      publish();
    },
    open() {
      opening ??= load();
      return opening;
    },
  };

  hear((news) => {
    // What was not loaded yet is read as it is then.
    if (opening === null) return;
    if (news.kind === 'changed') {
      tree.apply(news);
      return;
    }
    nodes.clear();
    groups.clear();
    gone.clear();
    opening = load();
  });
  return tree;
}
