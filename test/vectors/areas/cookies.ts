import { CookieJar } from '../../../src/http/cookies.ts';
import type { Cookie } from '../../../src/http/cookies.ts';
import type { Areas, Divergence, VectorCase } from '../area.ts';
import { asGiven, isRecord, list, matches, record, text } from '../values.ts';
import { bareDomain } from './session.ts';

type Input = VectorCase['input'];

const NAMES: Readonly<Record<string, keyof Cookie>> = { domain: 'domain', path: 'path', secure: 'secure' };

function perform(jar: CookieJar, op: Readonly<Record<string, unknown>>): void {
  if (typeof op['set_cookie_from'] === 'string') {
    jar.extract(list(op['headers']).map(text), op['set_cookie_from']);
    return;
  }
  const attrs = Object.entries(op).flatMap(([key, value]) =>
    key in NAMES && value !== null ? [[NAMES[key], value]] : [],
  );
  if (typeof op['expires'] === 'number') attrs.push(['expires', op['expires'] * 1000]);
  jar.set(text(op['name']), asGiven<string | null>(op['value']), asGiven(Object.fromEntries(attrs)));
}

function jarAfter(input: Input): CookieJar {
  const jar = new CookieJar();
  for (const op of list(input['ops'])) perform(jar, record(op));
  return jar;
}

function facts(input: Input): { cookie: string | null; jar: unknown[] } {
  const jar = jarAfter(input);
  const cookie = jar.header(text(input['url']));
  return {
    cookie,
    jar: Array.from(jar, ({ name, value, domain, path, secure }) => [name, value, domain, path, secure]),
  };
}

/** The jars are compared as sets, with domains as RFC 6265 writes them. */
function comparable(jar: unknown): string[] {
  return list(jar)
    .map((cookie) => JSON.stringify(list(cookie).map((part, i) => (i === 2 ? bareDomain(text(part)) : part))))
    .sort();
}

function sameJar(actual: unknown, expected: unknown): boolean {
  if (!isRecord(actual) || !isRecord(expected)) return matches(actual, expected);
  return (
    matches(actual['cookie'], expected['cookie']) && matches(comparable(actual['jar']), comparable(expected['jar']))
  );
}

/** Where http.cookiejar and RFC 6265 part. */
function rfcRule(input: Input, c: VectorCase): Divergence | undefined {
  const expected = record(c.expected);
  const received = list(input['ops']).flatMap((op) =>
    isRecord(op) && 'headers' in op ? list(op['headers']).map(text) : [],
  );
  if (received.some((line) => !/^[^=;]*[^=;\s][^=;]*=/.test(line)))
    return { rule: 'a cookie without a name is not stored', expected };
  return { rule: 'the domain of localhost is localhost', expected };
}

export const areas: Areas = {
  cookie_jar: { run: facts, compare: sameJar, divergence: rfcRule },
};
