import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { standardSettings } from '../../src/model/settings.ts';
import { PANEL_DATABASE } from '../../src/storage/panel-database.ts';
import { changeSettings, hearSettings, readSettings } from '../../src/storage/settings.ts';
import { startWithoutDatabases } from './support/fresh-databases.ts';

startWithoutDatabases();

test('two changes at the same moment both have their way, and are told', async () => {
  let heard = 0;
  const done = new Promise<void>((resolve) => {
    const stop = hearSettings(() => {
      if (++heard < 2) return;
      stop();
      resolve();
    });
  });
  await Promise.all([changeSettings({ marked: ['X-Own'] }), changeSettings({ theme: 'dark' })]);
  expect(await readSettings()).toEqual({ ...standardSettings, marked: ['X-Own'], theme: 'dark' });
  await done;
});

test('a setting that cannot be read has its standard value, and the others stay', async () => {
  await changeSettings({ historyBudget: 5000 });
  const db = await openDB(PANEL_DATABASE);
  await db.put('settings', { theme: 'pink', historyBudget: 5000, marked: 7 }, 'settings');
  expect(await readSettings()).toEqual({ ...standardSettings, historyBudget: 5000 });
});
