import { useEffect, useState } from 'preact/hooks';

export interface ReadBytes<T> {
  /** null until it is there. */
  readonly value: T | null;
  readonly problem: string | null;
}

/** Makes something of a body's bytes, which are read into memory: only for bodies below a limit. */
export function useBodyBytes<T>(
  blob: Blob,
  make: (bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>,
  inputs: readonly unknown[],
): ReadBytes<T> {
  const [read, setRead] = useState<ReadBytes<T>>({ value: null, problem: null });
  useEffect(() => {
    let wanted = true;
    const work = async (): Promise<T> => make(new Uint8Array(await blob.arrayBuffer()));
    work().then(
      (value) => wanted && setRead({ value, problem: null }),
      (error: unknown) =>
        wanted && setRead({ value: null, problem: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [blob, ...inputs]);
  return read;
}
