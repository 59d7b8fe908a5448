import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matching, type PaletteEntry } from '../../../src/panel/palette/entries.ts';
import { fuzzy } from '../../../src/panel/palette/fuzzy.ts';

const entry = (text: string, kind: PaletteEntry['kind'] = 'saved'): PaletteEntry => ({
  id: text,
  kind,
  text,
  detail: '',
  run: () => {},
});
const best = (typed: string, ...texts: string[]): string[] =>
  matching(
    texts.map((text) => entry(text)),
    typed,
  ).map(({ text }) => text);

test('whole words come before beginnings, and those before letters anywhere', () => {
  expect(best('user', 'GET /superuser', 'GET /users', 'GET /u/s/e/r')[0]).toBe('GET /users');
  expect(best('lo', 'GET All orders', 'GET /a/lot', 'List orders')).toEqual([
    'GET /a/lot',
    'List orders',
    'GET All orders',
  ]);
  expect(best('zz', 'GET /users')).toEqual([]);
  expect(best('users get', 'GET /users', 'POST /users')[0]).toBe('GET /users');
});

test('an action comes before a saved request that fits alike', () => {
  expect(matching([entry('Send'), entry('Send', 'action')], 'send').map(({ kind }) => kind)).toEqual([
    'action',
    'saved',
  ]);
});

test('what was found is there, in order within each word', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'C', ' ', '/'), maxLength: 12 });
  fc.assert(
    fc.property(letters, letters, (query, text) => {
      const fit = fuzzy(query.trim().toLowerCase(), text);
      if (fit === null) return;
      const found = fit.at.map((index) => text[index]?.toLowerCase()).join('');
      expect(found).toBe(query.toLowerCase().replaceAll(/\s/g, ''));
    }),
  );
});

test('a text that is contained is always found', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (before, middle, after) => {
      const query = middle.trim().toLowerCase();
      fc.pre(query !== '' && (before + middle + after).toLowerCase().includes(query) && !/\s/.test(query));
      expect(fuzzy(query, before + middle + after)).not.toBeNull();
    }),
  );
});
