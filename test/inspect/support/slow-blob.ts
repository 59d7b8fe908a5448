/** A Blob whose bytes come when they are let: what reads it can be looked at half way. */
export interface SlowBlob {
  readonly blob: Blob;
  /** Lets so many more bytes through; resolves when one reader has them. */
  release(this: void, bytes: number): Promise<void>;
}

export function slowBlob(content: string): SlowBlob {
  const bytes = new TextEncoder().encode(content);
  const blob = new Blob([bytes]);
  const passed = { released: 0, given: 0 };
  const changed = new EventTarget();
  const change = (): Promise<void> =>
    new Promise((resolve) => changed.addEventListener('change', () => resolve(), { once: true }));

  /** Reads what was let through of a part: less than was asked for, when the rest is still held back. */
  async function read(from: number, to: number): Promise<ArrayBuffer> {
    while (from >= passed.released && passed.released < bytes.length) await change();
    const part = bytes.slice(from, Math.min(to, passed.released));
    passed.given = Math.max(passed.given, from + part.length);
    changed.dispatchEvent(new Event('change'));
    return part.buffer;
  }
  const slice = blob.slice.bind(blob);
  blob.slice = (from = 0, to = bytes.length) => {
    const part = slice(from, to);
    // What tells the kind of a body and its byte order mark reads its beginning at once.
    if (to > 4 && to <= bytes.length) part.arrayBuffer = () => read(from, to);
    return part;
  };
  return {
    blob,
    async release(count) {
      passed.released = Math.min(bytes.length, passed.released + count);
      changed.dispatchEvent(new Event('change'));
      while (passed.given < passed.released) await change();
      // What was given is worked on before anything else is asked.
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}
