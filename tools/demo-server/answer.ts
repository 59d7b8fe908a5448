import { STATUS_CODES } from 'node:http';
import { jsonPage } from './json-text.ts';
import type { Json } from './json-text.ts';

type FieldLine = readonly [name: string, value: string];

/** What a route answers. A body of several chunks is streamed: chunked, unless its length is given in `fields`. */
export interface Answer {
  readonly status: number;
  readonly fields: readonly FieldLine[];
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** httpbin's default: it stands on every answer that says nothing else, empty ones too. */
const htmlType: FieldLine = ['Content-Type', 'text/html; charset=utf-8'];
const plainType: FieldLine = ['Content-Type', 'text/plain; charset=utf-8'];

export function json(value: Json, fields: readonly FieldLine[] = [], status = 200): Answer {
  return { status, fields: [['Content-Type', 'application/json'], ...fields], body: jsonPage(value) };
}

export function html(body: string, status = 200, fields: readonly FieldLine[] = []): Answer {
  return { status, fields: [htmlType, ...fields], body };
}

export function plain(body: string, status = 200, fields: readonly FieldLine[] = []): Answer {
  return { status, fields: [plainType, ...fields], body };
}

export function bytes(
  body: Answer['body'],
  fields: readonly FieldLine[] = [],
  status = 200,
  type = 'application/octet-stream',
): Answer {
  return { status, fields: [['Content-Type', type], ...fields], body };
}

/** A redirect with a page that links to its target. */
export function redirect(location: string, fields: readonly FieldLine[] = []): Answer {
  const link = location.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return html(page('Redirect', `<p>Go on to <a href="${link}">${link}</a>.</p>`), 302, [
    ['Location', location],
    ...fields,
  ]);
}

/** A page that names a status and says why. */
export function problem(status: number, why: string, fields: readonly FieldLine[] = []): Answer {
  return html(page(`${status} ${STATUS_CODES[status] ?? ''}`, `<p>${why}</p>`), status, fields);
}

/** A small HTML page; `content` is markup. */
export function page(title: string, content: string): string {
  const head = `<meta charset="utf-8">\n<title>${title}</title>`;
  return `<!doctype html>\n<html lang="en">\n${head}\n<h1>${title}</h1>\n${content}\n</html>\n`;
}

/** Python's names for status codes where they differ from Node's. */
const otherReasons: Readonly<Record<number, string>> = {
  203: 'NON AUTHORITATIVE INFORMATION',
  207: 'MULTI STATUS',
  306: 'SWITCH PROXY',
  413: 'REQUEST ENTITY TOO LARGE',
  414: 'REQUEST URI TOO LONG',
  416: 'REQUESTED RANGE NOT SATISFIABLE',
  449: 'RETRY WITH',
  509: 'UNKNOWN',
  511: 'NETWORK AUTHENTICATION FAILED',
};

/** The reason phrase in httpbin's upper case. */
export function reasonOf(status: number): string {
  return otherReasons[status] ?? STATUS_CODES[status]?.toUpperCase() ?? 'UNKNOWN';
}
