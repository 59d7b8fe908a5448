import { assert, bigInt, json, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffJson, exactNumber, type JsonChange } from '../../src/inspect/json-diff.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const diff = (before: string, after: string) => diffJson(utf8(before), utf8(after))?.changes;

describe('diffJson', () => {
  it.each([
    ['{"a": 1, "b": [1, 2]}', '{"b":[1,2],"a":1}'],
    ['[1.0, 1e2, -0, 0.10]', '[1, 100, 0, 1e-1]'],
    [String.raw`"\u00e9\/"`, '"é/"'],
    ['{"a": 1, "a": 2}', '{"a": 2}'],
    ['[12345678901234567890.0]', '[12345678901234567890]'],
  ])('finds no difference in meaning between %s and %s', (before, after) => {
    expect(diff(before, after)).toEqual([]);
  });

  it.each([
    [
      '[12345678901234567890]',
      '[12345678901234567891]',
      [['[0]', 'changed', '12345678901234567890', '12345678901234567891']],
    ],
    ['{"a": {"b": 1}}', '{"a": {"b": "1"}}', [['a.b', 'changed', '1', '"1"']]],
    [
      '{"a": 1}',
      '{"b": 1}',
      [
        ['a', 'removed', '1', null],
        ['b', 'added', null, '1'],
      ],
    ],
    ['{"odd key": [1]}', '{"odd key": [2]}', [['["odd key"][0]', 'changed', '1', '2']]],
    ['[{"id": 1}, {"id": 2}]', '[{"id": 0}, {"id": 1.0}, {"id": 2}]', [['[0]', 'added', null, '{"id": 0}']]],
    ['[1, 2, 3]', '[1, 3]', [['[1]', 'removed', '2', null]]],
    ['null', '[]', [['', 'changed', 'null', '[]']]],
  ])('tells what differs between %s and %s', (before, after, expected) => {
    const told = diff(before, after)?.map(({ path, kind, before: old, after: fresh }: JsonChange) => [
      path,
      kind,
      old,
      fresh,
    ]);
    expect(told).toEqual(expected);
  });

  it('takes no text that is not JSON', () => {
    expect(diff('{"a": 1', '{}')).toBeUndefined();
  });

  it('lists no more than it can show, and says so', () => {
    const numbers = Array.from({ length: 2000 }, (_, at) => at);
    const changed = diffJson(utf8(JSON.stringify(numbers)), utf8(JSON.stringify(numbers.map((n) => -n - 1))));
    expect(changed).toMatchObject({ cut: true });
    expect(changed?.changes).toHaveLength(500);
  });

  it('survives any depth', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(diff(deep, deep)).toEqual([]);
    expect(diff(`[${deep}]`, `[${deep},1]`)).toHaveLength(1);
  });

  it('agrees with itself on any value, whatever the order of its members', () => {
    assert(
      property(json(), (text) => {
        const turned = JSON.stringify(JSON.parse(text), (_, value: unknown) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).reverse())
            : value,
        );
        // -0 is written as 0, and means the same.
        expect(diff(text, turned)).toEqual([]);
      }),
    );
  });
});

describe('exactNumber', () => {
  it('is the same for numbers of the same value only', () => {
    assert(
      property(bigInt(), bigInt(), nat(30), (a, b, zeros) => {
        expect(exactNumber(`${a}${'0'.repeat(zeros)}e-${zeros}`)).toBe(exactNumber(String(a)));
        expect(exactNumber(String(a)) === exactNumber(String(b))).toBe(a === b);
      }),
    );
  });
});
