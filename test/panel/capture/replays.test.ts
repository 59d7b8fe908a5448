import { signal } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import { joinParts } from '../../../src/inspect/multipart.ts';
import type { CapturedEntry } from '../../../src/model/captured-entry.ts';
import type { ExchangeUpdate, Hop } from '../../../src/model/exchange.ts';
import type { RequestSpec } from '../../../src/model/request-spec.ts';
import { createCapture } from '../../../src/panel/capture/capture.ts';
import { copyText, createCaptureDesk } from '../../../src/panel/capture/desk.ts';
import { completeBody, missingFiles } from '../../../src/panel/capture/missing-files.ts';
import { requestView } from '../../../src/panel/capture/original-snapshot.ts';
import { createReplays } from '../../../src/panel/capture/replays.ts';
import { replaySpec } from '../../../src/panel/capture/replay-spec.ts';
import { capturedEntry } from './entries.ts';
import { FakeNetwork } from './fake-network.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

interface Sent {
  readonly request: RequestSpec;
  readonly update: (update: ExchangeUpdate) => void;
  aborted: boolean;
}

function setUp() {
  const sent: Sent[] = [];
  const replays = createReplays({
    send: (request, update) => {
      const one: Sent = { request, update, aborted: false };
      sent.push(one);
      return () => (one.aborted = true);
    },
    responseBody: () => ({ state: 'kept', blob: new Blob(['{"a": 1.0}']), isText: true, isSure: true }),
  });
  return { sent, replays };
}

function hop(entry: CapturedEntry, sent: Hop['sent']): Hop {
  return {
    index: 0,
    cause: 'initial',
    startedAt: 0,
    waited: 0,
    request: requestView(entry),
    dropped: [],
    sent,
    derived: [],
    response: null,
    bodyUnavailable: false,
    cookies: [],
    ip: null,
    fromCache: false,
    phases: null,
    sizes: null,
    tls: null,
    proxy: null,
    duration: 1,
    error: null,
  };
}

const end = (body: Blob | null): ExchangeUpdate => ({
  kind: 'end',
  body,
  elapsed: 1,
  duration: 2,
  error: null,
  warnings: [],
});

describe('the Request of a replay', () => {
  const entry = capturedEntry({
    method: 'patch',
    url: 'https://a.example/%7e?x=%zz',
    requestHeaders: [
      ['content-length', '2'],
      ['Cookie', 'a=1'],
      ['Transfer-Encoding', 'chunked'],
      ['X-Empty', ''],
    ],
  });

  it('is what was captured, and nothing is followed or retried', () => {
    expect(replaySpec(entry, utf8('hi'), 'captured')).toMatchObject({
      method: 'patch',
      url: 'https://a.example/%7e?x=%zz',
      headers: [
        ['content-length', '2'],
        ['Cookie', 'a=1'],
        ['X-Empty', ''],
      ],
      body: { kind: 'blob' },
      followRedirects: false,
      retries: 0,
      cookies: 'none',
      exact: true,
    });
  });

  it('leaves a length out that is not the body’s, and the cookies that are not wanted', () => {
    const spec = replaySpec(entry, null, 'browser');
    expect(spec.headers).toEqual([['X-Empty', '']]);
    expect(spec).toMatchObject({ cookies: 'browser', body: { kind: 'none' } });
  });
});

describe('replays', () => {
  it('run one after the other, and each is judged', async () => {
    const { sent, replays } = setUp();
    const [first, second] = [capturedEntry(), capturedEntry()];
    replays.start(
      [
        { entry: first, body: null },
        { entry: second, body: null },
      ],
      'captured',
    );
    expect(sent).toHaveLength(1);
    expect(replays.progress.value).toEqual({ done: 0, total: 2 });
    sent[0]?.update({ kind: 'hop', hop: hop(first, first.requestHeaders) });
    const head = {
      status: 200,
      reason: 'OK',
      ok: true,
      url: first.url,
      httpVersion: null,
      headers: first.responseHeaders,
      encoding: null,
    };
    sent[0]?.update({ kind: 'head', response: head, elapsed: 1 });
    sent[0]?.update(end(new Blob(['{"a":1}'])));
    expect(sent).toHaveLength(2);
    await vi.waitFor(() => expect(replays.all.value.get(first.id)?.fidelity?.identical).toBe(true));
    expect(replays.all.value.get(first.id)?.response).toMatchObject({ differences: 0 });
    sent[1]?.update({ kind: 'hop', hop: hop(second, [['Accept', 'other']]) });
    sent[1]?.update(end(null));
    expect(replays.progress.value).toBeNull();
    await vi.waitFor(() => expect(replays.all.value.get(second.id)?.fidelity?.differences).toBe(2));
    expect(replays.all.value.get(second.id)?.response).toBeNull();
  });

  it('can be stopped: the one in flight is aborted, the others are not sent', () => {
    const { sent, replays } = setUp();
    replays.start(
      [
        { entry: capturedEntry(), body: null },
        { entry: capturedEntry(), body: null },
      ],
      'captured',
    );
    expect(replays.cancel()).toBe(true);
    expect(sent[0]?.aborted).toBe(true);
    sent[0]?.update(end(null));
    expect(sent).toHaveLength(1);
    expect(replays.cancel()).toBe(false);
  });
});

describe('an incomplete body', () => {
  const bytes = Uint8Array.of(255, 0, 254);
  const parts = (content: Uint8Array) => [
    { head: 'Content-Disposition: form-data; name="a"', content: utf8('1') },
    { head: 'Content-Disposition: form-data; name="f"; filename="x.bin"', content },
    { head: 'Content-Disposition: form-data; name="none"; filename=""', content: new Uint8Array(0) },
  ];
  const multipart = (text: string) =>
    capturedEntry({
      requestHeaders: [['Content-Type', 'multipart/form-data; boundary=B']],
      body: { state: 'incomplete', gap: 'text-only', text, length: joinParts(parts(bytes), 'B').length },
    });

  it.each([
    ['is left out', new Uint8Array(0)],
    ['lost its bytes', utf8('\uFFFD\0\uFFFD')],
  ])('asks for the file whose content %s', async (_, shown) => {
    const entry = multipart(new TextDecoder().decode(joinParts(parts(shown), 'B')));
    const files = missingFiles(entry);
    expect(files).toEqual([{ part: 1, filename: 'x.bin', field: 'f' }]);
    const whole = await completeBody(entry, new Map(files.map((file) => [file, new Blob([bytes])])));
    expect(whole).toEqual(joinParts(parts(bytes), 'B'));
  });

  it('asks for all of it where nothing is known of its parts', async () => {
    const entry = capturedEntry({ body: { state: 'incomplete', gap: 'withheld', text: null, length: 3 } });
    const files = missingFiles(entry);
    expect(files).toEqual([{ part: null, filename: '', field: '' }]);
    expect(await completeBody(entry, new Map(files.map((file) => [file, new Blob([bytes])])))).toEqual(bytes);
  });
});

describe('the desk', () => {
  function desk() {
    const { sent, replays } = setUp();
    const network = new FakeNetwork();
    const capture = createCapture({ network, replayed: signal(new Set()), soon: (flush) => flush() });
    return { sent, network, capture, desk: createCaptureDesk(capture, replays) };
  }

  it('asks for files before a replay that needs them, and goes on with them', async () => {
    const { sent, network, capture, desk: own } = desk();
    network.request({ method: 'POST', text: '\uFFFD', length: 1 });
    const [entry] = capture.shown.value;
    own.select({ ids: new Set([entry?.id ?? '']), active: entry?.id ?? '', anchor: null });
    own.replay();
    expect(sent).toHaveLength(0);
    const [file] = own.asking.value?.files ?? [];
    if (file === undefined) throw new Error('Nothing was asked for');
    await own.supply(new Map([[file, new Blob([Uint8Array.of(255)])]]));
    expect(own.asking.value).toBeNull();
    expect(sent[0]?.request.body).toMatchObject({ kind: 'blob' });
  });

  it('leaves incomplete ones out of a run of several, and says how many', () => {
    const { sent, network, capture, desk: own } = desk();
    network.request({ method: 'POST', text: '\uFFFD', length: 1, startedAt: 1 });
    network.request({ startedAt: 2 });
    const ids = capture.shown.value.map(({ id }) => id);
    own.select({ ids: new Set(ids), active: ids[0] ?? null, anchor: null });
    own.replay();
    expect([sent.length, own.skipped.value]).toEqual([1, 1]);
  });

  it('never sends a WebSocket again', () => {
    const { sent, network, capture, desk: own } = desk();
    network.open({
      kind: 'websocket',
      url: 'ws://a.example/',
      startedAt: 1,
      requestHeaders: [],
      status: 101,
      reason: '',
      responseHeaders: [],
    });
    const ids = capture.shown.value.map(({ id }) => id);
    own.select({ ids: new Set(ids), active: ids[0] ?? null, anchor: null });
    own.replay();
    expect(sent).toHaveLength(0);
  });

  it('copies entries as curl and as raw HTTP, but none that it does not know', () => {
    const entry = capturedEntry({
      method: 'POST',
      url: 'https://a.example/x',
      requestHeaders: [
        ['Host', 'a.example'],
        ['Accept', '*/*'],
        ['User-Agent', 'me'],
        ['Content-Type', 'a/b'],
        ['Content-Length', '2'],
      ],
      body: { state: 'exact', bytes: utf8('hi'), source: 'log' },
    });
    expect(copyText([entry], 'curl')).toBe(
      "curl https://a.example/x \\\n  --header 'Accept: */*' \\\n  --header 'User-Agent: me' \\\n  --header 'Content-Type: a/b' \\\n  --data-raw hi",
    );
    expect(copyText([entry], 'raw')).toMatch(/^POST \/x HTTP\/1\.1\r\nHost: a\.example\r\n[^]*\r\n\r\nhi$/);
    const unknown = capturedEntry({ body: { state: 'incomplete', gap: 'withheld', text: null, length: 1 } });
    expect(copyText([entry, unknown], 'curl')).toBeNull();
  });
});
