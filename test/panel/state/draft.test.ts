import { expect, test } from 'vitest';
import { createDraftStore } from '../../../src/panel/state/draft.ts';

test('URL and params follow each other', () => {
  const { draft, setUrl, setParams } = createDraftStore();
  setUrl('http://h/?a=%41&b=2');
  expect(draft.value.params.map(({ name, value }) => [name, value])).toEqual([
    ['a', 'A'],
    ['b', '2'],
  ]);
  setParams(draft.value.params.map((row) => (row.name === 'b' ? { ...row, value: 'x y' } : row)));
  expect(draft.value.url).toBe('http://h/?a=%41&b=x+y');
  setParams(draft.value.params.map((row) => ({ ...row, enabled: row.name !== 'a' })));
  expect(draft.value.url).toBe('http://h/?b=x+y');
  setUrl('http://h/');
  expect(draft.value.params.map(({ name, enabled }) => [name, enabled])).toEqual([['a', false]]);
});

test('default fields are switched off and on by name in any case', () => {
  const { draft, setDefaultField } = createDraftStore();
  setDefaultField('Accept', false);
  setDefaultField('Accept', false);
  expect(draft.value.defaultsOff).toEqual(['Accept']);
  setDefaultField('accept', true);
  expect(draft.value.defaultsOff).toEqual([]);
});

test('each change is a new draft; the old one stays as it was', () => {
  const { draft, setBody } = createDraftStore();
  const before = draft.value;
  setBody({ type: 'json', json: '{}' });
  expect(before.body.type).toBe('none');
  expect(draft.value.body).toMatchObject({ type: 'json', json: '{}', text: '' });
});
