/** Its name in `storage.session`. */
export const UNLOCKED = 'unlocked';

/** Memory of the browser that is never written to disk and ends with it; shared by all contexts of the extension. */
export interface KeyMemory {
  get(): Promise<unknown>;
  set(value: string): Promise<void>;
}

/** Where nothing else is provided, what is unlocked is unlocked for this context alone. */
let memory: KeyMemory = (() => {
  let kept: string | null = null;
  return {
    get: () => Promise.resolve(kept),
    set: (value) => {
      kept = value;
      return Promise.resolve();
    },
  };
})();

/** To be called once, before any key is asked for. */
export function provideKeyMemory(provided: KeyMemory): void {
  memory = provided;
}

/** For a worker, which has no such memory: what the passphrase gave, as its page has it; null while nobody has entered it. */
export function provideUnlocked(bits: Uint8Array | null): void {
  let kept: unknown = bits === null ? null : base64(bits);
  provideKeyMemory({
    get: () => Promise.resolve(kept),
    set: (value) => {
      kept = value;
      return Promise.resolve();
    },
  });
}

const base64 = (bits: Uint8Array): string => btoa(String.fromCharCode(...bits));

/** What the passphrase of this session of the browser gave; null while nobody has entered it. */
export async function rememberedBits(): Promise<Uint8Array<ArrayBuffer> | null> {
  const value = await memory.get();
  return typeof value === 'string' ? Uint8Array.from(atob(value), (character) => character.charCodeAt(0)) : null;
}

export async function rememberBits(bits: Uint8Array): Promise<void> {
  await memory.set(base64(bits));
}
