import type { Migration } from '../open-database.ts';

/** Sessions: what a person has set, one encrypted record each. Their jars stay where they are. What a restore has brought so far. */
export const background3: Migration = (db) => {
  db.createObjectStore('sessions');
  db.createObjectStore('staged', { autoIncrement: true });
};
