import { describe, expect, test } from 'vitest';
import { HTTPAdapter } from '../../src/http/adapters/http-adapter.ts';
import { Retry } from '../../src/http/adapters/retry.ts';
import { HTTPDigestAuth } from '../../src/http/auth/digest.ts';
import {
  ConnectionError,
  InvalidSchema,
  InvalidURL,
  TooManyRedirects,
  UnrewindableBodyError,
} from '../../src/http/errors.ts';
import { Request } from '../../src/http/request.ts';
import type { Response } from '../../src/http/response.ts';
import { Session, type SessionInit } from '../../src/http/session.ts';
import type { ExchangeEvent, HeaderLine } from '../../src/http/types.ts';
import { ScriptedTransport, type Step } from '../support/scripted-transport.ts';

const URL_A = 'http://a.example/start';

function sessionOver(script: Iterable<Step>, init: SessionInit = {}): { session: Session; wire: ScriptedTransport } {
  const wire = new ScriptedTransport(script);
  return { session: new Session({ ...init, transport: wire }), wire };
}

function redirect(location: string, status = 302, more: readonly HeaderLine[] = []): Step {
  return { status, headers: [['Location', location], ...more] };
}

function field(headers: readonly HeaderLine[] | undefined, name: string): string | undefined {
  return headers?.find(([field]) => field.toLowerCase() === name.toLowerCase())?.[1];
}

describe('what a request inherits', () => {
  test('fields, params, auth and cookies of the session, the request over them', async () => {
    const { session, wire } = sessionOver([]);
    session.headers.update({ 'X-Own': 'session', 'X-Gone': 'session' });
    session.params = { a: '1', b: '2' };
    session.auth = ['u', 'p'];
    session.cookies.update({ sc: '1' });
    await session.get(URL_A, {
      params: { b: null, c: '3' },
      headers: { 'x-own': 'request', 'X-Gone': null },
      cookies: { rc: '2' },
    });
    const [sent] = wire.sent;
    expect(sent?.url).toBe('http://a.example/start?a=1&c=3');
    expect(field(sent?.headers, 'X-Own')).toBe('request');
    expect(field(sent?.headers, 'X-Gone')).toBeUndefined();
    expect(field(sent?.headers, 'Authorization')).toBe('Basic dTpw');
    expect(field(sent?.headers, 'Cookie')).toBe('sc=1; rc=2');
    expect(session.cookies.getDict()).toEqual({ sc: '1' });
  });

  test('Requests’ own defaults, in its order', async () => {
    const { session, wire } = sessionOver([]);
    await session.get(URL_A);
    expect(wire.sent[0]?.headers.map(([name]) => name)).toEqual([
      'User-Agent',
      'Accept-Encoding',
      'Accept',
      'Connection',
    ]);
  });

  test('hooks of a request replace those of the session', async () => {
    const { session } = sessionOver([]);
    const called: string[] = [];
    session.hooks.response.push(() => void called.push('session'));
    await session.get(URL_A);
    await session.get(URL_A, { hooks: { response: () => void called.push('request') } });
    expect(called).toEqual(['session', 'request']);
  });

  test('the session’s timeout, unless the request has one of its own or none on purpose', async () => {
    const { session } = sessionOver([], { timeout: [1, 2, 3] as never });
    await expect(session.get(URL_A)).rejects.toThrow('Invalid timeout (1, 2, 3)');
    await expect(session.get(URL_A, { timeout: null })).resolves.toMatchObject({ status: 200 });
  });

  test('only prepared requests can be sent', async () => {
    const { session } = sessionOver([]);
    await expect(session.send(new Request('GET', URL_A) as never)).rejects.toThrow(
      'You can only send PreparedRequests.',
    );
  });
});

describe('redirects', () => {
  test('history has every response but the last, each with its own request', async () => {
    const { session } = sessionOver([redirect('/1'), redirect('/2', 307), { status: 200, body: 'end' }]);
    const response = await session.get(URL_A);
    expect(response.history.map((r) => [r.status, r.url])).toEqual([
      [302, URL_A],
      [307, 'http://a.example/1'],
    ]);
    expect(response.url).toBe('http://a.example/2');
    expect(response.history[0]?.next?.url).toBe('http://a.example/1');
    expect(await response.text()).toBe('end');
  });

  test('the limit counts redirects, and carries the last response', async () => {
    function* forever(): Generator<Step> {
      for (;;) yield redirect('/again');
    }
    const { session, wire } = sessionOver(forever(), { maxRedirects: 3 });
    const error = await session.get(URL_A).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(TooManyRedirects);
    expect(error).toMatchObject({ message: 'Exceeded 3 redirects.', response: { status: 302 } });
    expect(wire.sent).toHaveLength(4);
  });

  test('unfollowed, the next request is ready to be sent', async () => {
    const { session, wire } = sessionOver([redirect('/next', 303), {}]);
    const response = await session.post(URL_A, { data: 'x', allowRedirects: false });
    expect(response.status).toBe(303);
    expect(response.next).toMatchObject({ method: 'GET', url: 'http://a.example/next' });
    if (response.next !== null) await session.send(response.next);
    expect(wire.sent.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  test('unfollowed, a Location that leads nowhere is no failure', async () => {
    const { session } = sessionOver([redirect('http://[bad')]);
    expect((await session.get(URL_A, { allowRedirects: false })).next).toBeNull();
  });

  test('HEAD follows none unless told to', async () => {
    const { session } = sessionOver([redirect('/1'), redirect('/1'), {}]);
    expect((await session.head(URL_A)).status).toBe(302);
    expect((await session.head(URL_A, { allowRedirects: true })).status).toBe(200);
  });

  test.each([
    ['javascript:alert(1)', InvalidSchema],
    ['file:///etc/passwd', InvalidSchema],
    ['http://[bad', InvalidURL],
    ['blob:http://a.example/1', InvalidSchema],
  ])('to %s is an error of its name', async (location, exception) => {
    const { session, wire } = sessionOver([redirect(location)]);
    await expect(session.get(URL_A)).rejects.toBeInstanceOf(exception);
    expect(wire.sent).toHaveLength(1);
  });

  test('a Location that is not UTF-8 is read as Latin-1', async () => {
    const { session, wire } = sessionOver([redirect('/caf\xe9')]);
    await session.get(URL_A);
    expect(wire.sent[1]?.url).toBe('http://a.example/caf%C3%A9');
  });

  test('Authorization goes to no other host, unless the caller asks for it', async () => {
    const script = [redirect('http://b.example/'), {}];
    const { session, wire } = sessionOver([...script, ...script]);
    await session.get(URL_A, { auth: ['u', 'p'] });
    expect(field(wire.sent[1]?.headers, 'Authorization')).toBeUndefined();
    await session.get(URL_A, { auth: ['u', 'p'], keepAuthorizationAcrossHosts: true });
    expect(field(wire.sent[3]?.headers, 'Authorization')).toBe('Basic dTpw');
  });

  test('a subclass decides for itself what to strip', async () => {
    class Trusting extends Session {
      override shouldStripAuth(): boolean {
        return false;
      }
    }
    const wire = new ScriptedTransport([redirect('http://b.example/')]);
    await new Trusting({ transport: wire }).get(URL_A, { auth: ['u', 'p'] });
    expect(field(wire.sent[1]?.headers, 'Authorization')).toBe('Basic dTpw');
  });

  test('307 sends a body again; one that cannot be read again is an error', async () => {
    const { session, wire } = sessionOver([redirect('/1', 307), {}, redirect('/1', 307)]);
    await session.post(URL_A, { data: new Blob(['abc']) });
    expect(wire.sent[1]?.body).toMatchObject({ kind: 'blob' });
    const stream = new ReadableStream<Uint8Array>({ pull: (c) => c.close() });
    await expect(session.post(URL_A, { data: stream })).rejects.toBeInstanceOf(UnrewindableBodyError);
  });

  test('a redirect whose body is broken is followed all the same', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (c) => c.error(new ConnectionError('cut')) });
    const { session } = sessionOver([{ status: 302, headers: [['Location', '/1']], body: broken }, { body: 'ok' }]);
    expect(await (await session.get(URL_A)).text()).toBe('ok');
  });
});

describe('cookies', () => {
  const setting = (cookie: string): HeaderLine => ['Set-Cookie', cookie];

  test('those of every hop are kept, and go with the next hop', async () => {
    const { session, wire } = sessionOver([
      redirect('/1', 302, [setting('a=1; Path=/')]),
      { headers: [setting('b=2; Path=/')] },
    ]);
    const response = await session.get(URL_A);
    expect(field(wire.sent[1]?.headers, 'Cookie')).toBe('a=1');
    expect(session.cookies.getDict()).toEqual({ a: '1', b: '2' });
    expect(response.cookies.getDict()).toEqual({ b: '2' });
  });

  test('the keeper of the jar is awaited before the next hop goes out', async () => {
    const order: string[] = [];
    const session = new Session({
      transport: new ScriptedTransport([
        redirect('/1', 302, [setting('a=1; Path=/')]),
        () => {
          order.push('second hop');
          return {};
        },
      ]),
    });
    session.onCookies = async (jar) => {
      await Promise.resolve();
      order.push(`kept ${jar.size}`);
    };
    await session.get(URL_A);
    expect(order).toEqual(['kept 1', 'second hop']);
  });

  test('a Host field of the caller’s stands for the host, as in Requests', async () => {
    const { session, wire } = sessionOver([{ headers: [setting('a=1; Path=/')] }]);
    await session.get('http://127.0.0.1/', { headers: { Host: 'inner.example' } });
    expect(session.cookies.listDomains()).toEqual(['inner.example']);
    await session.get('http://127.0.0.1/', { headers: { Host: 'inner.example' } });
    expect(field(wire.sent[1]?.headers, 'Cookie')).toBe('a=1');
  });
});

describe('hooks', () => {
  test('may put another response in its place, and may send', async () => {
    const { session, wire } = sessionOver([{ status: 503 }, { status: 200, body: 'again' }]);
    const retryOnce = async (r: Response, send: object): Promise<Response | void> =>
      r.status === 503 ? r.connection.send(r.request, send) : undefined;
    const response = await session.get(URL_A, { hooks: { response: retryOnce } });
    expect(await response.text()).toBe('again');
    expect(wire.sent).toHaveLength(2);
  });

  test('what a hook throws is the caller’s', async () => {
    const { session } = sessionOver([]);
    const hook = (): never => {
      throw new RangeError('mine');
    };
    await expect(session.get(URL_A, { hooks: { response: hook } })).rejects.toThrow('mine');
  });
});

describe('events', () => {
  function watched(events: ExchangeEvent[]): { onEvent: (e: ExchangeEvent) => void } {
    return { onEvent: (event) => void events.push(event) };
  }

  function told(events: readonly ExchangeEvent[]): string[] {
    return events.map((event) => {
      const at = 'attempt' in event && 'hop' in event ? `${event.hop}.${event.attempt}` : '';
      const more = event.type === 'attempt' ? event.reason : event.type === 'response' ? String(event.status) : '';
      return [event.type, at, more].filter((part) => part !== '').join(' ');
    });
  }

  test('tell hops, attempts and their reasons in order', async () => {
    const digest = 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5';
    const wire = new ScriptedTransport([
      new ConnectionError('refused', { netError: 'ECONNREFUSED' }),
      { status: 503, headers: [['Retry-After', '2']] },
      redirect('/1', 302, [['Set-Cookie', 'a=1']]),
      { status: 401, headers: [['WWW-Authenticate', digest]] },
      { body: ['one', 'two'], headers: [['Content-Length', '6']] },
    ]);
    const session = new Session();
    session.mount(
      'http://',
      new HTTPAdapter({ maxRetries: new Retry({ total: 3 }), transport: wire, sleep: async () => {} }),
    );
    const events: ExchangeEvent[] = [];
    await session.get(URL_A, { ...watched(events), auth: new HTTPDigestAuth('u', 'p') });
    expect(told(events)).toEqual([
      'attempt 0.0 initial',
      'attempt-failed 0.0',
      'retry 0.1',
      'attempt 0.1 retry',
      'response 0.1 503',
      'retry 0.2',
      'attempt 0.2 retry',
      'response 0.2 302',
      'cookie',
      'redirect',
      'attempt 1.0 redirect',
      'response 1.0 401',
      'auth',
      'attempt 2.0 auth',
      'response 2.0 200',
      'chunk',
      'chunk',
      'end',
    ]);
    expect(events.filter(({ type }) => type === 'retry')).toMatchObject([{ wait: 0 }, { wait: 2000 }]);
    expect(events.filter(({ type }) => type === 'chunk')).toMatchObject([
      { hop: 2, loaded: 3, total: 6 },
      { hop: 2, loaded: 6, total: 6 },
    ]);
  });

  test('a redirect names what the next hop does not get', async () => {
    const { session } = sessionOver([redirect('http://b.example/')]);
    const events: ExchangeEvent[] = [];
    await session.post(URL_A, { ...watched(events), data: 'x', auth: ['u', 'p'] });
    const [event] = events.filter(({ type }) => type === 'redirect');
    expect(event).toMatchObject({ from: URL_A, to: 'http://b.example/', method: 'GET' });
    const dropped = event?.type === 'redirect' ? event.dropped.map((one) => one.field) : [];
    expect(dropped.sort()).toEqual(['Authorization', 'Content-Length']);
  });

  test('cookies are told with the hop they came with, before its auth answer goes out', async () => {
    const challenge: Step = {
      status: 401,
      headers: [
        ['WWW-Authenticate', 'Digest realm="r", nonce="n", algorithm=MD5, qop="auth"'],
        ['Set-Cookie', 'a=1; Path=/'],
        ['Set-Cookie', 'b=2; Domain=other.example'],
      ],
    };
    const { session, wire } = sessionOver([challenge, { headers: [['Set-Cookie', 'c=3; Path=/']] }]);
    const events: ExchangeEvent[] = [];
    await session.get(URL_A, { ...watched(events), auth: new HTTPDigestAuth('u', 'p') });
    expect(events.filter(({ type }) => type === 'cookie')).toMatchObject([
      { hop: 0, action: 'stored', cookie: 'a=1; Path=/' },
      { hop: 0, action: 'rejected', cookie: 'b=2; Domain=other.example' },
      { hop: 1, action: 'stored' },
    ]);
    expect(events.findIndex(({ type }) => type === 'cookie')).toBeLessThan(
      events.findIndex(({ type }) => type === 'auth'),
    );
    expect(field(wire.sent[1]?.headers, 'Cookie')).toBe('a=1');
    expect(session.cookies.getDict()).toEqual({ a: '1', c: '3' });
  });

  test('the end comes with the last byte of a streamed body, and once', async () => {
    const { session } = sessionOver([{ body: ['one', 'two'] }]);
    const events: ExchangeEvent[] = [];
    const response = await session.get(URL_A, { ...watched(events), stream: true });
    expect(told(events)).not.toContain('end');
    for await (const piece of response.iterContent(null)) void piece;
    await response.close();
    expect(told(events).filter((one) => one === 'end')).toHaveLength(1);
  });

  test('the end carries the failure', async () => {
    const failure = new ConnectionError('reset', { netError: 'ECONNRESET', wire: { sent: [], derived: [] } });
    const { session } = sessionOver([failure]);
    const events: ExchangeEvent[] = [];
    await expect(session.get(URL_A, watched(events))).rejects.toBe(failure);
    expect(told(events)).toEqual(['attempt 0.0 initial', 'sent 0.0', 'attempt-failed 0.0', 'end']);
    expect(events.at(-1)).toMatchObject({ error: failure });
  });
});

describe('adapters', () => {
  test('the longest prefix wins, case aside; a plain prefix does not stop at the host', () => {
    const session = new Session();
    const [one, two] = [new HTTPAdapter(), new HTTPAdapter()];
    session.mount('https://a.example', one);
    session.mount('https://a.example/deep/', two);
    expect(session.getAdapter('HTTPS://A.example/deep/x')).toBe(two);
    expect(session.getAdapter('https://a.example.evil/')).toBe(one);
    expect(() => session.getAdapter('ftp://x/')).toThrow("No connection adapters were found for 'ftp://x/'");
  });

  test('closing a session closes each adapter once', async () => {
    const session = new Session();
    let closed = 0;
    class Closing extends HTTPAdapter {
      override close(): void {
        closed += 1;
      }
    }
    const adapter = new Closing();
    session.mount('https://', adapter);
    session.mount('http://', adapter);
    await session.close();
    expect(closed).toBe(1);
  });
});

describe('as plain data', () => {
  test('a session survives JSON', () => {
    const session = new Session({
      timeout: [3050, 27_000],
      maxRedirects: 5,
      auth: ['u', 'p'],
      params: { a: ['1', 2], b: null },
    });
    session.headers.set('X-Own', 'é');
    session.headers.append('X-Own', 'two');
    session.cookies.set('a', '1', { domain: 'x.example' });
    const again = Session.fromJSON(JSON.parse(JSON.stringify(session)));
    expect(again.toJSON()).toEqual(session.toJSON());
    expect(again.headers.getAll('x-own')).toEqual(['é', 'two']);
    expect(again.timeout).toEqual([3050, 27_000]);
  });

  test.each([[null], [{}], [{ headers: [['a']] }], [[]]])('%j is refused', (value) => {
    expect(() => Session.fromJSON(value)).toThrow(RangeError);
  });
});
