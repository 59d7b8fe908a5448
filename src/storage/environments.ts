import { unwrap } from 'idb';
import * as v from 'valibot';
import { environmentSchema, type Environment } from '../model/environment.ts';
import { broadcast } from './broadcast.ts';
import { storedKey } from './keys.ts';
import { openPanelDatabase } from './panel-database.ts';
import { seal, unseal } from './secret-box.ts';

/** Where panels tell each other that environments have changed; what they hold is not said. */
const CHANNEL = 'request-workbench-environments';
const KEY = 'environments';

export interface LoadedEnvironments {
  /** In their order; the globals are one of them once they hold something. */
  readonly environments: readonly Environment[];
  /** How many could not be read; they stay where they are. */
  readonly unreadable: number;
}

/** Environments on disk, each encrypted as a whole. */
export interface EnvironmentStorage {
  load(): Promise<LoadedEnvironments>;
  /**
   * Changes one as it stands on disk by now; two panels that change it at the same moment both have their way.
   * @param change is given null for one that is not there, and may be called again
   */
  update(id: string, change: (stored: Environment | null) => Environment): Promise<void>;
  remove(id: string): Promise<void>;
  /** Hears that another panel has changed something, until the function that is returned is called. */
  hear(listener: () => void): () => void;
}

export const environmentStorage: EnvironmentStorage = {
  async load() {
    const db = await openPanelDatabase();
    const key = await storedKey(unwrap(db), KEY);
    const records = await db.getAllFromIndex('environments', 'order');
    const read = await Promise.all(
      records.map(async ({ sealed }) => {
        const parsed = v.safeParse(environmentSchema, await unseal(key, sealed).catch(() => null));
        return parsed.success ? parsed.output : null;
      }),
    );
    const environments = read.filter((environment) => environment !== null);
    return { environments, unreadable: read.length - environments.length };
  },
  async update(id, change) {
    const db = await openPanelDatabase();
    const key = await storedKey(unwrap(db), KEY);
    for (;;) {
      const record = await db.get('environments', id);
      const parsed = v.safeParse(environmentSchema, record && (await unseal(key, record.sealed).catch(() => null)));
      // Encrypting takes longer than a transaction lives: whether somebody came in between is looked at afterwards.
      const sealed = await seal(key, change(parsed.success ? parsed.output : null));
      const transaction = db.transaction('environments', 'readwrite');
      const now = await transaction.store.get(id);
      const isSame = now?.revision === record?.revision;
      const order = record?.order ?? Date.now();
      if (isSame) await transaction.store.put({ id, order, revision: (record?.revision ?? 0) + 1, sealed });
      await transaction.done;
      if (isSame) break;
    }
    broadcast(CHANNEL, null);
  },
  async remove(id) {
    const db = await openPanelDatabase();
    await db.delete('environments', id);
    broadcast(CHANNEL, null);
  },
  hear(listener) {
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener('message', () => listener());
    return () => channel.close();
  },
};
