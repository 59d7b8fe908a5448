import { HTTPBearerAuth } from '../http/auth/bearer.ts';
import { HTTPDigestAuth } from '../http/auth/digest.ts';
import { CookieJar } from '../http/cookies.ts';
import { RequestException } from '../http/errors.ts';
import type { AuthInit } from '../http/types.ts';
import type { AuthSpec } from '../model/request-spec.ts';
import type { SessionSettings, StoredCookie } from '../model/session.ts';
import type { CookieKey } from '../protocol/messages.ts';
import { jarStore } from '../storage/jars.ts';
import { tellSessionsChanged } from '../storage/sessions.ts';
import { latestOnly } from './latest-only.ts';
import { forgetSessionList, sessionList } from './session-list.ts';

/** What a session keeps between exchanges: its jar, and digest nonces that save a round trip. */
interface Kept {
  readonly jar: CookieJar;
  /** Stores the jar; called after every hop that changed it, since the background dies when idle. */
  save(): Promise<void>;
  auth(spec: AuthSpec | null): AuthInit | null;
}

/** A session as an exchange finds it. */
export interface SessionState extends Kept {
  readonly settings: SessionSettings;
}

const open = new Map<string, Promise<Kept>>();
const keyOf = (id: string, isPrivate: boolean): string => `${isPrivate ? 'private' : 'normal'}:${id}`;

/**
 * The session of that id; its jar is shared by all exchanges that name it.
 * @throws RequestException when there is none: a request must never go out as somebody else
 */
export async function sessionState(id: string, isPrivate: boolean): Promise<SessionState> {
  const settings = await sessionList(isPrivate).get(id);
  if (settings === null) throw new RequestException('The session of this request is no longer there: choose another.');
  return { settings, ...(await kept(id, isPrivate)) };
}

function kept(id: string, isPrivate: boolean): Promise<Kept> {
  const key = keyOf(id, isPrivate);
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
  forgetSessionList();
  tellSessionsChanged();
}

export async function removeSession(id: string, isPrivate: boolean): Promise<void> {
  open.delete(keyOf(id, isPrivate));
  await sessionList(isPrivate).remove(id);
}

export async function cookiesOf(id: string, isPrivate: boolean): Promise<StoredCookie[]> {
  return cookiesIn((await sessionState(id, isPrivate)).jar);
}

/** Removes cookies, then puts others; all at once for the exchanges that share the jar. */
export async function changeJar(
  id: string,
  isPrivate: boolean,
  remove: 'all' | readonly CookieKey[],
  put: readonly StoredCookie[],
): Promise<StoredCookie[]> {
  const session = await sessionState(id, isPrivate);
  const { jar } = session;
  const left = remove === 'all' ? [] : jar.toJSON().filter((cookie) => !remove.some((key) => isSame(cookie, key)));
  jar.clear();
  jar.update(CookieJar.fromJSON([...left, ...put]));
  await session.save();
  return cookiesIn(jar);
}

const cookiesIn = (jar: CookieJar): StoredCookie[] => jar.toJSON().map((cookie) => ({ ...cookie }));

function isSame(cookie: CookieKey, key: CookieKey): boolean {
  const { name, domain, hostOnly, path } = cookie;
  return name === key.name && domain === key.domain && hostOnly === key.hostOnly && path === key.path;
}

async function load(id: string, isPrivate: boolean): Promise<Kept> {
  const stored = isPrivate ? null : await jarStore.load(id);
  const jar = stored === null ? new CookieJar() : CookieJar.fromJSON(stored);
  const digests = new Map<string, HTTPDigestAuth>();
  // Exchanges that run at once share the jar: the one that is stored last must be the latest.
  const store = latestOnly(async () => {
    await jarStore.save(id, jar.toJSON());
  });
  const self: Kept = {
    jar,
    async save() {
      // An exchange may outlive its session: what was deleted meanwhile must not come back.
      if ((await open.get(keyOf(id, isPrivate))) !== self) return;
      // Private windows leave nothing behind.
      if (!isPrivate) await store();
      tellSessionsChanged();
    },
    auth: (spec) => authFor(spec, digests),
  };
  return self;
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
