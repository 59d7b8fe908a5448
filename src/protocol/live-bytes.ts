/** Bytes kept in memory before they are handed to the browser, which puts large Blobs on disk. */
const SEGMENT = 4 * 1024 * 1024;

interface Segment {
  readonly start: number;
  readonly blob: Blob;
}

/**
 * The bytes of a body that is still growing, readable at any place. All but the last few MiB lie in Blobs of the
 * browser's; they are never composed to one (in Firefox such a Blob does not cross a Port).
 */
export class LiveBytes {
  size = 0;
  private readonly segments: Segment[] = [];
  private tail: Uint8Array<ArrayBuffer> = new Uint8Array(64 * 1024);
  private tailStart = 0;

  /** Resolves when there is room for more: whoever adds without waiting gives up the bound on memory. */
  async append(bytes: Uint8Array): Promise<void> {
    const needed = this.size - this.tailStart + bytes.length;
    if (needed > this.tail.length) {
      const wider = new Uint8Array(Math.max(needed, this.tail.length * 2));
      wider.set(this.tail.subarray(0, this.size - this.tailStart));
      this.tail = wider;
    }
    this.tail.set(bytes, this.size - this.tailStart);
    this.size += bytes.length;
    if (needed >= SEGMENT) await this.seal();
  }

  async read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    const end = Math.min(to, this.size);
    const out = new Uint8Array(Math.max(0, end - from));
    let at = from;
    // The segments may be sealed while one of them is read: where the tail begins is asked anew each time.
    while (at < end) {
      const segment = at < this.tailStart ? this.segmentAt(at) : null;
      const piece =
        segment === null
          ? this.tail.subarray(at - this.tailStart, end - this.tailStart)
          : new Uint8Array(await segment.blob.slice(at - segment.start, end - segment.start).arrayBuffer());
      if (piece.length === 0) break;
      out.set(piece, at - from);
      at += piece.length;
    }
    return out;
  }

  private async seal(): Promise<void> {
    const { size } = this;
    const bytes = this.tail.slice(0, size - this.tailStart);
    // Not `new Blob`: Firefox keeps that in memory.
    const blob = await new Response(bytes).blob();
    this.segments.push({ start: this.tailStart, blob });
    this.tail = new Uint8Array(64 * 1024);
    this.tailStart = size;
  }

  private segmentAt(offset: number): Segment | null {
    return this.segments.findLast(({ start }) => start <= offset) ?? null;
  }
}
