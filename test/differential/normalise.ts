/** Takes out of the facts what differs by chance or by place: ports, boundaries, nonces, dates. */
import type { HeaderLine } from '../../src/http/types.ts';
import type { Places } from './case-server.ts';
import type { Case } from './case.ts';
import { checkedDigest } from './digest-proof.ts';
import type { Facts } from './facts.ts';

/** Python's own exceptions and those that stand for them here. */
const builtIn: Readonly<Record<string, string>> = {
  ValueError: 'RangeError',
  UnicodeError: 'RangeError',
  UnicodeDecodeError: 'RangeError',
  UnicodeEncodeError: 'RangeError',
  RuntimeError: 'Error',
  NotImplementedError: 'Error',
};

function mapStrings<T>(value: T, change: (text: string) => string): T {
  const changed: unknown = JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
    typeof inner === 'string' ? change(inner) : inner,
  );
  return changed as T;
}

function placeNames(places: Places): (text: string) => string {
  // The longer first: {echo} holds {host} and {path}.
  const names = Object.entries(places).sort(([, one], [, two]) => two.length - one.length);
  return (text) => names.reduce((done, [name, value]) => done.replaceAll(value, `{${name}}`), text);
}

/** Chosen by chance, 32 hexadecimal digits; one that the case names stays. */
function boundaryNames(facts: Facts, c: Case): (text: string) => string {
  const given = JSON.stringify(c);
  const found = JSON.stringify(facts).matchAll(/(?:multipart\/form-data; boundary=|"--)([0-9a-f]{32})/g);
  const chosen = [...new Set(Array.from(found, ([, boundary = '']) => boundary))].filter((one) => !given.includes(one));
  return (text) => chosen.reduce((done, boundary) => done.replaceAll(boundary, '{boundary}'), text);
}

type Line = [name: string, value: string];

function changeLines(lines: Line[], change: (name: string, value: string) => string): void {
  for (const line of lines) line[1] = change(line[0].toLowerCase(), line[1]);
}

/**
 * The facts with every accident replaced by its name, and every digest by whether it is right.
 * @param defaults the sender's own default fields
 */
export function normalise(given: Facts, c: Case, places: Places, defaults: readonly HeaderLine[]): Facts {
  const checked = structuredClone(given);
  // First, while the targets that the proofs were made of still stand there.
  for (const { method, fields } of checked.received) {
    changeLines(fields, (_name, value) => checkedDigest(value, method, c));
  }
  const facts = mapStrings(mapStrings(checked, placeNames(places)), boundaryNames(given, c));
  const own = new Map(defaults.map(([name, value]) => [name.toLowerCase(), value]));
  // A value that the case gives itself is nobody's default.
  for (const [name, value] of [c.session ?? {}, ...c.steps].flatMap(({ headers = [] }) => headers)) {
    if (own.get(name.toLowerCase()) === value) own.delete(name.toLowerCase());
  }
  const requestField = (name: string, value: string) => (own.get(name) === value ? '{default}' : value);
  for (const { fields } of facts.received) changeLines(fields, requestField);
  for (const { response, error } of facts.steps) {
    if (error) error.name = builtIn[error.name] ?? error.name;
    if (response?.content && response.url?.startsWith('{httpbin}/stream/'))
      response.content = inOneOrder(response.content);
    if (response?.headers) changeLines(response.headers, responseField);
    // A digest in here is one of those received, where it was checked.
    if (response?.request)
      changeLines(response.request.headers, (name, value) => hideDigest(requestField(name, value)));
  }
  for (const cookie of facts.steps.flatMap(({ jar }) => jar ?? [])) {
    // http.cookiejar's name for a host without a dot.
    if (cookie.domain === 'localhost.local') cookie.domain = 'localhost';
    cookie.value = cookie.value.replace(/^[0-9a-f]{32}$/, '{random}');
  }
  return facts;
}

/** httpbin tells the fields of a request in their order here, and their order is not the matter. */
function inOneOrder(lines: string): string {
  const sorted = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).sort(([one], [two]) => (one < two ? -1 : 1)))
      : value;
  return lines.replace(/^\{.*$/gm, (line) => JSON.stringify(JSON.parse(line), sorted));
}

function responseField(name: string, value: string): string {
  if (name === 'date') return '{date}';
  // httpbin's nonces, which it also keeps in a cookie.
  return /^(?:www-authenticate|set-cookie)$/.test(name) ? value.replace(/[0-9a-f]{32}/g, '{random}') : value;
}

function hideDigest(value: string): string {
  return /^Digest /i.test(value) ? 'Digest {…}' : value;
}
