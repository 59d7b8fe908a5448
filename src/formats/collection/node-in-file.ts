import * as v from 'valibot';
import {
  folderContentSchema,
  requestContentSchema,
  type NodeContent,
  type RequestContent,
} from '../../model/collection.ts';
import type { Draft } from '../../model/draft.ts';
import type { FolderInFile, RequestInFile } from './file-schema.ts';

/** A draft with nothing typed, which gives what a file leaves out; and the rows that a URL stands for. */
export interface DraftFrame {
  readonly blank: () => Draft;
  readonly paramsOf: (url: string) => Draft['params'];
}

const blankAuth = { type: 'none', username: '', password: '', token: '', headerName: '', headerValue: '' } as const;
const blankRow = { enabled: true, name: '', value: '' };
const blankVariable = { ...blankRow, secret: false, literal: false };
const blankExtraction = { ...blankRow, from: 'json', into: 'environment' };
const blankPart = { ...blankRow, kind: 'text', filename: '', contentType: '' };

type Loose = Record<string, unknown>;

/** What a node holds, with whatever is as it would be anyway left out. Members come in one order, always. */
export function toFile(
  id: string,
  name: string,
  content: NodeContent,
  frame: DraftFrame,
): RequestInFile | FolderInFile {
  const head = { kind: content.kind, id, name, ...(content.notes === '' ? {} : { notes: lined(content.notes) }) };
  if (content.kind === 'folder') {
    const { kind: _, notes: __, auth, ...rest } = content;
    const blank = { headers: [], params: [], session: null, variables: [] };
    const own = auth === null ? {} : { auth: less(auth, blankAuth) };
    return { ...head, ...own, ...less(rowsOut({ ...rest }), blank) };
  }
  const { draft, examples } = content;
  const { id: _, method, url, params, body, auth, options, ...rest } = draft;
  const blank: Loose & Draft = frame.blank();
  // Those that are switched on stand in the URL; with one that is off, all are there, for their order.
  const ownParams = params.some((row) => !row.enabled) ? params : [];
  const parts = {
    ...less(rowsOut({ method, url, params: ownParams, ...rest }), {
      ...blank,
      method: '',
      url: '',
    }),
    ...member('body', {
      ...less(linedMembers(rowsOut(body)), { ...blank.body, graphql: null }),
      ...member('graphql', less(linedMembers(body.graphql), blank.body.graphql)),
    }),
    ...member('auth', less(auth, blank.auth)),
    ...member('options', less(options, blank.options)),
  };
  const kept = examples.map(({ name, reason, encoding, body, at, status, headers }) => ({
    ...(name === '' ? {} : { name }),
    at,
    status,
    headers,
    ...(reason === '' ? {} : { reason }),
    ...(body === '' ? {} : { body: lined(body) }),
    ...(encoding === 'text' ? {} : { encoding }),
  }));
  return { ...head, ...parts, ...(kept.length === 0 ? {} : { examples: kept }) };
}

/** What the file's item holds, whole. @param newId makes ids of rows and examples */
export function fromFile(
  item: RequestInFile | FolderInFile,
  id: string,
  frame: DraftFrame,
  newId: () => string,
): NodeContent {
  const rows = (list: readonly Loose[] | undefined, blank: Loose): Loose[] =>
    (list ?? []).map((row) => ({ ...blank, ...row, id: newId() }));
  if (item.kind === 'folder') {
    const { notes, auth, session = null } = item;
    return v.parse(folderContentSchema, {
      ...item,
      kind: 'folder',
      notes: joined(notes),
      auth: auth == null ? null : { ...blankAuth, ...auth },
      headers: rows(item.headers, blankRow),
      params: rows(item.params, blankRow),
      session,
      variables: rows(item.variables, blankVariable),
    });
  }
  const blank = frame.blank();
  const { notes, examples = [], kind: _, name: __, ...fields } = item;
  const url = item.url ?? '';
  const { body } = item;
  const draft = {
    ...blank,
    ...fields,
    id,
    method: item.method ?? 'GET',
    url,
    params: item.params === undefined ? frame.paramsOf(url) : rows(item.params, blankRow),
    headers: rows(item.headers, blankRow),
    body: {
      ...blank.body,
      ...body,
      json: joined(body?.json),
      text: joined(body?.text),
      form: rows(body?.form, blankRow),
      multipart: rows(body?.multipart, blankPart),
      graphql: {
        ...blank.body.graphql,
        ...body?.graphql,
        query: joined(body?.graphql?.query),
        variables: joined(body?.graphql?.variables),
      },
    },
    auth: { ...blank.auth, ...item.auth },
    options: { ...blank.options, ...item.options },
    variables: rows(item.variables, blankVariable),
    extract: rows(item.extract, blankExtraction),
  };
  const content: v.InferInput<typeof requestContentSchema> = {
    kind: 'request',
    draft,
    notes: joined(notes),
    examples: examples.map(({ name = '', reason = '', encoding = 'text', body, ...example }) => ({
      ...example,
      body: joined(body),
      id: newId(),
      name,
      reason,
      encoding,
    })),
  } as RequestContent;
  return v.parse(requestContentSchema, content);
}

const lined = (text: string): string | string[] => (text.includes('\n') ? text.split('\n') : text);
const joined = (text: string | string[] | undefined): string => (Array.isArray(text) ? text.join('\n') : (text ?? ''));

/** Texts of several lines as lists of them. */
function linedMembers(value: Loose): Loose {
  return Object.fromEntries(
    Object.entries(value).map(([name, own]) => [name, typeof own === 'string' ? lined(own) : own]),
  );
}

/** Without the members that are as in `blank`. */
function less(value: Loose, blank: Loose): Loose {
  return Object.fromEntries(
    Object.entries(value).filter(([name, own]) => JSON.stringify(own) !== JSON.stringify(blank[name])),
  );
}

const member = (name: string, value: Loose): Loose => (Object.keys(value).length === 0 ? {} : { [name]: value });

/** Rows without their ids, and without what a row is by itself; rows that say nothing are gone. */
function rowsOut(value: Loose): Loose {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'graphql')
      .map(([name, own]) => [name, Array.isArray(own) ? own.flatMap(rowOut) : own]),
  );
}

function rowOut(row: unknown): unknown[] {
  if (typeof row !== 'object' || row === null) return [row];
  const { id: _, ...fields } = row as Loose;
  if (fields['name'] === '' && fields['value'] === '' && (fields['filename'] ?? '') === '') return [];
  return [{ name: fields['name'], ...less(fields, { ...blankExtraction, ...blankVariable, ...blankPart }) }];
}
