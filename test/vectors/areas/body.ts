import { PreparedRequest, type PrepareInit } from '../../../src/http/prepared-request.ts';
import type { Body, DataInit } from '../../../src/http/types.ts';
import type { Areas, Divergence, VectorCase } from '../area.ts';
import { holdsScalars, SCALARS, witness } from '../scalars.ts';
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

function bodyDivergence(input: VectorCase['input'], c: VectorCase): Divergence | undefined {
  const { data, files } = input;
  if (!holdsScalars(data) || files !== undefined || !isRecord(c.expected)) return undefined;
  const body = witness(data);
  const headers = { ...record(c.expected['headers']), 'Content-Length': String(body.length) };
  return { rule: SCALARS, expected: { body, headers } };
}

async function* generator(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('abc');
}

/** A file object is a Blob here; its read position is where the slice begins. */
function streamOf(kind: string): DataInit {
  if (/^(?:gen|iter)/.test(kind)) return generator();
  if (!/^(?:bytesio|file)/.test(kind)) throw new Error(`no counterpart for a body of kind ${kind}`);
  if (/empty|_end/.test(kind)) return new Blob([]);
  return kind.includes('partial') ? new Blob(['abcdef']).slice(3) : new Blob(['abc']);
}

async function prepareStream(kind: string): Promise<unknown> {
  const request = await new PreparedRequest().prepare({
    method: 'POST',
    url: URL_FOR_BODIES,
    data: streamOf(kind),
    ...(kind.endsWith('_with_auth') ? { auth: ['user', 'pass'] } : {}),
    ...(kind.endsWith('_and_files') ? { files: { f: 'x' } } : {}),
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
  prepare_body: { run: (input) => prepareBody(input), divergence: bodyDivergence, compare: sameRequest },
  prepare_body_stream: { run: ({ kind }) => prepareStream(text(kind)), compare: sameNamedFields },
};
