import type { BatchItem } from '../../../src/model/batch.ts';
import type { ExchangeUpdate } from '../../../src/model/exchange.ts';
import type { RequestSpec } from '../../../src/model/request-spec.ts';

export const spec = (url: string, change: Partial<RequestSpec> = {}): RequestSpec => ({
  method: 'GET',
  url,
  headers: [],
  body: { kind: 'none' },
  auth: null,
  timeout: { connect: null, read: null, total: null },
  followRedirects: true,
  maxRedirects: 30,
  retries: 0,
  verify: true,
  cookies: 'none',
  storeBrowserCookies: false,
  keepAuthorization: false,
  session: 'default',
  ...change,
});

export const item = (url: string, original: BatchItem['original'] = null): BatchItem => ({
  request: spec(url),
  original,
});

/** What the background tells of an exchange at its end. */
export function answered(change: { status?: number; body?: string; error?: string } = {}): ExchangeUpdate[] {
  const { status = 200, body = 'body', error } = change;
  const bytes = new TextEncoder().encode(body);
  const end: ExchangeUpdate = {
    kind: 'end',
    body: error === undefined ? new Blob([bytes]) : null,
    elapsed: 2,
    duration: 3,
    error: error === undefined ? null : { name: 'Named', code: error, message: 'said', netError: null },
    warnings: [],
  };
  if (error !== undefined) return [end];
  const response = {
    status,
    reason: 'OK',
    ok: status < 400,
    url: 'http://h.test/',
    httpVersion: 'HTTP/1.1',
    headers: [['Content-Type', 'text/plain'] as [string, string]],
    encoding: null,
  };
  return [{ kind: 'head', response, elapsed: 2 }, { kind: 'body-part', bytes }, end];
}
