import { gunzipSync } from 'node:zlib';
import type { Case, Chunks, Reply, Step } from './case.ts';
import type { Facts, ResponseFacts } from './facts.ts';
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

type Lines = [string, string][];

const anyStep = (test: (step: Step) => boolean) => (c: Case) => c.steps.some(test);

function withSteps(c: Case, change: (step: Step) => Step): Case {
  return { ...c, steps: c.steps.map(change) };
}

/** What every step of the case ends in, nothing having been sent. */
function refusedAs(name: string): (expected: Facts) => void {
  return (expected) => {
    expected.received = [];
    for (const step of expected.steps) Object.assign(step, { response: null, error: { name, status: null } });
  };
}

function responses(facts: Facts): Partial<ResponseFacts>[] {
  return facts.steps.flatMap(({ response }) => (response === null ? [] : [response]));
}

function has(fields: Lines, ...names: readonly string[]): boolean {
  return fields.some(([name]) => names.includes(name.toLowerCase()));
}

function afterHost(fields: Lines, line: [string, string]): void {
  fields.splice(fields.findIndex(([name]) => name === 'Host') + 1, 0, line);
}

/** Takes the line of that name out of the lines. */
function take(lines: Lines, name: string): [string, string] {
  const [line] = lines.splice(
    lines.findIndex(([other]) => other === name),
    1,
  );
  return line ?? [name, ''];
}

const text = (value: string): string => Buffer.from(value, 'latin1').toString('utf8');

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
    applies: (c) => replies(c).some((reply) => 'raw' in reply && cutShort(reply.raw)),
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

const valuelessCharset = /("text\/html); charset(?=")/;
const wellKnown = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']);

function isChunks(data: Step['data']): data is Chunks {
  return typeof data === 'object' && '$chunks' in data;
}

/** One whose every value is left out: not empty itself, but its encoding is. */
function isEmptyForm(data: Step['data']): boolean {
  if (typeof data !== 'object' || !('$map' in data)) return false;
  return data.$map.length > 0 && data.$map.every(([, value]) => value === null);
}

function replies(c: Case): Reply[] {
  return Object.values(c.replies ?? {}).flat();
}

function cutShort(raw: string): boolean {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  return length !== undefined && Number(length) > body.join('\r\n\r\n').length;
}

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

function isGuessed({ encoding, content = '' }: Partial<ResponseFacts>): boolean {
  return encoding === null && text(content).includes('\ufffd');
}

/** What a platform forces, by sender. */
export const platformDifferences: Readonly<Record<Exclude<SenderName, 'requests'>, readonly KnownDifference[]>> = {
  session: everywhere,
  chromium: everywhere,
  firefox: everywhere,
};
