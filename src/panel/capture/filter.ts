import type { CapturedEntry, CaptureKind } from '../../model/captured-entry.ts';

/** What a filter may ask of an entry beyond the entry itself. */
export interface EntryMarks {
  readonly pinned: boolean;
  readonly replayed: boolean;
}

export type EntryTest = (entry: CapturedEntry, marks: EntryMarks) => boolean;

export interface Filter {
  /** All terms together. */
  readonly test: EntryTest;
  /** Terms that mean nothing, as typed; they are left out of the test. */
  readonly mistakes: readonly string[];
  /** No term at all: everything passes. */
  readonly empty: boolean;
}

/** A quoted text, a regular expression or a run without spaces, each with what may stand before it. */
const TERM = /(-?)(?:([a-z]+(?:-[a-z]+)?):)?(?:"((?:[^"\\]|\\.)*)"|(\/(?:[^/\\]|\\.)+\/i?(?=\s|$))|(\S+))/giu;

/**
 * Reads what was typed into `Filter`. Terms are divided by spaces and must all hold: plain text in method or URL, `/regular
 * expression/`, `method:POST,PUT`, `status:4xx`, `status:200-204`, `status:>=400`, `domain:example.org` (its subdomains too), `type:json`,
 * `mime:image/*`, `larger-than:10k`, `smaller-than:1M`, `is:pinned`; a leading `-` turns a term around.
 */
export function parseFilter(typed: string): Filter {
  const tests: EntryTest[] = [];
  const mistakes: string[] = [];
  for (const [whole, minus, key, quoted, pattern, bare] of typed.matchAll(TERM)) {
    const value = quoted === undefined ? (pattern ?? bare ?? '') : quoted.replaceAll(/\\(.)/g, '$1');
    const test = termTest(key?.toLowerCase(), value, { isPattern: pattern !== undefined, whole });
    if (test === null) mistakes.push(whole);
    else tests.push(minus === '-' ? (entry, marks) => !test(entry, marks) : test);
  }
  return {
    test: (entry, marks) => tests.every((test) => test(entry, marks)),
    mistakes,
    empty: tests.length === 0,
  };
}

interface Written {
  isPattern: boolean;
  whole: string;
}

function termTest(key: string | undefined, value: string, { isPattern, whole }: Written): EntryTest | null {
  if (key === undefined) {
    if (isPattern) return patternTest(value);
    // `method:` is half typed.
    return value === '' || (value.endsWith(':') && Object.hasOwn(keys, value.slice(0, -1).toLowerCase()))
      ? null
      : textTest(value);
  }
  const read = Object.hasOwn(keys, key) ? keys[key] : undefined;
  // `http://x` and `localhost:8080` are text that happens to have a colon.
  if (read === undefined) return textTest(whole.replace(/^-/, ''));
  return value === '' ? null : anyOf(value, read);
}

type ReadValue = (value: string) => EntryTest | null;

const keys: Readonly<Record<string, ReadValue>> = {
  method: (value) => {
    const method = value.toUpperCase();
    return (entry) => entry.method.toUpperCase() === method;
  },
  status: statusTest,
  domain: domainTest,
  type: typeTest,
  mime: (value) => {
    const matches = wildcard(value);
    return (entry) => matches(entry.mimeType);
  },
  'larger-than': (value) => sizeTest(value, (size, bound) => size > bound),
  'smaller-than': (value) => sizeTest(value, (size, bound) => size < bound),
  is: isTest,
};

/** Values divided by commas: one of them must hold. */
function anyOf(value: string, read: ReadValue): EntryTest | null {
  const tests = value.split(',').map(read);
  const sound = tests.filter((test) => test !== null);
  if (sound.length < tests.length) return null;
  return (entry, marks) => sound.some((test) => test(entry, marks));
}

function textTest(value: string): EntryTest {
  const wanted = value.toLowerCase();
  return (entry) => entry.url.toLowerCase().includes(wanted) || entry.method.toLowerCase() === wanted;
}

function patternTest(written: string): EntryTest | null {
  const end = written.lastIndexOf('/');
  try {
    const pattern = new RegExp(written.slice(1, end), written.slice(end + 1));
    return (entry) => pattern.test(entry.url);
  } catch {
    return null;
  }
}

const STATUS = /^(?:([1-5])xx|(\d{1,3})(?:-(\d{1,3}))?|(>=|<=|>|<)(\d{1,3}))$/i;

function statusTest(value: string): EntryTest | null {
  const [matched, family, from, to, sign, bound] = STATUS.exec(value) ?? [];
  if (matched === undefined) return null;
  const limit = Number(bound);
  if (sign === '>') return ({ status }) => status > limit;
  if (sign === '>=') return ({ status }) => status >= limit;
  if (sign === '<') return ({ status }) => status < limit;
  if (sign === '<=') return ({ status }) => status <= limit;
  const low = family === undefined ? Number(from) : Number(family) * 100;
  const high = family === undefined ? Number(to ?? from) : low + 99;
  return ({ status }) => status >= low && status <= high;
}

/** From the URL by hand: twenty thousand URL objects would take longer than the whole search may. */
const HOST = /^[a-z]+:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i;

export const hostOf = (url: string): string => HOST.exec(url)?.[1]?.toLowerCase() ?? '';

function domainTest(value: string): EntryTest {
  const wanted = value.toLowerCase().replace(/^\*?\./, '');
  if (wanted.includes('*')) {
    const matches = wildcard(wanted);
    return (entry) => matches(hostOf(entry.url));
  }
  return (entry) => {
    const host = hostOf(entry.url);
    return host === wanted || (host.endsWith(wanted) && host.at(-1 - wanted.length) === '.');
  };
}

const kindWords: Readonly<Record<string, readonly CaptureKind[]>> = {
  doc: ['document'],
  html: ['document'],
  css: ['stylesheet'],
  style: ['stylesheet'],
  js: ['script'],
  img: ['image'],
  ws: ['websocket'],
  sse: ['eventsource'],
  ping: ['beacon'],
  xhr: ['xhr', 'fetch'],
};

/** A kind of request, or a part of the media type: `json`, `xml`, `png`. */
function typeTest(value: string): EntryTest {
  const word = value.toLowerCase();
  const kinds: readonly string[] = (Object.hasOwn(kindWords, word) ? kindWords[word] : undefined) ?? [word];
  return (entry) => kinds.includes(entry.kind) || subtypeHas(entry.mimeType, word);
}

/** `json` is in `application/json` and in `application/problem+json`, not in `application/json-seq`. */
function subtypeHas(mimeType: string, word: string): boolean {
  return mimeType.endsWith(word) && /^[/+.-]$/.test(mimeType.at(-1 - word.length) ?? '');
}

const SIZE = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/i;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

function sizeTest(value: string, compare: (size: number, bound: number) => boolean): EntryTest | null {
  const [matched, number, unit = ''] = SIZE.exec(value) ?? [];
  if (matched === undefined) return null;
  const bound = Number(number) * (UNITS[unit.toLowerCase()] ?? 1);
  return ({ sizes }) => compare(sizes.content ?? sizes.transferred ?? 0, bound);
}

const states: Readonly<Record<string, EntryTest>> = {
  pinned: (_, { pinned }) => pinned,
  replayed: (_, { replayed }) => replayed,
  incomplete: ({ body }) => body.state === 'incomplete',
  failed: ({ status, error }) => status === 0 || error !== '',
  cached: ({ fromCache }) => fromCache,
};

function isTest(value: string): EntryTest | null {
  const word = value.toLowerCase();
  return (Object.hasOwn(states, word) ? states[word] : undefined) ?? null;
}

/** `*` stands for anything; without one the text may stand anywhere. */
function wildcard(value: string): (text: string) => boolean {
  const wanted = value.toLowerCase();
  if (!wanted.includes('*')) return (text) => text.includes(wanted);
  const parts = wanted.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  const pattern = new RegExp(`^${parts.join('.*')}$`, 's');
  return (text) => pattern.test(text);
}
