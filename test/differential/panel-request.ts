/** A step of a case as the Request that the panel would hand to the background. */
import { dumpJson } from '../../src/http/json-dump.ts';
import { mergeHeaders, mergeParams } from '../../src/http/merge.ts';
import { CaseInsensitiveHeaders } from '../../src/http/headers.ts';
import { prepareUrl } from '../../src/http/url.ts';
import type { RequestSpec } from '../../src/model/request-spec.ts';
import type {
  AuthSetup,
  Bytes,
  Fields,
  FieldValue,
  FileContent,
  Files,
  FileSpec,
  Scalar,
  SessionSetup,
  Step,
} from './case.ts';
import { fields, params } from './session-values.ts';

/** A Blob on its way into the page: base64. */
type Carried<T> = T extends Blob ? Bytes : T extends object ? { [K in keyof T]: Carried<T[K]> } : T;
export type CarriedRequest = Carried<RequestSpec>;

/** Why a person cannot compose it. */
export class Inexpressible extends Error {}

/** @throws Inexpressible */
export function panelRequest(step: Step, session: SessionSetup, id: string): CarriedRequest {
  if (session.cookies || step.cookies) throw new Inexpressible('the panel sets no cookies but by a Cookie field');
  if (session.mounts || typeof session.retries === 'object')
    throw new Inexpressible('the panel has a number of retries');
  const [connect, read] = typeof step.timeout === 'object' ? step.timeout : [step.timeout, step.timeout];
  return {
    method: step.method,
    url: writtenUrl(step, session),
    headers: writtenHeaders(step, session),
    body: writtenBody(step),
    auth: writtenAuth(step.auth ?? session.auth),
    timeout: { connect: connect ?? null, read: read ?? null, total: null },
    followRedirects: step.allowRedirects ?? step.method.toUpperCase() !== 'HEAD',
    maxRedirects: session.maxRedirects ?? 30,
    retries: session.retries ?? 0,
    verify: true,
    cookies: 'session',
    storeBrowserCookies: false,
    keepAuthorization: false,
    session: id,
  };
}

/** The panel keeps params in the URL. One that cannot be prepared goes as it is: its error is what is asked for. */
function writtenUrl(step: Step, session: SessionSetup): string {
  const merged = mergeParams(
    step.params === undefined ? {} : params(step.params),
    session.params ? fields(session.params) : null,
  );
  if (merged === null || (step.params === undefined && session.params === undefined)) return step.url;
  let url: string;
  try {
    url = prepareUrl(step.url, merged);
  } catch {
    return step.url;
  }
  if (prepareUrl(url) !== url) throw new Inexpressible('what stands in a URL is escaped, params as text need not be');
  return url;
}

function writtenHeaders(step: Step, session: SessionSetup): RequestSpec['headers'] {
  const merged = mergeHeaders(step.headers ?? [], new CaseInsensitiveHeaders(session.headers));
  const removed = (step.headers ?? []).filter(([, value]) => value === null);
  return [...merged, ...removed.map(([name]): [string, null] => [name, null])];
}

function writtenAuth(setup: AuthSetup | undefined): RequestSpec['auth'] {
  if (setup === undefined) return null;
  switch (setup.type) {
    case 'pair':
    case 'basic':
      return { type: 'basic', username: setup.username, password: setup.password };
    case 'digest':
      return { type: 'digest', username: setup.username, password: setup.password };
    case 'own':
      return { type: 'custom', name: setup.field, value: setup.value };
    case 'proxy':
      throw new Inexpressible('the panel has no proxy credentials');
  }
}

type Body = CarriedRequest['body'];

function writtenBody({ data, json, files }: Step): Body {
  if (files !== undefined && fileEntries(files).length > 0)
    return { kind: 'multipart', parts: [...dataParts(data), ...fileParts(files)] };
  if (data === undefined || isEmpty(data)) return writtenJson(json);
  if (typeof data === 'string') return { kind: 'text', text: data, contentType: null, json: false };
  if ('$bytes' in data) return { kind: 'blob', blob: data, contentType: null };
  if ('$file' in data) return { kind: 'blob', blob: { $bytes: data.$file }, contentType: null };
  if ('$chunks' in data) throw new Inexpressible('a person has no generator');
  const pairs = textPairs(data);
  if (pairs.length === 0) throw new Inexpressible('a form of nothing but null has no rows');
  return { kind: 'form', pairs };
}

function writtenJson(json: Step['json']): Body {
  if (json === undefined || json === null) return { kind: 'none' };
  return { kind: 'text', text: dumpJson(json), contentType: 'application/json', json: true };
}

function isEmpty(data: NonNullable<Step['data']>): boolean {
  if (typeof data === 'string') return data === '';
  if ('$bytes' in data) return data.$bytes === '';
  return '$map' in data ? data.$map.length === 0 : Array.isArray(data) && data.length === 0;
}

/** A row for each value: a person writes text. */
function textPairs(data: Fields): [string, string][] {
  const given = '$map' in data ? data.$map : data;
  return given.flatMap(([name, value]) => scalars(value).map((one): [string, string] => [name, textOf(one)]));
}

function scalars(value: FieldValue): Exclude<Scalar, null>[] {
  const list: readonly Scalar[] = isList(value) ? value : [value];
  return list.filter((one) => one !== null);
}

function isList(value: FieldValue): value is readonly Scalar[] {
  return Array.isArray(value);
}

function textOf(value: Exclude<Scalar, null>): string {
  if (typeof value === 'object') throw new Inexpressible('a person writes text into a form, not bytes');
  return String(value);
}

type Part = Extract<Body, { kind: 'multipart' }>['parts'][number];

function dataParts(data: Step['data']): Part[] {
  if (data === undefined || (typeof data === 'object' && '$map' in data && data.$map.length === 0)) return [];
  if (typeof data === 'string' || '$bytes' in data || '$file' in data || '$chunks' in data) {
    throw new Inexpressible('the panel has one body');
  }
  return textPairs(data).map(([name, value]) => ({ name, value, filename: null, contentType: null }));
}

function fileEntries(files: Files): readonly (readonly [string, FileSpec])[] {
  return '$map' in files ? files.$map : files;
}

function fileParts(files: Files): Part[] {
  return fileEntries(files).map(([name, spec]) => {
    if (!isTuple(spec)) return { name, value: carried(spec), filename: guessedName(spec) ?? name, contentType: null };
    const [filename, content, contentType, more] = spec;
    if (more !== undefined) throw new Inexpressible('a part has no fields of its own in the panel');
    return { name, value: carried(content), filename, contentType: contentType ?? null };
  });
}

function isTuple(spec: FileSpec): spec is Extract<FileSpec, readonly unknown[]> {
  return Array.isArray(spec);
}

function guessedName(content: FileContent): string | undefined {
  return typeof content === 'object' && '$file' in content ? content.name?.split('/').at(-1) : undefined;
}

function carried(content: FileContent): string | Bytes {
  return typeof content === 'object' && '$file' in content ? { $bytes: content.$file } : content;
}
