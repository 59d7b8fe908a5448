import { broadcast } from './broadcast.ts';
import { rememberBits, rememberedBits } from './key-memory.ts';
import { masterKey, readMaster, unwrapMaster, wrappedByDevice, wrappingKey, writeMaster } from './master-key.ts';

/** `locked`: there is a passphrase, and it has not been entered since the browser started. */
export type LockState = 'none' | 'locked' | 'unlocked';

/** OWASP's figure for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
const ITERATIONS = 600_000;
/** NIST SP 800-132 section 5.1: at least 128 bits. */
const SALT_BYTES = 16;
/** NIST SP 800-63B section 5.1.1.2. */
export const SHORTEST_PASSPHRASE = 8;

const CHANNEL = 'request-workbench-lock';

export async function lockState(): Promise<LockState> {
  const master = await readMaster();
  if (master === null || master.by === 'device') return 'none';
  const bits = await rememberedBits();
  if (bits === null) return 'locked';
  const key = await unwrapMaster(master.wrapped, await wrappingKey(bits), false).catch(() => null);
  return key === null ? 'locked' : 'unlocked';
}

/**
 * Sets the passphrase, or another one. Keys of earlier versions are replaced first, for no passphrase could protect them.
 * @throws LockedError
 */
export async function setPassphrase(passphrase: string): Promise<void> {
  // Loaded when it is needed: a panel that opens does without.
  const { renewOldKeys } = await import('./renew-keys.ts');
  await renewOldKeys();
  const master = await masterKey(true);
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const bits = await bitsOf(passphrase, salt, ITERATIONS);
  const wrapped = await crypto.subtle.wrapKey('raw', master, await wrappingKey(bits), 'AES-KW');
  // Remembered first: a panel that reads in between must not find itself locked out.
  const before = await rememberedBits();
  await rememberBits(bits);
  try {
    await writeMaster({ by: 'passphrase', salt, iterations: ITERATIONS, wrapped });
  } catch (error) {
    if (before !== null) await rememberBits(before);
    throw error;
  }
}

/** @throws LockedError */
export async function removePassphrase(): Promise<void> {
  await writeMaster(await wrappedByDevice(await masterKey(true)));
}

/** Resolves to whether it was the right one; all open panels are told then. */
export async function unlock(passphrase: string): Promise<boolean> {
  const master = await readMaster();
  if (master === null || master.by === 'device') return true;
  const bits = await bitsOf(passphrase, master.salt, master.iterations);
  const key = await unwrapMaster(master.wrapped, await wrappingKey(bits), false).catch(() => null);
  if (key === null) return false;
  await rememberBits(bits);
  broadcast(CHANNEL, null);
  return true;
}

/** Hears that another panel was unlocked, until the function that is returned is called. */
export function hearUnlocked(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', () => listener());
  return () => channel.close();
}

async function bitsOf(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // The same letters are the same passphrase, however a keyboard puts accents together (RFC 8265 section 4.2.2).
  const typed = new TextEncoder().encode(passphrase.normalize('NFC'));
  const base = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, 256),
  );
}
