import { decoderFor } from '../http/text-encoding.ts';
import { blobPieces } from './blob-pieces.ts';
import { byteOrderMark } from './byte-order-mark.ts';
import { readBytes } from './read-bytes.ts';

const UTF8_NAMES = new Set(['utf-8', 'utf8', 'unicode-1-1-utf-8']);

/**
 * The same text in UTF-8 without a mark: what line index, JSON scanner and search work on. UTF-8 itself is not copied,
 * nor checked: bytes that are no UTF-8 stay and show as U+FFFD. So is a charset that nobody knows.
 */
export async function asUtf8(blob: Blob, charset: string): Promise<Blob> {
  const mark = byteOrderMark(await readBytes(blob, 0, 4));
  if (UTF8_NAMES.has(charset.toLowerCase())) return mark?.charset === 'utf-8' ? blob.slice(mark.length) : blob;
  const decoder = decoderFor(charset);
  if (decoder === null) return blob;
  const unmarked = mark?.charset === charset.toLowerCase() ? blob.slice(mark.length) : blob;
  const encoder = new TextEncoder();
  const pieces = blobPieces(unmarked);
  const transcoded = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      controller.enqueue(encoder.encode(done === true ? decoder.flush() : decoder.decode(value)));
      if (done === true) controller.close();
    },
  });
  // Through a Response the browser keeps a large result on disk; a Blob made of many Blobs fails in Chromium.
  return await new Response(transcoded).blob();
}
