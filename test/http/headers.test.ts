import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaseInsensitiveHeaders } from '../../src/http/headers.ts';

describe('CaseInsensitiveHeaders', () => {
  test('finds fields in any case and shows the case last set, where it was first set', () => {
    const headers = new CaseInsensitiveHeaders([
      ['accept', 'a'],
      ['X-B', 'b'],
    ]);
    headers.set('ACCEPT', 'c');
    expect([...headers]).toEqual([
      ['ACCEPT', 'c'],
      ['X-B', 'b'],
    ]);
    expect(headers.get('Accept')).toBe('c');
    expect(headers.has('x-b')).toBe(true);
    expect([...headers.lowerItems()].map(([name]) => name)).toEqual(['accept', 'x-b']);
  });

  test('keeps repeated lines apart and joins them where one value is wanted', () => {
    const headers = new CaseInsensitiveHeaders();
    headers.append('Set-Cookie', 'a=1');
    headers.append('set-cookie', 'b=2');
    expect(headers.get('SET-COOKIE')).toBe('a=1, b=2');
    expect(headers.getAll('set-cookie')).toEqual(['a=1', 'b=2']);
    expect(headers.lines()).toEqual([
      ['Set-Cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    expect([...headers]).toEqual([['Set-Cookie', 'a=1, b=2']]);
    expect(headers.copy().getAll('Set-Cookie')).toEqual(['a=1', 'b=2']);
    headers.set('Set-Cookie', 'c=3');
    expect(headers.getAll('set-cookie')).toEqual(['c=3']);
  });

  test('null removes a field, in an update and in what it is made from', () => {
    const headers = new CaseInsensitiveHeaders({ A: '1', b: '2', a: null });
    expect([...headers]).toEqual([['b', '2']]);
    headers.update([['B', null]]);
    expect(headers.size).toBe(0);
    expect(headers.get('b')).toBeUndefined();
  });

  test('is made from the platform Headers too', () => {
    expect(new CaseInsensitiveHeaders(new Headers({ 'X-A': '1' })).get('X-a')).toBe('1');
  });

  test('a copy goes its own way', () => {
    const headers = new CaseInsensitiveHeaders({ a: '1' });
    const copy = headers.copy();
    copy.append('a', '2');
    copy.set('b', '3');
    expect([...headers]).toEqual([['a', '1']]);
  });

  test('equality ignores case and order', () => {
    const headers = new CaseInsensitiveHeaders({ A: '1', b: '2' });
    expect(headers.equals({ B: '2', a: '1' })).toBe(true);
    expect(headers.equals({ B: '2', a: '2' })).toBe(false);
    expect(headers.equals({ B: '2' })).toBe(false);
  });

  test('behaves as a map of lower-case names', () => {
    const name = fc.constantFrom('a', 'A', 'b', 'B', 'é', 'É', '__proto__');
    const steps = fc.array(fc.tuple(fc.constantFrom('set', 'delete'), name, fc.string()));
    fc.assert(
      fc.property(steps, (operations) => {
        const headers = new CaseInsensitiveHeaders();
        const model = new Map<string, string>();
        for (const [operation, field, value] of operations) {
          if (operation === 'set') {
            headers.set(field, value);
            model.set(field.toLowerCase(), value);
          } else expect(headers.delete(field)).toBe(model.delete(field.toLowerCase()));
        }
        expect([...headers.lowerItems()]).toEqual([...model]);
        expect(headers.size).toBe(model.size);
      }),
    );
  });
});
