import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liveSource, sampleSource } from '../../src/variables/dynamic.ts';
import { resolveAll, Resolver } from '../../src/variables/resolver.ts';
import { findVariable, listVariables, scopeOf, type VariableScope } from '../../src/variables/scopes.ts';
import { VariableError } from '../../src/variables/variable-error.ts';

function scope(
  id: string,
  values: Readonly<Record<string, string>>,
  more: { literal?: boolean; secret?: boolean } = {},
) {
  const rows = Object.entries(values).map(([name, value]) => ({
    id: name,
    enabled: true,
    name,
    value,
    secret: more.secret ?? false,
    literal: more.literal ?? false,
  }));
  return scopeOf(id, id, rows);
}

const resolverOf = (...scopes: readonly VariableScope[]): Resolver => new Resolver(scopes, liveSource(new Map()));

function problemOf(resolver: Resolver, text: string): VariableError {
  try {
    resolver.resolve(text);
  } catch (error) {
    if (error instanceof VariableError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('scopes', () => {
  const scopes = [
    scope('global', { a: 'global', b: 'global', c: 'global' }),
    scope('environment', { b: 'environment', c: 'environment' }),
    scope('request', { c: 'request' }),
  ];

  it('let the nearest one win', () =>
    expect(resolverOf(...scopes).resolve('{{a}} {{b}} {{c}}')).toBe('global environment request'));

  it('are listed with the one that counts', () => {
    expect(listVariables(scopes).map(({ name, scope }) => `${name} ${scope.id}`)).toEqual([
      'a global',
      'b environment',
      'c request',
    ]);
    expect(findVariable(scopes, 'd')).toBeNull();
  });

  it('leave out what is switched off, and of two rows of a name take the later', () => {
    const row = { id: '', enabled: true, name: 'a', value: '1', secret: false, literal: false };
    const rows = [row, { ...row, value: '2' }, { ...row, value: '3', enabled: false }, { ...row, name: ' ' }];
    expect([...scopeOf('x', 'x', rows).variables]).toEqual([['a', rows[1]]]);
  });
});

describe('values', () => {
  it('hold other variables', () => {
    const resolver = resolverOf(
      scope('global', { host: 'a.test', base: 'https://{{host}}', url: '{{base}}/{{base}}' }),
    );
    expect(resolver.resolve('{{url}}')).toBe('https://a.test/https://a.test');
  });

  it('go in as they are', () => {
    assert(
      property(string(), (value) => {
        expect(resolverOf(scope('x', { v: value }, { literal: true })).resolve('<{{v}}>')).toBe(`<${value}>`);
      }),
    );
  });

  it('out of a response mean nothing but themselves', () => {
    const resolver = resolverOf(scope('x', { v: '{{secret}} {{$uuid}} \\{{' }, { literal: true }));
    expect(resolver.resolve('{{v}}')).toBe('{{secret}} {{$uuid}} \\{{');
  });

  it('that are escaped stand as they are written', () => {
    expect(resolverOf(scope('x', { v: '\\{{name}}' })).resolve('{{v}}')).toBe('{{name}}');
  });

  it('that are secret are remembered when they were used', () => {
    const resolver = resolverOf(scope('x', { a: 'one', b: 'two' }, { secret: true }));
    resolver.resolve('{{b}}');
    expect([...resolver.usedSecrets]).toEqual(['two']);
  });
});

describe('what cannot be resolved', () => {
  it.each([
    ['{{nope}}', {}, 'unresolved', 'nope', []],
    ['{{a}}', { a: 'x{{b}}', b: '{{nope}}' }, 'unresolved', 'nope', ['a', 'b']],
    ['{{a}}', { a: '{{a}}' }, 'cyclic', 'a', ['a']],
    ['{{x}}', { x: '{{a}}', a: '{{b}}', b: '{{$base64 {{a}}}}' }, 'cyclic', 'a', ['a', 'b']],
    ['{{$nope 1}}', {}, 'unknown-dynamic', '$nope', []],
    ['{{a}}', { a: '{{$toString}}' }, 'unknown-dynamic', '$toString', ['a']],
    ['{{$randomInt 1}}', {}, 'argument', '$randomInt', []],
    ['{{$randomInt 6 1}}', {}, 'argument', '$randomInt', []],
    ['{{$randomInt 1.5 2}}', {}, 'argument', '$randomInt', []],
    ['{{constructor}}', {}, 'unresolved', 'constructor', []],
  ] as const)('%s with %j: %s %s %j', (text, values, code, variable, trail) => {
    expect(problemOf(resolverOf(scope('x', values)), text)).toMatchObject({ code, variable, trail });
  });

  it('is too much, not too slow', () => {
    const values = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`v${index}`, `{{v${index + 1}}}{{v${index + 1}}}`]),
    );
    expect(problemOf(resolverOf(scope('x', { ...values, v60: 'aaaaaaaa' })), '{{v0}}').code).toBe('too-large');
    const chain = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`v${index}`, `{{v${index + 1}}}`]));
    expect(problemOf(resolverOf(scope('x', chain)), '{{v0}}').code).toBe('too-large');
  });
});

describe('dynamic variables', () => {
  const live = (): Resolver => resolverOf();

  it.each([
    ['{{$uuid}}', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/],
    ['{{$timestamp}}', /^\d{10}$/],
    ['{{$isoTimestamp}}', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/],
    ['{{$base64 user:pässword}}', /^dXNlcjpww6Rzc3dvcmQ=$/],
    ['{{$sha256 abc}}', /^ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad$/],
    ['{{$urlEncode a&b/c d}}', /^a%26b%2Fc%20d$/],
  ])('%s', (text, expected) => expect(live().resolve(text)).toMatch(expected));

  it('$randomInt draws from the whole range and nothing else', () => {
    const drawn = new Set(Array.from({ length: 500 }, () => live().resolve('{{$randomInt -1 2}}')));
    expect([...drawn].sort()).toEqual(['-1', '0', '1', '2']);
    expect(live().resolve('{{$randomInt 7 7}}')).toBe('7');
    expect(Number(live().resolve('{{$randomInt}}'))).toBeLessThanOrEqual(1000);
  });

  it('are new wherever they are written, and the same for one variable', () => {
    const resolver = resolverOf(scope('x', { id: '{{$uuid}}' }));
    const [first, second] = resolver.resolve('{{id}} {{id}}').split(' ');
    expect(first).toBe(second);
    const [third, fourth] = resolver.resolve('{{$uuid}} {{$uuid}}').split(' ');
    expect(third).not.toBe(fourth);
  });

  it('tell one time for a whole sending', () => {
    const resolver = new Resolver([], liveSource(new Map(), new Date('2026-01-02T03:04:05.678Z')));
    expect(resolver.resolve('{{$timestamp}} {{$isoTimestamp}}')).toBe('1767323045 2026-01-02T03:04:05.678Z');
  });

  it('$prompt is answered by what was asked', () => {
    const resolver = new Resolver([], liveSource(new Map([['One-time code', '123 456']])));
    expect(resolver.resolve('{{$prompt One-time code}}')).toBe('123 456');
  });

  it('can be looked at ahead, each question once, always the same', () => {
    const source = sampleSource((label) => `<${label}>`);
    const resolver = new Resolver([scope('x', { a: '{{$prompt Code}}' })], source);
    const text = '{{a}} {{$prompt Code}} {{$prompt Name}} {{$uuid}} {{$timestamp}} {{$randomInt 3 9}}';
    const seen = resolver.resolve(text);
    expect(seen).toBe('<Code> <Code> <Name> 00000000-0000-4000-8000-000000000000 0 3');
    expect(source.asked).toEqual(['Code', 'Name']);
    expect(resolver.resolve(text)).toBe(seen);
  });
});

it('resolves every text of settings, and nothing else', () => {
  const blob = new Blob(['{{a}}']);
  const settings = { '{{a}}': ['{{a}}', null, 3], nested: { on: true, text: 'x{{a}}' }, blob };
  expect(resolveAll(settings, resolverOf(scope('x', { a: '1' })))).toEqual({
    '{{a}}': ['1', null, 3],
    nested: { on: true, text: 'x1' },
    blob,
  });
});
