import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';

/** One step from a version of a database to the next; it may await requests of its own transaction, nothing else. */
export type Migration = (
  db: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void | Promise<void>;

/** A database could not be brought to this version. It was left as it was. */
export class MigrationError extends Error {
  readonly database: string;

  constructor(database: string, cause: unknown) {
    super(`The database ${database} could not be brought up to date`, { cause });
    this.name = 'MigrationError';
    this.database = database;
  }
}

/**
 * Opens a database, bringing it to the version that the last migration makes (the first one makes version 1). All steps
 * run in one transaction: if one fails, none has happened.
 * @param onClosed the browser closed it, or a later version of the extension wants it: open it again next time
 * @throws MigrationError when a step failed, or a later version of the extension has already changed the database
 */
export async function openMigrated<Schema extends DBSchema>(
  name: string,
  migrations: readonly Migration[],
  onClosed: () => void = () => {},
): Promise<IDBPDatabase<Schema>> {
  let failure: unknown = null;
  try {
    return await openDB<Schema>(name, migrations.length, {
      upgrade(db, oldVersion, _new, transaction) {
        const run = async (): Promise<void> => {
          // The schema's types describe the last version only; a migration sees earlier ones.
          const untyped = db as unknown as IDBPDatabase;
          const steps = transaction as unknown as IDBPTransaction<unknown, string[], 'versionchange'>;
          for (const migrate of migrations.slice(oldVersion)) await migrate(untyped, steps);
        };
        run().catch((error: unknown) => {
          failure = error;
          transaction.abort();
        });
        // Its end is told by openDB itself.
        transaction.done.catch(() => {});
      },
      // A page that outlives an update must not hold up the new version's database.
      blocking: (_current, _blocked, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
        onClosed();
      },
      terminated: onClosed,
    });
  } catch (error) {
    if (failure !== null) throw new MigrationError(name, failure);
    if (error instanceof DOMException && error.name === 'VersionError') throw new MigrationError(name, error);
    throw error;
  }
}
