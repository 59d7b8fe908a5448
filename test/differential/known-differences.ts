import { gunzipSync } from 'node:zlib';
import type { Case } from './case.ts';
import {
  afterHost,
  anyStep,
  cutShort,
  eachRequest,
  has,
  hasBody,
  inOrderOf,
  isChunks,
  isEmptyForm,
  isGuessed,
  refusedAs,
  refuseStep,
  replies,
  responses,
  take,
  text,
  valuelessCharset,
  wellKnown,
  whatwgTarget,
  wireUrl,
  withSteps,
} from './fact-edits.ts';
import type { Facts } from './facts.ts';
import type { SenderName } from './sender.ts';

/** A difference that is no mistake. It says what is expected in place of what Requests did, never just "anything". */
export interface KnownDifference {
  readonly reason: string;
  /** Whether the case has what brings the difference about. */
  applies(c: Case): boolean;
  /** How Debian's Requests has to be asked to do what ours does, where it would otherwise fail. */
  ask?(c: Case): Case;
  /** Changes the facts of Requests into those that are right for us. `actual` is for what nobody can foresee. */
  expect?(expected: Facts, c: Case, actual: Facts): void;
}

/** Requests 2.28 with urllib3 1.26 (Debian) against 2.34 with urllib3 2, whose rules ours are. */
export const versionDifferences: readonly KnownDifference[] = [
  {
    reason: '2.28 lets a line break at the end of a field value pass, and http.client refuses it with a ValueError',
    applies: anyStep(({ headers = [] }) => headers.some(([, value]) => value?.endsWith('\n') === true)),
    expect: refusedAs('InvalidHeader'),
  },
  {
    reason: 'urllib3 1.26 takes a host with a space or a control character, and looks for its address',
    // oxlint-disable-next-line no-control-regex -- that is what it is about
    applies: anyStep(({ url }) => /^https?:\/\/[^/?#]*[\0-\x20\x7f]/.test(url)),
    expect: refusedAs('InvalidURL'),
  },
  {
    reason: '2.28 sends text as Latin-1, or fails; 2.32 and later send it as UTF-8',
    // oxlint-disable-next-line no-control-regex -- ASCII has the control characters
    applies: anyStep(({ data }) => typeof data === 'string' && /[^\0-\x7f]/.test(data)),
    ask: (c) =>
      withSteps(c, (step) =>
        typeof step.data === 'string' ? { ...step, data: { $bytes: Buffer.from(step.data).toString('base64') } } : step,
      ),
  },
  {
    reason: 'urllib3 1.26 doubles a backslash in the names of a part and escapes a tab',
    applies: anyStep(({ files }) => /\\[\\t]/.test(JSON.stringify(files ?? ''))),
    expect(expected) {
      for (const request of expected.received) {
        const before = request.body.length;
        request.body = request.body.replace(/^Content-Disposition: .*/gm, (line) =>
          line.replaceAll('\\\\', '\\').replaceAll('%09', '\t'),
        );
        const prepared = responses(expected).flatMap(({ request: one }) => (one ? [one.headers] : []));
        for (const line of [request.fields, ...prepared].flat()) {
          if (line[0] === 'Content-Length') line[1] = String(Number(line[1]) - before + request.body.length);
        }
      }
    },
  },
  {
    reason: 'urllib3 1.26 writes an empty piece as the chunk that ends the body',
    applies: anyStep(({ data }) => isChunks(data) && data.$chunks.includes('')),
    ask: (c) =>
      withSteps(c, (step) =>
        isChunks(step.data) ? { ...step, data: { $chunks: step.data.$chunks.filter((piece) => piece !== '') } } : step,
      ),
  },
  {
    reason: 'a form of nothing but null: urllib3 1.26 ends chunks that it has not announced',
    applies: anyStep(({ data, files }) => isEmptyForm(data) && files === undefined),
    ask: (c) =>
      withSteps(c, (step) => ({
        ...step,
        data: { $chunks: [] },
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      })),
    expect(expected) {
      for (const { request } of responses(expected)) if (request) take(request.headers, 'Transfer-Encoding');
      for (const { fields } of expected.received) afterHost(fields, take(fields, 'Transfer-Encoding'));
    },
  },
  {
    reason: 'http.client says Content-Length: 0 for POST, PUT and PATCH only; urllib3 2 for unknown methods too',
    applies: anyStep(({ method }) => !wellKnown.has(method.toUpperCase())),
    expect(expected) {
      for (const { method, fields } of expected.received) {
        if (wellKnown.has(method) || has(fields, 'content-length', 'transfer-encoding')) continue;
        afterHost(fields, ['Content-Length', '0']);
      }
    },
  },
  {
    reason: 'urllib3 1.26 is content with a body that is shorter than its Content-Length',
    applies: (c) => replies(c).some((reply) => 'raw' in reply && !reply.stalls && cutShort(reply.raw)),
    expect(expected) {
      for (const step of expected.steps) {
        Object.assign(step, { response: null, error: { name: 'ChunkedEncodingError', status: null } });
      }
    },
  },
  {
    reason: '2.28 fails with an AttributeError where the charset parameter has no value',
    applies: (c) => valuelessCharset.test(JSON.stringify(c)),
    ask: (c) => JSON.parse(JSON.stringify(c).replace(valuelessCharset, '$1')) as Case,
    expect(expected) {
      for (const { headers = [] } of responses(expected)) {
        for (const line of headers) if (line[0] === 'Content-Type') line[1] += '; charset';
      }
    },
  },
  {
    reason: 'urllib3 1.26 does not know the old name x-gzip',
    applies: (c) =>
      replies(c).some((reply) => 'fields' in reply && reply.fields?.some(([, value]) => value === 'x-gzip')),
    expect(expected) {
      for (const response of responses(expected)) {
        response.content = gunzipSync(Buffer.from(response.content ?? '', 'latin1')).toString('latin1');
        response.text = text(response.content);
      }
    },
  },
];

/** Whatever carries our Session. */
const everywhere: readonly KnownDifference[] = [
  {
    reason:
      'urllib3 names itself where User-Agent was removed, http.client asks for identity where Accept-Encoding was; what is removed here stays away',
    applies: anyStep(({ headers = [] }) => headers.some(([, value]) => value === null)),
    expect(expected, c) {
      const removed = c.steps.flatMap(({ headers = [] }) =>
        headers.flatMap(([name, value]) => (value === null ? [name.toLowerCase()] : [])),
      );
      for (const request of expected.received) {
        request.fields = request.fields.filter(([name]) => !removed.includes(name.toLowerCase()));
      }
    },
  },
  {
    reason: 'loopback is a secure origin in browsers, and so for our jar: Secure cookies go there over http',
    applies: (c) => /"Set-Cookie","[^"]*; Secure/.test(JSON.stringify(c)),
    expect(expected, c) {
      const secure = /"Set-Cookie","([^";]*); Path=\/; Secure/.exec(JSON.stringify(c))?.[1] ?? '';
      const lines = [
        ...expected.received.map(({ fields }) => fields),
        ...responses(expected).map((one) => one.request?.headers ?? []),
      ];
      for (const line of lines.flat()) if (line[0] === 'Cookie') line[1] = `${secure}; ${line[1]}`;
    },
  },
  {
    reason: 'a generator cannot be read twice: Requests repeats the request with an empty body, ours refuses',
    applies: (c) =>
      anyStep(({ data }) => isChunks(data))(c) &&
      replies(c).some((reply) => 'status' in reply && (reply.status === 307 || reply.status === 308)),
    expect(expected) {
      const repeated = expected.received.findIndex(({ fields }, at) => at > 0 && has(fields, 'transfer-encoding'));
      const first = expected.steps[0];
      if (repeated < 0 || !first) return;
      const status = first.response?.history?.[repeated - 1]?.status ?? null;
      Object.assign(first, { response: null, error: { name: 'UnrewindableBodyError', status } });
      expected.received.splice(repeated);
    },
  },
  {
    reason: 'which charset bytes that are no UTF-8 seem to have is a guess of the library at hand',
    // The answer decides.
    applies: () => true,
    expect(expected, _c, actual) {
      for (const [at, step] of expected.steps.entries()) {
        if (step.response && isGuessed(step.response)) step.response.text = actual.steps[at]?.response?.text ?? '';
      }
    },
  },
];

const bodiless = (method: string): boolean => /^(?:GET|HEAD)$/i.test(method);
const always = (): boolean => true;

/** What both browsers do to any request. */
const inBrowsers: readonly KnownDifference[] = [
  ...everywhere,
  {
    reason: 'a browser sends no GET or HEAD with a body, and no TRACE: nothing goes out',
    applies: anyStep((step) => (bodiless(step.method) && hasBody(step)) || step.method === 'TRACE'),
    expect(expected, c) {
      for (const [at, step] of [...c.steps.entries()].reverse()) {
        const sent = expected.steps[at]?.response?.request?.headers ?? [];
        if (step.method === 'TRACE' || (bodiless(step.method) && has(sent, 'content-length', 'transfer-encoding')))
          refuseStep(expected, at, 'UnsupportedFeature');
      }
    },
  },
  {
    reason: 'a browser frames every body by its length',
    applies: anyStep(({ data }) => typeof data === 'object' && '$file' in data && data.$file === ''),
    expect(expected) {
      for (const request of expected.received) {
        request.fields = request.fields.filter(([name]) => name !== 'Transfer-Encoding');
        request.chunked = '';
      }
    },
  },
  {
    reason: 'a browser says Content-Length: 0 where urllib3 says nothing, after a redirect that took the body',
    applies: always,
    expect(expected) {
      for (const { method, fields } of expected.received) {
        if (!bodiless(method) && !has(fields, 'content-length')) fields.push(['Content-Length', '0']);
      }
    },
  },
  {
    reason: 'a GET or HEAD that goes past the cache says so',
    applies: always,
    expect(expected) {
      for (const { fields } of expected.received.filter(({ method }) => bodiless(method))) {
        if (!has(fields, 'pragma')) fields.push(['Pragma', 'no-cache']);
        if (!has(fields, 'cache-control')) fields.push(['Cache-Control', 'no-cache']);
      }
    },
  },
  {
    reason: 'a browser keeps Connection',
    applies: anyStep(({ headers = [] }) => headers.some(([name, value]) => name === 'Connection' && value === null)),
    expect(expected) {
      for (const { fields } of expected.received) fields.push(['Connection', '{default}']);
    },
  },
  {
    reason: 'a browser writes the target as the WHATWG URL standard has it',
    applies: always,
    expect(expected) {
      for (const request of expected.received) request.target = whatwgTarget(request.target);
    },
  },
  {
    reason: 'a hop is shown as it went out: its URL without fragment and credentials, its fields in any order',
    applies: always,
    expect(expected, _c, actual) {
      for (const [at, { response }] of expected.steps.entries()) {
        const shown = actual.steps[at]?.response;
        for (const hop of response?.history ?? []) hop.url = wireUrl(hop.url);
        if (!response?.request) continue;
        response.request.url = wireUrl(response.request.url);
        response.request.headers = inOrderOf(response.request.headers, shown?.request?.headers ?? [], equal);
      }
    },
  },
  {
    reason: 'a browser hides the body of a redirect',
    applies: always,
    expect(expected) {
      for (const response of responses(expected)) {
        const redirects = [301, 302, 303, 307, 308].includes(response.status ?? 0);
        if (redirects && has(response.headers ?? [], 'location')) response.content = '';
      }
    },
  },
];

const equal = (one: string, two: string): boolean => one === two;

/** Fields that browsers know have the names that these write. */
const isKnownField = (name: string): boolean =>
  /^(?:accept|accept-encoding|accept-language|connection|cookie|date|dnt|host|origin|referer|te|user-agent|via|x-http-method-override)$|^(?:sec|proxy|access-control)-/i.test(
    name,
  );
const alike = (one: string, two: string): boolean =>
  one === two || (isKnownField(one) && one.toLowerCase() === two.toLowerCase());

const inChromium: readonly KnownDifference[] = [
  ...inBrowsers,
  {
    reason: 'Chromium decodes the reason phrase as UTF-8',
    applies: (c) => replies(c).some((reply) => 'reason' in reply && reply.reason !== undefined),
    expect(expected) {
      for (const response of responses(expected)) response.reason = text(response.reason ?? '');
    },
  },
  {
    reason: 'Chromium orders the fields, and writes the names that it knows in its own way',
    applies: always,
    expect(expected, _c, actual) {
      eachRequest(expected, actual, (request, { fields }) => {
        request.fields = inOrderOf(request.fields, fields, alike);
      });
    },
  },
];

const inFirefox: readonly KnownDifference[] = [
  ...inBrowsers,
  {
    reason: 'Firefox adds Priority',
    applies: always,
    expect(expected) {
      for (const { fields } of expected.received) if (!has(fields, 'priority')) fields.push(['Priority', 'u=4']);
    },
  },
  {
    reason: 'Firefox sends no empty field by rule',
    applies: (c) => JSON.stringify(c).includes('",""]'),
    expect(expected) {
      for (const request of expected.received) {
        request.fields = request.fields.filter(([name, value]) => value !== '' || !goesByRule(name));
      }
    },
  },
  {
    reason: 'Firefox goes past the cache, and says so, with conditional fields',
    applies: always,
    expect(expected) {
      for (const { fields } of expected.received.filter((request) => has(request.fields, ...conditional))) {
        if (!has(fields, 'pragma')) fields.push(['Pragma', 'no-cache']);
        if (!has(fields, 'cache-control')) fields.push(['Cache-Control', 'no-cache']);
      }
    },
  },
  {
    reason: 'Firefox asks for identity where there is a Range',
    applies: always,
    expect(expected) {
      for (const { fields } of expected.received.filter((request) => has(request.fields, 'range'))) {
        for (const line of fields) if (line[0].toLowerCase() === 'accept-encoding') line[1] = 'identity';
        if (!has(fields, 'accept-encoding')) fields.push(['Accept-Encoding', 'identity']);
      }
    },
  },
  {
    reason: 'Firefox orders the fields, and writes the names that it knows in its own way',
    applies: always,
    expect(expected, _c, actual) {
      eachRequest(expected, actual, (request, { fields }) => {
        request.fields = inOrderOf(request.fields, fields, alike);
      });
    },
  },
  {
    reason: 'Firefox joins repeated lines of a response at the place of the last',
    applies: (c) => replies(c).some((reply) => 'fields' in reply && (reply.fields?.length ?? 0) > 2),
    expect(expected, _c, actual) {
      for (const [at, { response }] of expected.steps.entries()) {
        if (!response?.headers) continue;
        response.headers = inOrderOf(response.headers, actual.steps[at]?.response?.headers ?? [], equal);
      }
    },
  },
  {
    reason: 'Firefox takes what is no HTTP/1.1 for the body of an HTTP/0.9 answer',
    applies: (c) => replies(c).some((reply) => 'raw' in reply && /^(?!HTTP)./.test(reply.raw)),
    expect(expected, c, actual) {
      const [step] = expected.steps;
      const [raw = ''] = replies(c).map((reply) => ('raw' in reply ? reply.raw : ''));
      const shown = actual.steps[0]?.response;
      if (!step || !shown) return;
      step.error = null;
      step.response = { ...shown, status: 200, reason: 'OK', headers: [], encoding: null, content: raw };
    },
  },
];

const conditional = ['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since'];
/** Of the fields that the cases leave empty. */
const goesByRule = (name: string): boolean => /^(?:origin|referer|user-agent|via)$/i.test(name);

/** What a platform forces, by sender. */
export const platformDifferences: Readonly<Record<Exclude<SenderName, 'requests'>, readonly KnownDifference[]>> = {
  session: everywhere,
  chromium: inChromium,
  firefox: inFirefox,
};
