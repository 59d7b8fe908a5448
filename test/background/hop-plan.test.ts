import { describe, expect, test } from 'vitest';
import { planHop, type BrowserName } from '../../src/background/hop-plan.ts';
import type { HeaderLine, WireRequest } from '../../src/http/types.ts';

function wire(overrides: Partial<WireRequest> = {}): WireRequest {
  return {
    method: 'GET',
    url: 'http://host.test/path',
    headers: [],
    body: { kind: 'none' },
    verify: true,
    cookies: 'none',
    cache: 'default',
    ...overrides,
  };
}

const bytes = (text: string): WireRequest['body'] => ({ kind: 'bytes', bytes: new TextEncoder().encode(text) });
const noteOn = (w: WireRequest, browser: BrowserName, field: string) =>
  planHop(w, browser).notes.find((note) => note.field === field);

describe.each(['chrome', 'firefox'] as const)('a hop in %s', (browser) => {
  test('sends what fetch can carry through fetch, in its case, and the rest by rule', () => {
    const headers: HeaderLine[] = [
      ['X-MyCase', 'v'],
      ['Cookie', 'a=1'],
      ['Host', 'other.test'],
      ['Authorization', 'Basic x'],
      ['Sec-Foo', '1'],
      ['Proxy-Authorization', 'y'],
    ];
    const plan = planHop(wire({ headers }), browser);
    expect(plan.fetchHeaders).toEqual([
      ['X-MyCase', 'v'],
      ['Authorization', 'Basic x'],
    ]);
    expect(plan.rule.set).toEqual([
      ['Cookie', 'a=1'],
      ['Host', 'other.test'],
      ['Sec-Foo', '1'],
      ['Proxy-Authorization', 'y'],
    ]);
    expect(plan.refusal).toBeNull();
  });

  test('takes away the browser defaults that the request does not have, and only those', () => {
    const { remove } = planHop(
      wire({
        headers: [
          ['accept', 'text/html'],
          ['Origin', 'https://a.test'],
        ],
      }),
      browser,
    ).rule;
    expect(remove).toEqual(expect.arrayContaining(['User-Agent', 'Accept-Language', 'Sec-Fetch-Mode', 'Referer']));
    expect(remove).not.toContain('Accept');
    expect(remove).not.toContain('Origin');
  });

  test.each([
    ['TRACE', ':method'],
    ['CONNECT', ':method'],
    ['BAD METHOD', ':method'],
  ])('refuses the method %s', (method, field) => {
    const plan = planHop(wire({ method }), browser);
    expect(plan.refusal).not.toBeNull();
    expect(plan.notes.find((note) => note.action === 'unsupported')?.field).toBe(field);
  });

  test('refuses a body with GET and HEAD, and names the way out', () => {
    for (const method of ['GET', 'HEAD']) {
      expect(noteOn(wire({ method, body: bytes('x') }), browser, ':body')).toMatchObject({
        action: 'unsupported',
        wayOut: expect.stringContaining('POST'),
      });
    }
  });

  test('refuses framing that is not the body’s, and lets through what is', () => {
    const body = bytes('hello');
    const post = (headers: HeaderLine[]) => planHop(wire({ method: 'POST', body, headers }), browser).refusal;
    expect(post([['Content-Length', '5']])).toBeNull();
    expect(post([['Content-Length', '6']])).toContain('Content-Length');
    expect(post([['Transfer-Encoding', 'chunked']])).toContain('Transfer-Encoding');
  });

  test('sends an empty file, which Requests would send in chunks', () => {
    const empty = wire({
      method: 'POST',
      body: { kind: 'blob', blob: new Blob([]) },
      headers: [['Transfer-Encoding', 'chunked']],
    });
    expect(planHop(empty, browser)).toMatchObject({ refusal: null, fetchHeaders: [] });
    expect(noteOn(empty, browser, 'Transfer-Encoding')).toMatchObject({ action: 'dropped' });
  });

  test('never lets the browser’s own value stand in for one that cannot be sent', () => {
    const { set, remove } = planHop(wire({ headers: [['Origin', '']] }), browser).rule;
    expect([...set.map(([name]) => name), ...remove]).toContain('Origin');
    if (browser === 'firefox') expect(remove).toContain('Origin');
  });

  test('never hands framing fields to a rule', () => {
    const headers: HeaderLine[] = [['Content-Length', '5']];
    const plan = planHop(wire({ method: 'POST', body: bytes('hello'), headers }), browser);
    expect([...plan.rule.set, ...plan.fetchHeaders]).toEqual([]);
  });

  test('refuses the ports that the browser blocks', () => {
    expect(planHop(wire({ url: 'http://host.test:25/' }), browser).refusal).toContain('25');
    expect(planHop(wire({ url: 'http://host.test:8025/' }), browser).refusal).toBeNull();
  });

  test('joins lines of one name and says so', () => {
    const headers: HeaderLine[] = [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Cookie', 'a=1'],
      ['Cookie', 'b=2'],
    ];
    const plan = planHop(wire({ headers }), browser);
    expect(plan.fetchHeaders).toEqual([['X-A', '1, 2']]);
    expect(plan.rule.set).toEqual([['Cookie', 'a=1; b=2']]);
    expect(plan.notes.filter((note) => note.action === 'rewritten').map((note) => note.field)).toEqual([
      'X-A',
      'Cookie',
    ]);
  });

  test.each([
    ['http://host.test/a/../b', 'http://host.test/b'],
    ['http://host.test:80/', 'http://host.test/'],
    ['http://u:p@host.test/', 'http://host.test/'],
  ])('says how %s is rewritten', (url, requested) => {
    const plan = planHop(wire({ url }), browser);
    expect(plan.url).toBe(requested);
    expect(plan.notes.find((note) => note.field === ':url')?.action).toBe('rewritten');
  });

  test('drops the fragment without a word: it is never sent', () => {
    const plan = planHop(wire({ url: 'http://host.test/x?y#z' }), browser);
    expect(plan.url).toBe('http://host.test/x?y');
    expect(plan.notes).toEqual([]);
  });

  test('warns of connection-specific fields over https', () => {
    const headers: HeaderLine[] = [['Upgrade', 'foo']];
    expect(noteOn(wire({ url: 'https://host.test/', headers }), browser, 'Upgrade')?.action).toBe('dropped');
    expect(noteOn(wire({ headers }), browser, 'Upgrade')?.action).toBe('rule');
  });
});

test('Firefox cannot set an empty value by rule', () => {
  const w = wire({ headers: [['Cookie', '']] });
  expect(noteOn(w, 'firefox', 'Cookie')?.action).toBe('dropped');
  expect(planHop(w, 'firefox').rule.set).toEqual([]);
  expect(planHop(w, 'chrome').rule.set).toEqual([['Cookie', '']]);
});

test('Chrome keeps the URL’s host over HTTP/2', () => {
  const w = wire({ url: 'https://host.test/', headers: [['Host', 'other.test']] });
  expect(noteOn(w, 'chrome', 'Host')?.action).toBe('dropped');
  expect(noteOn(w, 'firefox', 'Host')?.action).toBe('rule');
});

test('Chrome cannot read a coding that was not asked for', () => {
  const w = wire({ headers: [['Accept-Encoding', 'identity']] });
  expect(noteOn(w, 'chrome', 'Accept-Encoding')?.action).toBe('rewritten');
  expect(noteOn(w, 'firefox', 'Accept-Encoding')?.action).toBe('rule');
});
