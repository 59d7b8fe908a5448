import { expect, test } from 'vitest';
import { compareBodies, COMPARED_TEXT } from '../../src/inspect/body-compare.ts';
import { diffRows } from '../../src/inspect/diff-rows.ts';

const body = (content: string | Uint8Array<ArrayBuffer>, contentType: string | null = null) => ({
  blob: new Blob([content]),
  contentType,
});

test('JSON is compared by what it means, also when only its first bytes say that it is JSON', async () => {
  const json = 'application/json';
  expect(await compareBodies(body('{"a":1,"b":[1e2]}', json), body('{ "b": [100], "a": 1.0 }'))).toEqual({
    kind: 'same',
    exact: false,
  });
  expect(await compareBodies(body('{"a":{"b":1}}'), body('{"a":{"b":2},"c":null}'))).toEqual({
    kind: 'json',
    changes: [
      { path: 'a.b', kind: 'changed', before: '1', after: '2', volatile: false },
      { path: 'c', kind: 'added', before: null, after: 'null', volatile: false },
    ],
    cut: false,
  });
});

test('JSON with a mistake, and JSON lines, are compared as text', async () => {
  expect(await compareBodies(body('{"a":1'), body('{"a":2}', 'application/json'))).toMatchObject({ kind: 'text' });
  const lines = 'application/x-ndjson';
  expect(await compareBodies(body('{"a":1}\n{"b":1}\n', lines), body('{"a":1}\n{"b":2}\n', lines))).toMatchObject({
    kind: 'text',
    differences: 1,
  });
});

test('text is the same text in whatever charset and with whatever line ends', async () => {
  const latin = new Uint8Array([0x67, 0x72, 0xfc, 0x6e, 0x0a]);
  const same = await compareBodies(body(latin, 'text/plain; charset=iso-8859-1'), body('grün\r\n', 'text/plain'));
  expect(same).toEqual({ kind: 'same', exact: false });
});

test('what is no text is compared by its bytes', async () => {
  const bytes = (last: number): Uint8Array<ArrayBuffer> => new Uint8Array([0, 1, 2, last]);
  expect(await compareBodies(body(bytes(3)), body(bytes(3)))).toEqual({ kind: 'same', exact: true });
  expect(await compareBodies(body(bytes(3)), body(bytes(4)))).toEqual({
    kind: 'binary',
    before: { size: 4, digest: '054edec1d0211f624fed0cbca9d4f9400b0e491c43742af2c5b0abebf0c990d8' },
    after: { size: 4, digest: expect.stringMatching(/^[\da-f]{64}$/) },
    firstDifference: 3,
  });
  expect(await compareBodies(body(bytes(3)), body('text'))).toMatchObject({ kind: 'binary', firstDifference: 0 });
});

test('texts too long for lines are compared by their bytes, and the way there is told', async () => {
  const long = 'a'.repeat(COMPARED_TEXT);
  const shares: number[] = [];
  const found = await compareBodies(body(`${long}b`), body(`${long}c`), (share) => shares.push(share));
  expect(found).toMatchObject({ kind: 'binary', firstDifference: COMPARED_TEXT });
  expect(shares.at(-1)).toBe(1);
  expect(shares.length).toBeGreaterThan(4);
  expect(await compareBodies(body(long), body(`${long}c`))).toMatchObject({ firstDifference: COMPARED_TEXT });
});

test('nothing at all is compared too', async () => {
  expect(await compareBodies(body(''), body(''))).toEqual({ kind: 'same', exact: true });
  expect(await compareBodies(body(''), body('a'))).toMatchObject({ kind: 'text', differences: 1 });
});

test('a line and the one in its place stand beside each other, and what differs in them is told', () => {
  const before = ['1', '2', '3', '4', 'the old line', '6'];
  const after = ['1', '2', '3', '4', 'the new line', 'another', '6'];
  expect(diffRows(before, after)).toEqual({
    rows: [
      { kind: 'skipped', count: 1 },
      ...[1, 2, 3].map((at) => {
        const side = { line: at + 1, text: String(at + 1), from: 0, to: 0 };
        return { kind: 'same', before: side, after: side, volatile: false };
      }),
      {
        kind: 'changed',
        before: { line: 5, text: 'the old line', from: 4, to: 7 },
        after: { line: 5, text: 'the new line', from: 4, to: 7 },
        volatile: false,
      },
      {
        kind: 'changed',
        before: null,
        after: { line: 6, text: 'another', from: 0, to: 7 },
        volatile: false,
      },
      {
        kind: 'same',
        before: { line: 6, text: '6', from: 0, to: 0 },
        after: { line: 7, text: '6', from: 0, to: 0 },
        volatile: false,
      },
    ],
    differences: 2,
    cut: false,
  });
});

test('a character of two units is never torn apart', () => {
  const [row] = diffRows(['a😀'], ['a😁']).rows;
  expect(row).toMatchObject({ before: { from: 1, to: 3 }, after: { from: 1, to: 3 } });
});

test('a line that differs in a time alone is no difference', () => {
  const { rows, differences } = diffRows(['at 2024-01-01T00:00:00Z'], ['at 2025-02-02T10:00:00Z']);
  expect(rows).toMatchObject([{ kind: 'changed', volatile: true }]);
  expect(differences).toBe(0);
});

test('texts that share nothing end at some row', () => {
  const lines = (letter: string): string[] => Array.from({ length: 5000 }, (_, at) => `${letter}${at}`);
  const { rows, differences, cut } = diffRows(lines('a'), lines('b'));
  expect([rows.length, differences, cut]).toEqual([2000, 5000, true]);
});
