import { expect, test } from 'vitest';
import { openDB } from 'idb';
import { newSession } from '../../src/model/session.ts';
import { BACKGROUND_DATABASE } from '../../src/storage/background-database.ts';
import { jarStore } from '../../src/storage/jars.ts';
import { sessionStore } from '../../src/storage/sessions.ts';
import { reopenDatabases, startWithoutDatabases } from './support/fresh-databases.ts';
import { restoreDatabase } from './support/stored-database.ts';

startWithoutDatabases();

const alice = () => {
  const session = newSession('alice', 'API as alice', 5);
  return { ...session, auth: { ...session.auth, type: 'bearer' as const, token: 'planted-token' } };
};

test('sessions are there after a restart, and nothing of them can be read in the database', async () => {
  await sessionStore.save(alice());
  reopenDatabases();
  expect(await sessionStore.load()).toEqual([alice()]);
  const raw = await (await openDB(BACKGROUND_DATABASE)).getAll('sessions');
  const bytes = raw.map(({ data }: { data: ArrayBuffer }) => new TextDecoder('latin1').decode(data)).join('');
  expect(bytes).not.toContain('planted-token');
  expect(JSON.stringify(raw)).not.toContain('alice');
});

test('a session goes with its cookies', async () => {
  await sessionStore.save(alice());
  await jarStore.save('alice', [{ name: 'sid' }]);
  await jarStore.save('default', [{ name: 'kept' }]);
  await sessionStore.remove('alice');
  expect(await sessionStore.load()).toEqual([]);
  expect(await jarStore.load('alice')).toBeNull();
  expect(await jarStore.load('default')).toEqual([{ name: 'kept' }]);
});

test('jars of version 2 are there, and sessions can be added beside them', async () => {
  await restoreDatabase('background-2');
  expect(await sessionStore.load()).toEqual([]);
  expect(await jarStore.load('default')).toMatchObject({ cookies: [{ key: 'sid', value: 'kept-cookie' }] });
  await sessionStore.save(alice());
  reopenDatabases();
  expect(await sessionStore.load()).toEqual([alice()]);
  expect(await jarStore.load('default')).toMatchObject({ cookies: [{ value: 'kept-cookie' }] });
});
