import { expect, test } from 'vitest';
import { newSession } from '../../../src/model/session.ts';
import { sessionIdFor, withFolders, type FolderDefaults } from '../../../src/panel/state/folder-defaults.ts';
import { newRow } from '../../../src/panel/state/rows.ts';

const folder = (name: string, change: Partial<FolderDefaults> = {}): FolderDefaults => ({
  id: name,
  name,
  auth: null,
  headers: [],
  params: [],
  session: null,
  variables: [],
  ...change,
});
const row = (name: string, value: string) => newRow({ name, value });
const said = (rows: readonly { name: string; value: string }[]) => rows.map(({ name, value }) => `${name}=${value}`);

test('an inner folder counts more than an outer one, and either more than the session', () => {
  const session = {
    ...newSession('s', 'Admin', 0),
    headers: [row('X-Session', '1'), row('x-both', 'session')],
    params: [row('p', 'session'), row('P', 'kept')],
  };
  const all = withFolders(session, [
    folder('Outer', { headers: [row('X-Both', 'outer'), row('X-Outer', '1')], params: [row('p', 'outer')] }),
    folder('Inner', { headers: [row('X-BOTH', 'inner'), newRow({ name: 'X-Off', value: '1', enabled: false })] }),
  ]);
  expect(said(all.headers)).toEqual(['X-Session=1', 'X-Outer=1', 'X-BOTH=inner']);
  expect(said(all.params)).toEqual(['P=kept', 'p=outer']);
  expect(all.name).toBe('Admin + Outer + Inner');
  expect(withFolders(session, [folder('Empty')])).toBe(session);
});

test('credentials come from the nearest folder that has any; one may say that there are none', () => {
  const session = newSession('s', 'S', 0);
  const bearer = { ...session.auth, type: 'bearer' as const, token: 'outer' };
  const outer = folder('Outer', { auth: bearer });
  expect(withFolders(session, [outer, folder('Inner')]).auth).toEqual(bearer);
  expect(withFolders(session, [outer, folder('Inner', { auth: { ...bearer, type: 'none' } })]).auth.type).toBe('none');
});

test('a request in the default session goes in that of the nearest folder', () => {
  const folders = [folder('Outer', { session: 'one' }), folder('Inner', { session: 'two' }), folder('Plain')];
  expect(sessionIdFor('default', 'default', folders)).toBe('two');
  expect(sessionIdFor('own', 'default', folders)).toBe('own');
  expect(sessionIdFor('default', 'default', [])).toBe('default');
});
