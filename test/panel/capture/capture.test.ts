import { signal } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import { createCapture } from '../../../src/panel/capture/capture.ts';
import { FakeNetwork, harEntry } from './fake-network.ts';

function setUp(network = new FakeNetwork()) {
  const replayed = signal<ReadonlySet<string>>(new Set());
  const capture = createCapture({ network, replayed, soon: (flush) => flush() });
  const urls = (): string[] => capture.shown.value.map(({ url }) => url);
  return { network, capture, urls };
}

const a = 'https://a.example/a';
const b = 'https://a.example/b';

describe('capture', () => {
  it('lists requests as they end, and the log’s past once', async () => {
    const network = new FakeNetwork();
    network.past = [harEntry({ url: a, startedAt: 1000 }), harEntry({ url: b, startedAt: 2000 })];
    const { urls } = setUp(network);
    // Told of while the past is being asked for: it is in both.
    network.request({ url: b, startedAt: 2000 });
    await vi.waitFor(() => expect(urls()).toEqual([a, b]));
    network.request({ url: a, startedAt: 3000 });
    expect(urls()).toEqual([a, b, a]);
  });

  it('replaces an entry that was pending in the past by its end', async () => {
    const network = new FakeNetwork();
    network.past = [harEntry({ url: a, startedAt: 1000 })];
    const { urls, capture } = setUp(network);
    await vi.waitFor(() => expect(urls()).toEqual([a]));
    network.request({ url: a, startedAt: 1000 });
    expect(capture.total.value).toBe(1);
  });

  it('leaves out what never leaves the browser, and counts what it cannot read', () => {
    const { network, capture } = setUp();
    network.request({ url: 'data:text/plain,x' });
    network.request({ url: 'blob:https://a.example/1' });
    network.finish({ nonsense: true }, () => Promise.resolve(null));
    expect(capture.total.value).toBe(0);
    expect(capture.dropped.value.unreadable).toBe(1);
  });

  it('drops the page before when the page navigates, unless the log is preserved or an entry pinned', async () => {
    const { network, capture, urls } = setUp();
    await vi.waitFor(() => expect(capture.pages.value).toHaveLength(1));
    network.request({ url: a, startedAt: 1000 });
    network.request({ url: b, startedAt: 1100 });
    capture.pin([capture.shown.value[0]?.id ?? ''], true);
    // The document of the new page may end before the navigation is told.
    network.request({ url: 'https://a.example/new', startedAt: 2001 });
    network.page = { at: 2000, url: 'https://a.example/new' };
    network.navigated();
    await vi.waitFor(() => expect(urls()).toEqual([a, 'https://a.example/new']));
    capture.preserve.value = true;
    network.page = { at: 3000, url: 'https://a.example/newer' };
    network.navigated();
    await vi.waitFor(() => expect(capture.pages.value).toHaveLength(3));
    expect(urls()).toHaveLength(2);
  });

  it('keeps everything after pushState, which is no new page', async () => {
    const { network, urls } = setUp();
    network.request({ url: a, startedAt: 1000 });
    network.navigated();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(urls()).toEqual([a]);
  });

  it('takes the wire’s bytes for a body, also when they come late', () => {
    const { network, capture } = setUp();
    const bytes = Uint8Array.of(0xff, 0xfe);
    network.request({ url: a, method: 'POST', text: '\uFFFD\uFFFD', length: 2 });
    expect(capture.shown.value[0]?.body).toMatchObject({ state: 'incomplete', gap: 'text-only' });
    network.see({ method: 'POST', url: a, bytes });
    expect(capture.shown.value[0]?.body).toEqual({ state: 'exact', bytes, source: 'wire' });
  });

  it('asks the recorder for what is missing, and checks what it says', async () => {
    const { network, capture } = setUp();
    capture.record(true);
    expect(network.reloads).toEqual([true]);
    const bytes = Uint8Array.of(0xff, 0xfe);
    network.recorded = [
      { method: 'POST', url: a, contentType: '', bytes: Uint8Array.of(1, 2, 3) },
      { method: 'POST', url: a, contentType: '', bytes },
    ];
    network.request({ url: a, method: 'POST', text: '\uFFFD\uFFFD', length: 2 });
    await vi.waitFor(() => expect(capture.shown.value[0]?.body).toEqual({ state: 'exact', bytes, source: 'page' }));
  });

  it('lists an open WebSocket, and an EventSource once, before and after its end', () => {
    const { network, capture } = setUp();
    const opened = { startedAt: 1000, requestHeaders: [], status: 101, reason: '', responseHeaders: [] };
    network.open({ ...opened, kind: 'websocket', url: 'wss://a.example/' });
    network.open({ ...opened, kind: 'eventsource', url: a, status: 200 });
    expect(capture.shown.value.map(({ kind, duration }) => [kind, duration])).toEqual([
      ['websocket', null],
      ['eventsource', null],
    ]);
    network.request({ url: a, startedAt: 1005 });
    expect(capture.total.value).toBe(2);
    expect(capture.shown.value.find(({ url }) => url === a)?.duration).toBe(5);
  });

  it('keeps response bodies, and says why there is none', async () => {
    const { network, capture } = setUp();
    network.request({ url: a });
    network.request({ url: b }, null);
    const [first, second] = capture.shown.value.map(({ id }) => id);
    await vi.waitFor(() => expect(capture.responseBody(first ?? '')).toMatchObject({ state: 'kept', isText: true }));
    expect(capture.responseBody(second ?? '')).toEqual({ state: 'missing', why: 'unavailable' });
    capture.clear();
    expect(capture.total.value).toBe(0);
    expect(capture.responseBody(first ?? '')).toEqual({ state: 'missing', why: 'unavailable' });
  });
});

describe('pages that follow each other at once', () => {
  it('are all noticed', async () => {
    const { network, capture } = setUp();
    await vi.waitFor(() => expect(capture.pages.value).toHaveLength(1));
    network.navigated();
    network.page = { at: 2000, url: 'https://a.example/2' };
    await vi.waitFor(() => expect(capture.pages.value).toHaveLength(2));
    network.navigated();
    network.navigated();
    network.page = { at: 3000, url: 'https://a.example/3' };
    await vi.waitFor(() => expect(capture.pages.value).toHaveLength(3));
  });
});
