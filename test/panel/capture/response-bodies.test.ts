import { describe, expect, it, vi } from 'vitest';
import { createResponseBodies, type ToldBody } from '../../../src/panel/capture/response-bodies.ts';

const limits = { each: 100, all: 150 };
const told = (size: number | null, charset = ''): ToldBody => ({ size, charset });
const gives = (content: string | Uint8Array<ArrayBuffer> | null) => () => Promise.resolve(content);

async function one(body: ToldBody, content: string | Uint8Array<ArrayBuffer> | null) {
  const bodies = createResponseBodies(limits);
  bodies.fetch('a', body, gives(content));
  await vi.waitFor(() => expect(bodies.get('a').state).not.toBe('pending'));
  return bodies.get('a');
}

describe('the body of a captured response', () => {
  it.each([
    ['bytes of the right length', told(2), new Uint8Array(2), true],
    ['bytes of another length', told(3), new Uint8Array(2), false],
    ['text of the right length', told(3), 'aé', true],
    ['text without its byte order mark', told(6), 'aé', true],
    ['garbled text', told(4), 'aé', false],
    ['text of another charset, whose length cannot be told', told(2, 'iso-8859-1'), 'aé', true],
    ['text of a length that nobody told', told(null), 'aé', true],
  ] as const)('%s', async (_, body, content, isSure) => {
    expect(await one(body, content)).toMatchObject({ state: 'kept', isSure });
  });

  it.each([
    ['is not there', told(5), null, 'unavailable'],
    ['is empty, and should not be', told(5), '', 'unavailable'],
    ['is too large', told(null), 'x'.repeat(101), 'too-large'],
  ] as const)('%s', async (_, body, content, why) => {
    expect(await one(body, content)).toEqual({ state: 'missing', why });
  });

  it('is not even asked for when the log says that it is too large', () => {
    const bodies = createResponseBodies(limits);
    const read = vi.fn();
    bodies.fetch('a', told(101), read);
    expect(read).not.toHaveBeenCalled();
    expect(bodies.get('a')).toEqual({ state: 'missing', why: 'too-large' });
  });

  it('gives way to later ones, and is counted', async () => {
    const bodies = createResponseBodies(limits);
    for (const id of ['a', 'b']) bodies.fetch(id, told(null), gives('x'.repeat(80)));
    await vi.waitFor(() => expect(bodies.get('b').state).toBe('kept'));
    expect(bodies.get('a')).toEqual({ state: 'missing', why: 'dropped' });
    expect(bodies.dropped.value).toBe(1);
  });
});
