import { describe, expect, it } from 'vitest';
import type { CaptureKind } from '../../../src/model/captured-entry.ts';
import { captureKind } from '../../../src/panel/capture/capture-kind.ts';
import { entryFromHar } from '../../../src/panel/capture/entry-from-har.ts';
import { readHarEntry } from '../../../src/panel/capture/har.ts';

/** As Chromium 156 gives it: fields sorted, names of its own with an underscore. */
const chromium = {
  _initiator: { type: 'script', stack: { callFrames: [{ url: 'https://a.example/app.js', lineNumber: 11 }] } },
  _resourceType: 'fetch',
  startedDateTime: '2026-11-22T11:02:25.911Z',
  time: 13.5,
  request: {
    method: 'POST',
    url: 'https://a.example/x?y=1#z',
    httpVersion: 'h2',
    headers: [
      { name: ':authority', value: 'a.example' },
      { name: 'content-length', value: '2' },
    ],
    bodySize: 2,
    postData: { mimeType: 'text/plain', text: 'hi' },
  },
  response: {
    status: 200,
    statusText: '',
    httpVersion: 'h2',
    headers: [{ name: 'set-cookie', value: 'a=1\nb=2' }],
    content: { size: 5, mimeType: 'Text/HTML; charset=utf-8', compression: 0 },
    bodySize: -73,
    _transferSize: 113,
    _error: null,
  },
  timings: { blocked: 1, dns: -1, connect: 5, ssl: 3, send: 1, wait: 2, receive: 1 },
  serverIPAddress: '127.0.0.1',
};

/** As Firefox 153 gives it. */
const firefox = {
  startedDateTime: '2026-11-22T12:02:25.911+01:00',
  request: {
    method: 'GET',
    url: 'https://a.example/#top',
    httpVersion: 'HTTP/2',
    headers: [
      { name: 'Host', value: 'a.example' },
      { name: 'User-Agent', value: 'me' },
      { name: 'Connection', value: 'keep-alive' },
    ],
    bodySize: 0,
  },
  response: {
    status: 0,
    statusText: '',
    httpVersion: '',
    headers: [],
    content: { mimeType: 'application/x-unknown-content-type', size: 0 },
    bodySize: -1,
  },
  timings: {},
  time: 0,
};

function read(raw: unknown, writesHttp1 = false) {
  const har = readHarEntry(raw);
  if (har === null) throw new Error('Not read');
  return entryFromHar(har, { id: 'c1', body: { state: 'none' }, intern: (text) => text, writesHttp1 });
}

describe('an entry of the network log', () => {
  it('is read as Chromium writes it', () => {
    expect(read(chromium)).toEqual({
      id: 'c1',
      startedAt: Date.UTC(2026, 10, 22, 11, 2, 25, 911),
      duration: 13.5,
      method: 'POST',
      url: 'https://a.example/x?y=1',
      kind: 'fetch',
      httpVersion: 'h2',
      requestHeaders: [['content-length', '2']],
      body: { state: 'none' },
      status: 200,
      reason: '',
      responseHeaders: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
      mimeType: 'text/html',
      sizes: { transferred: 113, content: 5 },
      phases: { queued: 1, dns: 0, connect: 2, tls: 3, waiting: 3, download: 1 },
      initiator: 'https://a.example/app.js:12',
      ip: '127.0.0.1',
      fromCache: false,
      error: '',
    });
  });

  it('is read as Firefox writes it, who tells of HTTP/2 in the words of HTTP/1.1', () => {
    const entry = read(firefox, true);
    expect(entry).toMatchObject({ startedAt: Date.UTC(2026, 10, 22, 11, 2, 25, 911), status: 0, mimeType: '' });
    expect(entry.requestHeaders).toEqual([
      ['User-Agent', 'me'],
      ['te', 'trailers'],
    ]);
    expect(entry.sizes).toEqual({ transferred: null, content: 0 });
  });

  it.each([null, {}, { ...chromium, startedDateTime: 'soon' }, { ...chromium, request: { method: 'GET' } }])(
    'is refused where it says too little: %j',
    (raw) => {
      expect(readHarEntry(raw)).toBeNull();
    },
  );
});

describe('what a request was for', () => {
  const told = { resourceType: '', url: 'https://a.example/', method: 'GET', requestHeaders: [], mimeType: '' };
  it.each<[Partial<Parameters<typeof captureKind>[0]>, CaptureKind]>([
    [{ resourceType: 'ping' }, 'beacon'],
    [{ resourceType: 'stylesheet', mimeType: 'text/html' }, 'stylesheet'],
    [{ url: 'wss://a.example/' }, 'websocket'],
    [{ mimeType: 'text/event-stream' }, 'eventsource'],
    [{ requestHeaders: [['Sec-Fetch-Dest', 'iframe']] }, 'document'],
    [{ method: 'OPTIONS', requestHeaders: [['Access-Control-Request-Method', 'PUT']] }, 'preflight'],
    [{ method: 'OPTIONS' }, 'other'],
    [{ mimeType: 'image/svg+xml' }, 'image'],
    [{ mimeType: 'application/problem+json' }, 'fetch'],
  ])('%j: %s', (parts, kind) => {
    expect(captureKind({ ...told, ...parts })).toBe(kind);
  });
});
