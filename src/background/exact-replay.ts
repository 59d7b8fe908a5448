import { CaseInsensitiveHeaders } from '../http/headers.ts';
import { PreparedRequest } from '../http/prepared-request.ts';
import type { Body, WireRequest } from '../http/types.ts';
import type { BodySpec, RequestSpec } from '../model/request-spec.ts';
import type { CookieSource } from './cookie-source.ts';

/**
 * The prepared request of a replay: method, URL, fields and body exactly as they are given. Nothing is quoted, merged or
 * derived; only cookies are added, where the replay asks for those of the session.
 */
export function prepareExactly(spec: RequestSpec, cookies: CookieSource): PreparedRequest {
  const prepared = new PreparedRequest();
  prepared.method = spec.method;
  prepared.url = spec.url;
  const fields = new CaseInsensitiveHeaders();
  for (const [name, value] of spec.headers) if (value !== null) fields.append(name, value);
  prepared.prepareHeaders(fields);
  prepared.prepareCookies(cookies.jar);
  prepared.body = exactBody(spec.body);
  return prepared;
}

function exactBody(body: BodySpec): Body {
  if (body.kind === 'none') return { kind: 'none' };
  if (body.kind !== 'blob') throw new Error(`A replay's body is bytes, not ${body.kind}`);
  return { kind: 'blob', blob: body.blob };
}

/** The first hop of a replay; the engine may have spelled its URL and method in its own way. */
export function exactHop(hop: WireRequest, spec: RequestSpec): WireRequest {
  return { ...hop, method: spec.method, url: spec.url, exact: true };
}
