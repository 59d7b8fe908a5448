import { unwrap, type IDBPTransaction } from 'idb';
import { generateNKeysBetween } from 'fractional-indexing';
import * as v from 'valibot';
import {
  folderContentSchema,
  MAX_DEPTH,
  nodeContentSchema,
  ROOT,
  type CollectionNode,
  type NodeContent,
} from '../model/collection.ts';
import { TreeRefusal } from '../model/tree-refusal.ts';
import { tellCollectionNews } from './collection-news.ts';
import { COLLECTIONS_KEY, treeIn } from './collections.ts';
import { storedKey } from './keys.ts';
import { openPanelDatabase, type ContentRecord, type PanelSchema } from './panel-database.ts';
import { seal, unseal, type Sealed } from './secret-box.ts';

/**
 * `copy`: a new collection beside what is there. `merge`: what has the same id is changed where it stands, what is new is
 * added, nothing goes. `replace`: the collection is then what the file says.
 */
export const importModes = ['copy', 'merge', 'replace'] as const;
export type ImportMode = (typeof importModes)[number];

/** A node that is to be written; parents come before their children, the collection itself first. */
export interface ImportedNode {
  /** null: a new one is made. */
  readonly id: string | null;
  /** The index of its folder. */
  readonly parent: number | null;
  readonly kind: CollectionNode['kind'];
  readonly name: string;
  readonly method: string;
  readonly url: string;
}

/** What an import comes to. */
export interface ImportCount {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** What an import has changed, as it was; null: it is too much to be kept. */
export interface ImportBefore {
  readonly nodes: readonly CollectionNode[];
  readonly contents: readonly ContentRecord[];
  /** The ids of those that were not there. */
  readonly made: readonly string[];
}

/** Beyond this an import cannot be taken back: the panel would hold all of it. Bytes. */
const MOST_KEPT = 64 * 1024 * 1024;

/** How many nodes are written before somebody is told. */
const TELL_EVERY = 500;

/** A folder with all that is in it, as it is at one moment; null when it is gone. Parents come before their children. */
export async function readSubtree(
  root: string,
): Promise<{ node: CollectionNode; depth: number; content: () => Promise<NodeContent | null> }[] | null> {
  const db = await openPanelDatabase();
  const key = await storedKey(unwrap(db), COLLECTIONS_KEY);
  const transaction = db.transaction(['nodes', 'contents']);
  const tree = treeIn(transaction);
  const top = await tree.get(root);
  if (top === undefined) return null;
  const found: { node: CollectionNode; depth: number; record: ContentRecord | undefined }[] = [];
  const walk = async (node: CollectionNode, depth: number): Promise<void> => {
    found.push({ node, depth, record: await transaction.objectStore('contents').get(node.id) });
    if (node.kind === 'folder') for (const child of await tree.children(node.id)) await walk(child, depth + 1);
  };
  await walk(top, 0);
  await transaction.done;
  return found.map(({ node, depth, record }) => ({
    node,
    depth,
    content: async () => {
      // A folder that was only named gives nothing.
      if (record === undefined) return node.kind === 'folder' ? v.parse(folderContentSchema, { kind: 'folder' }) : null;
      const parsed = v.safeParse(nodeContentSchema, await unseal(key, record.sealed).catch(() => null));
      return parsed.success ? parsed.output : null;
    },
  }));
}

/** The collection that a file would change, and how much; null: there is none of its id. */
export async function previewImport(
  nodes: readonly ImportedNode[],
): Promise<{ name: string; changed: number; removed: number } | null> {
  const [top] = nodes;
  if (top === undefined || top.id === null) return null;
  const there = await readTree(top.id);
  if (there === null) return null;
  const ids = new Set(nodes.map(({ id }) => id));
  const changed = [...there.keys()].filter((id) => ids.has(id)).length;
  return { name: there.get(top.id)?.name ?? '', changed, removed: there.size - changed };
}

async function readTree(root: string): Promise<Map<string, CollectionNode> | null> {
  const db = await openPanelDatabase();
  return subtreeIn(db.transaction(['nodes', 'contents']), root);
}

/** Encrypts what nodes hold, so that it is ready for the one transaction that writes all of it. */
export async function sealContents(
  contents: readonly NodeContent[],
  onProgress: (done: number) => void,
): Promise<Sealed[]> {
  const db = await openPanelDatabase();
  const key = await storedKey(unwrap(db), COLLECTIONS_KEY);
  const sealed: Sealed[] = [];
  for (let at = 0; at < contents.length; at += TELL_EVERY) {
    sealed.push(...(await Promise.all(contents.slice(at, at + TELL_EVERY).map((content) => seal(key, content)))));
    onProgress(sealed.length);
  }
  return sealed;
}

/**
 * Writes all nodes in one transaction: whatever happens on the way, all are there or none.
 * @throws TreeRefusal when the folders would be too deep where they go
 */
export async function importNodes(
  nodes: readonly ImportedNode[],
  sealed: readonly Sealed[],
  mode: ImportMode,
  onProgress: (done: number) => void,
): Promise<{ root: string; count: ImportCount; before: ImportBefore | null }> {
  const db = await openPanelDatabase();
  const transaction = db.transaction(['nodes', 'contents'], 'readwrite');
  try {
    const plan = await planImport(transaction, nodes, mode);
    const stores = { nodes: transaction.objectStore('nodes'), contents: transaction.objectStore('contents') };
    const before = await beforeOf(transaction, plan);
    for (const id of plan.removed) void Promise.all([stores.nodes.delete(id), stores.contents.delete(id)]);
    for (const [at, node] of plan.put.entries()) {
      const content = sealed[at];
      const writing = [stores.nodes.put(node)];
      if (content !== undefined) writing.push(stores.contents.put({ id: node.id, sealed: content }));
      if (at % TELL_EVERY !== 0) continue;
      await Promise.all(writing);
      onProgress(at);
    }
    await transaction.done;
    onProgress(nodes.length);
    tellCollectionNews({ kind: 'replaced' });
    const removed = plan.removed.length;
    const count = { added: nodes.length - plan.changed, changed: plan.changed, removed };
    return { root: plan.put[0]?.id ?? ROOT, count, before };
  } catch (error) {
    if (error instanceof TreeRefusal) transaction.abort();
    await transaction.done.catch(() => {});
    throw error;
  }
}

type Transaction = IDBPTransaction<PanelSchema, ('nodes' | 'contents')[], 'readonly' | 'readwrite'>;

interface ImportPlan {
  /** In the order of the nodes that are imported. */
  readonly put: readonly CollectionNode[];
  readonly removed: readonly string[];
  readonly changed: number;
  /** As it was, of what is changed or removed. */
  readonly before: readonly CollectionNode[];
}

async function beforeOf(transaction: Transaction, { put, before }: ImportPlan): Promise<ImportBefore | null> {
  const contents: ContentRecord[] = [];
  let bytes = 0;
  for (const { id } of before) {
    const record = await transaction.objectStore('contents').get(id);
    bytes += record?.sealed.data.byteLength ?? 0;
    if (bytes > MOST_KEPT) return null;
    if (record !== undefined) contents.push(record);
  }
  const known = new Set(before.map(({ id }) => id));
  return { nodes: before, contents, made: put.map(({ id }) => id).filter((id) => !known.has(id)) };
}

async function planImport(
  transaction: Transaction,
  nodes: readonly ImportedNode[],
  mode: ImportMode,
): Promise<ImportPlan> {
  const tree = treeIn(transaction);
  const taken = new Set(await transaction.objectStore('nodes').getAllKeys());
  const [top] = nodes;
  const there = mode === 'copy' || top?.id == null ? null : await subtreeIn(transaction, top.id);
  const children = new Map<number | null, number[]>();
  for (const [at, { parent }] of nodes.entries()) {
    const group = children.get(parent);
    if (group === undefined) children.set(parent, [at]);
    else group.push(at);
  }

  const put: CollectionNode[] = [];
  const levels: number[] = [];
  const last = new Map<string, string | null>();
  const lastKey = async (parent: string): Promise<string | null> => {
    if (!last.has(parent)) last.set(parent, (await tree.children(parent)).at(-1)?.key ?? null);
    return last.get(parent) ?? null;
  };
  // Whole groups of siblings get their keys at once: made one by one they would grow.
  const keys = new Map<number, string>();
  let base = 0;
  let changed = 0;
  for (const [at, { id, parent, kind, name, method, url }] of nodes.entries()) {
    const known = id === null ? undefined : there?.get(id);
    const isSame = known?.kind === kind;
    if (isSame) changed++;
    const own = id === null || (taken.has(id) && !isSame) ? crypto.randomUUID() : id;
    taken.add(own);
    const folder = parent === null ? undefined : put[parent];
    if (at === 0) {
      // The collection keeps its place; a new one comes last.
      base = isSame ? await depthOf(tree, known.parent) : 0;
      const key = isSame ? known.key : (generateNKeysBetween(await lastKey(ROOT), null, 1)[0] ?? '');
      put.push(nodeOf(own, isSame ? known.parent : ROOT, key, isSame ? known : undefined));
    } else if (mode === 'merge' && isSame) put.push(nodeOf(own, known.parent, known.key, known));
    else {
      const holder = folder?.id ?? ROOT;
      if (mode === 'merge') {
        const [key = ''] = generateNKeysBetween(await lastKey(holder), null, 1);
        last.set(holder, key);
        keys.set(at, key);
      } else if (!keys.has(at)) {
        const group = children.get(parent) ?? [];
        const made = generateNKeysBetween(null, null, group.length);
        for (const [place, index] of group.entries()) keys.set(index, made[place] ?? '');
      }
      put.push(nodeOf(own, holder, keys.get(at) ?? '', known));
    }
    const level = parent === null ? base + 1 : (levels[parent] ?? 0) + 1;
    levels.push(level);
    if (level > MAX_DEPTH) throw new TreeRefusal('deep');

    function nodeOf(own: string, parent: string, key: string, known: CollectionNode | undefined): CollectionNode {
      const { usedAt = 0, revision = 0 } = known ?? {};
      return { id: own, parent, key, kind, name, method, url, usedAt, revision: revision + 1 };
    }
  }
  const staying = new Set(put.map(({ id }) => id));
  const removed = mode === 'replace' && there !== null ? [...there.keys()].filter((id) => !staying.has(id)) : [];
  const touched = new Set([...staying, ...removed]);
  return { put, removed, changed, before: [...(there?.values() ?? [])].filter(({ id }) => touched.has(id)) };
}

async function depthOf(tree: ReturnType<typeof treeIn>, folder: string): Promise<number> {
  let depth = 0;
  for (let id = folder; id !== ROOT; depth++) id = (await tree.get(id))?.parent ?? ROOT;
  return depth;
}

async function subtreeIn(transaction: Transaction, root: string): Promise<Map<string, CollectionNode> | null> {
  const tree = treeIn(transaction);
  const top = await tree.get(root);
  if (top?.kind !== 'folder') return null;
  const all = [top];
  for (const node of all) if (node.kind === 'folder') all.push(...(await tree.children(node.id)));
  return new Map(all.map((node) => [node.id, node]));
}
