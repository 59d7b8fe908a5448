import { PreparedRequest } from '../../../src/http/prepared-request.ts';
import { slices } from '../../../src/http/response-body.ts';
import { Response } from '../../../src/http/response.ts';
import type { HeaderLine } from '../../../src/http/types.ts';
import { ScriptedTransport } from '../../support/scripted-transport.ts';
import type { Areas, Divergence, VectorCase } from '../area.ts';
import { asGiven, isRecord, list, number, text } from '../values.ts';
import { RecordingAdapter } from './recording-adapter.ts';

type Input = VectorCase['input'];

interface Made {
  status?: number;
  reason?: unknown;
  url?: string;
  headers?: readonly HeaderLine[];
  chunks?: readonly Uint8Array[];
}

function respond({ status = 200, reason = '', url = 'http://e.x/', headers = [], chunks = [] }: Made): Response {
  const request = new PreparedRequest();
  request.url = url;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  return new Response({
    request,
    connection: new RecordingAdapter(new ScriptedTransport()),
    wire: { status, reason: typeof reason === 'string' ? reason : '', headers, body },
    ...(typeof reason === 'string' ? {} : { reason: asGiven<Uint8Array | null>(reason) }),
  });
}

function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError('the vector holds no bytes here');
  return value;
}

function ofChunks({ chunks, encoding }: Input): Response {
  const response = respond({ chunks: list(chunks).map(bytes) });
  response.encoding = asGiven<string | null>(encoding ?? null);
  return response;
}

function ofBody({ body, content_type: type, encoding = '$auto' }: Input): Response {
  const headers: HeaderLine[] = typeof type === 'string' ? [['Content-Type', type]] : [];
  const response = respond({ headers, chunks: [bytes(body)] });
  if (encoding !== '$auto') response.encoding = asGiven<string | null>(encoding);
  return response;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of items) found.push(one);
  return found;
}

function message(response: Response): string | null {
  try {
    response.raiseForStatus();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function status(input: Input): unknown {
  const headers: HeaderLine[] = input['location_header'] === true ? [['Location', '/x']] : [];
  const response = respond({ ...input, status: number(input['status']), url: text(input['url']), headers });
  return {
    ok: response.ok,
    // JavaScript has no truth value of objects: `ok` is what `if response:` means.
    bool: response.ok,
    raise_for_status: message(response),
    is_redirect: response.isRedirect,
    is_permanent_redirect: response.isPermanentRedirect,
  };
}

async function lines(input: Input): Promise<unknown> {
  const { delimiter, decode_unicode: decodeUnicode, chunk_size: chunkSize } = input;
  return all(
    ofChunks(input).iterLines({
      decodeUnicode: decodeUnicode === true,
      ...(delimiter === null || delimiter === undefined ? {} : { delimiter: asGiven<string | Uint8Array>(delimiter) }),
      ...(typeof chunkSize === 'number' ? { chunkSize } : {}),
    }),
  );
}

/** What a text would split into had it come in one piece. */
function linesOfWhole(input: Input): Divergence {
  const whole = Buffer.concat(list(input['chunks']).map(bytes)).toString('latin1');
  const parts = whole.split(/\r\n|\r|\n/);
  if (parts.at(-1) === '') parts.pop();
  return {
    rule: 'a CRLF that two pieces share is one line end (psf/requests#3980)',
    expected: parts.map((part) => Uint8Array.from(part, (character) => character.charCodeAt(0))),
  };
}

/** What becomes of a body that is used twice, or wrongly. */
async function consume(input: Input): Promise<unknown> {
  const response = respond({ chunks: [bytes(input['body'])] });
  const sequence = text(input['sequence']);
  if (sequence === 'bad_chunk_size') return all(response.iterContent(asGiven<number>('1024')));
  const [first = '', second = ''] = sequence.split('_then_');
  const use: Readonly<Record<string, () => Promise<unknown>>> = {
    content: () => response.content(),
    iter: () => all(response.iterContent(2)),
    iter_content: () => all(response.iterContent(2)),
    iter_lines: () => all(response.iterLines()),
    text: () => response.text(),
    json: () => response.json(),
    partial: () => response.iterContent(2).next(),
    close: () => response.close(),
  };
  const [one, two] = [use[first], use[second]];
  if (one === undefined || two === undefined) throw new Error(`no counterpart for ${sequence}`);
  await one();
  return two();
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

/** Numbers beyond 2^53 come as the nearest double; their digits are there through a reviver. */
function jsonRule(_input: Input, c: VectorCase): Divergence {
  const nearest = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(nearest);
    if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, nearest(inner)]));
    return plain(value);
  };
  return {
    rule: 'NaN and infinities are read as Python reads them; a long integer is the nearest double, its digits come with a reviver',
    expected: nearest(c.expected),
  };
}

export const areas: Areas = {
  status_ok: { run: status },
  raise_for_status_message: {
    run: (input) => message(respond({ ...input, status: number(input['status']), url: text(input['url']) })),
  },
  iter_lines: { run: lines, divergence: linesOfWhole },
  iter_slices: { run: ({ value, length }) => [...slices(asGiven<string>(value), asGiven<number | null>(length))] },
  iter_content_decode: {
    // Without an encoding Requests gives bytes; here that is another method.
    run: (input) =>
      all<unknown>(input['encoding'] == null ? ofChunks(input).iterContent(null) : ofChunks(input).iterText()),
  },
  body_consumption: { run: consume },
  response_text: { run: (input) => ofBody(input).text() },
  response_json: { run: (input) => ofBody(input).json(), divergence: jsonRule },
};
