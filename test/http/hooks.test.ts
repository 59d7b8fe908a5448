import { describe, expect, test } from 'vitest';
import { dispatchHook, hooksFrom, mergeHooks } from '../../src/http/hooks.ts';
import { Response } from '../../src/http/response.ts';
import type { ResponseHook, SendOptions } from '../../src/http/types.ts';

/** Hooks treat a response as a token: which one they are given is all that counts here. */
function token(): Response {
  return Object.create(Response.prototype) as Response;
}

describe('dispatchHook', () => {
  test('passes on what the hook before it returned, with the options of the send', async () => {
    const [first, second] = [token(), token()];
    const seen: unknown[] = [];
    const options: SendOptions = { stream: true };
    const replace: ResponseHook = (r, send) => {
      seen.push(r, send);
      return second;
    };
    const watch: ResponseHook = async (r) => {
      seen.push(r);
    };
    expect(await dispatchHook([replace, watch], first, options)).toBe(second);
    expect(seen).toEqual([first, options, second]);
    expect(seen[0]).toBe(first);
  });

  test('lets a failure through', async () => {
    const fail: ResponseHook = () => {
      throw new Error('from a hook');
    };
    await expect(dispatchHook([fail], token(), {})).rejects.toThrow('from a hook');
  });
});

test('hooks of a request replace those of the session, unless there are none', () => {
  const [a, b] = [{ response: ['a'] }, { response: ['b'] }];
  const none = { response: [] as string[] };
  expect(mergeHooks(a, b)).toBe(a);
  expect(mergeHooks(none, b)).toBe(b);
  expect(mergeHooks(null, b)).toBe(b);
  expect(mergeHooks(a, none)).toBe(a);
  expect(mergeHooks(none, null)).toBe(none);
});

test('one hook or several become a list of their own', () => {
  const hook: ResponseHook = () => undefined;
  const given = [hook];
  expect(hooksFrom({ response: hook }).response).toEqual([hook]);
  expect(hooksFrom({ response: given }).response).not.toBe(given);
  expect(hooksFrom().response).toEqual([]);
});
