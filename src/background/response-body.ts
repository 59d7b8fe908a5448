import { ResponseTooLarge } from '../http/errors.ts';
import type { Response } from '../http/response.ts';

/** How much of the body is shown while the rest is under way. */
const FIRST_PART = 64 * 1024;
/** How often progress is told, in ms. */
const PROGRESS_INTERVAL = 100;
/** A body that is whole within this time needs no progress, in ms. */
const QUICK = 20;

export interface BodyListener {
  onFirstPart(bytes: Uint8Array<ArrayBuffer>): void;
  onProgress(loaded: number): void;
  /** Every piece as it comes; the next one is not read before this resolves. */
  onPiece?: ((piece: Uint8Array) => Promise<void>) | undefined;
}

export interface CollectedBody {
  /** Everything that came: bytes where they are few, else on disk where the browser puts large Blobs. */
  body: Blob | Uint8Array<ArrayBuffer>;
  /** Why it ended early; null when it is whole. */
  error: unknown;
}

/**
 * Collects a response's body as it arrives, into one Blob unless it is small; a body that is cut off keeps what came.
 * @param limit bytes after which the rest is given up, with ResponseTooLarge as the error
 */
export async function collectBody(
  response: Response,
  listener: BodyListener,
  limit = Infinity,
): Promise<CollectedBody> {
  const chunks = response.iterContent(null);
  let error: unknown = null;
  let loaded = 0;
  let ended = false;
  const first: Uint8Array<ArrayBuffer>[] = [];
  let firstShown = false;
  let toldAt = performance.now() - PROGRESS_INTERVAL + QUICK;
  let told = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const showFirst = (): void => {
    if (firstShown || loaded === 0) return;
    firstShown = true;
    listener.onFirstPart(joinBytes(first.splice(0), FIRST_PART));
  };
  const tell = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    toldAt = performance.now();
    told = true;
    showFirst();
    listener.onProgress(loaded);
  };
  const note = (chunk: Uint8Array): void => {
    loaded += chunk.byteLength;
    if (loaded >= FIRST_PART) showFirst();
    const wait = toldAt + PROGRESS_INTERVAL - performance.now();
    if (wait <= 0) tell();
    // What came is told even if nothing more comes.
    else timer ??= setTimeout(tell, wait);
  };
  /** The next bytes, never none; null when there are none left, or no more are wanted. */
  const read = async (): Promise<Uint8Array<ArrayBuffer> | null> => {
    while (!ended) {
      try {
        const { done, value } = await chunks.next();
        if (done === true) break;
        const room = limit - loaded;
        const piece = (value.byteLength > room ? value.subarray(0, room) : value) as Uint8Array<ArrayBuffer>;
        if (!firstShown) first.push(piece);
        note(piece);
        await listener.onPiece?.(piece);
        if (piece !== value) {
          ended = true;
          error = new ResponseTooLarge(`The body is larger than the limit of ${limit} bytes.`, { response });
          await response.close();
        }
        if (piece.byteLength > 0) return piece;
      } catch (cause) {
        error = cause;
        break;
      }
    }
    ended = true;
    return null;
  };

  // A small body stays as it is: making a Blob takes longer than all the rest. A larger one goes the way that ends on disk.
  const kept: Uint8Array<ArrayBuffer>[] = [];
  let whole = false;
  for (let size = 0; !whole && size < FIRST_PART; size += kept.at(-1)?.byteLength ?? 0) {
    const piece = await read();
    if (piece === null) whole = true;
    else kept.push(piece);
  }
  // Typeless: the media type is a field of the response, not of the Blob.
  const body = whole ? joinBytes(kept, Infinity) : await new globalThis.Response(streamOf(kept, read)).blob();
  // Of a small body that came at once the end says it all.
  if (told || !whole) tell();
  else if (timer !== null) clearTimeout(timer);
  return { body, error };
}

function streamOf(
  kept: readonly Uint8Array<ArrayBuffer>[],
  read: () => Promise<Uint8Array<ArrayBuffer> | null>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const piece of kept) controller.enqueue(piece);
    },
    async pull(controller) {
      const piece = await read();
      if (piece === null) controller.close();
      else controller.enqueue(piece);
    },
  });
}

function joinBytes(chunks: readonly Uint8Array[], limit: number): Uint8Array<ArrayBuffer> {
  const size = Math.min(
    limit,
    chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0),
  );
  const joined = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, size - at);
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
}
