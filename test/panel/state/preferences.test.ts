import { expect, test } from 'vitest';
import { createPreferences, homeSplit } from '../../../src/panel/state/preferences.ts';

function storage(initial: string | null = null) {
  let kept = initial;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

test('the splitters come back where they were left', () => {
  const kept = storage();
  const first = createPreferences(kept);
  expect(first.splitAcross.value).toBe(homeSplit.across);
  first.splitAcross.value = 0.3;
  first.save();
  expect(createPreferences(kept).splitAcross.value).toBe(0.3);
});

test.each([null, '', 'nonsense', '[]', '{"splitAcross": "x", "splitDown": 7}'])('%j gives the first places', (kept) => {
  const { splitAcross, splitDown } = createPreferences(storage(kept));
  expect([splitAcross.value, splitDown.value]).toEqual([homeSplit.across, homeSplit.down]);
});

test('storage that is forbidden costs nothing else', () => {
  const forbidden = {
    getItem: () => {
      throw new Error('SecurityError');
    },
    setItem: () => {
      throw new Error('SecurityError');
    },
  };
  const preferences = createPreferences(forbidden);
  preferences.save();
  expect(preferences.splitDown.value).toBe(homeSplit.down);
});
