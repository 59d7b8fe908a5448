import { HTTPDigestAuth } from '../../../src/http/auth/digest.ts';
import { RequestException } from '../../../src/http/errors.ts';
import { CaseInsensitiveHeaders } from '../../../src/http/headers.ts';
import { mergeHeaders, mergeSetting } from '../../../src/http/merge.ts';
import { PreparedRequest } from '../../../src/http/prepared-request.ts';
import type { Response } from '../../../src/http/response.ts';
import { defaultHeaders, Session } from '../../../src/http/session.ts';
import type { Adapter, HeaderLine, RequestOptions } from '../../../src/http/types.ts';
import { bytesOf, ScriptedTransport, type Step } from '../../support/scripted-transport.ts';
import type { Areas, Divergence, VectorCase } from '../area.ts';
import { joinUrl } from '../../../src/http/split-url.ts';
import { requoteUri } from '../../../src/http/url.ts';
import { asGiven, isRecord, item, list, matches, number, Raised, Raises, record, text } from '../values.ts';
import { RecordingAdapter } from './recording-adapter.ts';

/** The digest cases of the file were computed with this client nonce. */
const CNONCE = '0a4f113b';

/** Fields that the file leaves out of what it says was sent: the session's defaults. */
const DEFAULTS = new Set([...defaultHeaders()].map(([name]) => name.toLowerCase()));

function lines(value: unknown): HeaderLine[] {
  return list(value).map((line): HeaderLine => [text(item(line, 0)), text(item(line, 1))]);
}

function step(answer: unknown): Step {
  return { status: number(item(answer, 0)), headers: lines(item(answer, 1)), ...bodyOf(item(answer, 2)) };
}

function* script(responses: readonly unknown[]): Generator<Step> {
  for (const response of responses) {
    if (!isRecord(response)) yield step(response);
    else for (;;) yield step(response['loop']);
  }
}

function bodyOf(value: unknown): { body?: string | Uint8Array } {
  return typeof value === 'string' || value instanceof Uint8Array ? { body: value } : {};
}

function authOf(value: unknown): RequestOptions['auth'] {
  if (!Array.isArray(value)) return null;
  const [first, second, third] = value.map(text);
  if (first === '$digest') return new HTTPDigestAuth(second ?? '', third ?? '', { cnonce: () => CNONCE });
  return [first ?? '', second ?? ''];
}

function optionsOf(request: Readonly<Record<string, unknown>>): RequestOptions {
  const options: Record<string, unknown> = {};
  for (const key of ['data', 'json', 'params', 'headers', 'cookies', 'files', 'stream'])
    if (key in request) options[key] = request[key];
  if ('auth' in request) options['auth'] = authOf(request['auth']);
  if ('allow_redirects' in request) options['allowRedirects'] = request['allow_redirects'];
  return asGiven<RequestOptions>(options);
}

function sessionOf(settings: Readonly<Record<string, unknown>>, adapter: Adapter): Session {
  const session = new Session();
  session.mount('http://', adapter);
  session.mount('https://', adapter);
  session.headers.update(asGiven(settings['headers'] ?? {}));
  session.params = asGiven(settings['params'] ?? {});
  session.auth = authOf(settings['auth']) ?? null;
  session.cookies.update(asGiven(settings['cookies'] ?? {}));
  session.maxRedirects = asGiven(settings['max_redirects'] ?? session.maxRedirects);
  return session;
}

async function sentBy(request: PreparedRequest): Promise<Record<string, unknown>> {
  const headers = [...request.headers].filter(([name]) => !DEFAULTS.has(name.toLowerCase()));
  return {
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(headers),
    body: await bytesOf(request.body),
  };
}

function cookiesOf(session: Session): unknown[] {
  return Array.from(session.cookies, ({ name, value, domain, path }) => [name, value, domain, path]);
}

/** Of everything observed, what the case speaks of. */
function onlyAsked(
  facts: Readonly<Record<string, unknown>>,
  asked: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.keys(asked).map((key) => [key, facts[key]]));
}

async function chain(input: VectorCase['input'], c: VectorCase): Promise<unknown> {
  const adapter = new RecordingAdapter(new ScriptedTransport(script(list(input['responses']))));
  const session = sessionOf(record(input['session'] ?? {}), adapter);
  const request = record(input['request']);
  let response: Response | null = null;
  let failure: unknown;
  try {
    response = await session.request(text(request['method']), text(request['url']), optionsOf(request));
  } catch (error) {
    failure = error;
  }
  const sent = await Promise.all(adapter.sent.map(sentBy));
  const asked = c.expected instanceof Raises ? c.expected.rest : record(c.expected);
  const facts: Record<string, unknown> = {
    // A long chain is told by its beginning and its length.
    sent: 'sent_count' in asked ? sent.slice(0, list(asked['sent'] ?? []).length) : sent,
    sent_count: sent.length,
    session_cookies: cookiesOf(session),
    response_status: RequestException.is(failure) ? failure.response?.status : undefined,
  };
  if (response === null) return new Raised(failure, onlyAsked(facts, asked));
  const { next } = response;
  Object.assign(facts, {
    status: response.status,
    url: response.url,
    history: response.history.map(({ status }) => status),
    final_method: response.request.method,
    next: next && { method: next.method, url: next.url },
    next_url: next?.url,
    next_method: next?.method,
    text: await response.text(),
  });
  return onlyAsked(facts, asked);
}

/** Bodies as bytes, headers as unordered fields, cookies in any order with the domain as RFC 6265 writes it. */
function comparable(value: unknown, key = ''): unknown {
  if (key === 'body') return typeof value === 'string' ? new TextEncoder().encode(value) : value;
  if (key === 'session_cookies')
    return list(value)
      .map((cookie) => list(cookie).map((part, i) => (i === 2 ? bareDomain(text(part)) : part)))
      .map((cookie) => JSON.stringify(cookie))
      .sort();
  if (Array.isArray(value)) return value.map((inner) => comparable(inner));
  if (!isRecord(value) || value instanceof Raised || value instanceof Raises) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, comparable(inner, name)]));
}

/** http.cookiejar writes `.example` for `Domain=example`, and `localhost.local` for `localhost`. */
export function bareDomain(domain: string): string {
  return domain.replace(/^\./, '').replace(/^([^.]+)\.local$/, '$1');
}

function sameChain(actual: unknown, expected: unknown): boolean {
  if (expected instanceof Raises) {
    const rest = record(comparable(expected.rest));
    const wanted = new Raises(expected.name, expected.mro, expected.message, rest);
    return matches(
      actual instanceof Raised ? new Raised(actual.error, record(comparable(actual.rest))) : actual,
      wanted,
    );
  }
  return matches(comparable(actual), comparable(expected));
}

/** The two documented differences that a chain can show. */
function chainDivergence(input: VectorCase['input'], c: VectorCase): Divergence | undefined {
  if (!(c.expected instanceof Raises))
    return {
      rule: 'fields of your own go along to another host, as in Requests; the redirect names what it dropped',
      expected: c.expected,
    };
  if (c.expected.name !== 'UnicodeDecodeError') return undefined;
  const request = record(input['request']);
  const [first] = list(input['responses']);
  const location = new CaseInsensitiveHeaders(lines(item(first, 1))).get('location') ?? '';
  const url = joinUrl(text(request['url']), requoteUri(location));
  const asked = { ...c.expected.rest, status: 200, url, history: [number(item(first, 0))] };
  return { rule: 'a Location that is not UTF-8 is read as Latin-1', expected: asked };
}

/** Gives its prefix away, so that a case can tell which adapter was selected. */
class NamedAdapter extends RecordingAdapter {
  readonly prefix: string;

  constructor(prefix: string) {
    super(new ScriptedTransport());
    this.prefix = prefix;
  }
}

function selected(session: Session, url: string): unknown {
  try {
    const adapter = session.getAdapter(url);
    if (adapter instanceof NamedAdapter) return adapter.prefix;
    const [prefix] = [...session.adapters].find(([, mounted]) => mounted === adapter) ?? [];
    return `default:${prefix}`;
  } catch (error) {
    return new Raised(error);
  }
}

/** A session without the adapters that every session begins with. */
class BareSession extends Session {
  override mount(prefix: string, adapter: Adapter): void {
    if (adapter instanceof NamedAdapter) super.mount(prefix, adapter);
  }
}

function mounted(input: VectorCase['input']): unknown {
  const session = input['default_adapters'] === false ? new BareSession() : new Session();
  for (const prefix of list(input['mount'])) session.mount(text(prefix), new NamedAdapter(text(prefix)));
  return {
    order: [...session.adapters.keys()],
    selected: list(input['urls']).map((url) => selected(session, text(url))),
  };
}

function merged({ request, session, dict_class: dictClass }: VectorCase['input']): unknown {
  if (dictClass === 'CaseInsensitiveDict' && isRecord(request) && isRecord(session)) {
    const headers = mergeHeaders(asGiven(request), new CaseInsensitiveHeaders(asGiven(session)));
    return new Map(headers);
  }
  return mergeSetting(request, session);
}

function rebuiltMethod({ status, method }: VectorCase['input']): string {
  const request = new PreparedRequest();
  request.method = text(method);
  const response = new RecordingAdapter(new ScriptedTransport()).buildResponse(request, {
    status: number(status),
    reason: '',
    headers: [],
    body: null,
  });
  new Session().rebuildMethod(request, response);
  return request.method;
}

export const areas: Areas = {
  should_strip_auth: {
    run: ({ old_url: oldUrl, new_url: newUrl }) => new Session().shouldStripAuth(text(oldUrl), text(newUrl)),
  },
  rebuild_method: { run: rebuiltMethod },
  session_chain: { run: chain, compare: sameChain, divergence: chainDivergence },
  merge_setting: { run: merged },
  adapter_mount: { run: mounted },
  default_headers: { run: () => [...new Session().headers].map(([name]) => name) },
};
