import { describe, expect, test, vi } from 'vitest';
import { HTTPAdapter } from '../../../src/http/adapters/http-adapter.ts';
import { Retry } from '../../../src/http/adapters/retry.ts';
import {
  AbortedError,
  ConnectionError,
  ConnectTimeout,
  InvalidHeader,
  InvalidURL,
  ProxyError,
  ReadTimeout,
  RequestException,
  RetryError,
  SSLError,
  Timeout,
  UnrewindableBodyError,
  UnsupportedFeature,
} from '../../../src/http/errors.ts';
import { Request } from '../../../src/http/request.ts';
import { Session } from '../../../src/http/session.ts';
import type { RequestOptions, SendOptions } from '../../../src/http/types.ts';
import { ScriptedTransport, type Step } from '../../support/scripted-transport.ts';

const URL_A = 'http://a.example/x';

async function sendOver(
  wire: ScriptedTransport,
  {
    maxRetries = 0,
    method = 'GET',
    url = URL_A,
    sleep,
    ...rest
  }: Partial<{ sleep: (ms: number) => Promise<void> }> & {
    maxRetries?: number | Retry;
    method?: string;
    url?: string;
    data?: RequestOptions['data'];
  } & SendOptions = {},
) {
  const adapter = new HTTPAdapter({ maxRetries, transport: wire, ...(sleep === undefined ? {} : { sleep }) });
  const { data, ...options } = rest;
  const request = await new Request(method, url, data === undefined ? {} : { data }).prepare();
  return adapter.send(request, options);
}

function failing(netError: string, Exception: typeof ConnectionError = ConnectionError): Step {
  return new Exception(netError, { netError });
}

/** Never answers; the abort shows that the transport was told. */
function silence(onAbort: (reason: unknown) => void = () => {}, onSent = (): void => {}): Step {
  return (_w, signal) =>
    new Promise((_, reject) => {
      onSent();
      signal.addEventListener('abort', () => {
        onAbort(signal.reason);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
}

/** Gives one piece of a body and then nothing. */
function stall(): Step {
  return { body: new ReadableStream({ start: (c) => c.enqueue(new Uint8Array([1])) }) };
}

async function failureOf(work: Promise<unknown>): Promise<RequestException> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!RequestException.is(error)) throw new Error(`not one of ours: ${String(error)}`);
  return error;
}

describe('limits', () => {
  test('until the header section: connect and read together, named ReadTimeout', async () => {
    vi.useFakeTimers();
    try {
      const told = vi.fn();
      const failure = failureOf(sendOver(new ScriptedTransport([silence(told)]), { timeout: [100, 250] }));
      await vi.advanceTimersByTimeAsync(349);
      expect(told).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(await failure).toBeInstanceOf(ReadTimeout);
      expect(told).toHaveBeenCalledOnce();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('one limit of two left open waits for ever', async () => {
    vi.useFakeTimers();
    try {
      const abort = new AbortController();
      const failure = failureOf(
        sendOver(new ScriptedTransport([silence()]), { timeout: [100, null], signal: abort.signal }),
      );
      await vi.advanceTimersByTimeAsync(3_600_000);
      expect(vi.getTimerCount()).toBe(0);
      abort.abort();
      expect(await failure).toBeInstanceOf(AbortedError);
    } finally {
      vi.useRealTimers();
    }
  });

  test('between two pieces of the body: a ConnectionError, as in Requests, with the ReadTimeout behind it', async () => {
    vi.useFakeTimers();
    try {
      const response = await sendOver(new ScriptedTransport([stall()]), { timeout: 100 });
      const failure = failureOf(response.content());
      await vi.advanceTimersByTimeAsync(100);
      const error = await failure;
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error.cause).toBeInstanceOf(ReadTimeout);
      expect(error.request?.url).toBe(URL_A);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('the gap starts anew with every piece', async () => {
    vi.useFakeTimers();
    try {
      const drip = new ReadableStream<Uint8Array>({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 80));
          controller.enqueue(new Uint8Array(1));
          if ((count += 1) === 5) controller.close();
        },
      });
      let count = 0;
      const response = await sendOver(new ScriptedTransport([{ body: drip }]), { timeout: 100 });
      const content = response.content();
      await vi.advanceTimersByTimeAsync(500);
      expect(await content).toHaveLength(5);
    } finally {
      vi.useRealTimers();
    }
  });

  test('total bounds retries, waits, redirects and body together', async () => {
    vi.useFakeTimers();
    try {
      const busy: Step = { status: 503, headers: [['Retry-After', '1']] };
      const transport = new ScriptedTransport([busy, busy, { status: 302, headers: [['Location', '/1']] }, stall()]);
      const session = new Session();
      session.mount('http://', new HTTPAdapter({ maxRetries: 5, transport }));
      const failure = failureOf(session.get(URL_A, { timeout: { total: 2500 } }));
      await vi.advanceTimersByTimeAsync(2499);
      expect(transport.sent).toHaveLength(4);
      await vi.advanceTimersByTimeAsync(1);
      const error = await failure;
      expect(error).toBeInstanceOf(Timeout);
      expect(error).toMatchObject({ name: 'Timeout', phase: 'total' });
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a finished exchange leaves no timer and no listener behind', async () => {
    vi.useFakeTimers();
    try {
      const { signal } = new AbortController();
      const remove = vi.spyOn(signal, 'removeEventListener');
      const add = vi.spyOn(signal, 'addEventListener');
      const response = await sendOver(new ScriptedTransport([{ body: 'x' }]), {
        timeout: { read: 9, connect: 9, total: 9 },
        signal,
      });
      await response.content();
      expect(vi.getTimerCount()).toBe(0);
      expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([[0], [-1], ['5'], [true], [Number.NaN], [[1]], [{ total: 0 }]])('%j is no timeout', async (timeout) => {
    await expect(sendOver(new ScriptedTransport(), { timeout: timeout as never })).rejects.toBeInstanceOf(RangeError);
  });
});

describe('the caller’s signal', () => {
  test('fired before, nothing is sent', async () => {
    const wire = new ScriptedTransport();
    const error = await failureOf(sendOver(wire, { signal: AbortSignal.abort('enough') }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error.cause).toBe('enough');
    expect(wire.sent).toHaveLength(0);
  });

  test('fired while waiting, the transport hears our reason', async () => {
    const abort = new AbortController();
    const told = vi.fn();
    const step = silence(told, () => queueMicrotask(() => abort.abort()));
    const failure = failureOf(sendOver(new ScriptedTransport([step]), { signal: abort.signal }));
    expect(await failure).toBeInstanceOf(AbortedError);
    expect(told).toHaveBeenCalledWith(expect.any(AbortedError));
  });

  test('fired in the body, the reading ends with it', async () => {
    const abort = new AbortController();
    const response = await sendOver(new ScriptedTransport([stall()]), { signal: abort.signal });
    const failure = failureOf(response.content());
    abort.abort();
    expect(await failure).toBeInstanceOf(AbortedError);
  });

  test('fired in a wait, there is no further attempt', async () => {
    const abort = new AbortController();
    const wire = new ScriptedTransport([{ status: 503, headers: [['Retry-After', '100']] }]);
    const failure = failureOf(
      sendOver(wire, {
        maxRetries: 3,
        signal: abort.signal,
        onEvent: (event) => {
          if (event.type === 'retry') queueMicrotask(() => abort.abort());
        },
      }),
    );
    expect(await failure).toBeInstanceOf(AbortedError);
    expect(wire.sent).toHaveLength(1);
  });

  test('a transport that does not listen is not waited for, and its late answer is let go', async () => {
    let cancelled = false;
    let answer: (step: { body: ReadableStream<Uint8Array> }) => void = () => {};
    const abort = new AbortController();
    const deaf: Step = () => {
      queueMicrotask(() => abort.abort());
      return new Promise((resolve) => (answer = resolve));
    };
    const failure = failureOf(sendOver(new ScriptedTransport([deaf]), { signal: abort.signal }));
    expect(await failure).toBeInstanceOf(AbortedError);
    await new Promise<void>((resolve) => {
      answer({
        body: new ReadableStream({
          cancel: () => {
            cancelled = true;
            resolve();
          },
        }),
      });
    });
    expect(cancelled).toBe(true);
  });
});

describe('retries', () => {
  const refused = (): Step => failing('ECONNREFUSED');
  const reset = (): Step => failing('net::ERR_CONNECTION_RESET');

  test('none by default: the failure comes as the transport named it', async () => {
    const failure = new ConnectionError('reset', { netError: 'ECONNRESET' });
    await expect(sendOver(new ScriptedTransport([failure]))).rejects.toBe(failure);
    expect(failure.request?.url).toBe(URL_A);
  });

  test('a failure before sending is repeated for any method', async () => {
    const wire = new ScriptedTransport([refused(), refused(), {}]);
    expect((await sendOver(wire, { maxRetries: 3, method: 'POST' })).status).toBe(200);
    expect(wire.sent).toHaveLength(3);
  });

  test('a failure after sending is repeated for methods that may be', async () => {
    expect((await sendOver(new ScriptedTransport([reset(), {}]), { maxRetries: 3 })).timing.attempts).toBe(2);
    const wire = new ScriptedTransport([reset(), {}]);
    expect(await failureOf(sendOver(wire, { maxRetries: 3, method: 'POST' }))).toBeInstanceOf(ConnectionError);
    expect(wire.sent).toHaveLength(1);
  });

  test.each([
    ['ERR_CONNECTION_TIMED_OUT', ConnectTimeout, ConnectTimeout],
    ['ERR_CERT_AUTHORITY_INVALID', SSLError, SSLError],
    ['ERR_PROXY_CONNECTION_FAILED', ProxyError, ProxyError],
    ['UND_ERR_HEADERS_TIMEOUT', ReadTimeout, ConnectionError],
  ])('%s: %o at once, %o when the retries are used up', async (code, atOnce, inTheEnd) => {
    const fail = (): Step => new atOnce(code, { netError: code });
    expect((await failureOf(sendOver(new ScriptedTransport([fail()])))).name).toBe(atOnce.name);
    const wire = new ScriptedTransport([fail(), fail(), fail()]);
    const error = await failureOf(sendOver(wire, { maxRetries: 2 }));
    expect(error.name).toBe(inTheEnd.name);
    expect(error.netError).toBe(code);
    expect(wire.sent).toHaveLength(3);
  });

  test('statuses on the list end in RetryError, or in the last answer', async () => {
    const options = { total: 1, statusForcelist: new Set([500]) };
    const script = (): Step[] => [{ status: 500 }, { status: 500, body: 'last' }];
    const error = await failureOf(sendOver(new ScriptedTransport(script()), { maxRetries: new Retry(options) }));
    expect(error).toBeInstanceOf(RetryError);
    expect(error.message).toMatch(/too many 500 error responses/);
    const lenient = new Retry({ ...options, raiseOnStatus: false });
    const response = await sendOver(new ScriptedTransport(script()), { maxRetries: lenient });
    expect(new TextDecoder().decode(await response.content())).toBe('last');
  });

  test('waits as the server asks, else by the backoff', async () => {
    const waits: number[] = [];
    const maxRetries = new Retry({ total: 5, statusForcelist: new Set([503]), backoffFactor: 100 });
    const busy: Step = { status: 503, headers: [['Retry-After', '7']] };
    await sendOver(new ScriptedTransport([{ status: 503 }, { status: 503 }, busy, {}]), {
      maxRetries,
      sleep: async (ms) => void waits.push(ms),
    });
    expect(waits).toEqual([200, 7000]);
  });

  test('an unwanted body is read away, an endless one is cut off', async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(16_384));
      },
      cancel: () => void (cancelled = true),
    });
    const maxRetries = new Retry({ total: 1, statusForcelist: new Set([500]) });
    await sendOver(new ScriptedTransport([{ status: 500, body: endless }, {}]), { maxRetries });
    expect(cancelled).toBe(true);
    expect(pulled).toBeLessThan(10);
  });

  test('a Retry-After that cannot be read is the caller’s to see', async () => {
    const wire = new ScriptedTransport([{ status: 503, headers: [['Retry-After', '-1']] }]);
    const error = await failureOf(sendOver(wire, { maxRetries: 3 }));
    expect(error).toBeInstanceOf(InvalidHeader);
    expect(error.request?.url).toBe(URL_A);
  });

  test('a body that cannot be read again is not sent again', async () => {
    const data = new ReadableStream<Uint8Array>({ pull: (c) => c.close() });
    const wire = new ScriptedTransport([refused()]);
    expect(await failureOf(sendOver(wire, { maxRetries: 3, method: 'PUT', data }))).toBeInstanceOf(
      UnrewindableBodyError,
    );
  });

  test.each([
    ['an abort of the platform', 'net::ERR_ABORTED', AbortedError],
    ['a refusal', 'ERR_UNSAFE_PORT', UnsupportedFeature],
    ['contradicting fields', 'ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH', InvalidHeader],
  ])('%s is never repeated', async (_, netError, Exception) => {
    const wire = new ScriptedTransport([new Exception('', { netError })]);
    expect(await failureOf(sendOver(wire, { maxRetries: 3 }))).toBeInstanceOf(Exception);
    expect(wire.sent).toHaveLength(1);
  });
});

describe('what cannot be done here', () => {
  test.each<[string, SendOptions]>([
    ['TLS', { verify: false }],
    ['Certificates', { verify: '/etc/ca.pem' }],
    ['Client certificates', { cert: 'me.pem' }],
    ['proxy', { proxies: { https: 'http://p' } }],
  ])('%s is refused before anything is sent', async (about, options) => {
    const wire = new ScriptedTransport();
    const error = await failureOf(sendOver(wire, { url: 'https://a.example/', ...options }));
    expect(error).toBeInstanceOf(UnsupportedFeature);
    expect(error.message).toContain(about);
    expect(wire.sent).toHaveLength(0);
  });

  test('verify off is for a transport that can, and for plain http no matter', async () => {
    const able = new ScriptedTransport([], ['insecure-tls']);
    await sendOver(able, { url: 'https://a.example/', verify: false });
    expect(able.sent[0]?.verify).toBe(false);
    await sendOver(new ScriptedTransport(), { verify: false });
  });

  test('a field that would break out of its line is refused', async () => {
    const request = await new Request('GET', URL_A).prepare();
    request.headers.set('X-Evil', 'a\r\nX-More: b');
    const wire = new ScriptedTransport();
    const error = await failureOf(new HTTPAdapter({ transport: wire }).send(request, {}));
    expect(error).toBeInstanceOf(InvalidHeader);
    expect(wire.sent).toHaveLength(0);
  });

  test('a URL without a host is refused', async () => {
    const request = await new Request('GET', URL_A).prepare();
    request.url = 'http:///x';
    expect(await failureOf(new HTTPAdapter({ transport: new ScriptedTransport() }).send(request, {}))).toBeInstanceOf(
      InvalidURL,
    );
  });
});

describe('progress', () => {
  test('of the upload as the transport tells it, of the download as it comes', async () => {
    const seen: unknown[] = [];
    const upload: Step = (w) => {
      w.onUpload?.(2);
      w.onUpload?.(3);
      return { body: ['ab', 'c'], headers: [['Content-Length', '3']] };
    };
    const response = await sendOver(new ScriptedTransport([upload]), {
      method: 'POST',
      data: 'abc',
      onProgress: (p) => seen.push([p.phase, p.loaded, p.total]),
    });
    await response.content();
    expect(seen).toEqual([
      ['upload', 2, 3],
      ['upload', 3, 3],
      ['download', 2, 3],
      ['download', 3, 3],
    ]);
  });
});
