import { describe, expect, it } from 'vitest';
import type { HeaderLines } from '../../../src/model/exchange.ts';
import { alignBodies } from '../../../src/panel/response/sent/align-bodies.ts';
import { alignFields, isReordered, type FieldViews } from '../../../src/panel/response/sent/align-fields.ts';

function aligned(views: Partial<FieldViews>): string[] {
  const line = (field: { name: string; value: string; marks: readonly string[]; note: string | null } | null): string =>
    field === null
      ? '-'
      : [`${field.name}=${field.value}`, ...field.marks, ...(field.note === null ? [] : [`(${field.note})`])].join(' ');
  return alignFields({
    composed: [],
    prepared: [],
    sent: [],
    derived: [],
    plan: [],
    originOf: () => null,
    ...views,
  }).map(({ composed, prepared, sent }) => [composed, prepared, sent].map(line).join(' | '));
}

describe('alignFields', () => {
  const a: HeaderLines = [['A', '1']];

  it('finds nothing to say about lines that are the same', () => {
    expect(aligned({ composed: a, prepared: a, sent: a })).toEqual(['A=1 | A=1 | A=1']);
  });

  it('marks what was added, changed and removed between neighbours', () => {
    expect(
      aligned({
        composed: a,
        prepared: [
          ['A', '2'],
          ['B', '1'],
        ],
        sent: [
          ['A', '2'],
          ['C', '1'],
        ],
      }),
    ).toEqual(['A=1 | A=2 changed | A=2', '- | B=1 added removed | -', '- | - | C=1 added']);
    expect(aligned({ composed: a })).toEqual(['A=1 removed | - | -']);
  });

  it('takes another case of a name as a change, another order as none', () => {
    expect(
      aligned({
        composed: a,
        prepared: [...a, ['B', '2']],
        sent: [
          ['B', '2'],
          ['a', '1'],
        ],
      }),
    ).toEqual(['A=1 | A=1 | a=1 changed (only the case of the name)', '- | B=2 added | B=2']);
  });

  it('ties repeated names by position', () => {
    const lines: HeaderLines = [
      ['A', '1'],
      ['A', '2'],
    ];
    expect(aligned({ composed: lines, prepared: lines, sent: [['A', '1']] })).toEqual([
      'A=1 | A=1 | A=1',
      'A=2 | A=2 removed | -',
    ]);
  });

  it('keeps a removed line where it stood', () => {
    expect(
      aligned({
        composed: [
          ['A', '1'],
          ['X', '1'],
          ['B', '1'],
        ],
        prepared: [
          ['A', '1'],
          ['B', '1'],
        ],
        sent: null,
      }),
    ).toEqual(['A=1 | A=1 | -', 'X=1 removed | - | -', 'B=1 | B=1 | -']);
  });

  it('labels derived lines and gives the plan as the reason', () => {
    expect(
      aligned({
        prepared: [['Date', 'x']],
        derived: [['Host', 'h']],
        plan: [{ field: 'date', action: 'dropped', reason: 'forbidden' }],
        originOf: (name) => (name === 'Date' ? null : 'never asked'),
      }),
    ).toEqual(['- | Date=x added removed (forbidden) | -', '- | - | Host=h derived']);
  });

  it('says nothing of removal where the next view is not known', () => {
    expect(aligned({ composed: a, prepared: null, sent: null })).toEqual(['A=1 | - | -']);
  });
});

describe('isReordered', () => {
  it('compares the order of common fields only', () => {
    expect(
      isReordered(
        [
          ['A', ''],
          ['B', ''],
        ],
        [
          ['X', ''],
          ['a', ''],
          ['B', ''],
        ],
      ),
    ).toBe(false);
    expect(
      isReordered(
        [
          ['A', ''],
          ['B', ''],
        ],
        [
          ['b', ''],
          ['A', ''],
        ],
      ),
    ).toBe(true);
    expect(
      isReordered(
        [
          ['A', ''],
          ['C', ''],
          ['B', ''],
        ],
        [
          ['A', ''],
          ['B', ''],
        ],
      ),
    ).toBe(false);
  });
});

describe('alignBodies', () => {
  it('sets replaced lines beside what replaced them', () => {
    const rows = alignBodies(['a', 'old', 'gone', 'z'], ['a', 'new', 'z', 'more']);
    expect(
      rows.map(({ composed, prepared }) => [composed?.text, composed?.mark, prepared?.text, prepared?.mark]),
    ).toEqual([
      ['a', null, 'a', null],
      ['old', null, 'new', 'changed'],
      ['gone', 'removed', undefined, undefined],
      ['z', null, 'z', null],
      [undefined, undefined, 'more', 'added'],
    ]);
  });
});
