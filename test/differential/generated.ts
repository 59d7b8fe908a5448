/** Cases that nobody thought of: made by fast-check from a fixed seed, the same in every run. */
import * as fc from 'fast-check';
import type { AuthSetup, Bytes, Case, FieldValue, Files, FileSpec, Reply, Scalar, SessionSetup, Step } from './case.ts';

const SEED = 20_340_228;

const letters = Array.from('abcXYZ019');
/** Where URLs, forms and headers go wrong: reserved, unsafe, escaped, beyond ASCII, beyond the BMP. */
const awkward = [
  ...letters,
  ...Array.from(' %+&=?/\\:;,.@~*\'()[]{}|^`<>"!$-_'),
  '%20',
  '%2f',
  '%zz',
  'é',
  'ß',
  '☃',
  '𝄞',
  '\t',
  '\u00a0',
];
const inText = fc.string({ unit: fc.constantFrom(...awkward), maxLength: 12 });
const inName = fc.string({ unit: fc.constantFrom(...awkward), minLength: 1, maxLength: 6 });
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 });

const bytes: fc.Arbitrary<Bytes> = fc
  .uint8Array({ maxLength: 40 })
  .map((content) => ({ $bytes: Buffer.from(content).toString('base64') }));

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  { weight: 6, arbitrary: inText },
  { weight: 2, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: bytes },
);
const value: fc.Arbitrary<FieldValue> = fc.oneof({ weight: 5, arbitrary: scalar }, fc.array(scalar, { maxLength: 3 }));
const pairs = fc.array(fc.tuple(inName, value), { minLength: 1, maxLength: 5 });
const mapping = fc
  .uniqueArray(fc.tuple(inName, value), { selector: ([name]) => name, maxLength: 5 })
  .map(($map) => ({ $map }));

/** Pairs whose encoding is not empty: the listed cases have one that is. */
const form = pairs.filter((made) =>
  made.some(([, given]) => (Array.isArray(given) ? given.some((one) => one !== null) : given !== null)),
);

/** A path below the case's own that never climbs out of it. */
const path = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: inText.filter((segment) => !/^(?:\.|%2e)+$/i.test(segment)) },
      fc.constant('.'),
      fc.constant('x/..'),
    ),
    { maxLength: 3 },
  )
  .map((segments) => segments.map((segment) => `/${segment.replace(/[?#/\\]/g, '')}`).join('') || '/x');
const url = fc
  .tuple(path, fc.option(inText), fc.option(inText))
  .map(
    ([rest, query, fragment]) =>
      `{echo}${rest}${query === null ? '' : `?${query}`}${fragment === null ? '' : `#${fragment}`}`,
  );

const fieldName = fc.oneof(
  word.map((name) => `X-${name}`),
  fc.constantFrom(
    'Accept',
    'accept-language',
    'User-Agent',
    'REFERER',
    'Origin',
    'If-None-Match',
    'Content-Type',
    'Range',
    'Via',
    'Authorization',
  ),
);
/** RFC 9110 section 5.5, without obs-text. */
const fieldValue = fc
  .string({
    unit: fc.constantFrom(...letters, ...Array.from('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'), ' '),
    maxLength: 20,
  })
  .map((text) => text.trim());
const fields = fc.uniqueArray(fc.tuple(fieldName, fieldValue), {
  selector: ([name]) => name.toLowerCase(),
  maxLength: 4,
});

const method = fc.constantFrom('GET', 'GET', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'QUERY');

const fileContent = fc.oneof(
  inText,
  bytes,
  bytes.map(({ $bytes }) => ({ $file: $bytes })),
);
/** Without what Debian's urllib3 escapes in its own way: the listed cases have that. */
const partName = inName.map((name) => name.replace(/[\\\t]/g, '/'));
const partPairs = fc.array(fc.tuple(partName, value), { minLength: 1, maxLength: 4 });
const fileSpec: fc.Arbitrary<FileSpec> = fc.oneof(
  fileContent,
  fc.tuple(fc.option(partName), fileContent),
  fc.tuple(partName, fileContent, fc.constantFrom('text/plain', 'image/png')),
  fc.tuple(partName, fileContent, fc.constant('text/plain'), fc.constant({ 'X-Part': '1' })),
);
const files: fc.Arbitrary<Files> = fc.array(fc.tuple(partName, fileSpec), { minLength: 1, maxLength: 3 });

/** JSON that both languages write alike: what only one of them has (NaN, -0) is left out. */
const json = fc.jsonValue({ maxDepth: 3 }).filter((made) => !JSON.stringify(made).includes('__proto__'));

type Content = Pick<Step, 'data' | 'json' | 'files'>;
const content: fc.Arbitrary<Content> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  form.map((data) => ({ data })),
  form.map((data) => ({ data: { $map: [...new Map(data)] } })),
  inText.map((data) => ({ data })),
  bytes.map((data) => ({ data })),
  bytes.map(({ $bytes }) => ({ data: { $file: $bytes } })),
  fc.array(bytes, { maxLength: 3 }).map((list) => ({ data: { $chunks: list.map(({ $bytes }) => $bytes) } })),
  json.map((made) => ({ json: structuredClone(made) as NonNullable<Step['json']> })),
  fc
    .tuple(fc.option(partPairs, { nil: undefined }), files)
    .map(([data, made]) => (data ? { data, files: made } : { files: made })),
);

const credential = fc.string({ unit: fc.constantFrom(...letters, ...Array.from(' :@/é%+')), maxLength: 8 });
const basic: fc.Arbitrary<AuthSetup> = fc.record({
  type: fc.constantFrom('pair', 'basic'),
  username: credential,
  password: credential,
});
const auth: fc.Arbitrary<AuthSetup> = fc.oneof(
  basic,
  fc.constant({ type: 'own', field: 'X-TokenAuth', value: 'token' } as const),
);

const cookies = fc.dictionary(word, word, { maxKeys: 3, noNullPrototype: true });

const location = fc.oneof(
  path.map((rest) => `{echo}${rest}`),
  path.map((rest) => `{path}${rest}`),
  fc.constant('{echo}/start'),
  word,
  word.map((name) => `./${name}?q=%c3%a9 x`),
  path.map((rest) => `{other}${rest}`),
  path.map((rest) => `{local}${rest}`),
  fc.tuple(path, word).map(([rest, fragment]) => `{echo}${rest}#${fragment}`),
);
const setCookie = fc.tuple(word, word).map(([name, text]) => ['Set-Cookie', `${name}=${text}; Path=/`] as const);
const redirect: fc.Arbitrary<Reply> = fc
  .tuple(fc.constantFrom(301, 302, 303, 307, 308), location, fc.option(setCookie))
  .map(([status, to, cookie]) => ({ status, fields: [['Location', ascii(to)], ...(cookie ? [cookie] : [])] }));
const answer: fc.Arbitrary<Reply> = fc.record({
  status: fc.constantFrom(200, 200, 201, 204, 400, 404, 500, 599),
  fields: fc
    .tuple(
      fc.constantFrom('text/plain; charset=utf-8', 'application/json', 'text/html'),
      fc.array(setCookie, { maxLength: 2 }),
    )
    .map(([type, lines]) => [['Content-Type', type], ...lines] as const),
  body: fc.oneof(word, bytes, json.map((made) => JSON.stringify(made)).filter(isAscii)),
});
const fault: fc.Arbitrary<Reply> = fc.constantFrom({ fault: 'close' }, { fault: 'reset' });

/** What a server writes into a header section must be bytes: beyond ASCII it is UTF-8. */
function ascii(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function isAscii(made: string): boolean {
  // oxlint-disable-next-line no-control-regex -- ASCII has the control characters
  return /^[\0-\x7f]*$/.test(made);
}

const optional = { nil: undefined };

function defined<T extends object>(made: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(made).filter(([, given]) => given !== undefined)) as T;
}

const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.record({
      method,
      url,
      params: fc.option(fc.oneof(mapping, pairs, inText), { ...optional, freq: 2 }),
      headers: fc.option(fields, optional),
      auth: fc.option(auth, { ...optional, freq: 1 }),
      cookies: fc.option(cookies, { ...optional, freq: 1 }),
    }),
    content,
  )
  .map(([made, body]) => defined<Step>({ ...made, ...body }))
  // What it sends in chunks Requests 2.28 sends past urllib3, which else would escape the target once more.
  .filter(
    ({ params, data }) =>
      typeof params !== 'string' || typeof data !== 'object' || !('$chunks' in data || '$file' in data),
  );

const session: fc.Arbitrary<SessionSetup> = fc
  .record({
    headers: fc.option(fields, optional),
    params: fc.option(mapping, { ...optional, freq: 1 }),
    auth: fc.option(basic, { ...optional, freq: 1 }),
    cookies: fc.option(cookies, { ...optional, freq: 1 }),
    retries: fc.option(fc.integer({ min: 0, max: 3 }), optional),
  })
  .map((made) => defined<SessionSetup>(made));

type Draft = Omit<Case, 'name'>;

/** One request as it comes. */
const plain: fc.Arbitrary<Draft> = step.map((made) => ({ steps: [made] }));
/** One after another in a session with settings of its own. */
const inSession: fc.Arbitrary<Draft> = fc.record({ session, steps: fc.array(step, { minLength: 1, maxLength: 3 }) });
/** Along redirects, cookies and faults, all at the places of one script. */
const scripted: fc.Arbitrary<Draft> = fc
  .tuple(session, step, fc.array(fc.oneof({ weight: 5, arbitrary: redirect }, fault), { maxLength: 3 }), answer)
  .map(([given, made, before, last]) => ({
    session: { maxRedirects: 5, ...given },
    steps: [{ ...made, url: made.url.replace('{echo}', '{echo}/start') }],
    replies: { '/start': [...before, last] },
  }));

/** The same many cases in every run. */
export function generatedCases(count: number): Case[] {
  const drafts = fc.oneof({ weight: 3, arbitrary: plain }, inSession, { weight: 2, arbitrary: scripted });
  return fc.sample(drafts, { seed: SEED, numRuns: count }).map((draft, at) => ({ name: `generated ${at}`, ...draft }));
}
