import type { Response } from './response.ts';
import type { HooksInit, ResponseHook, SendOptions } from './types.ts';

/** The hooks of a request or session, by event. `response` is the only event, as in Requests. */
export interface Hooks {
  response: ResponseHook[];
}

/** The hooks that a caller gave, as lists; without a caller's, an empty list for each event. */
export function hooksFrom(init: HooksInit = {}): Hooks {
  const { response = [] } = init;
  return { response: typeof response === 'function' ? [response] : [...response] };
}

/** A request's hooks replace the session's, unless it has none (`merge_hooks`). */
export function mergeHooks<T extends { readonly response: readonly unknown[] }>(
  request: T | null,
  session: T | null,
): T | null {
  if (session === null || session.response.length === 0) return request;
  return request === null || request.response.length === 0 ? session : request;
}

/**
 * Passes the response through the hooks in order. Each may put another in its place; one that returns nothing keeps
 * it. What a hook throws is the caller's to see.
 */
export async function dispatchHook(
  hooks: readonly ResponseHook[],
  response: Response,
  send: SendOptions,
): Promise<Response> {
  let current = response;
  for (const hook of hooks) current = (await hook(current, send)) ?? current;
  return current;
}
