import { unwrap, wrap, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { rememberedBits } from './key-memory.ts';
import { openPanelDatabase } from './panel-database.ts';

/**
 * The key that wraps all others (AES-KW, RFC 3394). It is wrapped itself: by a key of this device that cannot be
 * exported, or by one that a passphrase gives. Whoever sets, changes or removes the passphrase replaces this one record,
 * and nothing else has to be encrypted anew.
 */
const masterSchema = v.variant('by', [
  v.object({
    by: v.literal('device'),
    key: v.custom<CryptoKey>((value) => value instanceof CryptoKey),
    wrapped: v.instance(ArrayBuffer),
  }),
  v.object({
    by: v.literal('passphrase'),
    salt: v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array),
    iterations: v.number(),
    wrapped: v.instance(ArrayBuffer),
  }),
]);
export type MasterRecord = v.InferOutput<typeof masterSchema>;

/** Its name in the store `keys` of the panel's database. */
const MASTER = 'master';
const WRAPPING = { name: 'AES-KW', length: 256 } as const;
const USES: KeyUsage[] = ['wrapKey', 'unwrapKey'];

/** The passphrase has not been entered since the browser started. */
export class LockedError extends Error {
  constructor() {
    super('What is stored is locked by a passphrase');
    this.name = 'LockedError';
  }
}

/** The store `keys` without its schema: that does not know what other keys look like. */
async function database(): Promise<IDBPDatabase> {
  return wrap(unwrap(await openPanelDatabase()));
}

export async function readMaster(): Promise<MasterRecord | null> {
  const record: unknown = await (await database()).get('keys', MASTER);
  return record === undefined ? null : v.parse(masterSchema, record);
}

export async function writeMaster(record: MasterRecord): Promise<void> {
  await (await database()).put('keys', record, MASTER);
}

/** A key that wraps, from what a passphrase gave. */
export function wrappingKey(bits: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bits, 'AES-KW', false, USES);
}

/** @throws OperationError when another key had wrapped it (RFC 3394 section 2.2.3) */
export function unwrapMaster(wrapped: ArrayBuffer, by: CryptoKey, extractable: boolean): Promise<CryptoKey> {
  return crypto.subtle.unwrapKey('raw', wrapped, by, 'AES-KW', WRAPPING, extractable, USES);
}

/** Wraps the master under a new key of this device. */
export async function wrappedByDevice(master: CryptoKey): Promise<MasterRecord> {
  const key = await crypto.subtle.generateKey(WRAPPING, false, USES);
  return { by: 'device', key, wrapped: await crypto.subtle.wrapKey('raw', master, key, 'AES-KW') };
}

/**
 * The master, made when there is none.
 * @param extractable to wrap it anew; it must not be kept then
 * @throws LockedError
 */
export async function masterKey(extractable = false): Promise<CryptoKey> {
  const record = (await readMaster()) ?? (await makeMaster());
  if (record.by === 'device') return unwrapMaster(record.wrapped, record.key, extractable);
  const bits = await rememberedBits();
  if (bits === null) throw new LockedError();
  return unwrapMaster(record.wrapped, await wrappingKey(bits), extractable).catch(() => {
    // The passphrase was changed meanwhile, by somebody who forgot to say so.
    throw new LockedError();
  });
}

/** Whoever stores it first wins: all pages use the same one. */
async function makeMaster(): Promise<MasterRecord> {
  const made = await wrappedByDevice(await crypto.subtle.generateKey(WRAPPING, true, USES));
  // Refused when there is one by now.
  await (await database()).add('keys', made, MASTER).catch(() => {});
  return (await readMaster()) ?? made;
}
