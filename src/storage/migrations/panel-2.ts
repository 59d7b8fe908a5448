import * as v from 'valibot';
import type { Migration } from '../open-database.ts';

/** The tab that a slot's only draft becomes. */
const FIRST_TAB = 'first';
const record1 = v.looseObject({ slot: v.string(), savedAt: v.number() });

/** Several requests a slot, each in a tab of its own; how the tabs stand; settings. */
export const panel2: Migration = async (db, transaction) => {
  const requests = db.createObjectStore('requests', { keyPath: ['slot', 'tab'] });
  requests.createIndex('slot', 'slot');
  const tabs = db.createObjectStore('tabs', { keyPath: 'slot' });
  tabs.createIndex('savedAt', 'savedAt');
  db.createObjectStore('settings');
  const setAside = transaction.objectStore('setAside');
  for (const record of await transaction.objectStore('drafts').getAll()) {
    const known = v.safeParse(record1, record);
    if (!known.success) {
      await setAside.put?.({ at: Date.now(), reason: 'No slot', record });
      continue;
    }
    const { slot, savedAt } = known.output;
    await requests.put?.({ ...known.output, tab: FIRST_TAB, closedAt: null });
    await tabs.put?.({ slot, savedAt, order: [FIRST_TAB], active: FIRST_TAB });
  }
  db.deleteObjectStore('drafts');
};
