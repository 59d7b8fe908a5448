import type { Json } from './json-text.ts';
import { readJson } from './json-text.ts';
import { multipartParts, parameter } from './multipart.ts';
import type { DemoRequest } from './request.ts';
import { queryPairs, shownTarget, utf8 } from './text-encoding.ts';

/** What a proxy in front of a server adds; httpbin leaves these out unless the query has `show_env`. */
const proxyFields = new Set(
  `connect-time total-route-time via x-forwarded-for x-forwarded-port x-forwarded-proto x-forwarded-protocol
  x-forwarded-ssl x-heroku-dynos-in-use x-heroku-queue-depth x-heroku-queue-wait-time x-real-ip x-request-id
  x-request-start x-varnish`.split(/\s+/),
);

type FactName = 'url' | 'args' | 'form' | 'data' | 'origin' | 'headers' | 'files' | 'json' | 'method';

/** The named facts about a request, in that order, as the inspecting routes show them. */
export function facts(request: DemoRequest, ...names: readonly FactName[]): Map<string, Json> {
  const body = bodyFacts(request);
  const all: Record<FactName, () => Json> = {
    url: () => urlOf(request),
    args: () => gathered(request.query),
    origin: () => originOf(request),
    headers: () => headersOf(request),
    method: () => request.method,
    ...body,
  };
  return new Map(names.map((name) => [name, all[name]()]));
}

/** The request's own address, escapes undone where that is safe. */
export function urlOf(request: DemoRequest): string {
  const forwarded = request.field('X-Forwarded-Proto') ?? request.field('X-Forwarded-Protocol');
  const scheme = forwarded ?? (request.field('X-Forwarded-Ssl') === 'on' ? 'https' : 'http');
  return `${scheme}://${request.field('Host') ?? ''}${shownTarget(request.target)}`;
}

export function originOf(request: DemoRequest): string {
  return request.field('X-Forwarded-For') ?? request.remoteAddress;
}

export function headersOf(request: DemoRequest): Map<string, Json> {
  const showAll = request.query.some(([name]) => name === 'show_env');
  return new Map([...request.fields].filter(([name]) => showAll || !proxyFields.has(name.toLowerCase())));
}

/** Values by name: a name that comes more than once has a list. */
function gathered(pairs: Iterable<readonly [string, string]>): Map<string, Json> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return new Map([...values].map(([name, list]): [string, Json] => [name, list.length === 1 ? (list[0] ?? '') : list]));
}

function bodyFacts(request: DemoRequest): Record<'form' | 'data' | 'files' | 'json', () => Json> {
  const { body } = request;
  const contentType = request.field('Content-Type') ?? '';
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === 'application/x-www-form-urlencoded') {
    const pairs = queryPairs(body.toString('latin1'));
    return { form: () => gathered(pairs), data: () => '', files: () => ({}), json: () => null };
  }
  const boundary = parameter(contentType, 'boundary');
  if (mediaType === 'multipart/form-data' && boundary) {
    const parts = multipartParts(body, boundary);
    const texts = parts.filter(({ filename }) => filename === undefined);
    const files = parts.filter(({ filename }) => filename !== undefined);
    return {
      form: () => gathered(texts.map(({ name, content }) => [name, content.toString()])),
      // Of several files with one name, httpbin shows the first.
      files: () =>
        new Map(
          files.map(({ name, content, mediaType }): [string, Json] => [name, shown(content, mediaType)]).reverse(),
        ),
      data: () => '',
      json: () => null,
    };
  }
  return {
    form: () => ({}),
    data: () => shown(body),
    files: () => ({}),
    json: () => readJson(body.toString()) ?? null,
  };
}

/** Bytes as text if they are UTF-8, else as a data URL (RFC 2397). */
function shown(content: Buffer, mediaType = 'application/octet-stream'): string {
  const text = content.toString();
  return Buffer.from(text).equals(content) ? text : `data:${utf8(mediaType)};base64,${content.toString('base64')}`;
}
