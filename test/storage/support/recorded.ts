import type { Hop, PreparedView } from '../../../src/model/exchange.ts';
import type { RecordedExchange } from '../../../src/model/history.ts';

const encoder = new TextEncoder();

/** An exchange as the background would hand it to history: one hop, answered with 200. */
export function recorded(change: { url?: string; at?: number; body?: string } = {}): RecordedExchange {
  const { url = 'http://h.test/path?q=1', at = 1000, body = 'sent body' } = change;
  const request: PreparedView = {
    method: 'POST',
    url,
    target: new URL(url).pathname,
    headers: [
      ['Accept', '*/*'],
      ['Authorization', 'Bearer planted-authorization'],
      ['Cookie', 'sid=planted-cookie'],
    ],
    body: { kind: 'bytes', size: body.length, head: encoder.encode(body) },
  };
  const responseHeaders: [string, string][] = [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Set-Cookie', 'sid=planted-set-cookie; Path=/'],
    ['X-Answer', 'Found-Field'],
  ];
  const hop: Hop = {
    index: 0,
    cause: 'initial',
    startedAt: at,
    waited: 0,
    request,
    dropped: [],
    sent: request.headers,
    derived: [],
    response: { status: 200, reason: 'OK', httpVersion: 'HTTP/1.1', headers: responseHeaders },
    bodyUnavailable: false,
    cookies: [{ line: 'sid=planted-set-cookie; Path=/', stored: true, reason: null }],
    ip: '127.0.0.1',
    fromCache: false,
    phases: null,
    sizes: null,
    tls: null,
    proxy: null,
    duration: 5,
    error: null,
  };
  return {
    request: {
      method: 'POST',
      url,
      headers: [],
      body: { kind: 'blob', blob: new Blob([body]), contentType: null },
      auth: { type: 'basic', username: 'me', password: 'planted-password' },
      timeout: { connect: null, read: null, total: null },
      followRedirects: true,
      maxRedirects: 30,
      retries: 0,
      verify: true,
      cookies: 'session',
      storeBrowserCookies: false,
      keepAuthorization: false,
      session: 'default',
    },
    draft: null,
    startedAt: at,
    prepared: request,
    plan: [],
    hops: [hop],
    head: {
      status: 200,
      reason: 'OK',
      ok: true,
      url,
      httpVersion: 'HTTP/1.1',
      headers: responseHeaders,
      encoding: 'utf-8',
    },
    error: null,
    elapsed: 5,
    duration: 6,
    warnings: [],
  };
}
