import { cookieAttribute, parseCookieField, parseSetCookie, type SetCookie } from '../../../inspect/cookie-fields.ts';
import type { CookieOutcome, Hop } from '../../../model/exchange.ts';
import { fieldValues } from '../field-lines.ts';

export interface SentCookie {
  /** Number of the hop, from 1. */
  readonly hop: number;
  readonly name: string;
  readonly value: string;
}

export interface ReceivedCookie {
  readonly hop: number;
  readonly cookie: SetCookie;
  /** null when no jar was there to take it or refuse it. */
  readonly outcome: CookieOutcome | null;
}

/** What each hop's Cookie field held, as seen going out; as prepared where the browser has not told. */
export function sentCookies(hops: readonly Hop[]): SentCookie[] {
  return hops.flatMap((hop) =>
    fieldValues(hop.sent ?? hop.request.headers, 'cookie')
      .flatMap(parseCookieField)
      .map((pair) => ({ hop: hop.index + 1, ...pair })),
  );
}

/** Every Set-Cookie line with what the jar made of it. */
export function receivedCookies(hops: readonly Hop[]): ReceivedCookie[] {
  return hops.flatMap((hop) => {
    const told = hop.cookies.map((outcome) => ({ hop: hop.index + 1, cookie: parseSetCookie(outcome.line), outcome }));
    const known = new Set(hop.cookies.map(({ line }) => line));
    const untold = fieldValues(hop.response?.headers ?? [], 'set-cookie').filter((line) => !known.has(line));
    return [...told, ...untold.map((line) => ({ hop: hop.index + 1, cookie: parseSetCookie(line), outcome: null }))];
  });
}

const FLAGS = ['Secure', 'HttpOnly', 'Partitioned'];

/** Secure, HttpOnly, SameSite … in a row. */
export function flagsOf(cookie: SetCookie): string[] {
  const sameSite = cookieAttribute(cookie, 'samesite');
  return [
    ...FLAGS.filter((name) => cookieAttribute(cookie, name)),
    ...(sameSite?.value ? [`SameSite=${sameSite.value}`] : []),
  ];
}
