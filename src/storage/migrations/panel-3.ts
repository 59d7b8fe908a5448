import type { Migration } from '../open-database.ts';

/**
 * Collections: the tree, and apart from it what its nodes hold (encrypted). Batches: what they send (encrypted), what
 * became of each request, and the exchanges that were kept.
 * Environments, each encrypted. What a restore has brought so far.
 */
export const panel3: Migration = (db) => {
  const nodes = db.createObjectStore('nodes', { keyPath: 'id' });
  nodes.createIndex('place', ['parent', 'key']);
  db.createObjectStore('contents', { keyPath: 'id' });
  db.createObjectStore('batchHeads', { keyPath: 'id' });
  db.createObjectStore('batches', { keyPath: 'id' });
  db.createObjectStore('batchItems', { keyPath: ['batch', 'chunk'] });
  db.createObjectStore('batchResults', { keyPath: ['batch', 'index'] });
  db.createObjectStore('batchExchanges', { keyPath: ['batch', 'index'] });
  db.createObjectStore('environments', { keyPath: 'id' }).createIndex('order', 'order');
  db.createObjectStore('staged', { autoIncrement: true });
};
