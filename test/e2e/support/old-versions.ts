import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { seal } from '../../../src/storage/secret-box.ts';
import { plantDatabase, type StoredDatabase } from '../../storage/support/plant-database.ts';
import { storedDatabase } from '../../storage/support/stored-database.ts';
import type { Panel } from '../driver/types.ts';

/** Versions of the databases that are brought up to date. */
export type OldVersion = 1 | 2;

/** Drafts that are large, so that the update takes a while; characters. */
const DRAFTS = 30;
const DRAFT_SIZE = 60_000;

type StoredRecord = StoredDatabase['stores'][string]['records'][number];

/**
 * Puts both databases back to what an earlier version left, with many drafts, and gives what must be there for ever
 * after: the URL that a new panel shows, what the history lists, and words that stand in what is encrypted.
 */
export async function plantOldVersion(
  panel: Panel,
  version: OldVersion,
): Promise<{ url: string; listed: string[]; stored: string[] }> {
  const background = await storedDatabase(`background-${version}`);
  const stored = await storedDatabase(`panel-${version}`);
  const drafts = await Promise.all(Array.from({ length: DRAFTS }, (_, at) => draftRecord(stored, version, at)));
  const planted: StoredDatabase = {
    ...stored,
    stores: { ...stored.stores, ...added(stored, version, drafts) },
  };
  const source = `(text) => (${String(plantDatabase)})(JSON.parse(text))`;
  await panel.evaluate(source, JSON.stringify(background));
  await panel.evaluate(source, JSON.stringify(planted));
  return {
    url: urlOf(DRAFTS - 1),
    listed: version === 1 ? [] : ['kept-one', 'kept-two'],
    stored: [...drafts.map((_, at) => `planted-${at}`), 'kept-token', 'kept-cookie'],
  };
}

/** Not one of the words that are looked for: slots are not encrypted. */
const slotOf = (at: number): string => `slot-${at}`;
const urlOf = (at: number): string => `http://planted-${at}.test/`;

async function draftRecord({ stores }: StoredDatabase, version: OldVersion, at: number): Promise<StoredRecord> {
  const raw = /"\$key":"([^"]+)"/.exec(JSON.stringify(stores['keys']))?.[1] ?? '';
  const key = await crypto.subtle.importKey('raw', Buffer.from(raw, 'base64'), 'AES-GCM', false, ['encrypt']);
  const blank = newDraft();
  const draft = { ...blank, url: urlOf(at), body: { ...blank.body, text: 'x'.repeat(DRAFT_SIZE) } };
  const { iv, data } = await seal(key, draft);
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return {
    value: {
      version: 1,
      slot: slotOf(at),
      // Before what the panels of today save, in the order of their numbers.
      savedAt: 10_000 + at,
      sealed: { iv: { $bytes: base64(iv) }, data: { $buffer: base64(new Uint8Array(data)) } },
      ...(version === 1 ? {} : { tab: 'a', closedAt: null }),
    },
  };
}

/** The stores that hold drafts, with more of them. */
function added({ stores }: StoredDatabase, version: OldVersion, records: StoredRecord[]): StoredDatabase['stores'] {
  const more = (name: string, extra: readonly StoredRecord[]): StoredDatabase['stores'] => {
    const store = stores[name];
    if (store === undefined) throw new Error(`No store ${name} in version ${version}`);
    return { [name]: { ...store, records: [...store.records, ...extra] } };
  };
  if (version === 1) return more('drafts', records);
  const tabs = records.map((_, at) => ({
    value: { slot: slotOf(at), savedAt: 10_000 + at, order: ['a'], active: 'a' },
  }));
  return { ...more('requests', records), ...more('tabs', tabs) };
}

/** Words of the planted kind in everything that is stored, decrypted where it is encrypted. */
export async function readStored(panel: Panel): Promise<string[]> {
  return panel.evaluate<string[]>(READ);
}

const READ = `async () => {
  const ended = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  // Not instanceof: in Firefox the driver's scope has types of its own.
  const isA = (type, value) => Object.prototype.toString.call(value) === '[object ' + type + ']';
  const words = new Set();
  for (const { name } of await indexedDB.databases()) {
    const db = await ended(indexedDB.open(name));
    const all = [];
    for (const store of db.objectStoreNames) all.push(...await ended(db.transaction(store).objectStore(store).getAll()));
    db.close();
    const keys = all.filter((value) => isA('CryptoKey', value));
    const look = async (value) => {
      if (typeof value === 'string') for (const word of value.match(/planted-\\d+|kept-[a-z]+/g) ?? []) words.add(word);
      if (typeof value !== 'object' || value === null || isA('CryptoKey', value)) return;
      if (isA('Uint8Array', value.iv) && isA('ArrayBuffer', value.data)) {
        for (const key of keys) {
          const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: value.iv }, key, value.data).catch(() => null);
          if (plain !== null) await look(new TextDecoder().decode(plain));
        }
      } else for (const member of Object.values(value)) await look(member);
    };
    for (const record of all) await look(record);
  }
  return [...words];
}`;
