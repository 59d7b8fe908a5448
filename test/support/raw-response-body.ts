import { Readable, pipeline } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { ChunkedEncodingError, InvalidHeader } from '../../src/http/errors.ts';
import type { HeaderLine } from '../../src/http/types.ts';
import type { SocketReader } from './socket-reader.ts';

const LONGEST_CHUNK_LINE = 65_536;

/** RFC 9112 §6.3. */
export function hasBody(method: string, status: number): boolean {
  return method !== 'HEAD' && status >= 200 && status !== 204 && status !== 304;
}

function valuesOf(headers: readonly HeaderLine[], name: string): string[] {
  return headers.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
}

/** The body without its framing. @throws InvalidHeader for lengths that contradict each other, as urllib3 does */
export function framedBody(reader: SocketReader, headers: readonly HeaderLine[]): AsyncGenerator<Buffer> {
  if (valuesOf(headers, 'transfer-encoding').some((value) => /\bchunked\b/i.test(value))) return chunks(reader);
  const lengths = new Set(
    valuesOf(headers, 'content-length').flatMap((value) => value.split(',').map((part) => part.trim())),
  );
  if (lengths.size > 1)
    throw new InvalidHeader(`Content-Length contained multiple unmatching values (${[...lengths].join(', ')})`);
  const [length = ''] = lengths;
  return /^\d+$/.test(length) ? bounded(reader, Number(length)) : untilClosed(reader);
}

async function* untilClosed(reader: SocketReader): AsyncGenerator<Buffer> {
  try {
    for (let piece = await reader.piece(); piece !== null; piece = await reader.piece()) yield piece;
  } finally {
    reader.close();
  }
}

async function* bounded(reader: SocketReader, length: number): AsyncGenerator<Buffer> {
  try {
    let left = length;
    while (left > 0) {
      const piece = await reader.piece(left);
      if (piece === null) throw cutOff(`IncompleteRead(${length - left} bytes read, ${left} more expected)`);
      left -= piece.length;
      yield piece;
    }
  } finally {
    reader.close();
  }
}

async function* chunks(reader: SocketReader): AsyncGenerator<Buffer> {
  try {
    for (;;) {
      const line = await reader.line(LONGEST_CHUNK_LINE);
      const digits = (line.split(';')[0] ?? '').trim();
      if (!/^[0-9a-f]+$/i.test(digits)) throw cutOff(`InvalidChunkLength(got length ${JSON.stringify(line)})`);
      let left = Number.parseInt(digits, 16);
      if (left === 0) break;
      while (left > 0) {
        const piece = await reader.piece(left);
        if (piece === null) throw cutOff(`IncompleteRead(${left} more expected)`);
        left -= piece.length;
        yield piece;
      }
      await reader.line(LONGEST_CHUNK_LINE);
    }
    // Trailers.
    while ((await reader.line(LONGEST_CHUNK_LINE)).trim() !== '');
  } finally {
    reader.close();
  }
}

function cutOff(message: string): ChunkedEncodingError {
  return new ChunkedEncodingError(`Connection broken: ${message}`, { netError: 'ERR_CONTENT_LENGTH_MISMATCH' });
}

/** The body without its content codings; codings that urllib3 does not know stay. Cancelling calls `close`. */
export function decodedBody(
  body: AsyncGenerator<Buffer>,
  headers: readonly HeaderLine[],
  close: () => void,
): ReadableStream<Uint8Array> {
  const codings = valuesOf(headers, 'content-encoding').flatMap((value) =>
    value.split(',').map((coding) => coding.trim().toLowerCase()),
  );
  let decoded: AsyncGenerator<Buffer> = body;
  for (const coding of codings.reverse()) decoded = decode(decoded, coding);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await decoded.next();
      if (done === true) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: close,
  });
}

async function* decode(encoded: AsyncGenerator<Buffer>, coding: string): AsyncGenerator<Buffer> {
  // A coded body that ends early is taken as far as it goes: so does urllib3.
  const lenient = { finishFlush: constants.Z_SYNC_FLUSH };
  const [first, rest] = await peek(encoded);
  const isZlib = first !== null && ((first[0] ?? 0) & 0x0f) === 8;
  const decoder =
    {
      gzip: () => createGunzip(lenient),
      'x-gzip': () => createGunzip(lenient),
      deflate: () => (isZlib ? createInflate(lenient) : createInflateRaw(lenient)),
      br: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
    }[coding] ?? null;
  if (decoder === null || first === null) {
    yield* rest;
    return;
  }
  // pipeline hands the failure of either part to whoever reads the last one.
  const decoded = pipeline(Readable.from(rest), decoder(), () => {});
  for await (const piece of decoded) yield piece as Buffer;
}

async function peek(pieces: AsyncGenerator<Buffer>): Promise<[Buffer | null, AsyncGenerator<Buffer>]> {
  const { done, value } = await pieces.next();
  const first = done === true ? null : value;
  async function* again(): AsyncGenerator<Buffer> {
    if (first !== null) yield first;
    yield* pieces;
  }
  return [first, again()];
}
