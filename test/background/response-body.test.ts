import { describe, expect, test } from 'vitest';
import { collectBody } from '../../src/background/response-body.ts';
import { HTTPAdapter, PreparedRequest, type Response } from '../../src/http/index.ts';
import type { WireResponse } from '../../src/http/types.ts';

/** A response whose body is these pieces, and whether the rest of it was given up. */
function responseOf(
  pieces: readonly Uint8Array[],
  failure?: Error,
): { response: Response; isCancelled: () => boolean } {
  let cancelled = false;
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece !== undefined) controller.enqueue(piece);
      else if (failure !== undefined) controller.error(failure);
      else controller.close();
    },
    cancel() {
      cancelled = true;
    },
  });
  const wire: WireResponse = { status: 200, reason: 'OK', headers: [], body };
  return { response: new HTTPAdapter().buildResponse(new PreparedRequest(), wire), isCancelled: () => cancelled };
}

const bytes = (length: number, value = 7): Uint8Array => new Uint8Array(length).fill(value);

test('what has come is told, though nothing more comes', async () => {
  const wire: WireResponse = {
    status: 200,
    reason: 'OK',
    headers: [],
    body: new ReadableStream({
      start(controller) {
        for (let piece = 0; piece < 3; piece += 1) controller.enqueue(bytes(10));
      },
    }),
  };
  const response = new HTTPAdapter().buildResponse(new PreparedRequest(), wire);
  let collecting: Promise<unknown> | undefined;
  await new Promise<void>((resolve) => {
    const onProgress = (loaded: number): void => {
      if (loaded === 30) resolve();
    };
    collecting = collectBody(response, { onFirstPart: () => {}, onProgress });
  });
  await response.close();
  await collecting;
});

async function collected(pieces: readonly Uint8Array[], limit?: number, failure?: Error) {
  const parts: Uint8Array[] = [];
  const progress: number[] = [];
  const { response, isCancelled } = responseOf(pieces, failure);
  const listener = {
    onFirstPart: (part: Uint8Array) => void parts.push(part),
    onProgress: (loaded: number) => void progress.push(loaded),
  };
  const { body, error } = await collectBody(response, listener, limit);
  return { body, blob: new Blob([body]), error, parts, progress, isCancelled: isCancelled() };
}

test('a large body is a Blob with every byte, the first part comes once, and progress ends at the size', async () => {
  const pieces = Array.from({ length: 40 }, (_, at) => bytes(10_000, at));
  const { body, blob, error, parts, progress } = await collected(pieces);
  expect(error).toBeNull();
  expect(body).toBeInstanceOf(Blob);
  expect(Buffer.from(await blob.arrayBuffer()).equals(Buffer.concat(pieces))).toBe(true);
  expect(parts).toHaveLength(1);
  expect(parts[0]?.length).toBeLessThanOrEqual(64 * 1024);
  expect(
    Buffer.concat(pieces)
      .subarray(0, parts[0]?.length)
      .equals(parts[0] ?? bytes(0)),
  ).toBe(true);
  expect(progress.at(-1)).toBe(400_000);
});

test('an empty body is no bytes without a first part, and tells no progress', async () => {
  const { blob, error, parts, progress } = await collected([]);
  expect([blob.size, error, parts.length, progress]).toEqual([0, null, 0, []]);
});

test('a small body that is there at once comes as its bytes, without a first part or progress', async () => {
  const { body, parts, progress } = await collected([bytes(3, 1), bytes(4, 2)]);
  expect(body).toEqual(Uint8Array.of(1, 1, 1, 2, 2, 2, 2));
  expect([parts, progress]).toEqual([[], []]);
});

test('what came before a failure is kept', async () => {
  const { blob, error } = await collected([bytes(3), bytes(4)], undefined, new Error('gone'));
  expect(blob.size).toBe(7);
  expect(error).not.toBeNull();
});

describe('a limit', () => {
  test.each([
    ['within a piece', [5, 5, 5, 5, 5], 7],
    ['between two pieces', [5, 5, 5, 5, 5], 10],
    ['within the first piece', [5, 5, 5, 5, 5], 1],
  ])('%s ends the body there and gives up the rest', async (_title, sizes, limit) => {
    const { blob, error, isCancelled } = await collected(
      sizes.map((size) => bytes(size)),
      limit,
    );
    expect(blob.size).toBe(limit);
    expect(error).toMatchObject({ name: 'ResponseTooLarge', code: 'too-large' });
    expect(isCancelled).toBe(true);
  });

  test('that a body just meets changes nothing', async () => {
    const { blob, error, isCancelled } = await collected([bytes(5), bytes(5)], 10);
    expect([blob.size, error, isCancelled]).toEqual([10, null, false]);
  });
});
