import { describe, expect, test } from 'vitest';
import type { FieldLine, ReceivedRequest } from '../support/echo-server.ts';
import type { Panel } from './driver/types.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, openRequestTab, openResponseTab, send } from './support/compose.ts';
import { headersAsText, REFUSABLE } from './support/refusable.ts';
import { claimedFields } from './support/sent.ts';

/** What each browser insists on, whatever the request says. */
const INSISTED = {
  chromium: ['host', 'connection'],
  firefox: ['host', 'connection', 'priority'],
} as const;

const lowerNames = (fields: readonly FieldLine[]): string[] => fields.map(([name]) => name.toLowerCase()).sort();
const asLines = (fields: readonly FieldLine[]): string[] =>
  fields.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort();

async function expectTruth(panel: Panel, received: ReceivedRequest): Promise<void> {
  expect(asLines(await claimedFields(panel))).toEqual(asLines(received.fields));
}

inBothBrowsers('The wire', (stage) => {
  test('every field that fetch refuses arrives byte for byte', async () => {
    const { panel, echo } = stage;
    await compose(panel, { method: 'POST', url: `${echo.origin}/refusable`, body: { type: 'Text', text: 'body' } });
    await headersAsText(panel, REFUSABLE);
    expect(await send(panel)).toContain('200 OK');
    const received = await echo.next('/refusable');
    expect(asLines(received.fields)).toEqual(expect.arrayContaining(asLines(REFUSABLE)));
    expect(received.body.toString()).toBe('body');
    await expectTruth(panel, received);
  });

  test('nothing goes out that was not asked for, but what the browser insists on', async () => {
    const { panel, echo, browser } = stage;
    await compose(panel, { method: 'DELETE', url: `${echo.origin}/bare`, headers: [], body: { type: 'None' } });
    await openRequestTab(panel, 'Headers');
    for (const name of ['User-Agent', 'Accept-Encoding', 'Accept', 'Connection']) {
      await panel.check('checkbox', name, false);
    }
    expect(await send(panel)).toContain('200 OK');
    const received = await echo.next('/bare');
    expect(lowerNames(received.fields)).toEqual([...INSISTED[browser], 'content-length'].sort());
    await expectTruth(panel, received);
  });

  test('a GET past the cache shows the two fields that come with it', async () => {
    const { panel, echo, browser } = stage;
    await compose(panel, { method: 'GET', url: `${echo.origin}/bare-get` });
    expect(await send(panel)).toContain('200 OK');
    const received = await echo.next('/bare-get');
    expect(lowerNames(received.fields)).toEqual([...INSISTED[browser], 'cache-control', 'pragma'].sort());
    await expectTruth(panel, received);
    for (const name of ['User-Agent', 'Accept-Encoding', 'Accept', 'Connection']) {
      await openRequestTab(panel, 'Headers');
      await panel.check('checkbox', name, true);
    }
  });

  test('names that fetch carries keep their case', async () => {
    const { panel, echo } = stage;
    await compose(panel, {
      method: 'GET',
      url: `${echo.origin}/case`,
      headers: [
        ['x-lower', '1'],
        ['X-MyCASE', '2'],
      ],
    });
    expect(await send(panel)).toContain('200 OK');
    const names = (await echo.next('/case')).fields.map(([name]) => name);
    expect(names).toContain('x-lower');
    expect(names).toContain('X-MyCASE');
  });

  describe('what cannot be sent is said before sending', () => {
    test.each([
      [
        'a body with GET',
        { method: 'GET', body: { type: 'Text', text: 'x' } as const },
        /cannot send a GET request with a body/,
      ],
      ['TRACE', { method: 'TRACE', body: { type: 'None' } as const }, /TRACE/],
      [
        'a false Content-Length',
        { method: 'POST', headers: [['Content-Length', '99']] as const, body: { type: 'Text', text: 'x' } as const },
        /Content-Length/,
      ],
      [
        'Transfer-Encoding',
        {
          method: 'POST',
          headers: [['Transfer-Encoding', 'chunked']] as const,
          body: { type: 'Text', text: 'x' } as const,
        },
        /Transfer-Encoding/,
      ],
    ])('%s', async (_title, composition, words) => {
      const { panel, echo } = stage;
      const before = echo.heads.length;
      await compose(panel, { headers: [], ...composition, url: `${echo.origin}/refused` });
      expect(await send(panel)).toContain('UnsupportedFeature');
      expect(await panel.text('region', 'Response')).toMatch(words);
      expect(echo.heads.length).toBe(before);
    });
  });

  test('cookies of the session’s jar: stored, sent again, isolated from the browser', async () => {
    const { panel, bench, echo } = stage;
    echo.on('/set', (_request, reply) =>
      reply.send({
        fields: [
          ['Set-Cookie', 'jar=1; Path=/'],
          ['Set-Cookie', 'http=only; Path=/; HttpOnly'],
          ['Set-Cookie', 'x=1; Domain=other.example'],
        ],
      }),
    );
    await compose(panel, { method: 'GET', url: `${echo.origin}/set`, headers: [], body: { type: 'None' } });
    expect(await send(panel)).toContain('200 OK');
    await openResponseTab(panel, 'Cookies');
    const cookies = await panel.text('region', 'Response');
    expect(cookies).toContain('jar');
    expect(cookies).toMatch(/x.*domain/is);
    await openResponseTab(panel, 'Body');
    await compose(panel, { url: `${echo.origin}/with-cookies` });
    expect(await send(panel)).toContain('200 OK');
    const received = await echo.next('/with-cookies');
    expect(received.field('cookie')).toBe('jar=1; http=only');
    await expectTruth(panel, received);
    const inBrowser = await bench.evaluateInBackground<unknown[]>(
      '(url) => (globalThis.browser ?? globalThis.chrome).cookies.getAll({ url })',
      echo.origin,
    );
    expect(inBrowser).toEqual([]);
  });

  test('the browser’s cookies are sent when asked for, and the browser’s jar stays as it was', async () => {
    const { panel, bench, echo } = stage;
    const set = `async (url) => {
      const api = globalThis.browser ?? globalThis.chrome;
      await api.cookies.set({ url, name: 'strict', value: '1', sameSite: 'strict', httpOnly: true });
      await api.cookies.set({ url, name: 'lax', value: '2', sameSite: 'lax' });
    }`;
    await bench.evaluateInBackground(set, echo.origin);
    await openRequestTab(panel, 'Options');
    await panel.select('combobox', 'Cookies', 'Browser');
    await compose(panel, { url: `${echo.origin}/browser-cookies` });
    expect(await send(panel)).toContain('200 OK');
    expect((await echo.next('/browser-cookies')).field('cookie')).toBe('strict=1; lax=2');
    await compose(panel, { url: `${echo.origin}/set` });
    await send(panel);
    const names = await bench.evaluateInBackground<string[]>(
      `async (url) => (await (globalThis.browser ?? globalThis.chrome).cookies.getAll({ url })).map(({ name }) => name)`,
      echo.origin,
    );
    expect(names).toEqual(['strict', 'lax']);
    await openRequestTab(panel, 'Options');
    await panel.select('combobox', 'Cookies', 'None');
    await compose(panel, { url: `${echo.origin}/no-cookies` });
    expect(await send(panel)).toContain('200 OK');
    expect((await echo.next('/no-cookies')).field('cookie')).toBeUndefined();
    await openRequestTab(panel, 'Options');
    await panel.select('combobox', 'Cookies', 'Session jar');
  });

  test('100 at once to one URL: no value crosses over, no rule is left, no page’s request is touched', async () => {
    const { panel, bench, echo } = stage;
    await bench.inspect(`${echo.origin}/page`);
    echo.on('/crowd', (_request, reply) => reply.send({ fields: [['Access-Control-Allow-Origin', '*']], body: 'ok' }));
    const hammering = bench.evaluateInPage(async (url: string) => {
      for (let n = 0; n < 100; n++) await fetch(`${url}?page=${n}`, { headers: { 'X-Page': String(n) } });
      return true;
    }, `${echo.origin}/crowd`);
    const ended = await panel.evaluate<number>(
      `async (url) => {
        const api = globalThis.browser ?? globalThis.chrome;
        const port = api.runtime.connect({ name: 'workbench:' });
        let ended = 0;
        const done = new Promise((resolve) => port.onMessage.addListener((message) => {
          if (message.type === 'events' && message.updates.at(-1).kind === 'end' && ++ended === 100) resolve();
        }));
        for (let n = 0; n < 100; n++) {
          const request = {
            method: 'GET', url, body: { kind: 'none' }, auth: null, followRedirects: true, maxRedirects: 30, retries: 0, verify: true,
            headers: [['Host', 'h' + n + '.example'], ['Cookie', 'n=' + n], ['Authorization', 'Token ' + n], ['User-Agent', 'UA/' + n]],
            timeout: { connect: null, read: null, total: null }, cookies: 'none', storeBrowserCookies: false,
            keepAuthorization: false, session: 'default',
          };
          port.postMessage({ type: 'send', id: 'crowd-' + n, request, private: false });
        }
        await done;
        port.disconnect();
        return ended;
      }`,
      `${echo.origin}/crowd`,
    );
    await hammering;
    expect(ended).toBe(100);
    const crowd = echo.requests.filter(({ path }) => path === '/crowd');
    const ours = crowd.filter((request) => request.field('authorization') !== undefined);
    const seen = new Set<string>();
    for (const request of ours) {
      const n = /\d+/.exec(request.field('authorization') ?? '')?.[0] ?? '?';
      seen.add(n);
      expect([request.field('host'), request.field('cookie'), request.field('user-agent')]).toEqual([
        `h${n}.example`,
        `n=${n}`,
        `UA/${n}`,
      ]);
    }
    expect(seen.size).toBe(100);
    const pages = crowd.filter((request) => request.field('x-page') !== undefined);
    expect(pages).toHaveLength(100);
    for (const request of pages) {
      expect(request.field('host')).toBe(new URL(echo.origin).host);
      expect(request.field('user-agent')).toContain('Mozilla');
    }
    const rules = (): Promise<unknown[]> =>
      bench.evaluateInBackground<unknown[]>(
        '() => (globalThis.browser ?? globalThis.chrome).declarativeNetRequest.getSessionRules()',
      );
    await expect.poll(rules).toEqual([]);
  });
});
