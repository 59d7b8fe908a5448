import type { Migration } from '../open-database.ts';

/** Cookie jars by session, and the key that encrypts them. */
export const background1: Migration = (db) => {
  db.createObjectStore('keys');
  db.createObjectStore('jars');
};
