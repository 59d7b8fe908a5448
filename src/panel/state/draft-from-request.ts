import type { Draft, DraftAuth, DraftBody } from '../../model/draft.ts';
import type { BodySpec, RequestSpec } from '../../model/request-spec.ts';
import { BODY_FILE } from './files.ts';
import { newDraft } from './new-draft.ts';
import { liveParts } from './request-from-draft.ts';
import { rowsFromUrl } from './query-rows.ts';
import { newPart, newRow } from './rows.ts';

/** A draft and the files that its body holds, by the key under which the composer looks for them. */
export interface FilledDraft {
  readonly draft: Draft;
  readonly files: ReadonlyMap<string, File>;
}

/** Fields that the composer and the connection write by themselves. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'connection', 'host']);

/**
 * A Request as something to edit: what the draft was that it was made of, as far as that can be told.
 * @param defaults names of the fields that a draft carries by itself
 */
export function draftFromRequest(request: RequestSpec, defaults: readonly string[]): FilledDraft {
  const blank = newDraft();
  const files = new Map<string, File>();
  const isExact = request.exact === true;
  const set = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const seconds = (milliseconds: number | null): string => (milliseconds === null ? '' : String(milliseconds / 1000));
  const draft: Draft = {
    ...blank,
    method: request.method,
    url: request.url,
    params: rowsFromUrl(request.url, []),
    headers: request.headers.flatMap(([name, value]) =>
      value === null || (isExact && FRAMING.has(name.toLowerCase())) ? [] : [newRow({ name, value })],
    ),
    defaultsOff: isExact
      ? defaults.filter((name) => !set.has(name.toLowerCase()) && name.toLowerCase() !== 'connection')
      : request.headers.filter(([, value]) => value === null).map(([name]) => name),
    body: { ...blank.body, ...bodyOf(request.body, files) },
    auth: { ...blank.auth, ...authOf(request) },
    paramsOff: [...(request.paramsOff ?? [])],
    session: request.session,
    options: {
      ...blank.options,
      connectTimeout: seconds(request.timeout.connect),
      readTimeout: seconds(request.timeout.read),
      totalTimeout: seconds(request.timeout.total),
      responseLimit: request.responseLimit === undefined ? '' : String(request.responseLimit / 2 ** 20),
      followRedirects: request.followRedirects,
      maxRedirects: request.maxRedirects === null ? '' : String(request.maxRedirects),
      retries: request.retries === null ? '' : String(request.retries),
      verify: request.verify ?? true,
      cookies: request.cookies,
      raiseForStatus: request.raiseForStatus ?? false,
      storeBrowserCookies: request.storeBrowserCookies,
      keepAuthorization: request.keepAuthorization,
      own: ['followRedirects', 'cookies', 'raiseForStatus', ...(request.verify === null ? [] : ['verify' as const])],
    },
  };
  return { draft, files };
}

/**
 * A draft as it was composed, with what was switched off or left aside in it, and the files of the Request that was
 * made of it (null: its file is no longer there). Files that are missing are asked for again by name.
 */
export function composedAgain(composed: Draft, request: RequestSpec | null): FilledDraft {
  const files = new Map<string, File>();
  const body: BodySpec = request?.body ?? { kind: 'none' };
  if (body.kind === 'blob') files.set(BODY_FILE, fileOf(body.blob, composed.body.filename));
  if (body.kind === 'multipart') {
    for (const [at, row] of liveParts(composed.body.multipart).entries()) {
      const value = body.parts[at]?.value;
      if (value instanceof Blob) files.set(row.id, fileOf(value, row.filename));
    }
  }
  return { draft: { ...composed, id: crypto.randomUUID() }, files };
}

function fileOf(blob: Blob, name: string): File {
  return blob instanceof File ? blob : new File([blob], name);
}

function bodyOf(body: BodySpec, files: Map<string, File>): Partial<DraftBody> {
  switch (body.kind) {
    case 'none':
      return {};
    case 'text':
      return body.json ? { type: 'json', json: body.text } : { type: 'text', text: body.text };
    case 'form':
      return { type: 'form', form: body.pairs.map(([name, value]) => newRow({ name, value })) };
    case 'multipart':
      return {
        type: 'multipart',
        multipart: body.parts.map((part) => {
          const contentType = part.contentType ?? '';
          const headers = (part.headers ?? []).map(([name, value]) => `${name}: ${value}`).join('\n');
          if (typeof part.value === 'string')
            return newPart({ name: part.name, value: part.value, contentType, headers });
          const row = newPart({ name: part.name, kind: 'file', filename: part.filename ?? '', contentType, headers });
          files.set(row.id, new File([part.value], part.filename ?? part.name));
          return row;
        }),
      };
    case 'blob': {
      const name = body.blob instanceof File ? body.blob.name : 'recorded-body';
      files.set(BODY_FILE, new File([body.blob], name));
      return { type: 'file', filename: name };
    }
  }
}

function authOf({ auth, inherited }: RequestSpec): Partial<DraftAuth> {
  // Whether it had none by its own word is not known: then it must not gain one.
  if (auth === null) return { type: (inherited?.auth ?? null) === null ? 'none' : 'inherit' };
  return auth.type === 'custom' ? { type: 'custom', headerName: auth.name, headerValue: auth.value } : auth;
}
