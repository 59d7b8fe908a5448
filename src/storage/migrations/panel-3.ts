import type { Migration } from '../open-database.ts';

/** Collections: the tree, and apart from it what its nodes hold (encrypted). */
export const panel3: Migration = (db) => {
  const nodes = db.createObjectStore('nodes', { keyPath: 'id' });
  nodes.createIndex('place', ['parent', 'key']);
  db.createObjectStore('contents', { keyPath: 'id' });
};
