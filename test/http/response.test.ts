import { describe, expect, test, vi } from 'vitest';
import { HTTPAdapter } from '../../src/http/adapters/http-adapter.ts';
import {
  ChunkedEncodingError,
  ConnectionError,
  ContentDecodingError,
  HTTPError,
  JSONDecodeError,
  SSLError,
  StreamConsumedError,
} from '../../src/http/errors.ts';
import { PreparedRequest } from '../../src/http/prepared-request.ts';
import type { Response } from '../../src/http/response.ts';
import type { HeaderLine } from '../../src/http/types.ts';
import { ScriptedTransport, type ScriptedAnswer } from '../support/scripted-transport.ts';

async function respond(answer: ScriptedAnswer = {}): Promise<Response> {
  const request = new PreparedRequest();
  request.prepareMethod('GET');
  request.prepareUrl('http://e.x/#part');
  return new HTTPAdapter({ transport: new ScriptedTransport([answer]) }).send(request, {});
}

function ofType(type: string, body: ScriptedAnswer['body']): Promise<Response> {
  return respond({ headers: [['Content-Type', type]], body: body ?? null });
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of items) found.push(one);
  return found;
}

async function texts(items: AsyncIterable<Uint8Array | string>): Promise<string[]> {
  return (await all(items)).map((one) => (typeof one === 'string' ? one : Buffer.from(one).toString('latin1')));
}

function breaking(error: unknown, ...pieces: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) controller.error(error);
      else controller.enqueue(new TextEncoder().encode(piece));
    },
  });
}

describe('status', () => {
  test('raiseForStatus gives the response, or the error with it', async () => {
    const fine = await respond({ status: 304 });
    expect(fine.raiseForStatus()).toBe(fine);
    const missing = await respond({ status: 404, reason: 'Not Found' });
    expect(() => missing.raiseForStatus()).toThrow('404 Client Error: Not Found for url: http://e.x/#part');
    try {
      missing.raiseForStatus();
    } catch (error) {
      expect(error).toBeInstanceOf(HTTPError);
      expect(error).toMatchObject({ response: missing, request: missing.request, code: 'http' });
    }
  });

  test('repeated lines are joined in headers, and apart in rawHeaders', async () => {
    const lines: HeaderLine[] = [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Set-Cookie', 'a=1, b'],
    ];
    const response = await respond({ headers: lines });
    expect(response.headers.get('X-a')).toBe('1, 2');
    expect(response.rawHeaders).toEqual(lines);
    expect(response.setCookieLines).toEqual(['a=1, b']);
  });

  test('links by rel', async () => {
    const { links } = await respond({ headers: [['Link', '</2>; rel="next", </9>; rel=last']] });
    expect({ ...links['next'] }).toEqual({ url: '/2', rel: 'next' });
    expect(Object.keys(links)).toEqual(['next', 'last']);
  });
});

describe('the whole body', () => {
  test('can be had again and again, in every form', async () => {
    const response = await ofType('application/json', ['{"a"', ': 1}']);
    expect(await response.json()).toEqual({ a: 1 });
    expect(await response.text()).toBe('{"a": 1}');
    expect(await response.content()).toHaveLength(8);
    const blob = await response.blob();
    expect([blob.type, await blob.text()]).toEqual(['application/json', '{"a": 1}']);
    expect(await texts(response.iterContent(5))).toEqual(['{"a":', ' 1}']);
    expect(await new globalThis.Response(response.body).text()).toBe('{"a": 1}');
  });

  test('a body that the platform hides is empty, and marked', async () => {
    const response = await respond({ status: 302, bodyUnavailable: true });
    expect(response.bodyUnavailable).toBe(true);
    expect(await response.content()).toHaveLength(0);
    expect(await response.text()).toBe('');
  });

  test('asked for twice at once, it is read once', async () => {
    const response = await respond({ body: ['a', 'b'] });
    expect(await Promise.all([response.text(), response.text()])).toEqual(['ab', 'ab']);
  });
});

describe('text', () => {
  test('encoding may be set before', async () => {
    const response = await ofType('text/plain', new Uint8Array([0xc3, 0xa9]));
    expect(response.encoding).toBe('ISO-8859-1');
    expect(await response.text()).toBe('Ã©');
    response.encoding = 'utf-8';
    expect(await response.text()).toBe('é');
  });

  test('without one it is guessed', async () => {
    const response = await respond({ body: 'naïve' });
    expect([response.encoding, await response.apparentEncoding(), await response.text()]).toEqual([
      null,
      'utf-8',
      'naïve',
    ]);
  });

  test('a long text that begins in ASCII is still UTF-8', async () => {
    expect(await (await respond({ body: `${'a'.repeat(70_000)}é` })).text()).toMatch(/aé$/);
  });
});

describe('json', () => {
  test('numbers are available as they were written', async () => {
    const response = await ofType('application/json', '{"id": 12345678901234567890, "x": 1.50}');
    const exact = await response.json((_key, value, { source }) => (typeof value === 'number' ? source : value));
    expect(exact).toEqual({ id: '12345678901234567890', x: '1.50' });
  });

  test('an error says where, and of which response', async () => {
    const response = await ofType('application/json', '{"a": }');
    const error: unknown = await response.json().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(JSONDecodeError);
    expect(error).toMatchObject({ doc: '{"a": }', pos: 6, response, request: response.request });
  });

  test('what only looks like UTF-8 is guessed', async () => {
    const response = await respond({ body: new Uint8Array([0x22, 0x61, 0xe9, 0x22]) });
    expect(await response.json()).toBe('aé');
  });
});

describe('in pieces', () => {
  test('of exactly the size asked for, where the length is known', async () => {
    const response = await respond({ headers: [['Content-Length', '7']], body: ['a', 'bcd', 'efg'] });
    expect(await texts(response.iterContent(3))).toEqual(['abc', 'def', 'g']);
  });

  test('no longer than that, and at once, where it is not', async () => {
    const response = await respond({ body: ['a', 'bcdef'] });
    expect(await texts(response.iterContent(3))).toEqual(['a', 'bcd', 'ef']);
  });

  test('null gives them as they come', async () => {
    expect(await texts((await respond({ body: ['a', 'bc'] })).iterContent(null))).toEqual(['a', 'bc']);
  });

  test('one byte by default, as in Requests', async () => {
    expect(await texts((await respond({ body: 'abc' })).iterContent())).toEqual(['a', 'b', 'c']);
  });

  test('streamed once, it is gone', async () => {
    const response = await respond({ body: 'abc' });
    await all(response.iterContent(null));
    expect(() => response.iterContent(2)).toThrow(StreamConsumedError);
    await expect(response.content()).rejects.toThrow('The content for this response was already consumed');
  });

  test('what an iterator did not take is still there', async () => {
    const response = await respond({ body: ['abc', 'def'] });
    for await (const piece of response.iterContent(2)) {
      expect(Buffer.from(piece).toString()).toBe('ab');
      break;
    }
    expect(await response.text()).toBe('cdef');
  });

  test('a size that is none is told at once', async () => {
    const response = await respond({ body: 'abc' });
    expect(() => response.iterContent(1.5)).toThrow(TypeError);
  });

  test('as text, characters are never torn', async () => {
    const response = await respond({ body: [new Uint8Array([0xe2, 0x82]), new Uint8Array([0xac, 0x61])] });
    expect(await all(response.iterText())).toEqual(['€a']);
  });

  test('lines as soon as they are there', async () => {
    let push: (text: string) => void = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        push = (text) => controller.enqueue(new TextEncoder().encode(text));
      },
    });
    const response = await respond({ body });
    const lines = response.iterLines();
    push('data: 1\r');
    expect(Buffer.from((await lines.next()).value).toString()).toBe('data: 1');
    push('\ndata: 2\n');
    expect(Buffer.from((await lines.next()).value).toString()).toBe('data: 2');
    await response.close();
    expect((await lines.next()).done).toBe(true);
  });

  test('lines as text by the encoding, and by a delimiter of either kind', async () => {
    const text = async (delimiter: string | Uint8Array): Promise<string[]> =>
      texts((await ofType('text/plain; charset=utf-8', 'é|b')).iterLines({ delimiter, decodeUnicode: true }));
    expect(await text('|')).toEqual(['é', 'b']);
    expect(await text(new TextEncoder().encode('|'))).toEqual(['é', 'b']);
  });
});

describe('failures while reading', () => {
  test.each([
    ['a broken connection', new ConnectionError('reset', { netError: 'ECONNRESET' }), ChunkedEncodingError],
    ['cut chunks', new ChunkedEncodingError('cut'), ChunkedEncodingError],
    ['a coding that is none', new ContentDecodingError('bad'), ContentDecodingError],
    ['TLS', new SSLError('bad record'), SSLError],
    ['a code of Node', Object.assign(new Error('x'), { code: 'Z_DATA_ERROR' }), ContentDecodingError],
    ['a sentence of a browser', new TypeError('network error'), ChunkedEncodingError],
  ])('%s has its name', async (_, cause, Exception) => {
    const response = await respond({ body: breaking(cause, 'abc') });
    const seen: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const piece of response.iterContent(null)) seen.push(Buffer.from(piece).toString());
    };
    await expect(reading()).rejects.toBeInstanceOf(Exception);
    expect(seen).toEqual(['abc']);
  });

  test('asked again, the failure is the same', async () => {
    const response = await respond({ body: breaking(new SSLError('bad')) });
    const first: unknown = await response.content().catch((cause: unknown) => cause);
    await expect(response.text()).rejects.toBe(first);
  });

  test('a transport may name them late', async () => {
    const wire = new ScriptedTransport([
      () => ({
        status: 200,
        reason: '',
        headers: [],
        body: breaking(new TypeError('Failed to fetch')),
        bodyFailure: async () => new ContentDecodingError('named', { netError: 'net::ERR_CONTENT_DECODING_FAILED' }),
      }),
    ]);
    const request = new PreparedRequest();
    request.prepareUrl('http://e.x/');
    const response = await new HTTPAdapter({ transport: wire }).send(request, {});
    await expect(response.content()).rejects.toMatchObject({ name: 'ContentDecodingError', message: 'named' });
  });
});

describe('giving up', () => {
  test('close cancels the stream, and await using does so too', async () => {
    const cancel = vi.fn();
    const open = (): ScriptedAnswer => ({ body: new ReadableStream({ cancel }) });
    await (await respond(open())).close();
    await (await respond(open()))[Symbol.asyncDispose]();
    expect(cancel).toHaveBeenCalledTimes(2);
  });

  test('the stream of a body can be cancelled', async () => {
    const cancel = vi.fn();
    const response = await respond({ body: new ReadableStream({ cancel }) });
    await response.body?.cancel('enough');
    expect(cancel).toHaveBeenCalledWith('enough');
  });
});
