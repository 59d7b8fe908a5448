/**
 * Encrypts values at rest with AES-GCM. The keys are wrapped (`master-key.ts`), so a copy or an export of what is stored
 * holds no readable secret.
 */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** NIST SP 800-38D 8.2: 96 bits, never the same twice under one key. */
const IV_BYTES = 12;

/** @param extractable so that it can be wrapped; it must not be kept then */
export async function newKey(extractable: boolean): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, extractable, ['encrypt', 'decrypt']);
}

/** Keys whose place another one has taken, as long as there may be something that they had encrypted. */
const earlier = new WeakMap<CryptoKey, CryptoKey>();

/** From now on whatever the other key has encrypted can be read with this one. */
export function noteEarlierKey(key: CryptoKey, before: CryptoKey): void {
  earlier.set(key, before);
}

export async function seal(key: CryptoKey, value: unknown): Promise<Sealed> {
  return encrypt(key, new TextEncoder().encode(JSON.stringify(value)));
}

/** @throws OperationError when the key is another one or the data were changed */
export async function unseal(key: CryptoKey, sealed: Sealed): Promise<unknown> {
  const before = earlier.get(key);
  const plain = await decrypt(key, sealed).catch((error: unknown) => {
    if (before === undefined) throw error;
    return decrypt(before, sealed);
  });
  return JSON.parse(new TextDecoder().decode(plain));
}

/** The same under another key. @throws OperationError when it was not encrypted with `from` */
export async function reseal(from: CryptoKey, to: CryptoKey, sealed: Sealed): Promise<Sealed> {
  return encrypt(to, await decrypt(from, sealed));
}

async function encrypt(key: CryptoKey, plain: BufferSource): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain) };
}

function decrypt(key: CryptoKey, { iv, data }: Sealed): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data);
}
