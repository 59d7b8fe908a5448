import type { PreparedRequest } from '../http/prepared-request.ts';
import { Request } from '../http/request.ts';
import { Session } from '../http/session.ts';
import type { FileSpec, PairValue, RequestOptions, Transport } from '../http/types.ts';
import type { BodySpec, Inherited, RequestSpec } from '../model/request-spec.ts';
import { browserCookieField } from './browser-cookies.ts';
import { cookieSource, type CookieSource } from './cookie-source.ts';
import { defaultHeaders } from './default-headers.ts';
import { prepareExactly } from './exact-replay.ts';
import { mountAdapters } from './session-adapters.ts';
import type { SessionState } from './sessions.ts';

export interface PreparedExchange {
  session: Session;
  prepared: PreparedRequest;
  cookies: CookieSource;
}

/**
 * Makes the engine's session and prepared request of a Request from the panel. Sends nothing.
 * @throws RequestException as the engine's preparation does (InvalidURL, InvalidHeader …)
 */
export async function prepareExchange(
  spec: RequestSpec,
  state: SessionState,
  transport: Transport,
  inspectedTab: number | null,
): Promise<PreparedExchange> {
  const cookies = cookieSource(spec, state.jar, inspectedTab);
  const session = new Session({
    headers: spec.exact === true ? [] : defaultHeaders.map(([name, value]) => [name, value] as const),
    cookies: cookies.jar,
    transport,
    maxRedirects: spec.maxRedirects ?? state.settings.maxRedirects,
  });
  mountAdapters(session, state.settings, spec, transport);

  if (spec.exact === true) {
    const prepared = prepareExactly(spec, cookies);
    await addBrowserCookies(prepared, spec, inspectedTab);
    return { session, prepared, cookies };
  }
  if (spec.inherited !== undefined) inherit(session, spec.inherited, state);
  const { first, repeated } = splitRepeated(spec.headers);
  const prepared = await session.prepareRequest(
    new Request(spec.method, spec.url, {
      headers: withContentType(first, spec.body),
      ...(spec.inherited === undefined ? {} : { params: new Map((spec.paramsOff ?? []).map((name) => [name, null])) }),
      auth: state.auth(spec.auth),
      ...bodyOptions(spec.body),
    }),
  );
  for (const [name, value] of repeated) prepared.headers.append(name, value);
  // Requests corrects a wrong Content-Length without a word. Here it stands, and the transport refuses it with a reason.
  const ownLength = first.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  if (ownLength != null) prepared.headers.set('Content-Length', ownLength);
  await addBrowserCookies(prepared, spec, inspectedTab);
  return { session, prepared, cookies };
}

/** Gives the session what it passes on to its requests. A name with several values is a list, as in Python's mappings. */
function inherit(session: Session, { headers, params, auth }: Inherited, state: SessionState): void {
  const { first, repeated } = splitRepeated(headers);
  session.headers.update(first);
  for (const [name, value] of repeated) session.headers.append(name, value);
  const mapping = new Map<string, PairValue>();
  for (const [name, value] of params) {
    const before = mapping.get(name);
    mapping.set(name, before === undefined ? value : [before, value].flat());
  }
  session.params = mapping;
  session.auth = state.auth(auth);
}

async function addBrowserCookies(
  prepared: PreparedRequest,
  spec: RequestSpec,
  inspectedTab: number | null,
): Promise<void> {
  if (spec.cookies !== 'browser' || prepared.headers.has('Cookie')) return;
  const cookie = await browserCookieField(prepared.url, inspectedTab);
  if (cookie !== null) prepared.headers.set('Cookie', cookie);
}

type SpecHeaders = RequestSpec['headers'];

/** A mapping holds one line a name, as in Requests; further lines of one name are added behind it. */
function splitRepeated(headers: SpecHeaders): { first: SpecHeaders; repeated: [string, string][] } {
  const seen = new Set<string>();
  const first: SpecHeaders = [];
  const repeated: [string, string][] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (value !== null && seen.has(lower)) repeated.push([name, value]);
    else first.push([name, value]);
    seen.add(lower);
  }
  return { first, repeated };
}

function withContentType(headers: SpecHeaders, body: BodySpec): SpecHeaders {
  if (!('contentType' in body) || body.contentType === null) return headers;
  if (headers.some(([name]) => name.toLowerCase() === 'content-type')) return headers;
  return [...headers, ['Content-Type', body.contentType]];
}

function bodyOptions(body: BodySpec): Pick<RequestOptions, 'data' | 'files'> {
  switch (body.kind) {
    case 'none':
      return {};
    case 'text':
      return { data: body.text };
    case 'form':
      return { data: body.pairs };
    case 'multipart':
      return { files: body.parts.map((part) => [part.name, fileSpec(part)] as const) };
    case 'blob':
      return { data: body.blob };
  }
}

function fileSpec(part: Extract<BodySpec, { kind: 'multipart' }>['parts'][number]): FileSpec {
  if (part.headers !== undefined && part.headers.length > 0)
    return [part.filename, part.value, part.contentType ?? '', Object.fromEntries(part.headers)];
  return part.contentType === null ? [part.filename, part.value] : [part.filename, part.value, part.contentType];
}
