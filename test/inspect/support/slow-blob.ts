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
  const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> => {
    let at = 0;
    return new ReadableStream(
      {
        async pull(controller) {
          while (at === passed.released && passed.released < bytes.length) await change();
          if (at === bytes.length) {
            controller.close();
            return;
          }
          controller.enqueue(bytes.slice(at, passed.released));
          at = passed.released;
          passed.given = Math.max(passed.given, at);
          changed.dispatchEvent(new Event('change'));
        },
      },
      { highWaterMark: 0 },
    );
  };
  const slice = blob.slice.bind(blob);
  Object.assign(blob, {
    stream,
    slice: (from?: number, to?: number) => (from === 0 && (to ?? 0) >= bytes.length ? blob : slice(from, to)),
  });
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
