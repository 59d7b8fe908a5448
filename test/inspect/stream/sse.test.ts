import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSseBlock } from '../../../src/inspect/stream/sse-event.ts';
import { SseScanner } from '../../../src/inspect/stream/sse-scanner.ts';

interface Dispatched {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

/** What an EventSource would dispatch for a stream that comes in these pieces (WHATWG HTML section 9.2.6). */
function dispatch(bytes: Uint8Array, sizes: readonly number[] = []): { events: Dispatched[]; retry: number | null } {
  const events: Dispatched[] = [];
  let lastEventId = '';
  let retry: number | null = null;
  const scanner = new SseScanner((start, end) => {
    const text = new TextDecoder('utf-8', { ignoreBOM: start > 0 }).decode(bytes.subarray(start, end));
    const block = parseSseBlock(text);
    lastEventId = block.id ?? lastEventId;
    retry = block.retry ?? retry;
    if (block.data !== null) events.push({ type: block.type, data: block.data, lastEventId });
  });
  let at = 0;
  for (const size of sizes) {
    scanner.push(bytes.subarray(at, at + size));
    at += size;
  }
  scanner.push(bytes.subarray(at));
  scanner.finish();
  return { events, retry };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const dataOf = (text: string): string[] => dispatch(utf8(text)).events.map(({ data }) => data);

describe('parsing', () => {
  test.each([
    [
      'one byte order mark is passed over, a later one is part of a name',
      '\uFEFFdata:1\n\n\uFEFFdata:2\n\ndata:3\n\n',
      ['1', '3'],
    ],
    ['of two byte order marks the second is part of a name', '\uFEFF\uFEFFdata:1\n\ndata:2\n\ndata:3\n\n', ['2', '3']],
    [
      'comments are passed over',
      'data:1\r:\0\n:\r\ndata:2\n:' + 'x'.repeat(2048) + '\rdata:3\n:data:fail\r:' + 'x'.repeat(2048) + '\ndata:4\n\n',
      ['1\n2\n3\n4'],
    ],
    [
      'an event that the stream breaks off is not dispatched',
      'retry:1000\ndata:test1\n\nid:test\ndata:test2',
      ['test1'],
    ],
    ['empty data fields count', 'data:\n\ndata\ndata\n\ndata:test\n\n', ['', '\n', 'test']],
    ['leading spaces: one is taken off', 'data:\ttest\rdata: \ndata:test\n\n', ['\ttest\n\ntest']],
    ['all line ends', 'data:test\r\ndata\ndata:test\r\n\r\n', ['test\n\ntest']],
    ['a bare CR ends lines and events', 'data:1\r\rdata:2\r\r', ['1', '2']],
    ['a NUL is data like any other', 'data:\0\n\n\n\n', ['\0']],
    [
      'names count to the letter',
      'data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\nDATA:x\n\n',
      ['test\n'],
    ],
    ['a colon stands behind the name at once', 'data :x\ndata\0:y\ndata: ok\n\n', ['ok']],
    ['UTF-8 whatever else is said', 'data:ok…\n\n', ['ok…']],
    ['empty lines between events do no harm', '\n\n\r\n\rdata:1\n\n\n\n\ndata:2\n\n', ['1', '2']],
    ['a stream of nothing', '', []],
    ['a block without data', 'event:x\nid:1\n\n', []],
  ])('%s', (_title, text, expected) => {
    expect(dataOf(text)).toEqual(expected);
  });

  test('types: an empty one is message, and none is carried over', () => {
    const { events } = dispatch(
      utf8('event:test\ndata:x\n\ndata:x\n\nevent: \ndata:y\n\nevent:a\n\ndata:z\n\nevent:b\nevent:c\ndata:w\n\n'),
    );
    expect(events.map(({ type }) => type)).toEqual(['test', 'message', 'message', 'message', 'c']);
  });

  test('ids: carried over, reset by an empty one, not taken with a NUL or from a block that breaks off', () => {
    const { events } = dispatch(
      utf8('id:1\ndata:a\n\ndata:b\n\nid:2\n\ndata:c\n\nid:3\0\ndata:d\n\nid\ndata:e\n\nid: …\ndata:f\n\nid:9\ndata:g'),
    );
    expect(events.map(({ lastEventId }) => lastEventId)).toEqual(['1', '1', '2', '2', '', '…']);
  });

  test('retry: only digits count', () => {
    expect(dispatch(utf8('retry:3000\n\nretry:10x\n\nretry:\n\nretry:-5\n\ndata:x\n\n')).retry).toBe(3000);
    expect(dispatch(utf8('retry: 03\ndata:x\n\n')).retry).toBe(3);
  });

  test('bytes that are no UTF-8 become U+FFFD', () => {
    const bytes = Uint8Array.from([...utf8('data:a'), 0xff, 0xc3, ...utf8('\n\n')]);
    expect(dispatch(bytes).events[0]?.data).toBe('a\uFFFD\uFFFD');
  });

  test('where the bytes are cut makes no difference', () => {
    const piece = fc.constantFrom(
      'data',
      ':',
      ' ',
      '\n',
      '\r',
      '\r\n',
      'id',
      'retry:7',
      'event:e',
      'x',
      '\uFEFF',
      '\0',
      '…',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat(5), { maxLength: 30 }), (parts, sizes) => {
        const bytes = utf8(parts.join(''));
        expect(dispatch(bytes, sizes)).toEqual(dispatch(bytes));
      }),
    );
  });
});
