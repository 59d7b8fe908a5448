import type { Migration } from '../open-database.ts';

/**
 * The history. Listing and searching must not touch what is heavy, so an exchange is spread over four stores under one
 * id: its line in the list, the text that is searched, the exchange itself (encrypted), its bodies.
 */
export const background2: Migration = (db) => {
  const entries = db.createObjectStore('entries', { keyPath: 'id', autoIncrement: true });
  // Only records with the property are in the index: those whose bodies, or which themselves, may go.
  entries.createIndex('droppable', 'droppable');
  entries.createIndex('removable', 'removable');
  db.createObjectStore('texts', { keyPath: 'id' });
  db.createObjectStore('exchanges', { keyPath: 'id' });
  db.createObjectStore('bodies', { keyPath: 'id' });
  db.createObjectStore('totals');
};
