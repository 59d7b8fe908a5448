import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import { bytes, json, plain } from './answer.ts';
import { facts } from './facts.ts';
import { PythonRandom } from './python-random.ts';
import type { DemoRequest } from './request.ts';
import type { RouteTable } from './router.ts';

const limit = 100 * 1024;
const dripLimit = 10 * 1024 * 1024;
const longestDelay = 10;

/** Routes that send bytes, some of them slowly. */
export const bytesRoutes: RouteTable = {
  '/bytes/<int:n>': (request, n) => bytes(randomContent(request, Number(n))),
  '/stream-bytes/<int:n>': (request, n) =>
    bytes(inPieces(randomContent(request, Number(n)), chunkSize(request), 0, request.signal)),
  '/range/<int:n>': (request, n) => range(request, Number(n)),
  '/drip': drip,
  'GET,POST,PUT,DELETE,PATCH,TRACE /delay/<seconds>': delay,
};

function randomContent(request: DemoRequest, asked: number): Buffer {
  const length = Math.min(asked, limit);
  const seed = request.parameter('seed');
  if (seed === undefined) return randomBytes(length);
  const random = new PythonRandom(BigInt(seed.trim()));
  return Buffer.from(Array.from({ length }, () => random.byte()));
}

function chunkSize(request: DemoRequest): number {
  return Math.max(1, numberOf(request, 'chunk_size', 10 * 1024));
}

function numberOf(request: DemoRequest, name: string, otherwise: number): number {
  const text = request.parameter(name);
  const value = text === undefined || text === '' ? otherwise : Number(text);
  if (Number.isNaN(value)) throw new TypeError(`${name} must be a number.`);
  return value;
}

/** The content in pieces of `size`; before each but the first it waits `seconds` a byte of the piece before. */
async function* inPieces(content: Buffer, size: number, seconds: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) {
    const piece = content.subarray(at, at + size);
    yield piece;
    if (seconds > 0) await pause(seconds * piece.length * 1000, undefined, { signal });
  }
}

/** The alphabet again and again, as far as Range asks for it (RFC 9110 section 14). */
function range(request: DemoRequest, total: number): Answer {
  const known: [string, string][] = [
    ['ETag', `range${total}`],
    ['Accept-Ranges', 'bytes'],
  ];
  if (total <= 0 || total > limit) return plain(`number of bytes must be in the range (0, ${limit}]`, 404, known);
  const [first, last] = askedRange(request.field('Range'), total);
  if (first > last || first < 0 || last >= total) {
    return plain('', 416, [...known, ['Content-Range', `bytes */${total}`]]);
  }
  const content = Buffer.from(Array.from({ length: last + 1 - first }, (_, at) => 97 + ((first + at) % 26)));
  const perByte = numberOf(request, 'duration', 0) / total;
  const whole = first === 0 && last === total - 1;
  const fields: [string, string][] = [
    ...known,
    ['Content-Length', String(content.length)],
    ['Content-Range', `bytes ${first}-${last}/${total}`],
  ];
  return bytes(inPieces(content, chunkSize(request), perByte, request.signal), fields, whole ? 200 : 206);
}

function askedRange(field: string | undefined, total: number): [first: number, last: number] {
  const [, first = '', last = ''] = /^\s*bytes=(\d*)-(\d*)\s*$/.exec(field ?? '') ?? [];
  if (first === '' && last === '') return [0, total - 1];
  if (first === '') return [Math.max(0, total - Number(last)), total - 1];
  return [Number(first), last === '' ? total - 1 : Number(last)];
}

/** So many asterisks over so many seconds. */
async function drip(request: DemoRequest): Promise<Answer> {
  const count = Math.min(numberOf(request, 'numbytes', 10), dripLimit);
  if (count <= 0) return plain('number of bytes must be positive', 400);
  const duration = numberOf(request, 'duration', 2);
  const wait = numberOf(request, 'delay', 0);
  if (wait > 0) await pause(wait * 1000, undefined, { signal: request.signal });
  const content = inPieces(Buffer.alloc(count, '*'), 1, duration / count, request.signal);
  return bytes(content, [['Content-Length', String(count)]], numberOf(request, 'code', 200));
}

async function delay(request: DemoRequest, text = ''): Promise<Answer> {
  const seconds = Math.min(Number(text), longestDelay);
  if (!(seconds >= 0)) throw new TypeError('A delay is a number of seconds.');
  await pause(seconds * 1000, undefined, { signal: request.signal });
  return json(facts(request, 'args', 'data', 'files', 'form', 'headers', 'origin', 'url'));
}
