import { expect, test } from 'vitest';
import type { CollectionNews, CollectionNode } from '../../../src/model/collection.ts';
import { createCollectionTree } from '../../../src/panel/collections/collection-tree.ts';
import { requestsIn, treeRows } from '../../../src/panel/collections/tree-rows.ts';

const node = (id: string, parent: string, change: Partial<CollectionNode> = {}): CollectionNode => ({
  id,
  parent,
  key: id,
  kind: 'request',
  name: id,
  method: 'GET',
  url: `http://t.test/${id}`,
  usedAt: 0,
  revision: 1,
  ...change,
});
const folder = (id: string, parent: string, name = id): CollectionNode =>
  node(id, parent, { kind: 'folder', name, method: '', url: '' });

async function treeOf(nodes: readonly CollectionNode[]) {
  let tell = (_news: CollectionNews): void => {};
  const tree = createCollectionTree({
    storage: { nodes: (after) => Promise.resolve(nodes.filter(({ id }) => after === null || id > after)) },
    hear: (listener) => {
      tell = listener;
      return () => {};
    },
  });
  await tree.open();
  return { tree, tell: (news: CollectionNews) => tell(news) };
}

const nodes = [
  folder('a', '', 'Orders'),
  folder('b', 'a', 'Old'),
  node('c', 'b', { name: 'List of 2023', usedAt: 5 }),
  node('d', 'a', { name: 'Create', method: 'POST', usedAt: 9 }),
  folder('e', '', 'Users'),
  node('f', 'e', { name: 'List' }),
];
const names = (rows: ReturnType<typeof treeRows>): string[] =>
  rows.map(({ node: { name }, level }) => '.'.repeat(level - 1) + name);

test('folders that are closed hide what is in them', async () => {
  const { tree } = await treeOf(nodes);
  const rows = (expanded: string[]) => treeRows(tree, { words: [], sort: 'own', expanded: new Set(expanded) });
  expect(names(rows([]))).toEqual(['Orders', 'Users']);
  expect(names(rows(['a']))).toEqual(['Orders', '.Old', '.Create', 'Users']);
  expect(rows(['a'])[2]).toMatchObject({ level: 2, position: 2, siblings: 2, expanded: null });
});

test('a filter shows what has all its words, with the folders above; a folder that has them shows all that is in it', async () => {
  const { tree } = await treeOf(nodes);
  const rows = (text: string) => names(treeRows(tree, { words: text.split(' '), sort: 'own', expanded: new Set() }));
  expect(rows('list')).toEqual(['Orders', '.Old', '..List of 2023', 'Users', '.List']);
  expect(rows('post create')).toEqual(['Orders', '.Create']);
  expect(rows('orders')).toEqual(['Orders', '.Old', '..List of 2023', '.Create']);
  expect(rows('nothing')).toEqual([]);
});

test('by name folders come first; those used last stand without folders', async () => {
  const { tree } = await treeOf(nodes);
  const all = new Set(['a', 'b', 'e']);
  expect(names(treeRows(tree, { words: [], sort: 'name', expanded: all }))).toEqual([
    'Orders',
    '.Old',
    '..List of 2023',
    '.Create',
    'Users',
    '.List',
  ]);
  expect(names(treeRows(tree, { words: [], sort: 'used', expanded: all }))).toEqual(['Create', 'List of 2023']);
});

test('news that come late change nothing', async () => {
  const { tree, tell } = await treeOf(nodes);
  tell({ kind: 'changed', nodes: [node('f', 'e', { name: 'Newer', revision: 5 })], removed: [] });
  tell({ kind: 'changed', nodes: [node('f', 'a', { name: 'Older', revision: 3 })], removed: [] });
  expect(tree.get('f')?.name).toBe('Newer');
  tell({ kind: 'changed', nodes: [], removed: ['f'] });
  tell({ kind: 'changed', nodes: [node('f', 'e', { revision: 5 })], removed: [] });
  expect(tree.get('f')).toBeUndefined();
  expect(tree.children('e')).toEqual([]);
});

test('a selected folder stands for the requests in it, as they are shown', async () => {
  const { tree } = await treeOf(nodes);
  const of = (selected: string[], words: string[] = []) =>
    requestsIn(tree, { words, sort: 'own', expanded: new Set() }, new Set(selected));
  expect(of(['a'])).toEqual(['c', 'd']);
  expect(of(['f', 'b', 'a'])).toEqual(['c', 'd', 'f']);
  expect(of(['d'])).toEqual(['d']);
  expect(of(['a', 'e'], ['list'])).toEqual(['c', 'f']);
});
