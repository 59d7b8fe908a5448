/**
 * Encrypts under a passphrase, for what leaves this machine: PBKDF2 with SHA-256 makes the key, AES-GCM encrypts.
 * Bytes are base64, so that it fits into JSON.
 */
export interface PassphraseSealed {
  iterations: number;
  salt: string;
  iv: string;
  data: string;
}

/** OWASP's figure for PBKDF2-HMAC-SHA256 (Password Storage Cheat Sheet, 2023). */
export const ITERATIONS = 600_000;
const SALT_BYTES = 16;
/** NIST SP 800-38D 8.2. */
const IV_BYTES = 12;

/** The passphrase is another one, or the data were changed: the two cannot be told apart. */
export class WrongPassphraseError extends Error {
  constructor() {
    super('The passphrase does not fit');
    this.name = 'WrongPassphraseError';
  }
}

export async function sealWithPassphrase(passphrase: string, value: unknown): Promise<PassphraseSealed> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await passphraseKey(passphrase, salt, ITERATIONS);
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const data = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain));
  return { iterations: ITERATIONS, salt: toBase64(salt), iv: toBase64(iv), data: toBase64(data) };
}

/** @throws WrongPassphraseError */
export async function unsealWithPassphrase(passphrase: string, sealed: PassphraseSealed): Promise<unknown> {
  try {
    const key = await passphraseKey(passphrase, fromBase64(sealed.salt), sealed.iterations);
    const iv = fromBase64(sealed.iv);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, fromBase64(sealed.data));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    throw new WrongPassphraseError();
  }
}

/** The key that a passphrase gives. */
export async function passphraseKey(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  // The same letters can be typed as different code points: NFC makes them one (RFC 8265 4.2.2).
  const typed = new TextEncoder().encode(passphrase.normalize('NFC'));
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
