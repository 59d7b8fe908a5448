import { expect, test } from 'vitest';
import type { Draft } from '../../../src/model/draft.ts';
import type { SavedRequest } from '../../../src/panel/collections/saved-requests.ts';
import { connectBackground } from '../../../src/panel/background-client.ts';
import { fromCollection, type LeftOut } from '../../../src/panel/batches/collection-items.ts';
import type { FolderDefaults } from '../../../src/panel/state/folder-defaults.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { newRow } from '../../../src/panel/state/rows.ts';
import { createWorkbench, type Workbench } from '../../../src/panel/state/workbench.ts';
import { FakeBackground } from '../support/fake-background.ts';

const folder: FolderDefaults = {
  id: 'f',
  name: 'Folder',
  auth: { ...newDraft().auth, type: 'bearer', token: '{{token}}' },
  headers: [newRow({ name: 'X-Tenant', value: '{{tenant}}' })],
  params: [newRow({ name: 'page', value: '1' })],
  session: null,
  variables: [
    { ...newRow({ name: 'token', value: 'of the folder' }), secret: true, literal: false },
    { ...newRow({ name: 'tenant', value: 'north' }), secret: false, literal: false },
  ],
};

function setUp() {
  const background = new FakeBackground();
  const client = connectBackground({ connect: background.connect, inspectedTab: 7, isPrivate: false });
  return { background, workbench: createWorkbench({ client, version: '1.0.0', draft: undefined }) };
}

const draftOf = (id: string, change: Partial<Draft>): Draft => ({ ...newDraft(), id, ...change });
const savedOf = (draft: Draft, change: Partial<SavedRequest> = {}): SavedRequest => ({
  name: draft.id,
  draft,
  examples: [],
  folders: [folder],
  ...change,
});

async function itemsOf(
  workbench: Workbench,
  requests: readonly SavedRequest[],
  ids = requests.map(({ name }) => name),
) {
  const missed: LeftOut[] = [];
  const items = [];
  const found = fromCollection(ids, {
    saved: { read: (id) => Promise.resolve(requests.find(({ name }) => name === id) ?? null) },
    variables: workbench.variables,
    sessions: workbench.sessions.sessions.peek(),
    filesOf: () => new Map(),
    missed: (what) => missed.push(what),
  });
  for await (const item of found) items.push(item);
  return { items, missed };
}

test('a saved request goes into a batch as Send would send it', async () => {
  const { background, workbench } = setUp();
  await expect.poll(() => workbench.sessions.sessions.value.length).toBeGreaterThan(0);
  const draft = draftOf('a', {
    method: 'POST',
    url: 'http://h.test/{{tenant}}',
    auth: { ...newDraft().auth, type: 'inherit' },
    headers: [newRow({ name: 'X-Own', value: '{{own}}' })],
    body: { ...newDraft().body, type: 'json', json: '{"who": "{{tenant}}"}' },
    variables: [{ ...newRow({ name: 'own', value: 'mine' }), secret: false, literal: false }],
  });
  workbench.requests.open(draft).folders.value = [folder];
  workbench.send();
  const [sent] = background.sent;
  // Another request is in front: its folders are not those of the saved one.
  workbench.requests.open(draftOf('other', { url: 'http://elsewhere.test/' }));
  const { items, missed } = await itemsOf(workbench, [savedOf(draft)]);
  expect(missed).toEqual([]);
  expect(items.map(({ request }) => request)).toEqual([sent?.request]);
  expect(items[0]?.request).toMatchObject({
    url: 'http://h.test/north',
    inherited: { auth: { type: 'bearer', token: 'of the folder' } },
  });
});

test('what cannot be read or resolved is left out, with the reason', async () => {
  const { workbench } = setUp();
  const good = savedOf(draftOf('good', { url: 'http://h.test/' }));
  const open = savedOf(draftOf('open', { url: 'http://h.test/{{nowhere}}' }));
  const { items, missed } = await itemsOf(workbench, [good, open], ['gone', 'open', 'good']);
  expect(items.map(({ request }) => request.url)).toEqual(['http://h.test/']);
  expect(missed).toEqual([
    { name: null, why: null },
    { name: 'open', why: expect.stringContaining('nowhere') },
  ]);
});

test('what has to be asked is asked once for all, and nothing follows without an answer', async () => {
  const { workbench } = setUp();
  const { asking } = workbench.variables;
  const requests = ['a', 'b'].map((id) => savedOf(draftOf(id, { url: `http://h.test/${id}/{{$prompt Which one}}` })));
  const answered = itemsOf(workbench, requests);
  await expect.poll(() => asking.value?.labels).toEqual(['Which one']);
  asking.value?.answer(new Map([['Which one', '7']]));
  expect((await answered).items.map(({ request }) => request.url)).toEqual(['http://h.test/a/7', 'http://h.test/b/7']);
  const refused = itemsOf(workbench, requests);
  await expect.poll(() => asking.value).not.toBeNull();
  asking.value?.cancel();
  expect(await refused).toEqual({ items: [], missed: [] });
});

test('the newest example is what the response is compared with', async () => {
  const { workbench } = setUp();
  const example = {
    id: 'e',
    name: '',
    at: 1,
    status: 200,
    reason: 'OK',
    headers: [],
    body: 'old',
    encoding: 'text',
  } as const;
  const draft = draftOf('a', { url: 'http://h.test/' });
  const examples = [example, { ...example, at: 5, body: 'AP8=', encoding: 'base64' as const }, { ...example, at: 2 }];
  const { items } = await itemsOf(workbench, [
    savedOf(draft, { examples: examples.map((one) => ({ ...one, headers: [] })) }),
  ]);
  expect(items[0]?.original).toEqual({
    status: 200,
    headers: [],
    body: { state: 'known', bytes: new Uint8Array([0, 255]), isText: false },
    duration: null,
  });
});
