import { readBytes } from '../read-bytes.ts';
/** Bytes that can be read at any place, as many as there are by now. */
export interface ByteSource {
  readonly size: number;
  /** From `from` to `to`, the last not included; fewer at the end. */
  read(from: number, to: number): Promise<Uint8Array>;
}

export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (from, to) => await readBytes(blob, from, to),
  };
}
