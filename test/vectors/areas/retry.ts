import { exceptionForPoolError } from '../../../src/http/adapters/exception-mapping.ts';
import { HTTPAdapter } from '../../../src/http/adapters/http-adapter.ts';
import { PoolError, PoolSSLError } from '../../../src/http/adapters/pool-errors.ts';
import {
  ConnectTimeoutError,
  MaxRetryError,
  NewConnectionError,
  PoolProxyError,
  ProtocolError,
  ReadTimeoutError,
  ResponseError,
  Retry,
  type RetryOptions,
} from '../../../src/http/adapters/retry.ts';
import * as errors from '../../../src/http/errors.ts';
import { Session } from '../../../src/http/session.ts';
import type { TimeoutInit, WireResponse } from '../../../src/http/types.ts';
import { startRefusedPort } from '../../support/faulty-ports.ts';
import { RawSocketTransport } from '../../support/raw-socket-transport.ts';
import { ScriptedTransport } from '../../support/scripted-transport.ts';
import type { Areas, VectorCase } from '../area.ts';
import { ancestry, asGiven, item, list, matches, number, Raised, Raises, record, show, text } from '../values.ts';
import { startScriptServer, stepsOf } from './script-server.ts';

type Input = VectorCase['input'];

/** urllib3 counts seconds, we milliseconds. */
const MS = 1000;
const DURATIONS = new Set(['backoff_factor', 'backoff_max', 'backoff_jitter', 'retry_after_max']);
const SETS = new Set(['allowed_methods', 'status_forcelist', 'remove_headers_on_redirect']);

function optionsOf(retry: unknown): RetryOptions {
  const options = Object.entries(record(retry)).map(([name, value]): [string, unknown] => {
    const key = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    if (DURATIONS.has(name)) return [key, number(value) * MS];
    // Any false value lets every method be retried.
    if (SETS.has(name)) return [key, Array.isArray(value) ? new Set(value) : null];
    return [key, value];
  });
  return asGiven<RetryOptions>(Object.fromEntries(options));
}

function answer(status: number, headers: WireResponse['headers'] = []): WireResponse {
  return { status, reason: '', headers, body: null };
}

const FAILURES: Readonly<Record<string, () => Error>> = {
  connect: () => new ConnectTimeoutError('connect'),
  newconn: () => new NewConnectionError('newconn'),
  read: () => new ReadTimeoutError('read'),
  protocol: () => new ProtocolError('protocol'),
  proxy_connect: () => new PoolProxyError('proxy', new NewConnectionError('proxy')),
  proxy: () => new PoolProxyError('proxy', new PoolError('proxy')),
  proxy_other: () => new PoolProxyError('proxy', new PoolError('proxy')),
  ssl: () => new PoolSSLError('ssl'),
  other: () => new PoolSSLError('other'),
};

function after(retry: Retry, event: unknown, method: string): Retry {
  if (typeof event === 'number') return retry.increment({ method, url: '/', response: answer(event) });
  if (event === 'redirect')
    return retry.increment({ method, url: '/', response: answer(302, [['Location', '/next']]) });
  const failure = FAILURES[text(event)];
  if (failure === undefined) throw new Error(`no counterpart for the event ${show(event)}`);
  return retry.increment({ method, url: '/', error: failure() });
}

function increment(input: Input): unknown {
  let retry = new Retry(optionsOf(input['retry']));
  for (const event of list(input['events'])) retry = after(retry, event, text(input['method'] ?? 'GET'));
  const { total, connect, read, redirect, status, other, history } = retry;
  return {
    total,
    connect,
    read,
    redirect,
    status,
    other,
    history: history.map((entry) => [entry.method, entry.error?.name ?? null, entry.status, entry.redirectLocation]),
  };
}

function backoff(input: Input): number[] {
  let retry = new Retry(optionsOf(input['retry']));
  return list(input['events']).map((event) => {
    retry = after(retry, event, 'GET');
    return retry.getBackoffTime() / MS;
  });
}

function maxRetries(value: unknown): number | Retry {
  return typeof value === 'number' ? value : new Retry(optionsOf(value));
}

function milliseconds(timeout: unknown): TimeoutInit {
  const scaled = (value: unknown): unknown => (typeof value === 'number' ? value * MS : value);
  return asGiven<TimeoutInit>(Array.isArray(timeout) ? timeout.map(scaled) : scaled(timeout ?? null));
}

/** A session and a real server that answers by the script, over sockets that behave as http.client does. */
async function endToEnd(input: Input, c: VectorCase): Promise<unknown> {
  const server = await startScriptServer(stepsOf(input['server'] ?? []));
  const sleeps: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    sleeps.push(ms / MS);
  };
  const session = new Session();
  const retries = maxRetries(input['max_retries'] ?? 0);
  session.mount('http://', new HTTPAdapter({ maxRetries: retries, transport: new RawSocketTransport(), sleep }));
  const facts = (status?: number): Record<string, unknown> => {
    const asked = c.expected instanceof Raises ? c.expected.rest : record(c.expected);
    const all = { status, attempts: server.requests.length, requests: [...server.requests], sleeps };
    return Object.fromEntries(Object.entries(all).filter(([key]) => key in asked));
  };
  try {
    const timeout = milliseconds(input['timeout']);
    const { status } = await session.request(text(input['method']), `${server.origin}/`, { timeout });
    return facts(status);
  } catch (error) {
    return new Raised(error, facts());
  } finally {
    await server.close();
  }
}

async function invalidTimeout(input: Input): Promise<unknown> {
  const session = new Session({ transport: new ScriptedTransport() });
  // The unit does not matter to what is no timeout, but stands in the message.
  return session.get('http://e.x/', { timeout: asGiven<TimeoutInit>(input['timeout']) });
}

async function connectionError(input: Input): Promise<unknown> {
  const session = new Session({ transport: new RawSocketTransport() });
  if (!/refused/.test(text(input['case']))) return session.get('http://does-not-exist.invalid/');
  const port = await startRefusedPort();
  try {
    return await session.get(`${port.origin}/`);
  } finally {
    await port.close();
  }
}

const POOL_ERRORS: Readonly<Record<string, () => PoolError>> = {
  ProtocolError: () => new ProtocolError('broken'),
  OSError: () => new PoolError('broken'),
  ClosedPoolError: () => new PoolError('closed'),
  ConnectTimeoutError: () => new ConnectTimeoutError('late'),
  NewConnectionError: () => new NewConnectionError('refused'),
  ReadTimeoutError: () => new ReadTimeoutError('late'),
  ResponseError: () => new ResponseError('too many 500 error responses'),
  ProxyError: () => new PoolProxyError('proxy', new PoolError('proxy')),
  SSLError: () => new PoolSSLError('tls'),
};

/** What never passes the adapter here: there is one InvalidHeader, and no pool that parses URLs or decodes bodies. */
const NO_COUNTERPART = new Set(['LocationParseError', 'DecodeError', 'HTTPError']);

function mapped({ urllib3 }: Input): never {
  const [, outer, inner] = /^(\w+?)(?:\((\w+)\))?$/.exec(text(urllib3)) ?? [];
  if (outer === 'InvalidHeader') throw new errors.InvalidHeader('invalid');
  const make = POOL_ERRORS[inner ?? outer ?? ''];
  if (make === undefined) throw new Error(`no counterpart for ${show(urllib3)}`);
  throw exceptionForPoolError(inner === undefined ? make() : new MaxRetryError('/', make()));
}

/** Ancestors by name; Python's own and urllib3's are left out of what is expected. */
function mro({ class: name }: Input): string[] {
  const type = Object.entries(errors).find(([exported]) => exported === name)?.[1];
  if (typeof type !== 'function') throw new Error(`no class ${show(name)}`);
  const make = asGiven<new (message: string, ...rest: unknown[]) => Error>(type);
  return ancestry(new make('', '', null));
}

const BUILT_IN = new Set(['ValueError', 'TypeError', 'RuntimeError', 'KeyError', 'object', 'Exception', 'OSError']);

function sameNames(actual: unknown, expected: unknown): boolean {
  const wanted = new Set(
    list(expected)
      .map(text)
      .filter((name) => !BUILT_IN.has(name)),
  );
  return Array.isArray(actual) && matches([...actual].map(text).sort(), [...wanted].sort());
}

function near(actual: unknown, expected: unknown): boolean {
  if (!Array.isArray(actual) || !Array.isArray(expected)) return matches(actual, expected);
  const close = (i: number): boolean => Math.abs(number(item(actual, i)) - number(item(expected, i))) < 1e-9;
  return actual.length === expected.length && expected.every((_, i) => close(i));
}

export const areas: Areas = {
  retry_backoff: { run: backoff, compare: near },
  retry_is_retry: {
    run: (input) =>
      new Retry(optionsOf(input['retry'])).isRetry(
        text(input['method']),
        number(input['status']),
        input['has_retry_after'] === true,
      ),
    // Python gives the last operand of its `and`, such as a total of 0.
    compare: (actual, expected) => actual === Boolean(expected),
  },
  retry_increment: { run: increment },
  parse_retry_after: {
    run: ({ value, now }) => new Retry().parseRetryAfter(text(value), Date.parse(text(now))) / MS,
  },
  retry_defaults: {
    run: () => {
      const { total, read } = new HTTPAdapter().maxRetries;
      return {
        DEFAULT_ALLOWED_METHODS: [...Retry.DEFAULT_ALLOWED_METHODS].sort(),
        RETRY_AFTER_STATUS_CODES: [...Retry.RETRY_AFTER_STATUS_CODES].sort((a, b) => a - b),
        total: new Retry().total,
        HTTPAdapter_total: total,
        HTTPAdapter_read: read,
        from_int_3: Retry.fromInt(3).total,
      };
    },
  },
  retry_remove_headers_default: { run: () => [...new Retry().removeHeadersOnRedirect].sort() },
  retry_e2e: { run: endToEnd },
  timeout_e2e: { run: endToEnd },
  timeout_invalid: { run: invalidTimeout },
  connection_error: { run: connectionError },
  exception_mapping: {
    run: mapped,
    leftOut: ({ urllib3 }) =>
      NO_COUNTERPART.has(text(urllib3)) ? 'an error of urllib3 that nothing here can raise' : undefined,
  },
  exception_mro: { run: mro, compare: sameNames },
};
