import * as v from 'valibot';
import type { StoredCookie } from '../../model/session.ts';
import type { ReadCookies } from './cookies-txt.ts';

/** A cookie as browsers' cookie APIs have it; Puppeteer and Playwright say `expires` (-1: a session cookie). */
const foreignSchema = v.object({
  name: v.string(),
  value: v.string(),
  domain: v.optional(v.string(), ''),
  hostOnly: v.optional(v.boolean()),
  path: v.optional(v.string(), '/'),
  secure: v.optional(v.boolean(), false),
  httpOnly: v.optional(v.boolean(), false),
  sameSite: v.nullish(v.string()),
  /** Seconds since the epoch. */
  expirationDate: v.nullish(v.number()),
  expires: v.nullish(v.number()),
});

/** The cookies as the cookie APIs of browsers have them: a list of objects, times in seconds. */
export function writeCookiesJson(cookies: readonly StoredCookie[]): string {
  const list = cookies.map(({ name, value, domain, hostOnly, path, secure, httpOnly, sameSite, expires }) => ({
    name,
    value,
    domain: hostOnly || domain === '' ? domain : `.${domain}`,
    hostOnly,
    path,
    secure,
    httpOnly,
    sameSite: sameSite === undefined ? 'unspecified' : sameSite === 'None' ? 'no_restriction' : sameSite.toLowerCase(),
    session: expires === null,
    ...(expires === null ? {} : { expirationDate: expires / 1000 }),
  }));
  return `${JSON.stringify(list, null, 2)}\n`;
}

/** null: the text is no list in JSON. @param now when the cookies come into being, in milliseconds */
export function readCookiesJson(text: string, now: number): ReadCookies | null {
  const list = listIn(text);
  if (list === null) return null;
  const cookies: StoredCookie[] = [];
  const unread: number[] = [];
  for (const [index, item] of list.entries()) {
    const parsed = v.safeParse(foreignSchema, item);
    if (parsed.success) cookies.push(readCookie(parsed.output, now));
    else unread.push(index + 1);
  }
  return { cookies, unread };
}

/** The list itself, or Playwright's storage state with the list in it. */
function listIn(text: string): readonly unknown[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value === 'object' && value !== null && 'cookies' in value) ({ cookies: value } = value);
  return Array.isArray(value) ? (value as unknown[]) : null;
}

function readCookie(cookie: v.InferOutput<typeof foreignSchema>, now: number): StoredCookie {
  const { name, value, domain, path, secure, httpOnly } = cookie;
  const seconds = cookie.expirationDate ?? cookie.expires ?? null;
  const sameSite = sameSiteOf(cookie.sameSite ?? '');
  return {
    name,
    value,
    domain: domain.replace(/^\./, '').toLowerCase(),
    hostOnly: domain !== '' && (cookie.hostOnly ?? !domain.startsWith('.')),
    path: path === '' ? '/' : path,
    secure,
    httpOnly,
    ...(sameSite === null ? {} : { sameSite }),
    expires: seconds === null || seconds <= 0 ? null : seconds * 1000,
    creation: now,
  };
}

function sameSiteOf(word: string): 'Strict' | 'Lax' | 'None' | null {
  switch (word.toLowerCase()) {
    case 'strict':
      return 'Strict';
    case 'lax':
      return 'Lax';
    case 'none':
    case 'no_restriction':
      return 'None';
    default:
      return null;
  }
}
