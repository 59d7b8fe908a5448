import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bySiblingOrder,
  MAX_DEPTH,
  ROOT,
  type CollectionNode,
  type RequestContent,
} from '../../src/model/collection.ts';
import type { NewNode, TreeCommand } from '../../src/model/tree-command.ts';
import { TreeRefusal } from '../../src/model/tree-refusal.ts';
import { createCollectionTree } from '../../src/panel/collections/collection-tree.ts';
import { newDraft } from '../../src/panel/state/new-draft.ts';
import { hearCollectionNews } from '../../src/storage/collection-news.ts';
import { collectionStorage, type TakeBack } from '../../src/storage/collections.ts';
import { openPanelDatabase } from '../../src/storage/panel-database.ts';
import { startWithoutDatabases } from './support/fresh-databases.ts';

startWithoutDatabases();

const storage = collectionStorage('Restored');
const folder = (id: string, under: string | null = null): NewNode => ({
  id,
  kind: 'folder',
  name: id,
  method: '',
  url: '',
  under,
});
const request = (id: string, under: string | null = null): NewNode => ({
  id,
  kind: 'request',
  name: id,
  method: 'GET',
  url: `http://c.test/${id}`,
  under,
});
const end = (parent: string) => ({ parent, before: null });
const holding = (url: string): RequestContent => ({
  kind: 'request',
  draft: { ...newDraft(), url },
  notes: '',
  examples: [],
});

async function stored(): Promise<CollectionNode[]> {
  return storage.nodes(null, 100_000);
}

/** The tree as lines of `parent/name` in their order. */
async function drawn(parent = ROOT, depth = 0): Promise<string[]> {
  const all = await stored();
  const lines: string[] = [];
  for (const node of all.filter((other) => other.parent === parent).sort(bySiblingOrder)) {
    lines.push('  '.repeat(depth) + node.name, ...(await drawn(node.id, depth + 1)));
  }
  return lines;
}

async function begin(): Promise<void> {
  await storage.run(
    {
      kind: 'add',
      nodes: [folder('a'), folder('b'), folder('a1', 'a'), request('r1', 'a1'), request('r2', 'a'), request('r3', 'b')],
      place: end(ROOT),
    },
    new Map([['r1', holding('http://c.test/secret-r1')]]),
  );
}

test('nodes are added, renamed, moved, duplicated and deleted, and each is taken back', async () => {
  await begin();
  const before = ['a', '  a1', '    r1', '  r2', 'b', '  r3'];
  expect(await drawn()).toEqual(before);

  const done: TakeBack[] = [];
  const run = async (command: TreeCommand): Promise<void> => {
    done.push((await storage.run(command)).takeBack);
  };
  await run({ kind: 'change', id: 'r2', fields: { name: 'second' } });
  await run({ kind: 'move', ids: ['a1', 'r2'], place: { parent: 'b', before: 'r3' } });
  expect(await drawn()).toEqual(['a', 'b', '  a1', '    r1', '  second', '  r3']);
  await run({ kind: 'duplicate', ids: ['a1'] });
  expect(await drawn()).toEqual(['a', 'b', '  a1', '    r1', '  a1', '    r1', '  second', '  r3']);
  const copy = (await stored()).find(({ id, name }) => name === 'r1' && id !== 'r1');
  expect(await storage.content(copy?.id ?? '')).toMatchObject({ draft: { url: 'http://c.test/secret-r1' } });
  await run({ kind: 'remove', ids: ['b'] });
  expect(await drawn()).toEqual(['a']);
  expect(await storage.content('r1')).toBeNull();

  const again: TakeBack[] = [];
  for (const takeBack of done.toReversed()) again.push((await storage.undo(takeBack)).takeBack);
  expect(await drawn()).toEqual(before);
  expect(await storage.content('r1')).toMatchObject({ draft: { url: 'http://c.test/secret-r1' } });
  for (const takeBack of again.toReversed()) await storage.undo(takeBack);
  expect(await drawn()).toEqual(['a']);
});

test('a folder never goes into itself, a request never to the top, nothing into a request', async () => {
  await begin();
  const before = await drawn();
  const refused = async (command: TreeCommand, reason: string): Promise<void> => {
    const error: unknown = await storage.run(command).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TreeRefusal);
    expect(error).toMatchObject({ reason });
    expect(await drawn()).toEqual(before);
  };
  await refused({ kind: 'move', ids: ['a'], place: end('a1') }, 'cycle');
  await refused({ kind: 'move', ids: ['a'], place: end('a') }, 'cycle');
  await refused({ kind: 'move', ids: ['r1'], place: end(ROOT) }, 'place');
  await refused({ kind: 'move', ids: ['r1'], place: end('r2') }, 'place');
  await refused({ kind: 'move', ids: ['r1'], place: end('nowhere') }, 'gone');
  await refused({ kind: 'add', nodes: [request('r9')], place: end(ROOT) }, 'place');
  await refused({ kind: 'change', id: 'nobody', fields: { name: 'x' } }, 'gone');
  const deep = Array.from({ length: MAX_DEPTH + 1 }, (_, at) => folder(`d${at}`, at === 0 ? null : `d${at - 1}`));
  await refused({ kind: 'add', nodes: deep, place: end(ROOT) }, 'deep');
});

test('what lost its folder meanwhile is found in a collection of its own', async () => {
  await begin();
  const { takeBack } = await storage.run({ kind: 'remove', ids: ['r1'] });
  await storage.run({ kind: 'remove', ids: ['a'] });
  await storage.undo(takeBack);
  expect(await drawn()).toEqual(['b', '  r3', 'Restored', '  r1']);
});

test('nothing of a request stands readable on the disk', async () => {
  await begin();
  const db = await openPanelDatabase();
  const bytes = (await db.getAll('contents')).map(({ sealed }) => Buffer.from(sealed.data).toString('latin1')).join();
  expect(bytes).not.toContain('secret-r1');
});

/** One of two panels: it sees the tree as it last heard of it. */
function openPanel() {
  let heard = (): void => {};
  const tree = createCollectionTree({
    storage,
    hear: (listener) =>
      hearCollectionNews((news) => {
        listener(news);
        heard();
      }),
  });
  return {
    tree,
    /** Resolves when it has heard of what is on disk. */
    async settle(nodes: readonly CollectionNode[]): Promise<void> {
      const upToDate = (): boolean =>
        [...tree.all()].length === nodes.length && nodes.every((node) => tree.get(node.id)?.revision === node.revision);
      while (!upToDate()) await new Promise<void>((resolve) => (heard = resolve));
    },
  };
}

test('what was changed and deleted elsewhere is seen when it comes back', async () => {
  await begin();
  const panel = openPanel();
  await panel.tree.open();
  const { takeBack } = await storage.run({ kind: 'move', ids: ['r1'], place: end('b') });
  for (const name of ['one', 'two', 'three']) await storage.run({ kind: 'change', id: 'r1', fields: { name } });
  await storage.run({ kind: 'remove', ids: ['r1'] });
  await panel.settle(await stored());
  await storage.undo(takeBack);
  await panel.settle(await stored());
  expect(panel.tree.get('r1')?.parent).toBe('a1');
});

const step = fc.record({
  kind: fc.constantFrom('add-folder', 'add-request', 'rename', 'move', 'move', 'move', 'remove', 'duplicate', 'undo'),
  nodes: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  target: fc.nat(),
  before: fc.nat(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

test('under two panels at once the tree stays a tree, and nothing is lost', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, step), { minLength: 1, maxLength: 12 }), async (rounds) => {
      const db = await openPanelDatabase();
      await Promise.all([db.clear('nodes'), db.clear('contents')]);
      await begin();
      const panels = [openPanel(), openPanel()];
      await Promise.all(panels.map(({ tree }) => tree.open()));
      const undo: TakeBack[][] = [[], []];
      /** Every id that was made or brought back, less what was deleted. */
      const alive = new Set((await stored()).map(({ id }) => id));
      let made = 0;

      async function act(which: 0 | 1, { kind, nodes, target, before }: Step): Promise<void> {
        const { tree } = panels[which] ?? openPanel();
        const all = [...tree.all()].sort((a, b) => (a.id < b.id ? -1 : 1));
        const pick = (at: number): string => all[at % Math.max(1, all.length)]?.id ?? 'nobody';
        const folders = [ROOT, ...all.filter((node) => node.kind === 'folder').map(({ id }) => id)];
        const parent = folders[target % folders.length] ?? ROOT;
        const siblings = tree.children(parent);
        const place = { parent, before: siblings[before % (siblings.length + 1)]?.id ?? null };
        const ids = nodes.map(pick);
        const id = `n${which}-${made++}`;
        const commands: Record<Exclude<Step['kind'], 'undo'>, TreeCommand> = {
          'add-folder': { kind: 'add', nodes: [folder(id)], place },
          'add-request': { kind: 'add', nodes: [request(id)], place },
          rename: { kind: 'change', id: ids[0] ?? '', fields: { name: id } },
          move: { kind: 'move', ids, place },
          remove: { kind: 'remove', ids: ids.slice(0, 1) },
          duplicate: { kind: 'duplicate', ids: ids.slice(0, 1) },
        };
        const takeBack = kind === 'undo' ? undo[which]?.pop() : undefined;
        if (kind === 'undo' && takeBack === undefined) return;
        try {
          const done =
            kind === 'undo'
              ? await storage.undo(takeBack ?? { command: commands.rename, contents: [] })
              : await storage.run(commands[kind]);
          for (const node of done.change.nodes) alive.add(node.id);
          for (const gone of done.change.removed) alive.delete(gone);
          undo[which]?.push(done.takeBack);
        } catch (error) {
          if (!(error instanceof TreeRefusal)) throw error;
        }
      }

      for (const [one, other] of rounds) await Promise.all([act(0, one), act(1, other)]);

      const nodes = await stored();
      const byId = new Map(nodes.map((node) => [node.id, node]));
      expect(new Set(byId.keys())).toEqual(alive);
      const places = new Set<string>();
      for (const node of nodes) {
        let at: CollectionNode | undefined = node;
        for (let level = 0; at !== undefined && at.parent !== ROOT; level++) {
          expect(level).toBeLessThan(MAX_DEPTH);
          at = byId.get(at.parent);
          expect(at?.kind).toBe('folder');
        }
        if (node.kind === 'request') expect(node.parent).not.toBe(ROOT);
        places.add(`${node.parent} ${node.key}`);
      }
      expect(places.size).toBe(nodes.length);
      for (const panel of panels) {
        await panel.settle(nodes);
        expect([...panel.tree.all()].sort(bySiblingOrder)).toEqual(nodes.toSorted(bySiblingOrder));
        for (const { id } of nodes) {
          const children = panel.tree.children(id);
          expect(children).toEqual(nodes.filter(({ parent }) => parent === id).sort(bySiblingOrder));
        }
      }
    }),
    { numRuns: 40 },
  );
});
