import { parseContentTypeHeader } from '../../../src/http/content-type.ts';
import { parseDictHeader, parseListHeader, unquoteHeaderValue } from '../../../src/http/header-lists.ts';
import { CaseInsensitiveHeaders } from '../../../src/http/headers.ts';
import { linksByRel, parseHeaderLinks } from '../../../src/http/links.ts';
import { PreparedRequest } from '../../../src/http/prepared-request.ts';
import { defaultHeaders } from '../../../src/http/session.ts';
import { getEncodingFromHeaders } from '../../../src/http/text-encoding.ts';
import type { HeadersInitCI } from '../../../src/http/types.ts';
import type { Areas } from '../area.ts';
import { asGiven, isRecord, list, matches, Raises, text } from '../values.ts';

/** Byte strings of Python stand for Latin-1 text: our fields hold text only. */
function asText(value: unknown): unknown {
  return value instanceof Uint8Array ? String.fromCharCode(...value) : value;
}

function fieldsOf(given: unknown): HeadersInitCI {
  const pairs = given instanceof Map ? [...given] : Object.entries(isRecord(given) ? given : {});
  return asGiven(pairs.map(([name, value]) => [asText(name), asText(value)]));
}

function preparedFields(headers: HeadersInitCI): unknown {
  const request = new PreparedRequest();
  request.prepareHeaders(headers);
  return new Map(request.headers);
}

function sameFields(actual: unknown, expected: unknown): boolean {
  const wanted =
    expected instanceof Map
      ? new Map(Array.from(expected, ([name, value]) => [asText(name), asText(value)]))
      : expected;
  return matches(actual, expected instanceof Raises ? expected : wanted);
}

type Operation = (headers: CaseInsensitiveHeaders, args: readonly unknown[]) => unknown;

/** The operations of a Python dict, by ours. Those that give nothing leave no entry in the result. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  set: (h, [name, value]) => h.set(text(name), text(value)),
  del: (h, [name]) => void h.delete(text(name)),
  update: (h, [other]) => h.update(asGiven(other)),
  getitem: (h, [name]) => h.get(text(name)),
  get: (h, [name, fallback = null]) => h.get(text(name)) ?? fallback,
  has: (h, [name]) => h.has(text(name)),
  len: (h) => h.size,
  keys: (h) => Array.from(h, ([name]) => name),
  values: (h) => Array.from(h, ([, value]) => value),
  items: (h) => [...h],
  lower_items: (h) => [...h.lowerItems()],
  eq: (h, [other]) => h.equals(asGiven(other)),
  copy: (h) => [...h.copy()],
  pop: (h, [name]) => {
    const value = h.get(text(name)) ?? null;
    h.delete(text(name));
    return value;
  },
  setdefault: (h, [name, value]) => {
    if (!h.has(text(name))) h.set(text(name), text(value));
    return h.get(text(name));
  },
};

const SILENT = new Set(['set', 'del', 'update']);

function runOperations(operations: readonly unknown[]): unknown[] {
  const headers = new CaseInsensitiveHeaders();
  const results: unknown[] = [];
  for (const operation of operations) {
    const [name, ...args] = list(operation);
    const run = OPERATIONS[text(name)];
    if (run === undefined) throw new Error(`no counterpart for ${text(name)}`);
    const result = run(headers, args);
    if (!SILENT.has(text(name))) results.push(result);
  }
  return results;
}

export const areas: Areas = {
  parse_content_type_header: {
    run: ({ header }) => {
      const { type, params } = parseContentTypeHeader(text(header));
      return [type, params];
    },
  },
  get_encoding_from_headers: {
    run: ({ headers }) => getEncodingFromHeaders(new CaseInsensitiveHeaders(fieldsOf(headers))),
  },
  parse_header_links: { run: ({ value }) => parseHeaderLinks(text(value)) },
  response_links: { run: ({ link }) => linksByRel(typeof link === 'string' ? link : undefined) },
  parse_dict_header: { run: ({ value }) => parseDictHeader(text(value)) },
  parse_list_header: { run: ({ value }) => parseListHeader(text(value)) },
  unquote_header_value: { run: ({ value, is_filename: file }) => unquoteHeaderValue(text(value), file === true) },
  default_headers: { run: () => Array.from(defaultHeaders(), ([name]) => name) },
  prepare_headers: { run: ({ headers }) => preparedFields(fieldsOf(headers)), compare: sameFields },
  case_insensitive_dict: { run: ({ ops }) => runOperations(list(ops)) },
};
