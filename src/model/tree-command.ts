import { generateNKeysBetween } from 'fractional-indexing';
import { MAX_DEPTH, ROOT, type CollectionNode } from './collection.ts';
import { TreeRefusal } from './tree-refusal.ts';

/** Where nodes go: into a folder (or ROOT), in front of one of its children or at its end. */
export interface Place {
  readonly parent: string;
  readonly before: string | null;
}

/** A node that is to be made. */
export type NewNode = Pick<CollectionNode, 'id' | 'kind' | 'name' | 'method' | 'url'> & {
  /** The id of another new node that it goes into; null: it goes where all of them go. */
  readonly under: string | null;
};

/** What can be done to the tree. */
export type TreeCommand =
  | { readonly kind: 'add'; readonly nodes: readonly NewNode[]; readonly place: Place }
  | {
      readonly kind: 'change';
      readonly id: string;
      readonly fields: Partial<Pick<CollectionNode, 'name' | 'method' | 'url' | 'usedAt'>>;
    }
  | { readonly kind: 'move'; readonly ids: readonly string[]; readonly place: Place }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  /** Each copy stands right after its original, or all of them at a place. */
  | { readonly kind: 'duplicate'; readonly ids: readonly string[]; readonly place?: Place }
  /** Takes a command back: nodes as they were, those that it made gone. */
  | {
      readonly kind: 'restore';
      readonly nodes: readonly CollectionNode[];
      readonly remove: readonly string[];
      /** The name of the collection for nodes whose folder is gone. */
      readonly lostAndFound: string;
      /** Nodes that are still there get back names and URLs too, not their places alone. */
      readonly whole?: true;
    };

/** What a command comes to. Nothing else changes. */
export interface TreePlan {
  readonly put: readonly CollectionNode[];
  /** As they were. */
  readonly removed: readonly CollectionNode[];
  /** Whose content a new node gets a copy of. */
  readonly copies: readonly (readonly [original: string, copy: string])[];
  /** What was there before, of those in `put` that were there. */
  readonly before: readonly CollectionNode[];
}

/** The tree as it is at the moment of the command: in a transaction, or in memory. */
export interface TreeReader {
  get(id: string): Promise<CollectionNode | undefined>;
  /** In their order. */
  children(parent: string): Promise<CollectionNode[]>;
}

/**
 * What a command comes to on the tree as it is. Whatever commands are carried out one after the other, the tree stays a
 * tree: every parent is there and a folder, no folder stands in itself, no two siblings share a key.
 * @param newId makes the ids of copies
 * @throws TreeRefusal
 */
export async function planCommand(
  tree: TreeReader,
  command: TreeCommand,
  newId: () => string = () => crypto.randomUUID(),
): Promise<TreePlan> {
  switch (command.kind) {
    case 'add':
      return add(tree, command.nodes, command.place);
    case 'change': {
      const node = await existing(tree, command.id);
      return plan({ put: [next({ ...node, ...command.fields })], before: [node] });
    }
    case 'move':
      return move(tree, command.ids, command.place);
    case 'remove': {
      const removed = new Map<string, CollectionNode>();
      for (const id of command.ids) {
        const node = await tree.get(id);
        // What another panel removed meanwhile is as it should be.
        if (node !== undefined) for (const inner of await subtree(tree, node)) removed.set(inner.id, inner);
      }
      return plan({ removed: [...removed.values()] });
    }
    case 'duplicate':
      return duplicate(tree, command, newId);
    case 'restore':
      return restore(tree, command, newId);
  }
}

/** The command that takes another one back: it touches what that one changed, and nothing else. */
export function inverseOf(command: TreeCommand, { put, removed, before }: TreePlan, lostAndFound: string): TreeCommand {
  const [was] = before;
  if (command.kind === 'change' && was !== undefined) {
    const { name, method, url, usedAt } = was;
    const all = { name, method, url, usedAt };
    const fields = Object.fromEntries(Object.entries(all).filter(([field]) => field in command.fields));
    return { kind: 'change', id: command.id, fields };
  }
  const known = new Set(before.map(({ id }) => id));
  const made = put.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  const whole = command.kind === 'restore' && command.whole === true ? { whole: true as const } : {};
  return { kind: 'restore', nodes: [...before, ...removed], remove: made, lostAndFound, ...whole };
}

async function add(tree: TreeReader, nodes: readonly NewNode[], place: Place): Promise<TreePlan> {
  const depth = await depthOf(tree, place.parent);
  const tops = nodes.filter(({ under }) => under === null);
  if (place.parent === ROOT && tops.some(({ kind }) => kind === 'request')) throw new TreeRefusal('place');
  for (const { id } of nodes) if ((await tree.get(id)) !== undefined) throw new TreeRefusal('changed');
  const groups = new Map<string | null, NewNode[]>();
  for (const node of nodes) {
    const group = groups.get(node.under);
    if (group === undefined) groups.set(node.under, [node]);
    else group.push(node);
  }
  const folders = new Set(nodes.filter(({ kind }) => kind === 'folder').map(({ id }) => id));
  const put: CollectionNode[] = [];
  const make = async (under: string | null, parent: string, level: number): Promise<void> => {
    const group = groups.get(under) ?? [];
    if (level > MAX_DEPTH) throw new TreeRefusal('deep');
    const keys =
      under === null ? await keysAt(tree, place, group.length) : generateNKeysBetween(null, null, group.length);
    for (const [at, { under: _, ...node }] of group.entries()) {
      put.push({ ...node, parent, key: keys[at] ?? '', usedAt: 0, revision: 1 });
      if (groups.has(node.id)) await make(node.id, node.id, level + 1);
    }
  };
  if ([...groups.keys()].some((under) => under !== null && !folders.has(under))) throw new TreeRefusal('place');
  await make(null, place.parent, depth + 1);
  // Nodes that stand in each other would never be reached from the top.
  if (put.length !== nodes.length) throw new TreeRefusal('cycle');
  return plan({ put });
}

async function move(tree: TreeReader, ids: readonly string[], place: Place): Promise<TreePlan> {
  const moved = await topmost(tree, ids);
  const above = new Set(await path(tree, place.parent));
  if (moved.some(({ id }) => above.has(id))) throw new TreeRefusal('cycle');
  await refusePlace(tree, moved, place);
  const leaving = new Set(moved.map(({ id }) => id));
  const keys = await keysAt(tree, place, moved.length, leaving);
  return plan({
    put: moved.map((node, at) => next({ ...node, parent: place.parent, key: keys[at] ?? '' })),
    before: moved,
  });
}

async function duplicate(
  tree: TreeReader,
  { ids, place }: Extract<TreeCommand, { kind: 'duplicate' }>,
  newId: () => string,
): Promise<TreePlan> {
  const put: CollectionNode[] = [];
  const copies: [string, string][] = [];
  const originals = await topmost(tree, ids);
  if (place !== undefined) await refusePlace(tree, originals, place);
  const placed = place === undefined ? [] : await keysAt(tree, place, originals.length);
  const beside = new Map<string, CollectionNode[]>();
  for (const [index, original] of originals.entries()) {
    const siblings = beside.get(original.parent) ?? (await tree.children(original.parent));
    const at = siblings.findIndex(({ id }) => id === original.id);
    const [key = ''] = generateNKeysBetween(original.key, siblings[at + 1]?.key ?? null, 1);
    const top =
      place === undefined ? { parent: original.parent, key } : { parent: place.parent, key: placed[index] ?? '' };
    const names = new Map<string, string>();
    for (const node of await subtree(tree, original)) {
      const id = newId();
      names.set(node.id, id);
      copies.push([node.id, id]);
      const copy = { ...node, parent: names.get(node.parent) ?? '', ...(names.size === 1 ? top : {}), id };
      put.push({ ...copy, usedAt: 0, revision: 1 });
    }
    const copy = put.find(({ id }) => id === names.get(original.id));
    if (copy !== undefined && place === undefined) beside.set(original.parent, siblings.toSpliced(at + 1, 0, copy));
  }
  return plan({ put, copies });
}

async function restore(
  tree: TreeReader,
  { nodes, remove, lostAndFound, whole }: Extract<TreeCommand, { kind: 'restore' }>,
  newId: () => string,
): Promise<TreePlan> {
  const back = new Map(nodes.map((node) => [node.id, node]));
  const before: CollectionNode[] = [];
  const put: CollectionNode[] = [];
  const removed = await planRemoval(tree, remove, back);
  const goes = new Set(removed.map(({ id }) => id));
  let found: CollectionNode | null = null;
  // Nodes that come at once must not take each other's keys.
  const taken = new Map<string, Set<string>>();
  for (const node of nodes) {
    const now = await tree.get(node.id);
    let { parent } = node;
    const holder = back.get(parent) ?? (await tree.get(parent));
    const isThere = parent === ROOT || (holder?.kind === 'folder' && !goes.has(parent));
    if (!isThere) {
      if (now !== undefined) throw new TreeRefusal('gone');
      if (node.kind === 'folder') parent = ROOT;
      else {
        found ??= await lostFolder(tree, lostAndFound, newId());
        if (!put.includes(found)) put.push(found);
        parent = found.id;
      }
    }
    const keys = taken.get(parent) ?? (await keysOf(tree, parent, (id) => back.has(id) || goes.has(id)));
    taken.set(parent, keys);
    const key = freeKey(node.key, keys);
    keys.add(key);
    if (now !== undefined) before.push(now);
    // What is still there goes back to its place only, unless all of it is asked for: its name may have changed since. The revision is higher than
    // any that a panel knows of it.
    const source = whole === true ? node : (now ?? node);
    put.push({ ...source, parent, key, revision: Math.max(node.revision, now?.revision ?? 0) + 1 });
  }
  await refuseCycles(tree, put);
  return plan({ put, removed, before });
}

async function refusePlace(tree: TreeReader, nodes: readonly CollectionNode[], { parent }: Place): Promise<void> {
  const depth = await depthOf(tree, parent);
  for (const node of nodes) {
    if (parent === ROOT && node.kind === 'request') throw new TreeRefusal('place');
    if (depth + (await height(tree, node)) > MAX_DEPTH) throw new TreeRefusal('deep');
  }
}

/** What was made may go only together with all that is in it by now. */
async function planRemoval(
  tree: TreeReader,
  remove: readonly string[],
  back: ReadonlyMap<string, CollectionNode>,
): Promise<CollectionNode[]> {
  const removed: CollectionNode[] = [];
  const made = new Set(remove);
  for (const id of remove) {
    const node = await tree.get(id);
    if (node === undefined) continue;
    removed.push(node);
    for (const child of await tree.children(id)) {
      if (!made.has(child.id) && !back.has(child.id)) throw new TreeRefusal('changed');
    }
  }
  return removed;
}

async function lostFolder(tree: TreeReader, name: string, id: string): Promise<CollectionNode> {
  const [key = ''] = await keysAt(tree, { parent: ROOT, before: null }, 1);
  return { id, parent: ROOT, key, kind: 'folder', name, method: '', url: '', usedAt: 0, revision: 1 };
}

async function keysOf(tree: TreeReader, parent: string, without: (id: string) => boolean): Promise<Set<string>> {
  return new Set((await tree.children(parent)).filter(({ id }) => !without(id)).map(({ key }) => key));
}

/** The key itself, or the next one after it that nobody has. */
function freeKey(key: string, taken: ReadonlySet<string>): string {
  let free = key;
  while (taken.has(free)) {
    const above = [...taken].filter((other) => other > free).sort()[0] ?? null;
    const [between = ''] = generateNKeysBetween(free, above, 1);
    free = between;
  }
  return free;
}

async function refuseCycles(tree: TreeReader, put: readonly CollectionNode[]): Promise<void> {
  const changed = new Map(put.map((node) => [node.id, node]));
  for (const node of put) {
    let at: CollectionNode | undefined = node;
    for (let level = 0; at !== undefined && at.parent !== ROOT; level++) {
      if (at.parent === node.id) throw new TreeRefusal('cycle');
      if (level > MAX_DEPTH) throw new TreeRefusal('deep');
      at = changed.get(at.parent) ?? (await tree.get(at.parent));
    }
  }
}

/** Keys in front of `before`, or at the end. @param leaving nodes that will not be there any more */
async function keysAt(
  tree: TreeReader,
  { parent, before }: Place,
  count: number,
  leaving: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const all = await tree.children(parent);
  // A sibling that is itself moved, or that is gone by now, still tells where.
  const at = all.findIndex(({ id }) => id === before);
  const staying = (node: CollectionNode): boolean => !leaving.has(node.id);
  const below = at < 0 ? undefined : all.slice(at).find(staying);
  const above = (at < 0 ? all : all.slice(0, at)).findLast(staying);
  return generateNKeysBetween(above?.key ?? null, below?.key ?? null, count);
}

/** The nodes without those that stand in another one of them, in the order in which they were named. */
async function topmost(tree: TreeReader, ids: readonly string[]): Promise<CollectionNode[]> {
  const wanted = new Set(ids);
  const nodes: CollectionNode[] = [];
  for (const id of wanted) {
    const node = await existing(tree, id);
    const above = await path(tree, node.parent);
    if (!above.some((folder) => wanted.has(folder))) nodes.push(node);
  }
  return nodes;
}

async function existing(tree: TreeReader, id: string): Promise<CollectionNode> {
  const node = await tree.get(id);
  if (node === undefined) throw new TreeRefusal('gone');
  return node;
}

/** The folder and those above it, from the inside out. @throws TreeRefusal when it is no folder */
async function path(tree: TreeReader, folder: string): Promise<string[]> {
  const ids: string[] = [];
  let id = folder;
  while (id !== ROOT) {
    const node = await existing(tree, id);
    if (node.kind !== 'folder') throw new TreeRefusal('place');
    ids.push(id);
    id = node.parent;
  }
  return ids;
}

async function depthOf(tree: TreeReader, folder: string): Promise<number> {
  return (await path(tree, folder)).length;
}

/** Parents come before their children. */
async function subtree(tree: TreeReader, top: CollectionNode): Promise<CollectionNode[]> {
  const all = [top];
  for (const node of all) if (node.kind === 'folder') all.push(...(await tree.children(node.id)));
  return all;
}

/** Levels that a node and what is in it take. */
async function height(tree: TreeReader, top: CollectionNode): Promise<number> {
  const levels = new Map([[top.id, 1]]);
  let most = 1;
  for (const node of await subtree(tree, top)) {
    const level = levels.get(node.id) ?? (levels.get(node.parent) ?? 0) + 1;
    levels.set(node.id, level);
    most = Math.max(most, level);
  }
  return most;
}

const next = (node: CollectionNode): CollectionNode => ({ ...node, revision: node.revision + 1 });

const plan = (parts: Partial<TreePlan>): TreePlan => ({ put: [], removed: [], copies: [], before: [], ...parts });
