import { expect, test } from 'vitest';
import { keepSecrets } from '../../../src/formats/collection/keep-secrets.ts';
import { withoutSecrets } from '../../../src/formats/collection/secret-parts.ts';
import type { RequestContent } from '../../../src/model/collection.ts';
import type { Draft } from '../../../src/model/draft.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { rowsFromUrl } from '../../../src/panel/state/query-rows.ts';
import { newRow } from '../../../src/panel/state/rows.ts';

const URL = 'http://s.test/items?token=url-secret&page=1';
const blank = newDraft();
const here: RequestContent = {
  kind: 'request',
  draft: {
    ...blank,
    method: 'POST',
    url: URL,
    params: rowsFromUrl(URL, []),
    headers: [newRow({ name: 'X-Api-Key', value: 'first' }), newRow({ name: 'X-Api-Key', value: 'second' })],
    auth: { ...blank.auth, type: 'bearer', token: 'bearer-secret' },
    body: { ...blank.body, type: 'json', json: '{"password": "body-secret"}' },
  },
  notes: 'old',
  examples: [],
};
const clean = withoutSecrets(here, []);
const fromFile = (change: Partial<Draft>, notes = 'new'): RequestContent => ({
  ...clean,
  notes,
  draft: { ...clean.draft, ...change },
});
const read = (change: Partial<Draft>): Draft => {
  const kept = keepSecrets(fromFile(change), here, []);
  if (kept.kind !== 'request') throw new Error(kept.kind);
  return kept.draft;
};

test('what a file left out is as it is here, what it changed is as it says', () => {
  expect(JSON.stringify(clean)).not.toMatch(/secret|first|second/);
  expect(keepSecrets(fromFile({}), here, [])).toEqual({ ...here, notes: 'new' });
  const own = newRow({ name: 'X-Own', value: 'added' });
  const rows = clean.draft.headers;
  expect(read({ headers: [own, ...rows] }).headers.map(({ value }) => value)).toEqual(['added', 'first', 'second']);
  expect(read({ headers: rows.map((row) => ({ ...row, value: '{{key}}' })) }).headers).toMatchObject([
    { value: '{{key}}' },
    { value: '{{key}}' },
  ]);
  expect(read({ auth: { ...clean.draft.auth, type: 'basic' } }).auth.token).toBe('bearer-secret');
});

test('URL and params say the same, whichever of them the file changed', () => {
  const url = 'http://s.test/other?token=&page=1';
  const draft = read({ url, params: rowsFromUrl(url, []) });
  expect(draft.url).toBe(url);
  expect(draft.params.map(({ name, value }) => [name, value])).toEqual([
    ['token', ''],
    ['page', '1'],
  ]);
  expect(draft.auth.token).toBe('bearer-secret');
});

test('a request that goes to another server gets no secret', () => {
  const draft = read({ url: 'http://evil.test/items?token=&page=1' });
  expect(JSON.stringify(draft)).not.toMatch(/secret|first|second/);
});

test('a folder keeps its credentials, and another kind of node has none of them', () => {
  const folder = {
    kind: 'folder' as const,
    notes: '',
    auth: { ...blank.auth, type: 'bearer' as const, token: 'folder-secret' },
    headers: [],
    params: [],
    session: null,
    variables: [],
  };
  expect(keepSecrets({ ...withoutSecrets(folder, []), notes: 'n' }, folder, [])).toEqual({ ...folder, notes: 'n' });
  expect(keepSecrets(fromFile({}), folder, [])).toEqual(fromFile({}));
});
