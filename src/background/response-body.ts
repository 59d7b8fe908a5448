import { ResponseTooLarge } from '../http/errors.ts';
import type { Response } from '../http/response.ts';

/** How much of the body is shown while the rest is under way. */
const FIRST_PART = 64 * 1024;
/** How often progress is told, in ms. */
const PROGRESS_INTERVAL = 100;

export interface BodyListener {
  onFirstPart(bytes: Uint8Array<ArrayBuffer>): void;
  onProgress(loaded: number): void;
}

export interface CollectedBody {
  /** Everything that came, on disk where the browser puts large Blobs. */
  blob: Blob;
  /** Why it ended early; null when it is whole. */
  error: unknown;
}

/**
 * Collects a response's body into one Blob as it arrives; a body that is cut off keeps what came.
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
  let first: Uint8Array[] | null = [];
  let toldAt = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const showFirst = (): void => {
    if (first === null || loaded === 0) return;
    listener.onFirstPart(joinBytes(first, FIRST_PART));
    first = null;
  };
  const tell = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    toldAt = performance.now();
    showFirst();
    listener.onProgress(loaded);
  };
  const note = (chunk: Uint8Array): void => {
    first?.push(chunk.slice(0, FIRST_PART));
    loaded += chunk.byteLength;
    if (loaded >= FIRST_PART) showFirst();
    const wait = toldAt + PROGRESS_INTERVAL - performance.now();
    if (wait <= 0) tell();
    // What came is told even if nothing more comes.
    else timer ??= setTimeout(tell, wait);
  };
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done === true) {
          controller.close();
          return;
        }
        const room = limit - loaded;
        const piece = value.byteLength > room ? value.subarray(0, room) : value;
        note(piece);
        // A byte stream may not be given nothing.
        if (piece.byteLength > 0) controller.enqueue(piece);
        if (piece === value) return;
        error = new ResponseTooLarge(`The body is larger than the limit of ${limit} bytes.`, { response });
        controller.close();
        await response.close();
      } catch (cause) {
        error = cause;
        controller.close();
      }
    },
  });
  // Typeless: the media type is a field of the response, not of the Blob.
  const blob = await new globalThis.Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
  tell();
  return { blob, error };
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
