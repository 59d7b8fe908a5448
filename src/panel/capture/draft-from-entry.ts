import { encodeParams } from '../../http/encoding.ts';
import { findJsonMistake } from '../../inspect/json-format.ts';
import { isJsonType, parseMediaType, type MediaType } from '../../inspect/media-type.ts';
import { boundaryOf, partFacts, splitParts } from '../../inspect/multipart.ts';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import type { Draft, DraftAuth, DraftBody, Part } from '../../model/draft.ts';
import type { HeaderLines } from '../../model/exchange.ts';
import { BODY_FILE } from '../state/files.ts';
import { newDraft } from '../state/new-draft.ts';
import { rowsFromUrl } from '../state/query-rows.ts';
import { newPart, newRow } from '../state/rows.ts';
import { missingFiles } from './missing-files.ts';

export interface EntryDraft {
  readonly draft: Draft;
  /** Files that the draft's body holds, by the key under which the composer looks for them. */
  readonly files: ReadonlyMap<string, File>;
}

/**
 * A captured request as something to edit: parameters, body and credentials in their own fields. What a field of the
 * composer would spell differently stays as it was sent: a form in odd escapes is kept as text.
 * @param defaults names of the fields that a draft carries by itself; those that the entry had not are switched off
 */
export function draftFromEntry(entry: CapturedEntry, defaults: readonly string[]): EntryDraft {
  const blank = newDraft();
  const files = new Map<string, File>();
  const sent = new Set(entry.requestHeaders.map(([name]) => name.toLowerCase()));
  const read = readBody(entry, files);
  const auth = readAuth(entry.requestHeaders);
  const skipped = new Set([...read.ownFields, ...(auth === null ? [] : ['authorization'])]);
  const draft: Draft = {
    ...blank,
    method: entry.method,
    url: entry.url,
    params: rowsFromUrl(entry.url, []),
    headers: entry.requestHeaders
      .filter(([name, value]) => !skipped.has(name.toLowerCase()) && !isConnections(name, value, entry.url))
      .map(([name, value]) => newRow({ name, value })),
    defaultsOff: defaults.filter((name) => !sent.has(name.toLowerCase()) && name.toLowerCase() !== 'connection'),
    body: { ...blank.body, ...read.body },
    // What the page sent is complete: nothing is to be inherited.
    auth: { ...blank.auth, type: 'none', ...auth },
  };
  return { draft, files };
}

/** Fields that the connection adds by itself. */
function isConnections(name: string, value: string, url: string): boolean {
  switch (name.toLowerCase()) {
    case 'content-length':
    case 'transfer-encoding':
      return true;
    case 'connection':
      return value.toLowerCase() === 'keep-alive';
    case 'host':
      return URL.canParse(url) && new URL(url).host === value;
    default:
      return false;
  }
}

interface ReadBody {
  readonly body: Partial<DraftBody>;
  /** Fields that the composer makes of the body. */
  readonly ownFields: readonly string[];
}

function readBody(entry: CapturedEntry, files: Map<string, File>): ReadBody {
  const { body } = entry;
  if (body.state === 'none' || (body.state === 'exact' && body.bytes.length === 0)) return { body: {}, ownFields: [] };
  const field = entry.requestHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  if (body.state === 'incomplete') return readIncomplete(entry, body.text ?? '', field ?? '', files);
  const media = parseMediaType(field);
  const text = asText(body.bytes);
  const read =
    (media?.essence === 'multipart/form-data' ? readMultipart(body.bytes, field ?? '', files) : null) ??
    (text === null ? null : readText(text, media));
  if (read !== null) return read;
  files.set(BODY_FILE, new File([body.bytes], BODY_NAME));
  return { body: { type: 'file', filename: BODY_NAME }, ownFields: [] };
}

const BODY_NAME = 'captured-body';

/** Nothing is sent by mistake that was never captured: the composer asks for files that are named and not there. */
function readIncomplete(entry: CapturedEntry, text: string, contentType: string, files: Map<string, File>): ReadBody {
  const missing = new Set(missingFiles(entry).map(({ part }) => part));
  if (missing.has(null)) return { body: { type: 'file', filename: BODY_NAME, text }, ownFields: [] };
  const read = readMultipart(new TextEncoder().encode(text), contentType, files, missing);
  return read ?? { body: { type: 'file', filename: BODY_NAME, text }, ownFields: [] };
}

function asText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function readText(text: string, media: MediaType | null): ReadBody {
  if (media?.essence === 'application/x-www-form-urlencoded') {
    const pairs = text.split('&').map(readPair);
    if (encodeParams(pairs) === text) {
      return { body: { type: 'form', form: pairs.map(([name, value]) => newRow({ name, value })) }, ownFields: [] };
    }
  }
  if (media !== null && isJsonType(media) && findJsonMistake(text) === null) {
    const graphql = readGraphql(text);
    return {
      body: { json: text, ...(graphql === null ? { type: 'json' } : { type: 'graphql', graphql }) },
      ownFields: [],
    };
  }
  return { body: { type: 'text', text }, ownFields: [] };
}

function readPair(raw: string): [string, string] {
  const equals = raw.indexOf('=');
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part.replaceAll('+', ' '));
    } catch {
      return part;
    }
  };
  return equals < 0 ? [decode(raw), ''] : [decode(raw.slice(0, equals)), decode(raw.slice(equals + 1))];
}

const GRAPHQL_MEMBERS = new Set(['query', 'variables', 'operationName']);

/** A body of GraphQL over HTTP; null for other JSON, and where numbers of the variables would not survive. */
function readGraphql(text: string): DraftBody['graphql'] | null {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('query' in parsed) || typeof parsed.query !== 'string')
    return null;
  const { query, variables, operationName } = parsed as Record<string, unknown>;
  if (!Object.keys(parsed).every((name) => GRAPHQL_MEMBERS.has(name)) || typeof query !== 'string') return null;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return null;
  if (!/[{\s]/.test(query)) return null;
  const written = variables === undefined || variables === null ? '' : JSON.stringify(variables, null, 2);
  if (/\d{16}|\d[.eE]\d/.test(text)) return null;
  return { query, variables: written, operationName: operationName ?? '' };
}

/** The parts of a form; null where the composer would write a part differently. */
function readMultipart(
  bytes: Uint8Array,
  contentType: string,
  files: Map<string, File>,
  missing: ReadonlySet<number | null> = new Set(),
): ReadBody | null {
  const boundary = boundaryOf(contentType);
  const parts = boundary === null ? null : splitParts(bytes, boundary);
  if (parts === null) return null;
  const rows: Part[] = [];
  const found = new Map<string, File>();
  for (const [index, { head, content }] of parts.entries()) {
    const { name, filename, contentType: type, plain } = partFacts(head);
    const value = asText(content);
    if (!plain || (filename === null && value === null)) return null;
    const facts = { name, contentType: type ?? '' };
    if (filename === null) rows.push(newPart({ ...facts, value: value ?? '' }));
    else {
      const row = newPart({ ...facts, kind: 'file', filename });
      rows.push(row);
      if (!missing.has(index)) found.set(row.id, new File([content.slice()], filename));
    }
  }
  for (const [key, file] of found) files.set(key, file);
  // The composer draws a boundary of its own.
  return { body: { type: 'multipart', multipart: rows }, ownFields: ['content-type'] };
}

/** Credentials in a form that the composer writes the same way; null when there are none, or others. */
function readAuth(headers: HeaderLines): Partial<DraftAuth> | null {
  const field = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
  const bearer = /^Bearer (\S+)$/.exec(field)?.[1];
  if (bearer !== undefined) return { type: 'bearer', token: bearer };
  const basic = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(field)?.[1];
  if (basic === undefined) return null;
  const pair = fromBase64(basic);
  const colon = pair?.indexOf(':') ?? -1;
  if (pair === null || colon < 0) return null;
  return { type: 'basic', username: pair.slice(0, colon), password: pair.slice(colon + 1) };
}

function fromBase64(text: string): string | null {
  try {
    const bytes = atob(text);
    return btoa(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}
