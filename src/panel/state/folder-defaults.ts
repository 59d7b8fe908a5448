import type { FolderContent } from '../../model/collection.ts';
import type { Draft, Row } from '../../model/draft.ts';
import { DEFAULT_SESSION, type SessionSettings } from '../../model/session.ts';
import { scopeOf, type VariableScope } from '../../variables/scopes.ts';
import { liveRows } from './rows.ts';

/** What a folder gives to the requests in it. */
export type FolderDefaults = Pick<FolderContent, 'auth' | 'headers' | 'params' | 'session' | 'variables'> & {
  readonly id: string;
  readonly name: string;
};

/** The session of a draft, with what its folders add; null: it was deleted. */
export function sessionFor(
  draft: Pick<Draft, 'session'>,
  folders: readonly FolderDefaults[],
  sessions: readonly SessionSettings[],
): SessionSettings | null {
  const id = sessionIdFor(draft.session, DEFAULT_SESSION, folders);
  const found = sessions.find((session) => session.id === id);
  return found === undefined ? null : withFolders(found, folders);
}

/** What the folders let their variables stand for, the outermost first. */
export const folderScopes = (folders: readonly FolderDefaults[]): VariableScope[] =>
  folders.map(({ name, variables }) => scopeOf('collection', name, variables));

/** The session that a request is sent in: its own, or where it has none the one of the nearest folder. */
export function sessionIdFor(own: string, standard: string, folders: readonly FolderDefaults[]): string {
  if (own !== standard) return own;
  return folders.findLast(({ session }) => session !== null)?.session ?? own;
}

/**
 * A session with what folders add to it. A folder counts more than the session, an inner folder more than an outer one: a
 * field or a parameter takes the place of those of its name, credentials of the others.
 * @param folders the outermost first
 */
export function withFolders(session: SessionSettings, folders: readonly FolderDefaults[]): SessionSettings {
  const giving = folders.filter(givesAnything);
  if (giving.length === 0) return session;
  const auth = giving.findLast((folder) => folder.auth !== null && folder.auth.type !== 'inherit')?.auth;
  return {
    ...session,
    name: [session.name, ...giving.map(({ name }) => name)].join(' + '),
    headers: giving.reduce((rows, folder) => over(rows, folder.headers, (name) => name.toLowerCase()), session.headers),
    params: giving.reduce((rows, folder) => over(rows, folder.params, (name) => name), session.params),
    // Which of the schemes it is was just looked at.
    auth: auth == null || auth.type === 'inherit' ? session.auth : { ...auth, type: auth.type },
  };
}

function givesAnything({ auth, headers, params }: FolderDefaults): boolean {
  return (auth !== null && auth.type !== 'inherit') || liveRows(headers).length + liveRows(params).length > 0;
}

function over(rows: readonly Row[], nearer: readonly Row[], keyOf: (name: string) => string): Row[] {
  const live = liveRows(nearer);
  const set = new Set(live.map(({ name }) => keyOf(name)));
  return [...rows.filter(({ name }) => !set.has(keyOf(name))), ...live];
}
