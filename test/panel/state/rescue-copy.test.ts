import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { rescueCopy, saveRescueCopy } from '../../../src/panel/state/rescue-copy.ts';
import { newRow } from '../../../src/panel/state/rows.ts';
import { BACKGROUND_DATABASE } from '../../../src/storage/background-database.ts';
import { openDraftStorage } from '../../../src/storage/drafts.ts';
import { createHistoryWriter } from '../../../src/storage/history-writer.ts';
import { jarStore } from '../../../src/storage/jars.ts';
import { PANEL_DATABASE } from '../../../src/storage/panel-database.ts';
import { startWithoutDatabases } from '../../storage/support/fresh-databases.ts';
import { recorded } from '../../storage/support/recorded.ts';

startWithoutDatabases();

test('a copy of the drafts holds what was typed, and no secret', async () => {
  const blank = newDraft();
  const draft = {
    ...blank,
    url: 'http://me:planted-userinfo@typed.test/?access_token=planted-parameter',
    params: [newRow({ name: 'access_token', value: 'planted-parameter' })],
    headers: [newRow({ name: 'X-Api-Key', value: 'planted-field' }), newRow({ name: 'X-Kept', value: 'kept-field' })],
    auth: { ...blank.auth, password: 'planted-password', token: 'planted-token', headerValue: 'planted-custom' },
  };
  await (await openDraftStorage()).save('1', 'a', draft);
  const { blob, name } = await rescueCopy(PANEL_DATABASE);
  const text = await blob.text();
  expect(name).toBe(`${PANEL_DATABASE}.json`);
  expect(text).toContain('typed.test');
  expect(text).toContain('kept-field');
  expect(text).not.toContain('planted');
});

test('a copy of the history and the cookies holds no secret', async () => {
  const writer = createHistoryWriter(
    () => Promise.resolve({ budget: 1024 ** 3, marked: [] }),
    () => {},
  );
  await writer.record([
    { exchange: recorded({ url: 'http://sent.test/?api_key=planted-key' }), body: new Blob(['kept body']) },
  ]);
  await jarStore.save('default', { cookies: [{ key: 'sid', value: 'planted-cookie', domain: 'h', path: '/' }] });
  const text = await (await rescueCopy(BACKGROUND_DATABASE)).blob.text();
  expect(text).toContain('http://sent.test/?api_key=');
  expect(text).toContain('kept body');
  expect(text).toContain('"key": "sid"');
  expect(text).not.toContain('planted');
});

test('a copy that cannot be made says why', async () => {
  const db = await openDB('beyond-json', 1, { upgrade: (made) => void made.createObjectStore('items') });
  await db.put('items', 1n, 'one');
  db.close();
  expect(await saveRescueCopy('beyond-json')).toMatch(/could not be made: TypeError: .*BigInt\. The data are/);
});
