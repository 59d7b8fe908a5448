/** Cases that nobody thought of: made by fast-check from a fixed seed, the same in every run. */
import * as fc from 'fast-check';
import type { AuthSetup, Case, Reply, SessionSetup, Step } from './case.ts';
import {
  bytes,
  fields,
  files,
  form,
  inText,
  json,
  letters,
  mapping,
  pairs,
  partPairs,
  path,
  url,
  word,
} from './generated-values.ts';

const SEED = 20_340_228;

const method = fc.constantFrom('GET', 'GET', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'QUERY');

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
