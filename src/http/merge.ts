/** How a request's settings and its session's become one (`requests.sessions.merge_setting`). */
import type { CaseInsensitiveHeaders } from './headers.ts';
import type { HeadersInitCI, Pairs, ParamsInit } from './types.ts';

type Mapping = Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>;

/** Python's `Mapping`: a plain object or a Map. Pairs, texts and instances are values of their own. */
function isMapping(value: unknown): value is Mapping {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return value instanceof Map || prototype === Object.prototype || prototype === null;
}

function entriesOf(mapping: Mapping): Iterable<[string, unknown]> {
  return mapping instanceof Map ? mapping : Object.entries(mapping);
}

/**
 * The setting that counts. Two mappings become one, the request's entries over the session's, without the entries
 * whose value is null; otherwise the request's counts, or the session's where the request has none.
 */
export function mergeSetting<R, S>(request: R, session: S): R | S | ReadonlyMap<string, unknown> {
  if (session === null || session === undefined) return request;
  if (request === null || request === undefined) return session;
  if (!isMapping(request) || !isMapping(session)) return request;
  const merged = new Map<string, unknown>(entriesOf(session));
  for (const [key, value] of entriesOf(request)) merged.set(key, value);
  for (const [key, value] of merged) if (value === null || value === undefined) merged.delete(key);
  return merged;
}

/** Parameters by the same rule; an empty text counts as none given. */
export function mergeParams(request: ParamsInit, session: Pairs | null): ParamsInit {
  const given = typeof request === 'string' || request instanceof Uint8Array ? request.length > 0 : true;
  // Two mappings of one type merge to a mapping of that type.
  return mergeSetting(given ? request : null, session) as ParamsInit;
}

/** Header fields by the same rule, names without case: null removes the session's. */
export function mergeHeaders(request: HeadersInitCI, session: CaseInsensitiveHeaders): CaseInsensitiveHeaders {
  const merged = session.copy();
  merged.update(request);
  return merged;
}
