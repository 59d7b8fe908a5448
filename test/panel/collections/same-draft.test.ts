import { expect, test } from 'vitest';
import { draftLines, isSameDraft } from '../../../src/panel/collections/same-draft.ts';
import { nameFor } from '../../../src/panel/collections/request-name.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { newRow } from '../../../src/panel/state/rows.ts';

test('ids and empty rows make no difference, anything that is sent does', () => {
  const saved = { ...newDraft(), url: 'http://d.test/', headers: [newRow({ name: 'X', value: '1' })] };
  const again = { ...newDraft(), url: 'http://d.test/', headers: [newRow({ name: 'X', value: '1' }), newRow()] };
  expect(isSameDraft(saved, again)).toBe(true);
  expect(isSameDraft(saved, { ...again, headers: [] })).toBe(false);
  expect(isSameDraft(saved, { ...again, headers: [newRow({ name: 'X', value: '1', enabled: false })] })).toBe(false);
  expect(isSameDraft(saved, { ...again, options: { ...again.options, verify: false } })).toBe(false);
  // Members in another order, as an earlier version wrote them.
  expect(isSameDraft(saved, Object.fromEntries(Object.entries(again).reverse()) as typeof again)).toBe(true);
});

test('lines say what differs, and no password', () => {
  const blank = newDraft();
  const draft = {
    ...blank,
    method: 'POST',
    url: 'http://d.test/?a=1',
    headers: [newRow({ name: 'X-One', value: '1' }), newRow({ name: 'X-Two', value: '2', enabled: false })],
    body: { ...blank.body, type: 'json' as const, json: '{\n  "a": 1\n}' },
    auth: { ...blank.auth, type: 'basic' as const, username: 'me', password: 'planted' },
  };
  const lines = draftLines(draft);
  expect(lines).toEqual(
    expect.arrayContaining([
      'POST http://d.test/?a=1',
      'headers: X-One: 1',
      'headers: // X-Two: 2',
      'body.json:   "a": 1',
    ]),
  );
  expect(lines.join('\n')).not.toContain('planted');
});

test('a request without a name is called by its path, without its secrets', () => {
  expect(nameFor({ url: 'http://me:planted@d.test/a/b?token=planted' })).toBe('/a/b');
  expect(nameFor({ url: 'http://me:planted@d.test/' })).toBe('d.test');
  expect(nameFor({ url: ' ' })).toBe('Untitled request');
});
