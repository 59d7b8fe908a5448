import { PreparedRequest, type PrepareInit } from '../../../src/http/prepared-request.ts';
import type { Body, DataInit } from '../../../src/http/types.ts';
import type { Areas, VectorCase } from '../area.ts';
import { asGiven, isRecord, matches, record, text } from '../values.ts';

const URL_FOR_BODIES = 'http://example.com/';
/** The boundary that the vectors were made with. */
const BOUNDARY = '0123456789abcdef0123456789abcdef';

async function bytesOf(body: Body): Promise<Uint8Array | null> {
  if (body.kind === 'bytes') return body.bytes;
  return body.kind === 'blob' ? new Uint8Array(await body.blob.arrayBuffer()) : null;
}

async function prepareBody(input: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { method, ...rest } = input;
  const init: PrepareInit = { ...asGiven<object>(rest), method: text(method), url: URL_FOR_BODIES, boundary: BOUNDARY };
  const request = await new PreparedRequest().prepare(init);
  return { body: await bytesOf(request.body), headers: lowered(request.headers) };
}

function lowered(headers: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(Array.from(headers, ([name, value]) => [name.toLowerCase(), value]));
}

function parsed(body: unknown): unknown {
  return JSON.parse(new TextDecoder().decode(asGiven<Uint8Array>(body)));
}

/** Text bodies are compared as the UTF-8 that goes out; JSON by value where the vector asks for it. */
function sameRequest(actual: unknown, expected: unknown, c: VectorCase): boolean {
  if (!isRecord(expected) || !('headers' in expected)) return matches(actual, expected);
  if (!isRecord(actual) || !('headers' in actual)) return false;
  const body = typeof expected['body'] === 'string' ? new TextEncoder().encode(expected['body']) : expected['body'];
  const headers = lowered(Object.entries(record(expected['headers'])));
  // We write JSON as Python does, so bytes and Content-Length agree as well; the value decides only where they do not.
  const exact = matches(actual, { body, headers });
  if (exact || !String(c.extra['compare']).startsWith('json-body-by-value')) return exact;
  const got = { ...record(actual['headers']), 'content-length': null };
  return matches(got, { ...headers, 'content-length': null }) && matches(parsed(actual['body']), parsed(body));
}

async function* generator(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('abc');
}

/** A file object is a Blob here; its read position is where the slice begins. */
const STREAMS: Readonly<Record<string, () => DataInit>> = {
  generator,
  iter: generator,
  bytesio: () => new Blob(['abc']),
  file: () => new Blob(['abc']),
  bytesio_partial: () => new Blob(['abcdef']).slice(3),
  bytesio_empty: () => new Blob([]),
};

async function prepareStream(kind: string): Promise<unknown> {
  const withAuth = kind.endsWith('_with_auth');
  const withFiles = kind.endsWith('_and_files');
  const make = STREAMS[kind.replace(/_(?:with_auth|and_files)$/, '')];
  if (make === undefined) throw new Error(`no counterpart for a body of kind ${kind}`);
  const request = await new PreparedRequest().prepare({
    method: 'POST',
    url: URL_FOR_BODIES,
    data: make(),
    ...(withAuth ? { auth: ['user', 'pass'] } : {}),
    ...(withFiles ? { files: { f: 'x' } } : {}),
  });
  return request.headers;
}

/** Only the fields that the vector names count. */
function sameNamedFields(actual: unknown, expected: unknown): boolean {
  if (!isRecord(expected) || !(isRecord(actual) && 'get' in actual)) return matches(actual, expected);
  const headers = asGiven<{ get(name: string): string | undefined }>(actual);
  return Object.entries(expected).every(([name, value]) => matches(headers.get(name), value));
}

export const areas: Areas = {
  prepare_body: { run: (input) => prepareBody(input), compare: sameRequest },
  prepare_body_stream: { run: ({ kind }) => prepareStream(text(kind)), compare: sameNamedFields },
};
