import type { Migration } from '../open-database.ts';

/** One encrypted draft a slot. */
export const panel1: Migration = (db) => {
  db.createObjectStore('keys');
  db.createObjectStore('drafts', { keyPath: 'slot' }).createIndex('savedAt', 'savedAt');
  db.createObjectStore('setAside', { autoIncrement: true });
};
