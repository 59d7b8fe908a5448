import { describe, expect, test } from 'vitest';
import type { Extraction } from '../../src/model/draft.ts';
import { environmentsFromJson, environmentsToJson } from '../../src/panel/environments/transfer.ts';
import { createEnvironments, newVariable } from '../../src/panel/state/environments.ts';
import { idleExchange, type ExchangeSnapshot } from '../../src/panel/state/exchange.ts';
import { createExtractions } from '../../src/panel/state/extraction.ts';
import { newDraft } from '../../src/panel/state/new-draft.ts';
import { begunToken, suggest } from '../../src/panel/tokens/suggestions.ts';
import { BodyReader } from '../../src/inspect/extract.ts';
import { scopeOf } from '../../src/variables/scopes.ts';

describe('environments as a file', () => {
  const variables = [
    newVariable({ name: 'base', value: 'http://{{host}}' }),
    newVariable({ name: 'token', value: 'planted', secret: true, literal: true }),
    newVariable({ name: 'off', enabled: false, value: 'x' }),
  ];
  const sets = [
    { id: 'global', name: '', variables: [] },
    { id: 'e', name: 'Staging', variables },
  ];

  test('come back as they were, secrets when they were asked for', () => {
    const back = environmentsFromJson(environmentsToJson(sets, true));
    expect(back).toMatchObject([{ global: true }, { name: 'Staging', global: false }]);
    expect(back?.[1]?.variables).toEqual(variables.map(({ id: _id, ...rest }) => rest));
  });

  test('have no secrets otherwise', () => {
    const text = environmentsToJson(sets, false);
    expect(text).not.toContain('planted');
    expect(environmentsFromJson(text)?.[1]?.variables[1]).toMatchObject({ name: 'token', value: '', secret: true });
  });

  test.each(['', '{}', '{"format":"request-workbench.variables","version":2,"environments":[]}'])(
    '%j is none',
    (text) => expect(environmentsFromJson(text)).toBeNull(),
  );
});

describe('what is offered', () => {
  const scopes = [
    scopeOf('g', 'Globals', [newVariable({ name: 'user' }), newVariable({ name: 'host', value: 'a', secret: true })]),
  ];

  test.each([
    ['http://{{', 9, { start: 7, typed: '' }],
    ['{{ us', 5, { start: 0, typed: 'us' }],
    ['{{a}}', 5, null],
    ['{a', 2, null],
    ['{{a}} {{$u', 10, { start: 6, typed: '$u' }],
  ])('after %j', (text, caret, expected) => expect(begunToken(text, caret)).toEqual(expected));

  test('begins with what was typed, then holds it; secrets are masked', () => {
    expect(suggest(scopes, 'us', 'new')[0]).toEqual({ name: 'user', value: '', origin: 'Globals' });
    expect(suggest(scopes, 'ost', 'new')).toEqual([{ name: 'host', value: '••••••', origin: 'Globals' }]);
    expect(suggest(scopes, '$rand', 'new').map(({ name }) => name)).toEqual(['$randomInt 1 100']);
  });
});

describe('what is taken out of a response', () => {
  const row = (change: Partial<Extraction>): Extraction => ({
    id: '',
    enabled: true,
    name: 'x',
    from: 'json',
    value: '',
    into: 'environment',
    ...change,
  });
  const answer = (extract: Extraction[]): ExchangeSnapshot => ({
    ...idleExchange,
    state: 'done',
    composed: { ...newDraft(), extract },
    body: new Blob(['{"access_token": "abc", "count": 7}']),
    head: {
      status: 200,
      reason: 'OK',
      ok: true,
      url: 'http://h/',
      httpVersion: null,
      headers: [
        ['Content-Type', 'application/json'],
        ['X-A', 'one'],
        ['x-a', 'two'],
      ],
      encoding: null,
    },
  });
  const setUp = () => {
    const environments = createEnvironments({ storage: null, memory: null });
    const extractions = createExtractions(environments, async ({ blob, contentType }, queries) => {
      const reader = new BodyReader(blob, contentType);
      return await Promise.all(queries.map((query) => reader.find(query)));
    });
    return { environments, extractions };
  };

  test('goes to the environment, as it stands, secret by its name', async () => {
    const { environments, extractions } = setUp();
    const id = environments.add('Staging');
    const rows = [
      row({ name: 'auth', value: '$.access_token' }),
      row({ name: 'count', value: '$.count', into: 'global' }),
      row({ name: 'field', from: 'header', value: 'X-A' }),
      row({ name: 'off', value: '$.count', enabled: false }),
    ];
    expect(await extractions.take('tab', answer(rows), id)).toEqual([
      { ok: true, name: 'auth', value: 'abc', secret: true, count: 1, into: 'Staging' },
      { ok: true, name: 'count', value: '7', secret: false, count: 1, into: 'Globals' },
      { ok: true, name: 'field', value: 'one', secret: false, count: 2, into: 'Staging' },
    ]);
    expect(environments.all.value[0]?.variables).toMatchObject([
      { name: 'auth', value: 'abc', secret: true, literal: true },
      { name: 'field', value: 'one' },
    ]);
    expect(environments.globals.value.variables).toMatchObject([{ name: 'count', value: '7' }]);
  });

  test('without an environment goes to the globals, and what fails changes nothing', async () => {
    const { environments, extractions } = setUp();
    const rows = [row({ name: 'a', value: '$.count' }), row({ name: 'b', from: 'cookie', value: 'sid' })];
    expect(await extractions.take('tab', answer(rows), null)).toEqual([
      expect.objectContaining({ name: 'a', into: 'Globals' }),
      { ok: false, name: 'b', problem: 'The response sets no cookie sid.' },
    ]);
    expect(environments.globals.value.variables.map(({ name }) => name)).toEqual(['a']);
  });
});
