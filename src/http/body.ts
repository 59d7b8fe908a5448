/** Request bodies: what `data`, `files` and `json` become (`PreparedRequest.prepare_body`). */
import { encodeParams } from './encoding.ts';
import { dumpJson } from './json-dump.ts';
import { chooseBoundary, encodeMultipart, fileEntries } from './multipart.ts';
import type { Body, DataInit, FilesInit, Pairs } from './types.ts';
import { encodeUtf8 } from './utf8.ts';

export const NO_BODY: Body = Object.freeze({ kind: 'none' });

const encoder = new TextEncoder();

/** `streamed` bodies say their length or `chunked` themselves; the length of others follows from the method too. */
export interface MadeBody {
  body: Body;
  contentType: string | null;
  streamed: boolean;
}

type Streamed = Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>;
type Raw = string | BufferSource;

function isStreamed(data: DataInit): data is Streamed {
  if (typeof data !== 'object' || data === null) return false;
  return data instanceof Blob || data instanceof ReadableStream || Symbol.asyncIterator in data;
}

function isRaw(data: DataInit | undefined): data is Raw {
  return typeof data === 'string' || data instanceof ArrayBuffer || ArrayBuffer.isView(data);
}

/** What Python calls falsy: nothing, or an empty text, buffer, list or mapping. An iterator is never empty. */
function isEmpty(data: Exclude<DataInit, Streamed> | undefined): boolean {
  if (data === null || data === undefined || data === '') return true;
  if (typeof data === 'string') return false;
  if (isRaw(data)) return data.byteLength === 0;
  if (Array.isArray(data)) return data.length === 0;
  if (data instanceof Map || data instanceof URLSearchParams) return data.size === 0;
  return !(Symbol.iterator in data) && Object.keys(data).length === 0;
}

/** Text that is known to need no check. */
function ascii(text: string): Uint8Array {
  return encoder.encode(text);
}

function rawBytes(data: Raw): Uint8Array {
  if (typeof data === 'string') return encodeUtf8(data);
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function streamOf(source: AsyncIterable<Uint8Array | string>): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(typeof value === 'string' ? encodeUtf8(value) : value);
      },
      async cancel(reason) {
        await iterator.return?.(reason);
      },
    },
    // Nothing is read before it is wanted.
    { highWaterMark: 0 },
  );
}

function streamBody(data: Streamed): Body {
  if (data instanceof Blob) {
    // fetch would send the Blob's own type where we say none.
    return { kind: 'blob', blob: data.type === '' ? data : data.slice(0, data.size) };
  }
  const open = (): ReadableStream<Uint8Array> => (data instanceof ReadableStream ? data : streamOf(data));
  return { kind: 'stream', open, rewindable: false, length: null };
}

function plainBody(data: Exclude<DataInit, Streamed> | undefined, json: unknown): Omit<MadeBody, 'streamed'> {
  if (data === null || data === undefined || isEmpty(data)) {
    if (json === null || json === undefined) return { body: NO_BODY, contentType: null };
    return { body: { kind: 'bytes', bytes: ascii(dumpJson(json)) }, contentType: 'application/json' };
  }
  if (isRaw(data)) return { body: { kind: 'bytes', bytes: rawBytes(data) }, contentType: null };
  return {
    body: { kind: 'bytes', bytes: ascii(encodeParams(data)) },
    contentType: 'application/x-www-form-urlencoded',
  };
}

function fieldsBeside(data: Exclude<DataInit, Streamed> | undefined): Pairs | null {
  if (isRaw(data)) throw new RangeError('Data must not be a string.');
  return data ?? null;
}

/**
 * The body for what the caller gave. Files win over data's own form, data over `json`; `json` counts only beside empty
 * data, and null or undefined is no JSON. Buffers and Blobs are taken as they are, not copied.
 * @throws InvalidJSONError; RangeError for raw data beside files; Error for a stream beside files.
 */
export function makeBody(
  data: DataInit | undefined,
  files: FilesInit | undefined,
  json: unknown,
  boundary?: string,
): MadeBody {
  const entries = files === undefined || files === null ? [] : fileEntries(files);
  if (data !== undefined && isStreamed(data)) {
    if (entries.length > 0) throw new Error('Streamed bodies and files are mutually exclusive.');
    return { body: streamBody(data), contentType: null, streamed: true };
  }
  if (entries.length === 0) return { ...plainBody(data, json), streamed: false };
  return { ...encodeMultipart(fieldsBeside(data), entries, boundary ?? chooseBoundary()), streamed: false };
}

/** Bytes that the body will take; null when only its end will tell. */
export function bodyLength(body: Body): number | null {
  if (body.kind === 'bytes') return body.bytes.byteLength;
  if (body.kind === 'blob') return body.blob.size;
  return body.kind === 'stream' ? body.length : 0;
}
