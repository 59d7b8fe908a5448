import { findJsonMistake } from '../../inspect/json-format.ts';
import type { Draft, DraftAuth } from '../../model/draft.ts';
import type { ExchangeError } from '../../model/exchange.ts';
import type { AuthSpec, BodySpec, Inherited, RequestSpec } from '../../model/request-spec.ts';
import type { SessionSettings } from '../../model/session.ts';
import { strings } from '../strings.ts';
import { BODY_FILE, type ChosenFiles } from './files.ts';
import { isBlank, liveRows } from './rows.ts';
import { effectiveOptions, isOwn } from './session-options.ts';

export type ReadRequest =
  | { readonly ok: true; readonly request: RequestSpec }
  | { readonly ok: false; readonly error: ExchangeError };

const JSON_TYPE = 'application/json';

/** A mistake in the draft, named as the exception that Python would raise for it. */
class DraftError extends Error {
  override readonly name: string;
  readonly code: string;

  constructor(name: string, code: string, message: string) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

/**
 * Reads a draft into a Request of its session (null: one that is not known here; the background judges that). URL, method and header fields go on as typed: the engine judges those. What only the
 * panel can judge (numbers, JSON, files) is judged here and comes back as an error in the form of an exchange's.
 */
export function requestFromDraft(draft: Draft, files: ChosenFiles, session: SessionSettings | null): ReadRequest {
  try {
    return { ok: true, request: readDraft(draft, files, session) };
  } catch (error) {
    if (!(error instanceof DraftError)) throw error;
    const { name, code, message } = error;
    return { ok: false, error: { name, code, message, netError: null } };
  }
}

function readDraft(draft: Draft, files: ChosenFiles, session: SessionSettings | null): RequestSpec {
  const options = effectiveOptions(draft.options, session);
  return {
    method: draft.method,
    url: draft.url,
    headers: readHeaders(draft),
    body: readBody(draft, files),
    auth: readAuth(draft.auth),
    timeout: {
      connect: readSeconds(strings.options.connectTimeout, options.connectTimeout),
      read: readSeconds(strings.options.readTimeout, options.readTimeout),
      total: readSeconds(strings.options.totalTimeout, options.totalTimeout),
    },
    ...readLimit(options.responseLimit),
    followRedirects: options.followRedirects,
    maxRedirects: readCount(strings.options.maxRedirects, options.maxRedirects),
    retries: readCount(strings.options.retries, options.retries),
    // The session has more to say than one word: its adapters may differ.
    verify: session === null || isOwn(draft.options, 'verify') ? options.verify : null,
    cookies: options.cookies,
    storeBrowserCookies: options.cookies === 'browser' && options.storeBrowserCookies,
    keepAuthorization: options.keepAuthorization,
    // A folder may say which one it is.
    session: session?.id ?? draft.session,
    ...(session !== null && { inherited: readInherited(session, draft) }),
    ...(session !== null && { paramsOff: namesOff(session, draft) }),
    ...(options.raiseForStatus && { raiseForStatus: true }),
  };
}

/** What the session gives to this request. Its auth is withheld from one that says it has none. */
function readInherited(session: SessionSettings, { auth }: Draft): Inherited {
  const rows = liveRows(session.headers);
  const set = new Set(rows.map((row) => row.name.toLowerCase()));
  return {
    headers: [
      ...session.defaultsOff.filter((name) => !set.has(name.toLowerCase())).map((name): [string, null] => [name, null]),
      ...rows.map((row): [string, string] => [row.name, row.value]),
    ],
    params: liveRows(session.params).map((row) => [row.name, row.value]),
    auth: auth.type === 'inherit' ? readAuth(session.auth) : null,
  };
}

/** The session's params that the request switches off, or has a row of its own for: as `params=` does in Requests. */
function namesOff(session: SessionSettings, { params, paramsOff }: Draft): string[] {
  const own = new Set(liveRows(params).map(({ name }) => name));
  const names = new Set(liveRows(session.params).map(({ name }) => name));
  return [...names].filter((name) => own.has(name) || paramsOff.includes(name));
}

/** Rows in order, then null for each default field that is switched off and not set by a row. */
function readHeaders(draft: Draft): RequestSpec['headers'] {
  const rows = liveRows(draft.headers);
  const set = new Set(rows.map((row) => row.name.toLowerCase()));
  const off = draft.defaultsOff.filter((name) => !set.has(name.toLowerCase()));
  return [
    ...rows.map((row): [string, string] => [row.name, row.value]),
    ...off.map((name): [string, null] => [name, null]),
  ];
}

function readBody({ body }: Draft, files: ChosenFiles): BodySpec {
  switch (body.type) {
    case 'none':
      return { kind: 'none' };
    case 'json':
      return readJson(body.json);
    case 'text':
      // As Requests does with a string: no Content-Type of its own.
      return body.text === '' ? { kind: 'none' } : { kind: 'text', text: body.text, contentType: null, json: false };
    case 'form':
      return { kind: 'form', pairs: liveRows(body.form).map((row) => [row.name, row.value]) };
    case 'multipart':
      return { kind: 'multipart', parts: readParts(body.multipart, files) };
    case 'file':
      return { kind: 'blob', blob: fileFor(BODY_FILE, body.filename, files), contentType: null };
    case 'graphql':
      break;
  }
  return { kind: 'text', text: graphqlText(body.graphql), contentType: JSON_TYPE, json: true };
}

function readJson(text: string): BodySpec {
  // An empty editor is a body not written yet, as `json=None` is no body.
  if (text.trim() === '') return { kind: 'none' };
  const mistake = findJsonMistake(text);
  if (mistake === null) return { kind: 'text', text, contentType: JSON_TYPE, json: true };
  const { message, line, column } = mistake;
  throw new DraftError('InvalidJSONError', 'invalid-json', strings.errors.invalidJson(message, line, column));
}

function readParts(
  rows: Draft['body']['multipart'],
  files: ChosenFiles,
): Extract<BodySpec, { kind: 'multipart' }>['parts'] {
  return liveParts(rows).map((part) => {
    const contentType = part.contentType === '' ? null : part.contentType;
    const headers = readPartHeaders(part);
    const more = headers.length === 0 ? {} : { headers };
    if (part.kind === 'text') return { name: part.name, value: part.value, filename: null, contentType, ...more };
    const file = fileFor(part.id, part.filename, files);
    const filename = part.filename === '' ? file.name : part.filename;
    return { name: part.name, value: file, filename, contentType, ...more };
  });
}

/** Names that a part's other columns write. */
const PART_FIELDS = new Set(['content-disposition', 'content-type']);

/** What is wrong with a line of a part's header fields, or null. */
export function partHeaderProblem(line: string): 'partHeader' | 'partHeaderTaken' | null {
  const name = line.slice(0, Math.max(0, line.indexOf(':'))).trim();
  if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) return 'partHeader';
  return PART_FIELDS.has(name.toLowerCase()) ? 'partHeaderTaken' : null;
}

function readPartHeaders({ name: part, headers }: Draft['body']['multipart'][number]): [string, string][] {
  return headers
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const problem = partHeaderProblem(line);
      if (problem !== null)
        throw new DraftError('InvalidHeader', 'invalid-header', strings.errors[problem](line, part));
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    });
}

/** The parts that are sent, in order. */
export function liveParts(rows: Draft['body']['multipart']): Draft['body']['multipart'] {
  return rows.filter((part) => part.enabled && !(isBlank(part) && part.kind === 'text'));
}

function fileFor(key: string, filename: string, files: ChosenFiles): File {
  const file = files.get(key);
  if (file !== undefined) return file;
  const message = filename === '' ? strings.errors.noFile : strings.errors.fileGone(filename);
  throw new DraftError('FileNotFoundError', 'request', message);
}

/** One JSON object, written by hand around the variables' text so that their numbers stay as typed. */
function graphqlText({ query, variables, operationName }: Draft['body']['graphql']): string {
  const members = [`"query": ${JSON.stringify(query)}`];
  const typed = variables.trim();
  if (typed !== '') {
    const mistake = findJsonMistake(typed);
    if (mistake !== null) {
      // Counted in what was typed, not in the trimmed text.
      const place = findJsonMistake(variables) ?? mistake;
      const message = strings.errors.invalidVariables(place.message, place.line, place.column);
      throw new DraftError('InvalidJSONError', 'invalid-json', message);
    }
    if (!typed.startsWith('{')) {
      throw new DraftError('InvalidJSONError', 'invalid-json', strings.errors.variablesNotObject);
    }
    members.push(`"variables": ${typed}`);
  }
  if (operationName !== '') members.push(`"operationName": ${JSON.stringify(operationName)}`);
  return `{${members.join(', ')}}`;
}

function readAuth(auth: DraftAuth): AuthSpec | null {
  switch (auth.type) {
    case 'inherit':
    case 'none':
      return null;
    case 'basic':
    case 'digest':
      return { type: auth.type, username: auth.username, password: auth.password };
    case 'bearer':
      return { type: 'bearer', token: auth.token };
    case 'custom':
      break;
  }
  return { type: 'custom', name: auth.headerName, value: auth.headerValue };
}

const COUNT = /^\d{0,9}$/;
const DECIMAL = /^(?:\d+\.?\d*|\.\d+)$/;

export type NumberProblem = 'notNumber' | 'notPositive' | 'notCount';

/** What is wrong with a limit (seconds, MiB) as typed, or null. */
export function limitProblem(typed: string): NumberProblem | null {
  const text = typed.trim();
  if (text === '') return null;
  if (!DECIMAL.test(text.replace(/^-/, ''))) return 'notNumber';
  return Number(text) > 0 ? null : 'notPositive';
}

/** What is wrong with a count as typed, or null. */
export const countProblem = (typed: string): NumberProblem | null => (COUNT.test(typed.trim()) ? null : 'notCount');

/** Seconds as typed → milliseconds; empty is no limit. Zero and less are refused, as urllib3's Timeout does. */
function readSeconds(label: string, typed: string): number | null {
  refuse(limitProblem(typed), label, typed);
  return typed.trim() === '' ? null : Number(typed) * 1000;
}

const MEBIBYTE = 2 ** 20;

/** MiB as typed → bytes, one at least; empty is no limit. */
function readLimit(typed: string): Pick<RequestSpec, 'responseLimit'> {
  refuse(limitProblem(typed), strings.options.responseLimit, typed);
  return typed.trim() === '' ? {} : { responseLimit: Math.max(1, Math.round(Number(typed) * MEBIBYTE)) };
}

/** A count as typed; empty is the session's. */
function readCount(label: string, typed: string): number | null {
  refuse(countProblem(typed), label, typed);
  return typed.trim() === '' ? null : Number(typed);
}

function refuse(problem: NumberProblem | null, label: string, typed: string): void {
  if (problem !== null) throw new DraftError('ValueError', 'request', strings.errors[problem](label, typed.trim()));
}
