import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Answer } from './answer.ts';
import { bytes, json } from './answer.ts';
import { facts, headersOf, originOf } from './facts.ts';
import type { Json } from './json-text.ts';
import { jsonLine, jsonPage } from './json-text.ts';
import type { DemoRequest } from './request.ts';
import type { Route, RouteTable } from './router.ts';

const withBody: Route = (request) =>
  json(facts(request, 'args', 'data', 'files', 'form', 'headers', 'json', 'origin', 'url'));

const get: Route = (request) => json(facts(request, 'args', 'headers', 'origin', 'url'));

const anything: Route = (request) =>
  json(facts(request, 'args', 'data', 'files', 'form', 'headers', 'json', 'method', 'origin', 'url'));

/** Routes that show the request itself. */
export const inspectRoutes: RouteTable = {
  '/get': get,
  'POST /post': withBody,
  'PUT /put': withBody,
  'PATCH /patch': withBody,
  'DELETE /delete': withBody,
  'GET,POST,PUT,DELETE,PATCH,TRACE /anything': anything,
  'GET,POST,PUT,DELETE,PATCH,TRACE /anything/<path:rest>': anything,
  '/ip': (request) => json({ origin: originOf(request) }),
  '/headers': (request) => json({ headers: headersOf(request) }),
  '/user-agent': (request) => json({ 'user-agent': request.field('User-Agent') ?? null }),
  '/stream/<int:n>': (request, n) => bytes(jsonLines(request, Math.min(Number(n), 100)), [], 200, 'application/json'),
  '/gzip': (request) => compressed(request, 'gzip', 'gzipped', gzipSync),
  '/deflate': (request) => compressed(request, 'deflate', 'deflated', deflateSync),
  '/brotli': (request) => compressed(request, 'br', 'brotli', brotliCompressSync),
  'GET,POST /response-headers': responseHeaders,
};

async function* jsonLines(request: DemoRequest, count: number): AsyncGenerator<Uint8Array> {
  const shown = facts(request, 'url', 'args', 'headers', 'origin');
  for (let id = 0; id < count; id += 1) yield Buffer.from(`${jsonLine(shown.set('id', id))}\n`);
}

function compressed(request: DemoRequest, coding: string, flag: string, compress: (text: string) => Buffer): Answer {
  const shown = facts(request, 'origin', 'headers', 'method').set(flag, true);
  return { ...json(null, [['Content-Encoding', coding]]), body: compress(jsonPage(shown)) };
}

/** The query's pairs become fields of the answer; its body shows them together with what it has by itself. */
function responseHeaders(request: DemoRequest): Answer {
  const fields = request.query.map(([name, value]): [string, string] => [name, fieldText(value)]);
  let length = '0';
  for (;;) {
    const shown = new Map<string, string[]>([['Content-Length', [length]]]);
    for (const [name, value] of [['Content-Type', 'application/json'] as const, ...fields]) {
      const known = [...shown.keys()].find((other) => other.toLowerCase() === name.toLowerCase()) ?? name;
      shown.set(known, [...(shown.get(known) ?? []), value]);
    }
    const entries = [...shown].map(([name, list]): [string, Json] => [
      name,
      list.length === 1 ? (list[0] ?? '') : list,
    ]);
    const body = jsonPage(new Map(entries));
    // The body names its own length: done once naming it changes nothing.
    if (String(body.length) === length) return { ...json(null, fields), body };
    length = String(body.length);
  }
}

/** A field value is one character a byte: what does not fit goes as UTF-8. */
function fieldText(value: string): string {
  return /[\u0100-\uffff]/.test(value) ? Buffer.from(value).toString('latin1') : value;
}
