import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import { createEnvironments, newVariable } from '../../../src/panel/state/environments.ts';
import { environmentStorage } from '../../../src/storage/environments.ts';
import { PANEL_DATABASE } from '../../../src/storage/panel-database.ts';
import { startWithoutDatabases } from '../../storage/support/fresh-databases.ts';

startWithoutDatabases();

const open = () => createEnvironments({ storage: environmentStorage, memory: null });

test('environments and globals are there again, in their order, and nothing of them readable on disk', async () => {
  const store = open();
  const staging = store.add('Staging', [newVariable({ name: 'token', value: 'planted-secret', secret: true })]);
  const live = store.add('Live');
  store.setVariables('global', [newVariable({ name: 'host', value: 'a.test' })]);
  store.rename(live, 'Production');
  await store.flush();

  const again = open();
  await vi.waitFor(() => expect(again.all.value).toHaveLength(2));
  expect(again.all.value.map(({ name }) => name)).toEqual(['Staging', 'Production']);
  expect(again.globals.value.variables).toMatchObject([{ name: 'host', value: 'a.test' }]);
  again.choose(staging);
  expect(again.scopes.value.map(({ id, label }) => [id, label])).toEqual([
    ['global', 'Globals'],
    ['environment', 'Staging'],
  ]);
  const stored = JSON.stringify(await (await openDB(PANEL_DATABASE)).getAll('environments'));
  expect(stored).not.toMatch(/planted-secret|Staging|host/);
});

test('panels hear of each other, and two changes at the same moment both count', async () => {
  const [one, two] = [open(), open()];
  const id = one.add('Shared');
  await one.flush();
  await vi.waitFor(() => expect(two.all.value).toHaveLength(1));
  one.put(id, 'a', { value: '1', secret: false, literal: true });
  two.put(id, 'b', { value: '2', secret: false, literal: true });
  await Promise.all([one.flush(), two.flush()]);
  for (const store of [one, two, open()]) {
    await vi.waitFor(() => {
      const names = store.all.value[0]?.variables.map(({ name }) => name).sort();
      expect(names).toEqual(['a', 'b']);
    });
  }
  two.remove(id);
  await vi.waitFor(() => expect(one.all.value).toEqual([]));
});

test('a value that is put goes to the row that counts, which stays secret', () => {
  const store = createEnvironments({ storage: null, memory: null });
  const rows = [
    newVariable({ name: 'token', value: 'old', secret: true }),
    newVariable({ name: 'token', enabled: false }),
  ];
  const id = store.add('E', rows);
  store.put(id, 'token', { value: 'new', secret: false, literal: true });
  expect(store.all.value[0]?.variables).toEqual([{ ...rows[0], value: 'new', literal: true }, rows[1]]);
});

test('the environment that was chosen last is chosen again', () => {
  const kept = new Map<string, string>();
  const memory = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  createEnvironments({ storage: null, memory }).choose('x');
  const again = createEnvironments({ storage: null, memory });
  expect(again.chosen.value).toBeNull();
  again.choose(null);
  expect(kept.size).toBe(0);
});
