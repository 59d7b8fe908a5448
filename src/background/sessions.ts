import { CookieJar } from '../http/cookies.ts';
import type { AuthInit } from '../http/types.ts';
import { HTTPDigestAuth } from '../http/auth/digest.ts';
import type { AuthSpec } from '../model/request-spec.ts';
import { HTTPBearerAuth } from '../http/auth/bearer.ts';
import { jarStore } from '../storage/jars.ts';

/** What a session keeps between exchanges: its jar, and digest nonces that save a round trip. */
export interface SessionState {
  readonly jar: CookieJar;
  /** Stores the jar; called after every hop that changed it, since the background dies when idle. */
  save(): Promise<void>;
  auth(spec: AuthSpec | null): AuthInit | null;
}

const open = new Map<string, Promise<SessionState>>();

/** The session of that id, shared by all exchanges that name it. */
export function sessionState(id: string, isPrivate: boolean): Promise<SessionState> {
  const key = `${isPrivate ? 'private' : 'normal'}:${id}`;
  const known = open.get(key);
  if (known !== undefined) return known;
  const loading = load(id, isPrivate);
  open.set(key, loading);
  loading.catch(() => open.delete(key));
  return loading;
}

/** Sessions are loaded anew by the exchanges to come, after what was stored of them is gone. */
export function forgetSessions(): void {
  open.clear();
}

async function load(id: string, isPrivate: boolean): Promise<SessionState> {
  const stored = isPrivate ? null : await jarStore.load(id);
  const jar = stored === null ? new CookieJar() : CookieJar.fromJSON(stored);
  const digests = new Map<string, HTTPDigestAuth>();
  return {
    jar,
    // Private windows leave nothing behind.
    save: () => (isPrivate ? Promise.resolve() : jarStore.save(id, jar.toJSON())),
    auth: (spec) => authFor(spec, digests),
  };
}

function authFor(spec: AuthSpec | null, digests: Map<string, HTTPDigestAuth>): AuthInit | null {
  if (spec === null) return null;
  switch (spec.type) {
    case 'basic':
      return [spec.username, spec.password];
    case 'digest': {
      const key = JSON.stringify([spec.username, spec.password]);
      const known = digests.get(key) ?? new HTTPDigestAuth(spec.username, spec.password);
      digests.set(key, known);
      return known;
    }
    case 'bearer':
      return new HTTPBearerAuth(spec.token);
    case 'custom':
      return (r) => {
        r.headers.set(spec.name, spec.value);
        return r;
      };
  }
}
