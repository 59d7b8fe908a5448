import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Found, JsonRow, ViewState } from '../../src/inspect/body-view.ts';
import { JsonRows } from '../../src/inspect/json-rows.ts';
import { JsonScanner } from '../../src/inspect/json-scanner.ts';
import { JsonView } from '../../src/inspect/json-view.ts';
import { searchPattern } from '../../src/inspect/pattern-search.ts';
import { TextView } from '../../src/inspect/text-view.ts';
import { slowBlob } from './support/slow-blob.ts';

const plain = (text: string) => ({ text, isPattern: false, matchCase: false });

/** A view at work on a body that is let through piece by piece. */
function opened(content: string, make: (blob: Blob) => JsonView | TextView) {
  const { blob, release } = slowBlob(content);
  const view = make(blob);
  let state: ViewState | undefined;
  const loading = view.load((next) => {
    state = next;
  });
  return { view, release, loading, state: () => state };
}

const shown = (rows: readonly unknown[]): string[] =>
  (rows as JsonRow[]).map(
    (row) =>
      `${row.key ?? ''}${row.text}${row.part === 'value' ? '' : row.part}${row.comma && row.part !== 'open' ? ',' : ''}`,
  );

describe('JSON that is still being read', () => {
  const text = '{"a":[1,2],"b":{"c":"ab"},"d":3}';

  it('shows the rows that have come, and more as they come', async () => {
    const { view, release, loading, state } = opened(
      text,
      (blob) => new JsonView(blob, { layout: 'pretty', many: false }, searchPattern),
    );
    await release('{"a":[1,'.length);
    expect(state()).toMatchObject({ rows: 3, done: false, problem: null, loaded: 8 });
    expect(shown(await view.rows(0, 9))).toEqual(['open', '"a"open', '1']);
    await release('2],"b"'.length);
    expect(shown(await view.rows(0, 9))).toEqual(['open', '"a"open', '1,', '2', 'close']);
    expect(state()?.arranged).toBe(0);
    await release(text.length);
    await loading;
    expect(state()).toMatchObject({ rows: 10, done: true, problem: null, arranged: 0 });
  });

  it('folds and unfolds what is not complete yet', async () => {
    const { view, release, loading, state } = opened(
      text,
      (blob) => new JsonView(blob, { layout: 'pretty', many: false }, searchPattern),
    );
    await release('{"a":[1,'.length);
    if (view instanceof JsonView) view.toggle(1);
    expect(state()).toMatchObject({ rows: 2, done: false, arranged: 1 });
    await release('2],"b":{"c":"ab"'.length);
    expect(shown(await view.rows(0, 9))).toEqual(['open', '"a"folded,', '"b"open', '"c""ab"']);
    await release(text.length);
    await loading;
    expect(shown(await view.rows(0, 9))).toEqual([
      'open',
      '"a"folded,',
      '"b"open',
      '"c""ab"',
      'close,',
      '"d"3',
      'close',
    ]);
  });

  it('is searched as far as it has come, then to its end', async () => {
    const { view, release, loading } = opened(
      '["ab", "xx", "ab"]',
      (blob) => new JsonView(blob, { layout: 'pretty', many: false }, searchPattern),
    );
    await release(8);
    const told: Found[] = [];
    const found = view.find(plain('ab'), (soFar) => told.push(soFar));
    await release(4);
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ count: 1, done: false }));
    expect(told.at(-1)?.share).toBeLessThan(1);
    expect(await view.goTo(0)).toBe(1);
    await release(99);
    expect(await found).toEqual({ count: 2, capped: false, done: true, share: 1 });
    await loading;
    expect(await view.goTo(1)).toBe(3);
  });

  it('has the same rows in the end, however it comes and whatever is folded meanwhile', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.nat(30)),
        fc.constantFrom(1, 2, Infinity),
        fc.boolean(),
        (value, pieceLength, turns, depth, closings) => {
          const bytes = new TextEncoder().encode(JSON.stringify(value));
          const scanner = new JsonScanner();
          const growing = new JsonRows(scanner.nodes, closings, depth);
          const turned: number[] = [];
          for (let at = 0; at < bytes.length; at += pieceLength) {
            scanner.push(bytes.subarray(at, at + pieceLength));
            const turn = turns[turned.length];
            if (turn !== undefined && turn < scanner.nodes.count) {
              growing.toggle(turn);
              turned.push(turn);
            }
            growing.extend(false);
          }
          scanner.finish();
          growing.extend(true);
          const atOnce = new JsonRows(scanner.nodes, closings, depth);
          for (const turn of turned) atOnce.toggle(turn);
          atOnce.extend(true);
          expect(growing.slice(0, 1e6)).toEqual(atOnce.slice(0, 1e6));
          growing.slice(0, 1e6).forEach((code, row) => {
            if (code % 2 === 0) expect(growing.rowOf(code / 2)).toBe(row);
          });
        },
      ),
    );
  });
});

describe('text that is still being read', () => {
  it('shows, counts and searches what has come', async () => {
    const { view, release, loading, state } = opened(
      'one\ntwo\none\nthree',
      (blob) => new TextView(blob, 80, searchPattern),
    );
    await release('one\ntwo\non'.length);
    expect(state()).toMatchObject({ rows: 2, done: false });
    const told: Found[] = [];
    const found = view.find(plain('one'), (soFar) => told.push(soFar));
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ count: 1, done: false }));
    await release(99);
    expect(await found).toMatchObject({ count: 2, done: true });
    await loading;
    expect(state()?.rows).toBe(4);
    expect(await view.goTo(1)).toBe(2);
  });
});
