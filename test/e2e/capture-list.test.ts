import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { EchoServer, ReceivedRequest } from '../support/echo-server.ts';
import type { Panel, Workbench } from './driver/types.ts';
import { inBothBrowsers, type Stage } from './support/browsers.ts';
import { fidelityOf, filter, LIST, listed, selectAll, waitForListed } from './support/captured.ts';
import { setWidth } from './support/width.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RUN_AXE = `async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html + ' ' + node.failureSummary) }))`;
const ACTIONS = { within: { role: 'group', name: 'Actions on the selection' } } as const;
const REGION = ['region', 'Captured request'] as const;

let pages = 0;

/** Opens an empty page of the server, and empties the list. */
async function openPage({ bench, panel, echo }: Stage): Promise<void> {
  const path = '/page';
  echo.on(path, (_, reply) =>
    reply.send({
      fields: [['Content-Type', 'text/html']],
      body: `<!doctype html><link rel=icon href=data:,><title>${path}</title>`,
    }),
  );
  await filter(panel, '');
  pages += 1;
  await bench.inspect(`${echo.origin}${path}?open=${pages}`);
  await panel.waitFor('option', new RegExp(`open=${pages} `), {}, { within: LIST });
  await panel.click('button', 'Clear');
  echo.clear();
}

const inPage = (bench: Workbench, url: string, init: Record<string, string> = {}): Promise<number> =>
  bench.evaluateInPage(
    async (to: string, options: Record<string, string>) => (await fetch(to, options)).status,
    url,
    init,
  );

async function select(panel: Panel, name: string | RegExp): Promise<void> {
  await panel.click('option', name, { within: LIST });
  await panel.waitFor(...REGION);
}

async function replayed(panel: Panel, echo: EchoServer, path: string): Promise<ReceivedRequest> {
  const before = echo.requests.filter((request) => request.path === path).length;
  await panel.click('button', 'Replay', ACTIONS);
  return echo.next((request) => {
    const same = echo.requests.filter((other) => other.path === path);
    return request.path === path && same.indexOf(request) >= before;
  });
}

inBothBrowsers('Captured', (stage) => {
  test('an entry says what was sent and what came; Edit opens it as a draft', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    echo.on('/thing', (_, reply) => reply.send({ fields: [['Content-Type', 'application/json']], body: '{"a": 1}' }));
    await bench.evaluateInPage(
      async (to: string) =>
        (
          await fetch(to, {
            method: 'PUT',
            headers: { 'Content-Type': 'application/json', Authorization: 'Bearer t' },
            body: '{"n": 1.0}',
          })
        ).status,
      `${echo.origin}/thing?q=a%20b`,
    );
    await waitForListed(panel, 1);
    await select(panel, /PUT \/thing\?q=a%20b 200/);
    await panel.waitFor(...REGION, { text: /byte for byte/ });
    await panel.waitFor('status', /.*/, { text: '200 OK' });
    await panel.waitFor('region', 'Response body', { text: '"a": 1' });
    await panel.click('button', 'Edit', ACTIONS);
    await panel.waitFor('textbox', 'URL', { value: `${echo.origin}/thing?q=a%20b` });
    expect(await panel.value('combobox', 'Method')).toBe('PUT');
    await panel.click('tab', /^Auth/, { within: { role: 'tablist', name: 'Request' } });
    expect(await panel.value('textbox', 'Token')).toBe('t');
    await panel.click('tab', /^Body/, { within: { role: 'tablist', name: 'Request' } });
    expect(await panel.value('textbox', 'Body')).toBe('{"n": 1.0}');
  });

  test('filters, sorts, pins and clears, and counts what it shows', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    for (const path of ['/users/2', '/users/10', '/orders']) await inPage(bench, echo.origin + path);
    await inPage(bench, `${echo.origin}/users/3`, { method: 'POST', body: 'x' });
    await waitForListed(panel, 4);
    await filter(panel, 'users -method:POST');
    await panel.waitUntilGone('option', /orders/, { within: LIST });
    expect(await listed(panel)).toBe(2);
    await filter(panel, 'users status:nope');
    await panel.waitFor('textbox', 'Filter', { invalid: true, description: /status:nope/ });
    await filter(panel, '');
    await panel.select('combobox', 'Sort by', 'URL');
    expect((await panel.names('option', { within: LIST })).map((name) => name.split(' ')[1])).toEqual([
      '/orders',
      '/users/10',
      '/users/2',
      '/users/3',
    ]);
    await panel.select('combobox', 'Sort by', 'Time');
    await select(panel, /users\/10/);
    await panel.click('button', 'Pin', ACTIONS);
    await panel.click('button', 'Clear');
    await panel.waitUntilGone('option', /orders/, { within: LIST });
    expect(await panel.names('option', { within: LIST })).toEqual([expect.stringContaining('/users/10')]);
    await panel.click('button', 'Unpin', ACTIONS);
    await panel.click('button', 'Clear');
    await panel.waitUntilGone('option', /.*/, { within: LIST });
  });

  test('a navigation drops the page before, unless the log is preserved; pages can be told apart', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    await inPage(bench, `${echo.origin}/first`);
    await waitForListed(panel, 1);
    await bench.inspect(`${echo.origin}/page?second`);
    await panel.waitUntilGone('option', /first/, { within: LIST });
    await panel.waitFor('option', /page\?second/, {}, { within: LIST });
    await panel.check('button', 'Preserve log', true);
    await bench.inspect(`${echo.origin}/page?third`);
    await waitForListed(panel, 2);
    await panel.check('button', 'Group by page', true);
    await panel.waitFor('group', `${echo.origin}/page?third`, {}, { within: LIST });
    expect(await panel.names('group', { within: LIST })).toEqual([
      `${echo.origin}/page?second`,
      `${echo.origin}/page?third`,
    ]);
    await panel.check('button', 'Group by page', false);
    await panel.check('button', 'Preserve log', false);
  });

  test('WebSocket and EventSource are listed and labelled', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    echo.on('/socket', (request, reply) => upgrade(request, (bytes) => reply.write(bytes)), { when: 'head' });
    echo.on('/events', (_, reply) =>
      reply.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n'),
    );
    await bench.evaluateInPage(async (origin: string) => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`);
      await new Promise((done) => socket.addEventListener('open', done));
      const events = new EventSource(`${origin}/events`);
      await new Promise((done) => events.addEventListener('message', done));
      // Firefox tells of it when it is over.
      events.close();
    }, echo.origin);
    await waitForListed(panel, 2);
    await panel.waitFor('option', /GET \/socket WebSocket 101/, {}, { within: LIST });
    await panel.waitFor('option', /GET \/events EventSource 200/, {}, { within: LIST });
    await select(panel, /WebSocket/);
    await panel.waitFor('button', 'Replay', { disabled: true }, ACTIONS);
  });

  test('a replay sends the cookies that were asked for', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    await bench.evaluateInPage(() => {
      document.cookie = 'who=captured';
    });
    await inPage(bench, `${echo.origin}/cookies`, { method: 'POST' });
    await echo.next('/cookies');
    await bench.evaluateInPage(() => {
      document.cookie = 'who=browser';
    });
    await waitForListed(panel, 1);
    await select(panel, /cookies/);
    expect((await replayed(panel, echo, '/cookies')).field('cookie')).toBe('who=captured');
    await panel.waitFor(...REGION, { text: /Identical on the wire/ });
    await panel.select('combobox', 'Replay cookies', 'Browser’s cookies');
    expect((await replayed(panel, echo, '/cookies')).field('cookie')).toBe('who=browser');
    await panel.waitFor(...REGION, { text: /1 difference/ });
    await panel.click('tab', /^Compare/);
    await panel.check('button', 'Show secrets', true);
    const cookie = (await fidelityOf(panel)).find(({ part }) => part === 'Cookie');
    expect(cookie).toMatchObject({ captured: 'who=captured', sent: 'who=browser' });
    expect(cookie?.result).toMatch(/^changed/);
    await panel.select('combobox', 'Replay cookies', 'Session’s cookies');
    expect((await replayed(panel, echo, '/cookies')).field('cookie')).toBeUndefined();
    await panel.select('combobox', 'Replay cookies', 'Captured cookies');
    await panel.check('button', 'Show secrets', false);
  });

  test('a changed response is shown as what it means', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    let answers = 0;
    echo.on('/count', (_, reply) =>
      reply.send({
        fields: [
          ['Content-Type', 'application/json'],
          ['Date', new Date(answers * 1000).toUTCString()],
        ],
        body:
          answers++ === 0
            ? '{"id": 12345678901234567890, "n": 1.0, "kept": [1]}'
            : '{"kept":[1],"n":1,"id":12345678901234567891}',
      }),
    );
    await inPage(bench, `${echo.origin}/count`);
    await waitForListed(panel, 1);
    await select(panel, /count/);
    await replayed(panel, echo, '/count');
    await panel.waitFor(...REGION, { text: /Response changes: 1 change$/m });
    await panel.click('tab', /^Compare/);
    const rows = await panel.tableRows('Response changes', {
      within: { role: 'region', name: 'Response changes' },
      index: -1,
    });
    expect(rows).toEqual([['id', '12345678901234567890', '12345678901234567891']]);
  });

  test('a background that is killed in a run loses nothing that was there, and the run goes on', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    for (const path of ['/run/1', '/run/2', '/run/3']) await inPage(bench, echo.origin + path, { method: 'POST' });
    await waitForListed(panel, 3);
    echo.clear();
    const off = echo.on('/run/2', () => {});
    await selectAll(panel);
    await panel.click('button', 'Replay', ACTIONS);
    await echo.next('/run/2');
    await bench.killBackground();
    await echo.next('/run/3');
    await panel.waitUntilGone('button', 'Stop');
    off();
    await panel.waitFor('option', /run\/1.*identical/, {}, { within: LIST });
    await panel.waitFor('option', /run\/2.*replay failed/, {}, { within: LIST });
    await panel.waitFor('option', /run\/3.*identical/, {}, { within: LIST });
    await select(panel, /run\/2/);
    await panel.waitFor('region', 'Response', { text: /OutcomeUnknown/ });
  });

  test('a run can be stopped', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    for (const path of ['/stop/1', '/stop/2']) await inPage(bench, echo.origin + path, { method: 'POST' });
    await waitForListed(panel, 2);
    echo.clear();
    const off = echo.on('/stop/1', () => {});
    await selectAll(panel);
    await panel.click('button', 'Replay', ACTIONS);
    const first = await echo.next('/stop/1');
    await panel.click('button', 'Stop', ACTIONS);
    expect((await first.closed).by).toBe('client');
    await panel.waitUntilGone('button', 'Stop');
    off();
    expect(echo.requests.filter(({ path }) => path === '/stop/2')).toEqual([]);
  });

  test('Esc stops a single one', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    await inPage(bench, `${echo.origin}/escape`, { method: 'POST' });
    await waitForListed(panel, 1);
    echo.clear();
    const off = echo.on('/escape', () => {});
    await select(panel, /escape/);
    await panel.click('button', 'Replay', ACTIONS);
    const request = await echo.next('/escape');
    await panel.press('Escape');
    expect((await request.closed).by).toBe('client');
    await panel.waitFor('region', 'Response', { text: /AbortedError/ });
    off();
  });

  test('another tab’s requests are not this one’s', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    echo.on('/popup', (_, reply) =>
      reply.send({
        fields: [['Content-Type', 'text/html']],
        body: '<!doctype html><link rel=icon href=data:,><script>fetch("/from-popup").then(() => fetch("/popup-done"))</script>',
      }),
    );
    await bench.evaluateInPage((url: string) => void window.open(url, '_blank', 'noopener'), `${echo.origin}/popup`);
    await echo.next('/popup-done');
    await inPage(bench, `${echo.origin}/own`);
    await waitForListed(panel, 1);
    expect(await panel.names('option', { within: LIST })).toEqual([expect.stringContaining('/own')]);
  });

  test('DevTools that are closed and opened again capture on', async () => {
    const { bench, panel, echo } = stage;
    await openPage(stage);
    await bench.reopenDevTools();
    await inPage(bench, `${echo.origin}/again`, { method: 'POST', body: 'x' });
    await panel.waitFor('option', /POST \/again 200/, {}, { within: LIST });
    await select(panel, /again/);
    await replayed(panel, echo, '/again');
    await panel.waitFor(...REGION, { text: /Identical on the wire/ });
  });

  if (stage.browser === 'chromium') {
    test('a page that crashes takes nothing with it', async () => {
      const { bench, panel, echo } = stage;
      await openPage(stage);
      await inPage(bench, `${echo.origin}/before`, { method: 'POST' });
      await waitForListed(panel, 1);
      await expect(bench.inspect('chrome://crash')).rejects.toThrow('ERR_ABORTED');
      await select(panel, /POST \/before/);
      await replayed(panel, echo, '/before');
      await panel.waitFor(...REGION, { text: /Identical on the wire/ });
      await bench.inspect(`${echo.origin}/page?after`);
      await panel.waitFor('option', /page\?after/, {}, { within: LIST });
    });
  }

  test('a plain tab says how to open DevTools', async () => {
    const tab = await stage.bench.openPanelTab();
    try {
      await tab.waitFor('region', 'Requests are captured in DevTools', { text: /F12/ });
      expect(await tab.exists('listbox', 'Captured')).toBe(false);
    } finally {
      await tab.close();
    }
  });

  describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (theme) => {
    test.each([320, 700, 1200])('at %i px', async (width) => {
      const { bench, panel, echo } = stage;
      await bench.setTheme(theme);
      await setWidth(bench, 1200);
      await openPage(stage);
      await inPage(bench, `${echo.origin}/axe`, { method: 'DELETE' });
      await waitForListed(panel, 1);
      await select(panel, /axe/);
      await replayed(panel, echo, '/axe');
      await panel.waitFor(...REGION, { text: /Identical/ });
      await panel.click('tab', /^Compare/);
      await panel.waitFor('table', 'Fidelity');
      await panel.injectScript(AXE);
      await setWidth(bench, width);
      expect(await panel.evaluate(RUN_AXE), 'comparison').toEqual([]);
      if (width < 1200) {
        await panel.click('button', width < 560 ? 'Open the lists' : 'Captured');
        await panel.waitFor('listbox', 'Captured');
        expect(await panel.evaluate(RUN_AXE), 'list').toEqual([]);
        await panel.press('Escape');
        await panel.waitUntilGone('listbox', 'Captured');
      }
      await setWidth(bench, 1200);
    });
  });
});

/** RFC 6455 section 4.2.2. */
async function upgrade(request: ReceivedRequest, write: (bytes: string) => Promise<void>): Promise<void> {
  const key = `${request.field('sec-websocket-key')}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash('sha1').update(key).digest('base64');
  await write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  // The connection belongs to the page from here on.
  await request.closed;
}
