import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitLines } from '../../../src/http/lines.ts';
import { blobSource } from '../../../src/inspect/stream/byte-source.ts';
import type { StreamKind } from '../../../src/inspect/stream/record-scanner.ts';
import { StreamView } from '../../../src/inspect/stream/stream-view.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function viewOf(kind: StreamKind, text: string, done = true, charset = 'utf-8'): StreamView {
  const bytes = utf8(text);
  const view = new StreamView({ kind, charset, timeOf: (offset) => offset });
  view.source = blobSource(new Blob([bytes]));
  view.push(bytes);
  if (done) view.finish();
  return view;
}

async function texts(view: StreamView, from = 0, to = 1000): Promise<string[]> {
  return (await view.rows(from, to)).map(({ text }) => text);
}

async function filtered(view: StreamView, query: string): Promise<string[]> {
  view.setFilter(query);
  while (await view.advanceFilter());
  return texts(view, 0, (await view.state()).rows);
}

describe('events', () => {
  const stream =
    ': hello\n\nid: 7\nretry: 1500\nevent: tick\ndata: {"a":1}\ndata: more\n\ndata: plain\n\nid: 8\n\ndata: last';

  test('rows: notes, events, and what is not complete', async () => {
    const view = viewOf('sse', stream, false);
    const rows = await view.rows(0, 10);
    expect(rows.map(({ kind, type, id, text }) => [kind, type, id, text])).toEqual([
      ['note', '', null, ': hello'],
      ['event', 'tick', '7', '{"a":1} ↵ more'],
      ['event', 'message', null, 'plain'],
      ['note', '', '8', 'id: 8'],
      ['open', 'message', null, 'last'],
    ]);
    expect(await view.state()).toMatchObject({
      records: 5,
      rows: 5,
      lastId: '8',
      retry: 1500,
      pending: 10,
      done: false,
    });
  });

  test('a detail has all data, and the last event ID as it was then', async () => {
    const view = viewOf('sse', stream);
    expect(await view.detail(1)).toMatchObject({ data: '{"a":1}\nmore', lastId: '7', retry: 1500, type: 'tick' });
    expect(await view.detail(2)).toMatchObject({ data: 'plain', lastId: '7', at: stream.indexOf('\n\nid: 8') });
    expect(await view.detail(9)).toBeNull();
  });

  test('the last event ID is carried over thousands of events', async () => {
    const view = viewOf('sse', `id: first\ndata: 0\n\n${'data: x\n\n'.repeat(5000)}`);
    expect(await view.detail(4999)).toMatchObject({ lastId: 'first' });
    expect((await view.state()).records).toBe(5001);
  });

  test('rows are right wherever one looks', async () => {
    const view = viewOf('sse', Array.from({ length: 3000 }, (_, n) => `data: ${n}${' '.repeat(n % 300)}\n\n`).join(''));
    for (const from of [0, 250, 255, 256, 257, 1023, 2990])
      expect((await texts(view, from, from + 5)).map(Number)).toEqual([0, 1, 2, 3, 4].map((n) => from + n));
  });

  test('a filter follows and looks at bytes, not at rows', async () => {
    const view = viewOf('sse', Array.from({ length: 2000 }, (_, n) => `id: ${n}\ndata: Value ${n % 7}\n\n`).join(''));
    expect(await filtered(view, 'value 3')).toHaveLength(286);
    expect(await filtered(view, 'id: 1999')).toEqual(['Value 4']);
    expect(await view.copy(1000)).toBe('id: 1999\ndata: Value 4\n\n');
    expect(await filtered(view, '')).toHaveLength(2000);
  });
});

describe('lines', () => {
  test('rows are what iterLines gives', async () => {
    const part = fc.constantFrom('a', 'bc', '\n', '\r', '\r\n', 'é', '\u2028');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 30 }), async (parts) => {
        const text = parts.join('');
        const lines: string[] = [];
        for await (const line of splitLines(pieces(utf8(text)), null)) lines.push(new TextDecoder().decode(line));
        const view = viewOf('lines', text);
        expect(await texts(view)).toEqual(lines);
      }),
    );
  });

  test('NDJSON has no empty lines', async () => {
    expect(await texts(viewOf('ndjson', '{"a":1}\n\n{"b":2}\r\n\r\n[3]'))).toEqual(['{"a":1}', '{"b":2}', '[3]']);
  });

  test('a line of another charset', async () => {
    const view = new StreamView({ kind: 'lines', charset: 'windows-1252', timeOf: () => null });
    const bytes = Uint8Array.of(0xe9, 0x0a);
    view.source = blobSource(new Blob([bytes]));
    view.push(bytes);
    expect(await texts(view, 0, 1)).toEqual(['é']);
  });

  test('a line without an end is one row, however long', async () => {
    const view = viewOf('lines', 'x'.repeat(5_000_000), false);
    const [row, ...others] = await view.rows(0, 10);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ kind: 'open', clipped: true });
    expect(row?.text).toHaveLength(500);
    expect(await view.detail(0)).toMatchObject({ clipped: true, size: 1024 * 1024 });
  });

  test('long lines between short ones', async () => {
    const long = 'y'.repeat(300_000);
    const view = viewOf('lines', `a\n${long}\nb\n${long}\nc\n`);
    const rows = await view.rows(0, 10);
    expect(rows.map(({ text }) => text.slice(0, 3))).toEqual(['a', 'yyy', 'b', 'yyy', 'c']);
    expect(rows.map(({ clipped }) => clipped)).toEqual([false, true, false, true, false]);
    expect(await view.detail(3)).toMatchObject({ size: 300_000, clipped: false });
  });

  test('a filter finds what a slice of its reading cuts apart', async () => {
    const fill = 'z'.repeat(1024 * 1024 - 4);
    expect(await filtered(viewOf('lines', `${fill}needle\nneed\n`), 'NEEDLE')).toHaveLength(1);
  });
});

async function* pieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (const byte of bytes) yield Uint8Array.of(byte);
}
