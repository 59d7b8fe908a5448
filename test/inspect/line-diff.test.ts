import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../src/inspect/line-diff.ts';

const shown = (before: string[], after: string[]): string =>
  diffLines(before, after)
    .map(
      (step) =>
        (step.kind === 'same' ? ' ' : step.kind === 'added' ? '+' : '-') +
        (before[step.old ?? -1] ?? after[step.new ?? -1]),
    )
    .join(' ');

/** Length of the longest common subsequence, the plain way. */
function common(before: string[], after: string[]): number {
  const row = Array.from({ length: after.length + 1 }, () => 0);
  for (const line of before) {
    let diagonal = 0;
    for (let j = 1; j <= after.length; j++) {
      const above = row[j] ?? 0;
      row[j] = line === after[j - 1] ? diagonal + 1 : Math.max(above, row[j - 1] ?? 0);
      diagonal = above;
    }
  }
  return row.at(-1) ?? 0;
}

describe('diffLines', () => {
  it('tells kept, removed and added lines', () => {
    expect(shown(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])).toBe(' a -b +x  c  d +e');
    expect(shown([], ['a'])).toBe('+a');
    expect(shown(['a'], [])).toBe('-a');
    expect(shown([], [])).toBe('');
  });

  it('leads from the old lines to the new ones by as few edits as possible', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const steps = diffLines(before, after);
        expect(steps.flatMap((step) => (step.old === null ? [] : [before[step.old]]))).toEqual(before);
        expect(steps.flatMap((step) => (step.new === null ? [] : [after[step.new]]))).toEqual(after);
        for (const step of steps) if (step.kind === 'same') expect(before[step.old ?? -1]).toBe(after[step.new ?? -2]);
        expect(steps.filter((step) => step.kind === 'same')).toHaveLength(common(before, after));
      }),
    );
  });

  it('gives up looking for the shortest way when nothing is alike', () => {
    const before = Array.from({ length: 3000 }, (_, i) => `old ${i}`);
    const after = Array.from({ length: 3000 }, (_, i) => `new ${i}`);
    expect(diffLines(before, after)).toHaveLength(6000);
  });
});
