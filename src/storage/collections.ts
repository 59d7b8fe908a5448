import { unwrap, type IDBPTransaction } from 'idb';
import * as v from 'valibot';
import { collectionNodeSchema, nodeContentSchema, type CollectionNode, type NodeContent } from '../model/collection.ts';
import type { TreeCommand, TreeReader } from '../model/tree-command.ts';
import { TreeRefusal } from '../model/tree-refusal.ts';
import { tellCollectionNews } from './collection-news.ts';
import { storedKey } from './keys.ts';
import { openPanelDatabase, type ContentRecord, type PanelDatabase, type PanelSchema } from './panel-database.ts';
import { seal, unseal } from './secret-box.ts';

/** The name of the key under which contents are encrypted. */
export const COLLECTIONS_KEY = 'collections';

/** What became of the tree. */
export interface TreeChange {
  readonly nodes: readonly CollectionNode[];
  readonly removed: readonly string[];
}

/** What takes a change back; itself taken back, it makes it again. */
export interface TakeBack {
  readonly command: TreeCommand;
  /** What the nodes hold again. */
  readonly contents: readonly ContentRecord[];
}

export interface Done {
  readonly change: TreeChange;
  readonly takeBack: TakeBack;
}

/** The collections on disk. Every change is one transaction on the tree as it is then, whoever else changes it. */
export interface CollectionStorage {
  /** At most `count` nodes in the order of their ids, from after that id on (null: from the first). */
  nodes(after: string | null, count: number): Promise<CollectionNode[]>;
  node(id: string): Promise<CollectionNode | null>;
  /** null when it is gone, or cannot be decrypted. */
  content(id: string): Promise<NodeContent | null>;
  /**
   * Carries a command out and tells every panel.
   * @param contents what new nodes hold, or what a changed one holds from now on
   * @throws TreeRefusal
   */
  run(command: TreeCommand, contents?: ReadonlyMap<string, NodeContent>): Promise<Done>;
  /** @throws TreeRefusal */
  undo(takeBack: TakeBack): Promise<Done>;
}

/** @param lostAndFound the name of the collection for what lost its folder */
export function collectionStorage(lostAndFound: string): CollectionStorage {
  async function carryOut(command: TreeCommand, contents: readonly ContentRecord[]): Promise<Done> {
    const db = await openPanelDatabase();
    // Loaded with the first change: a panel that opens only reads. A transaction would not wait for it.
    const { inverseOf, planCommand } = await import('../model/tree-command.ts');
    const transaction = db.transaction(['nodes', 'contents'], 'readwrite');
    try {
      const nodes = transaction.objectStore('nodes');
      const stored = transaction.objectStore('contents');
      const planned = await planCommand(treeIn(transaction), command);
      const stamp = nextRevision();
      const put = planned.put.map((node) => ({ ...node, revision: Math.max(node.revision, stamp) }));
      const plan = { ...planned, put };
      const kept: ContentRecord[] = [];
      const keep = async (id: string): Promise<void> => {
        const record = await stored.get(id);
        if (record !== undefined) kept.push(record);
      };
      await Promise.all([...plan.removed.map(({ id }) => keep(id)), ...contents.map(({ id }) => keep(id))]);
      const copied = await Promise.all(plan.copies.map(([original]) => stored.get(original)));
      const writes: Promise<unknown>[] = [];
      for (const node of plan.put) writes.push(nodes.put(node));
      for (const { id } of plan.removed) writes.push(nodes.delete(id), stored.delete(id));
      for (const [at, [, copy]] of plan.copies.entries()) {
        const content = copied[at];
        if (content !== undefined) writes.push(stored.put({ ...content, id: copy }));
      }
      for (const record of contents) writes.push(stored.put(record));
      await Promise.all(writes);
      await transaction.done;
      const change = { nodes: plan.put, removed: plan.removed.map(({ id }) => id) };
      tellCollectionNews({ kind: 'changed', nodes: [...change.nodes], removed: change.removed });
      return { change, takeBack: { command: inverseOf(command, plan, lostAndFound), contents: kept } };
    } catch (error) {
      // A transaction that has not failed by itself would commit what was asked for so far.
      if (error instanceof TreeRefusal) transaction.abort();
      await transaction.done.catch(() => {});
      throw error;
    }
  }

  return {
    async nodes(after, count) {
      const db = await openPanelDatabase();
      const found = await db.getAll('nodes', after === null ? null : IDBKeyRange.lowerBound(after, true), count);
      return found.map((record) => v.parse(collectionNodeSchema, record));
    },
    async node(id) {
      const db = await openPanelDatabase();
      return v.parse(v.nullable(collectionNodeSchema), (await db.get('nodes', id)) ?? null);
    },
    async content(id) {
      const db = await openPanelDatabase();
      const [record, key] = await Promise.all([db.get('contents', id), keyOf(db)]);
      if (record === undefined) return null;
      const parsed = v.safeParse(nodeContentSchema, await unseal(key, record.sealed).catch(() => null));
      return parsed.success ? parsed.output : null;
    },
    async run(command, contents = new Map()) {
      const key = await keyOf(await openPanelDatabase());
      const records = [...contents].map(async ([id, content]) => ({ id, sealed: await seal(key, content) }));
      return carryOut(command, await Promise.all(records));
    },
    undo: ({ command, contents }) => carryOut(command, contents),
  };
}

function keyOf(db: PanelDatabase): Promise<CryptoKey> {
  return storedKey(unwrap(db), COLLECTIONS_KEY);
}

let lastRevision = 0;

/**
 * Higher than whatever any panel knows, also of a node that is gone: what brings such a node back may know less of it than
 * whoever deleted it. Microseconds of the clock, for the panels share no other counter.
 */
function nextRevision(): number {
  lastRevision = Math.max(Date.now() * 1000, lastRevision + 1);
  return lastRevision;
}

/** The tree as a transaction sees it. */
export function treeIn(
  transaction: IDBPTransaction<PanelSchema, ('nodes' | 'contents')[], 'readonly' | 'readwrite'>,
): TreeReader {
  const nodes = transaction.objectStore('nodes');
  const place = nodes.index('place');
  return {
    get: (id) => nodes.get(id),
    // An array sorts after every string: the range holds all keys of that parent.
    children: (parent) => place.getAll(IDBKeyRange.bound([parent], [parent, []])),
  };
}
