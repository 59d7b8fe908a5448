import { array, assert, constantFrom, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import type { RequestSpec } from '../../../../src/model/request-spec.ts';
import { createBaselines } from '../../../../src/panel/batches/baselines.ts';
import { combination, countCombinations } from '../../../../src/panel/batches/vary/combine.ts';
import { encode } from '../../../../src/panel/batches/vary/encoders.ts';
import { findProblem, look, searchable } from '../../../../src/panel/batches/vary/finds.ts';
import { fillMarks, readMarks, withoutMarks } from '../../../../src/panel/batches/vary/marks.ts';
import { templateFromDraft } from '../../../../src/panel/batches/vary/template-from-draft.ts';
import { fillTemplate, positionsOf } from '../../../../src/panel/batches/vary/template.ts';
import { openValues, valuesFromText } from '../../../../src/panel/batches/vary/value-lists.ts';
import { openVaryPlan } from '../../../../src/panel/batches/vary/vary-plan.ts';
import { newDraft } from '../../../../src/panel/state/new-draft.ts';
import { requestFromDraft } from '../../../../src/panel/state/request-from-draft.ts';
import { spec } from '../batch-parts.ts';

test('marks are found, filled and taken out', () => {
  const marks = readMarks('/users/§7§/files/§a b§?x=1');
  expect(marks).toEqual({ texts: ['/users/', '/files/', '?x=1'], marked: ['7', 'a b'], isOpen: false });
  expect(fillMarks(marks, ['8', ''])).toBe('/users/8/files/?x=1');
  expect(withoutMarks('{"id": §1§, "price": "5 §"}')).toBe('{"id": 1, "price": "5 §"}');
  expect(readMarks('§§').marked).toEqual(['']);
});

test('a text without its marks is the text filled with what is marked', () => {
  assert(
    property(array(string({ unit: constantFrom('a', '§', ' ', '%', '\n') })), (texts) => {
      for (const text of texts) {
        const marks = readMarks(text);
        expect(marks.texts).toHaveLength(marks.marked.length + 1);
        expect(marks.isOpen).toBe((text.split('§').length - 1) % 2 === 1);
        expect(withoutMarks(withoutMarks(text))).toBe(withoutMarks(text));
      }
    }),
  );
});

const template: RequestSpec = spec('http://h.test/§users§?id=%C2%A71%C2%A7', {
  method: '§GET§',
  headers: [
    ['X-§Name§', 'v'],
    ['Cookie', 'sid=§abc§'],
    ['Accept', null],
  ],
  body: { kind: 'form', pairs: [['user', '§me§']] },
  auth: { type: 'basic', username: '§root§', password: 'x' },
});

test('positions stand in every part of a request, in the order in which one reads it', () => {
  expect(positionsOf(template).positions).toEqual([
    { place: 'method', field: '', original: 'GET' },
    { place: 'url', field: '', original: 'users' },
    { place: 'url', field: '', original: '1' },
    { place: 'header', field: 'X-Name', original: 'Name' },
    { place: 'header', field: 'Cookie', original: 'abc' },
    { place: 'body', field: 'user', original: 'me' },
    { place: 'auth', field: '', original: 'root' },
  ]);
  expect(fillTemplate(template, ['PUT', null, '2', 'Id', 'def', 'you', null])).toEqual(
    spec('http://h.test/users?id=2', {
      method: 'PUT',
      headers: [
        ['X-Id', 'v'],
        ['Cookie', 'sid=def'],
        ['Accept', null],
      ],
      body: { kind: 'form', pairs: [['user', 'you']] },
      auth: { type: 'basic', username: 'root', password: 'x' },
    }),
  );
});

test.each([
  [
    'single',
    5,
    [
      [0, null],
      [1, null],
      [2, null],
      [null, 0],
      [null, 1],
    ],
  ],
  [
    'same',
    3,
    [
      [0, 0],
      [1, 1],
      [2, 2],
    ],
  ],
  [
    'step',
    2,
    [
      [0, 0],
      [1, 1],
    ],
  ],
  [
    'all',
    6,
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ],
  ],
] as const)('lists of 3 and 2 values, %s, make %i requests', (mode, count, expected) => {
  expect(countCombinations(mode, [3, 2])).toBe(count);
  expect(expected.map((_, number) => combination(mode, [3, 2], number))).toEqual(expected);
});

test('all combinations are made, each once', () => {
  assert(
    property(array(integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), (counts) => {
      const count = countCombinations('all', counts);
      const made = Array.from({ length: count }, (_, number) => combination('all', counts, number).join());
      expect(new Set(made).size).toBe(count);
    }),
  );
});

test.each([
  [{ from: 1, to: 3, step: 1, width: 0 }, ['1', '2', '3']],
  [{ from: 8, to: 10, step: 1, width: 3 }, ['008', '009', '010']],
  [{ from: 0, to: 1, step: 0.25, width: 0 }, ['0.00', '0.25', '0.50', '0.75', '1.00']],
  [{ from: 2, to: -2, step: -2, width: 2 }, ['02', '00', '-02']],
  [{ from: 1, to: 5, step: 0, width: 0 }, []],
  [{ from: 1, to: 5, step: -1, width: 0 }, []],
])('the range %o', (range, expected) => {
  const list = openValues({ source: 'range', ...range });
  expect(Array.from({ length: list.count }, (_, at) => list.at(at))).toEqual(expected);
});

test('a range of tenths has its end', () => {
  const list = openValues({ source: 'range', from: 0, to: 1, step: 0.1, width: 0 });
  expect([list.count, list.at(10)]).toEqual([11, '1.0']);
});

test('a list has one value a line, empty ones too', () => {
  expect(valuesFromText('a\r\n\nb \n')).toEqual(['a', '', 'b ']);
});

test.each([
  ['none', 'a b"ü', 'a b"ü'],
  ['url', "a b/ü'(~)", 'a%20b%2F%C3%BC%27%28~%29'],
  ['base64', 'ü', 'w7w='],
  ['json', 'a"\n\\', 'a\\"\\n\\\\'],
] as const)('encoded: %s', (encoder, value, expected) => {
  expect(encode(value, encoder)).toBe(expected);
});

test('a plan begins with the unvaried request, and encodes each position in its own way', async () => {
  const plan = openVaryPlan(
    {
      kind: 'vary',
      template: spec('http://h.test/?q=§x§', { headers: [['X-Id', '§x§']] }),
      mode: 'same',
      positions: [
        { values: { source: 'list', values: ['a b', 'ü'] }, encoder: 'url' },
        { values: { source: 'list', values: [] }, encoder: 'none' },
      ],
      finds: [],
    },
    createBaselines(new Set(), () => Promise.resolve(null)),
  );
  expect(plan.count).toBe(3);
  const requests = await Promise.all([0, 1, 2, 3].map((index) => plan.request(index)));
  expect(requests.map(({ url, headers }) => [url, headers[0]?.[1]])).toEqual([
    ['http://h.test/?q=x', 'x'],
    ['http://h.test/?q=a%20b', 'a b'],
    ['http://h.test/?q=%C3%BC', 'ü'],
    // The next round.
    ['http://h.test/?q=x', 'x'],
  ]);
  expect(plan.label(1).values).toEqual(['a b', 'a b']);
  plan.baselineIs(0, null);
  expect(await plan.original(2)).toBeNull();
});

test('JSON may be broken by its values, but not without them', () => {
  const draft = newDraft();
  const withJson = (json: string) => ({ ...draft, body: { ...draft.body, type: 'json' as const, json } });
  const read = (other: typeof draft) => requestFromDraft(other, new Map(), null);
  const made = templateFromDraft(withJson('{"id": §1§}'), read);
  expect(made.ok && made.template.body).toEqual({
    kind: 'text',
    text: '{"id": §1§}',
    contentType: 'application/json',
    json: false,
  });
  expect(templateFromDraft(withJson('{"id": §x§}'), read)).toMatchObject({ ok: false });
});

test('responses are searched for text and patterns, in fields and body', () => {
  const text = searchable([['X-Id', 'abc-7']], new TextEncoder().encode('Token: abc-9\ntoken: ABC-10'));
  const find = { kind: 'count' as const, text: 'TOKEN:', isRegex: false };
  expect(look(find, text)).toBe(2);
  expect(look({ ...find, text: 'a.c' }, text)).toBe(0);
  expect(look({ kind: 'extract', text: String.raw`^token: abc-(\d+)`, isRegex: true }, text)).toBe('9');
  expect(look({ kind: 'extract', text: 'nothing', isRegex: true }, text)).toBeNull();
  expect(findProblem({ ...find, text: '(', isRegex: true })).not.toBeNull();
  expect(findProblem({ ...find, text: '(' })).toBeNull();
});
