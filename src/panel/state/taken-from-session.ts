import type { RequestSpec } from '../../model/request-spec.ts';

/** What a request took from its session, by name. */
export interface TakenFromSession {
  /** The session's name; null where it is no longer known. */
  readonly session: string | null;
  /** Header fields, in lower case. */
  readonly headers: ReadonlySet<string>;
  readonly params: readonly string[];
  /** The header field that the session's auth writes, in lower case; null when its auth is not used. */
  readonly auth: string | null;
}

/** null: there was nothing to take. */
export function takenFromSession(request: RequestSpec, session: string | null): TakenFromSession | null {
  const { inherited, paramsOff = [], auth } = request;
  if (inherited === undefined) return null;
  const own = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const given = inherited.headers.flatMap(([name, value]) => (value === null ? [] : [name.toLowerCase()]));
  const sessionAuth = auth === null ? inherited.auth : null;
  return {
    session,
    headers: new Set(given.filter((name) => !own.has(name))),
    params: [...new Set(inherited.params.map(([name]) => name))].filter((name) => !paramsOff.includes(name)),
    auth:
      sessionAuth === null ? null : sessionAuth.type === 'custom' ? sessionAuth.name.toLowerCase() : 'authorization',
  };
}
