import { describe, expect, test } from 'vitest';
import type { Draft } from '../../../src/model/draft.ts';
import { createEnvironments, newVariable } from '../../../src/panel/state/environments.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { resolveDraft, resolveSession } from '../../../src/panel/state/resolve-draft.ts';
import { newPart, newRow } from '../../../src/panel/state/rows.ts';
import { createVariables, wholeRequest } from '../../../src/panel/state/variables.ts';
import { liveSource } from '../../../src/variables/dynamic.ts';
import { Resolver } from '../../../src/variables/resolver.ts';
import { scopeOf } from '../../../src/variables/scopes.ts';

const values = scopeOf('x', 'x', [
  newVariable({ name: 'v', value: 'a&b "c"' }),
  newVariable({ name: 'n', value: '5' }),
]);
const resolver = (): Resolver => new Resolver([values], liveSource(new Map()));
const draft = (change: Partial<Draft>): Draft => ({ ...newDraft(), ...change });
const body = (change: Partial<Draft['body']>): Draft => draft({ body: { ...newDraft().body, ...change } });

describe('resolveDraft', () => {
  test('puts values in wherever something is sent, as they are', () => {
    const { method, url, headers } = resolveDraft(
      draft({ method: 'P{{n}}', url: 'http://h/?q={{v}}', headers: [newRow({ name: 'X-{{n}}', value: '{{v}}' })] }),
      resolver(),
    );
    expect([method, url, headers[0]?.name, headers[0]?.value]).toEqual(['P5', 'http://h/?q=a&b "c"', 'X-5', 'a&b "c"']);
  });

  test.each([
    [body({ type: 'json', json: '{"a": {{n}}}' }), { json: '{"a": 5}' }],
    [body({ type: 'text', text: '{{v}}' }), { text: 'a&b "c"' }],
    [
      body({ type: 'form', form: [newRow({ name: '{{n}}', value: '{{v}}' })] }),
      { form: [{ name: '5', value: 'a&b "c"' }] },
    ],
    [
      body({ type: 'multipart', multipart: [newPart({ name: 'f', value: '{{n}}', contentType: 'text/{{n}}' })] }),
      { multipart: [{ value: '5', contentType: 'text/5' }] },
    ],
    [
      body({ type: 'graphql', graphql: { query: 'q{{n}}', variables: '{"n":{{n}}}', operationName: '{{n}}' } }),
      { graphql: { query: 'q5', variables: '{"n":5}', operationName: '5' } },
    ],
  ])('resolves every type of body', (given, expected) => {
    expect(resolveDraft(given, resolver()).body).toMatchObject(expected);
  });

  test('resolves auth and options', () => {
    const blank = newDraft();
    const given = draft({
      auth: { ...blank.auth, type: 'basic', username: '{{n}}', password: '{{v}}', token: '{{unused}}' },
      options: { ...blank.options, readTimeout: '{{n}}' },
    });
    const resolved = resolveDraft(given, resolver());
    expect(resolved.auth).toMatchObject({ username: '5', password: 'a&b "c"', token: '{{unused}}' });
    expect(resolved.options.readTimeout).toBe('5');
  });

  test('leaves alone what is not sent', () => {
    const given = draft({
      headers: [newRow({ enabled: false, name: 'X', value: '{{nope}}' })],
      body: { ...newDraft().body, type: 'none', text: '{{nope}}' },
    });
    expect(resolveDraft(given, resolver())).toEqual(given);
  });
});

test('a session is resolved like a draft, and its errors name it', () => {
  const session = { id: 's', headers: [newRow({ name: 'X', value: '{{n}}' })], params: [], auth: newDraft().auth };
  expect(resolveSession(session, resolver(), true).headers[0]?.value).toBe('5');
  const broken = { ...session, params: [newRow({ name: 'p', value: '{{nope}}' })] };
  expect(() => resolveSession(broken, resolver(), false)).toThrow(
    'The variable nope has no value. It stands in the session.',
  );
});

describe('before sending', () => {
  const setUp = (variables: Readonly<Record<string, string>>) => {
    const environments = createEnvironments({ storage: null, memory: null });
    environments.setVariables(
      'global',
      Object.entries(variables).map(([name, value]) => newVariable({ name, value })),
    );
    return createVariables(environments);
  };

  test.each([
    [
      draft({ url: 'http://{{nope}}/' }),
      'UnresolvedVariable',
      /The variable nope has no value. It stands in the URL\./,
    ],
    [draft({ url: '{{a}}' }), 'CyclicVariables', /The variable a needs itself: a → b → a\. It stands in the URL\./],
    [
      draft({ headers: [newRow({ name: 'X-A', value: '{{far}}' })] }),
      'UnresolvedVariable',
      /The variable away has no value. It stands in the header X-A, by way of far\./,
    ],
    [
      body({ type: 'text', text: '{{$nope}}' }),
      'UnknownVariable',
      /There is no \{\{\$nope\}\}. It stands in the body\./,
    ],
    [body({ type: 'text', text: '{{$randomInt x}}' }), 'InvalidVariable', /needs two whole numbers/],
  ])('an error says what and where', (given, name, message) => {
    const store = setUp({ a: '{{b}}', b: '{{a}}', far: '{{away}}' });
    let error: unknown = null;
    store.forSending(given, wholeRequest(given, null), (resolution) => {
      error = resolution.ok ? null : resolution.error;
    });
    expect(error).toMatchObject({ name, message: expect.stringMatching(message) });
  });

  test('the request comes before the environment, and this before the globals', () => {
    const store = setUp({ v: 'global' });
    const given = draft({ url: '{{v}}' });
    const now = (from: Draft): unknown => {
      const resolution = store.forPreview(from, wholeRequest(from, null));
      return resolution.ok ? resolution.value.draft.url : resolution.error;
    };
    expect(now(given)).toBe('global');
    store.environments.choose(store.environments.add('E', [newVariable({ name: 'v', value: 'environment' })]));
    expect(now(given)).toBe('environment');
    store.between.value = [scopeOf('collection', 'C', [newVariable({ name: 'v', value: 'collection' })])];
    expect(now(given)).toBe('collection');
    expect(now({ ...given, variables: [newVariable({ name: 'v', value: 'request' })] })).toBe('request');
  });

  test('questions are asked once each, and without an answer nothing happens', () => {
    const store = setUp({ code: '{{$prompt Code}}' });
    const given = draft({ url: '{{code}}/{{$prompt Code}}/{{$prompt Name}}' });
    const sent: unknown[] = [];
    const send = (): void =>
      store.forSending(
        given,
        wholeRequest(given, null),
        (resolution) => void sent.push(resolution.ok && resolution.value.draft.url),
      );
    send();
    expect(store.asking.value?.labels).toEqual(['Code', 'Name']);
    store.asking.value?.cancel();
    expect([store.asking.value, sent]).toEqual([null, []]);
    send();
    store.asking.value?.answer(
      new Map([
        ['Code', '1'],
        ['Name', 'n'],
      ]),
    );
    expect(sent).toEqual(['1/1/n']);
  });
});
