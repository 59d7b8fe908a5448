import { afterEach, expect, test, vi } from 'vitest';
import { sessionList } from '../../src/background/session-list.ts';
import { newSession } from '../../src/model/session.ts';
import { sessionStore } from '../../src/storage/sessions.ts';
import { startWithoutDatabases } from '../storage/support/fresh-databases.ts';

startWithoutDatabases();
afterEach(() => vi.restoreAllMocks());

test('of changes that follow each other at once the last one is on disk', async () => {
  const list = sessionList(false);
  const session = newSession('s', 'Session 2', 5);
  await list.put(session);
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  // The first of them takes longer to encrypt than all others.
  vi.spyOn(crypto.subtle, 'encrypt').mockImplementationOnce(async (...args) => {
    const sealed = await encrypt(...args);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return sealed;
  });
  await Promise.all(['K', 'Kept', 'Kept session'].map((name) => list.put({ ...session, name })));
  expect((await sessionStore.load()).map(({ name }) => name)).toEqual(['Kept session']);
  await Promise.all([list.put({ ...session, name: 'Gone' }), list.remove('s')]);
  expect(await sessionStore.load()).toEqual([]);
});
