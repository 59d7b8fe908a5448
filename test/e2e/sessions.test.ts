import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { writeSessionFile } from '../../src/formats/session/session-file.ts';
import { newSession, type StoredCookie } from '../../src/model/session.ts';
import { startEchoServer, type ReceivedRequest } from '../support/echo-server.ts';
import { python } from '../support/httpbin.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, ended, openRequestTab, openResponseTab, send } from './support/compose.ts';
import {
  addSession,
  closeSessions,
  fillSessionTable,
  openSessions,
  openSessionTab,
  SESSIONS,
} from './support/sessions.ts';
import { setWidth } from './support/width.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RUN_AXE = `async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html + ' ' + node.failureSummary) }));
}`;

/** The guide's session in the real Requests; the *.test names lead to this machine, as they do in the browsers. */
const REQUESTS = `
import socket, sys, requests
from requests.adapters import HTTPAdapter
real = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: real('127.0.0.1' if str(host).endswith('.test') else host, *rest, **more)
mounted, other = sys.argv[1:]
session = requests.Session()
session.trust_env = False
session.auth = ('alice', 'pässword')
session.headers['X-Api'] = '42'
session.params = {'key': 'v 1', 'lang': 'en'}
session.mount(mounted + '/', HTTPAdapter(max_retries=3))
session.get(mounted + '/login')
session.get(mounted + '/user?page=2', headers={'X-Api': None})
session.get(mounted + '/user?lang=de', params={'lang': None})
for url in [mounted + '/down', other + '/down']:
    try:
        session.get(url, timeout=0.5)
    except requests.ConnectionError as error:
        print(type(error).__name__)
`;

/** What Requests decides; the rest (Accept-Encoding, User-Agent …) is the client's own. */
const DECIDED = ['host', 'authorization', 'cookie', 'x-api', 'content-length'];

function decided(request: ReceivedRequest): unknown {
  return [request.method, request.target, DECIDED.map((name) => request.field(name) ?? null), request.body.toString()];
}

inBothBrowsers('Sessions', (stage) => {
  const hosts = () => {
    const at = (host: string, port: number): string => `http://${host}:${port}`;
    return { mounted: at('workbench.test', stage.echo.port), other: at('other.test', nobody) };
  };
  /** A port on which nobody listens. */
  let nobody = 0;
  beforeAll(async () => {
    const gone = await startEchoServer();
    nobody = gone.port;
    await gone.close();
  });

  test('a session is sent as the real Requests sends it: auth, cookies, params, a mounted adapter', async () => {
    const { panel, echo } = stage;
    const { mounted, other } = hosts();
    echo.on('/login', (_request, reply) => reply.send({ status: 200, fields: [['Set-Cookie', 'sid=s1; Path=/']] }));
    // Silence: a connection that is closed without an answer is tried again by the browsers themselves, without a word.
    echo.on('/down', () => {});
    const { stdout } = await promisify(execFile)(python, ['-c', REQUESTS, mounted, other]);
    expect(stdout.trim().split('\n')).toEqual(['ConnectionError', 'ConnectionError']);
    const theirs = echo.requests.splice(0).map(decided);
    expect(theirs).toHaveLength(7);

    await compose(panel, { method: 'GET', url: `${mounted}/login` });
    await addSession(panel, 'API as alice');
    await fillSessionTable(panel, 'Headers', [['X-Api', '42']]);
    await fillSessionTable(panel, 'Params', [
      ['key', 'v 1'],
      ['lang', 'en'],
    ]);
    await openSessionTab(panel, 'Auth');
    await panel.select('combobox', 'Auth type', 'Basic', { within: SESSIONS });
    await panel.fill('textbox', 'Username', 'alice', { within: SESSIONS });
    await panel.fill('textbox', 'Password', 'pässword', { within: SESSIONS });
    await openSessionTab(panel, 'Adapters');
    await panel.click('button', 'Mount an adapter');
    expect(await panel.value('textbox', 'Prefix')).toBe(`${mounted}/`);
    await panel.fill('textbox', 'Connect timeout (s)', '0.5', { within: SESSIONS });
    await panel.fill('textbox', 'Read timeout (s)', '0.5', { within: SESSIONS });
    await panel.fill('textbox', 'Total', '3', { within: SESSIONS });
    await closeSessions(panel);

    expect(await send(panel)).toContain('200 OK');
    await compose(panel, { url: `${mounted}/user?page=2` });
    await openRequestTab(panel, 'Headers');
    await panel.check('checkbox', 'X-Api', false);
    expect(await send(panel)).toContain('200 OK');
    await panel.check('checkbox', 'X-Api', true);
    // A row of the same name switches the session's off.
    await compose(panel, { url: `${mounted}/user?lang=de` });
    expect(await send(panel)).toContain('200 OK');
    await compose(panel, { url: `${mounted}/down` });
    expect(await send(panel)).toContain('ConnectionError');
    await openResponseTab(panel, 'Hops');
    expect(await panel.count('button', /.*/, { within: { role: 'list', name: 'Hops' } })).toBe(4);
    await compose(panel, { url: `${other}/down` });
    expect(await send(panel)).toContain('ConnectionError');
    expect(await panel.count('button', /.*/, { within: { role: 'list', name: 'Hops' } })).toBe(1);
    await openResponseTab(panel, 'Body');
    expect(echo.requests.map(decided)).toEqual(theirs);
  });

  test('a retry is seen while it is waited for, and cancel ends the wait at once', async () => {
    const { panel, echo } = stage;
    const { mounted } = hosts();
    echo.on('/busy', (_request, reply) =>
      reply.send({ status: 503, fields: [['Retry-After', '300']], body: 'too busy' }),
    );
    await compose(panel, { url: `${mounted}/busy` });
    await openResponseTab(panel, 'Hops');
    await panel.click('button', 'Send');
    const waiting = await panel.waitFor('group', 'Waiting to try again', { text: /attempt 2/ });
    expect(waiting.text).toContain('status 503');
    expect(waiting.text).toContain('Retry-After asks for 5 min');
    expect(waiting.text).toContain('2 retries left');
    expect(await panel.text('list', 'Hops')).toContain('503');
    await openResponseTab(panel, 'Timing');
    await panel.waitFor('group', 'Waiting to try again', { text: /status 503/ });
    const start = Date.now();
    await panel.press('Escape');
    expect(await ended(panel)).toContain('AbortedError');
    expect(Date.now() - start).toBeLessThan(5000);
    expect(await panel.exists('group', 'Waiting to try again')).toBe(false);
    await openResponseTab(panel, 'Hops');

    // A wait of its own: the second answer is a good one.
    let count = 0;
    echo.on('/busy', (_request, reply) =>
      reply.send(count++ === 0 ? { status: 503, fields: [['Retry-After', '1']] } : { status: 200, body: 'better' }),
    );
    expect(await send(panel)).toContain('200 OK');
    expect(await panel.text('list', 'Hops')).toMatch(/attempt 2[\s\S]*as Retry-After asked[\s\S]*status 503/);
    await openResponseTab(panel, 'Body');
  });

  test('what fails a check is an HTTPError, with the response kept', async () => {
    const { panel, echo } = stage;
    const { mounted } = hosts();
    echo.on('/missing', (_request, reply) => reply.send({ status: 404, body: 'nothing of that name' }));
    await openSessions(panel);
    await openSessionTab(panel, 'General');
    await panel.check('checkbox', 'Raise for status', true, { within: SESSIONS });
    await closeSessions(panel);
    await compose(panel, { url: `${mounted}/missing` });
    expect(await send(panel)).toMatch(/404[\s\S]*HTTPError/);
    await panel.waitFor('region', 'Response body', { text: 'nothing of that name' });
    expect(await panel.text('region', 'Response')).toContain('404 Client Error');
    await openRequestTab(panel, 'Options');
    await panel.check('checkbox', 'Raise for status', false);
    expect(await send(panel)).not.toContain('HTTPError');
    await panel.check('checkbox', 'Raise for status', true);
  });

  test('Sent says what came from the session', async () => {
    const { panel, echo } = stage;
    await compose(panel, { url: `${echo.origin}/sent` });
    expect(await send(panel)).toContain('200 OK');
    await openResponseTab(panel, 'Sent');
    const prepared = await panel.text('region', 'Prepared');
    expect(prepared).toMatch(/X-Api: 42[\s\S]*from the session “API as alice”/);
    expect(prepared).toContain('from Auth of the session “API as alice”');
    expect(prepared).toContain('Params from the session “API as alice”: key, lang');
    await openResponseTab(panel, 'Body');
  });

  test('two users at once never mix, not even when the background is ended in between', async () => {
    const { bench, panel, echo } = stage;
    const { mounted } = hosts();
    const users = ['alice', 'bob'];
    let turn = 0;
    echo.on('/enter', (request, reply) =>
      reply.send({ status: 200, fields: [['Set-Cookie', `sid=${userOf(request)}; Path=/`]] }),
    );
    // Each answer changes the jar, so that all sends of a session write it at once.
    echo.on('/who', (request, reply) =>
      reply.send({ status: 200, fields: [['Set-Cookie', `turn=${userOf(request)}-${turn++}; Path=/`]] }),
    );
    const sessions = users.map((user) => newSession(`user-${user}`, user, 10));
    await panel.evaluate(SEND_AS, `${mounted}/enter`, 1, sessions);
    await bench.killBackground();
    echo.clear();
    await panel.evaluate(SEND_AS, `${mounted}/who`, 50, sessions);
    const seen = echo.requests.map((request) => [
      userOf(request),
      /sid=(\w+)/.exec(request.field('cookie') ?? '')?.[1],
    ]);
    expect(seen).toHaveLength(100);
    for (const [user, cookie] of seen) expect(cookie).toBe(user);
    for (const request of echo.requests)
      expect(/turn=(\w+)/.exec(request.field('cookie') ?? '')?.[1] ?? userOf(request)).toBe(userOf(request));

    await bench.killBackground();
    echo.clear();
    await panel.evaluate(SEND_AS, `${mounted}/who`, 1, sessions);
    for (const request of echo.requests)
      expect(request.field('cookie')).toMatch(new RegExp(`^sid=${userOf(request)}; turn=${userOf(request)}-\\d+$`));
  });

  test('sessions are duplicated, deleted and brought back with their cookies, by names that axe accepts', async () => {
    const { bench, panel, echo } = stage;
    const { mounted } = hosts();
    await openSessions(panel);
    await panel.waitFor(
      'option',
      /API as alice/,
      { selected: true },
      { within: { role: 'listbox', name: 'Sessions' } },
    );
    await openSessionTab(panel, 'Adapters');
    await panel.waitFor('list', 'Adapters', { text: /this URL/ });
    await panel.click('button', /3 retries/);
    await panel.fill('textbox', 'Prefix', 'https://a.example', { within: SESSIONS });
    await panel.waitFor('note', /.*/, { text: 'https://a.example.evil' });

    await panel.click('button', 'Duplicate session');
    await openSessionTab(panel, 'Cookies');
    await panel.waitFor('dialog', 'Sessions', { text: 'No cookies.' });
    await panel.click('option', /alice$/, { within: { role: 'listbox', name: 'Sessions' }, index: 0 });
    await openSessionTab(panel, 'Cookies');
    await panel.waitFor('table', 'Cookie jar', { text: 'sid' });
    await panel.click('button', 'Add cookie');
    await panel.fill('textbox', 'Name', 'own', { within: SESSIONS });
    await panel.fill('textbox', 'Value', 'made here', { within: SESSIONS });
    await panel.click('button', 'Save cookie');
    await panel.waitFor('table', 'Cookie jar', { text: 'every host' });
    await panel.click('button', 'Delete session');
    await panel.click('button', 'Undo');
    await openSessionTab(panel, 'Cookies');
    await panel.waitFor('table', 'Cookie jar', { text: 'own' });

    const line = ['workbench.test', 'FALSE', '/', 'FALSE', '0', 'brought', 'in'].join('\t');
    await panel.evaluate(GIVE_FILE, '.cookies-pane', 'cookies.txt', `# Netscape HTTP Cookie File\n${line}\nnonsense\n`);
    await panel.waitFor('table', 'Cookie jar', { text: 'brought' });
    await panel.waitFor('dialog', 'Sessions', { text: '1 cookie imported. Not understood: 3.' });
    await panel.click('button', 'Use for this request');
    const cookies = [{ ...own, name: 'moved', value: 'along' }];
    const file = writeSessionFile({ settings: newSession('s', 'From a file', 1), cookies });
    await panel.evaluate(GIVE_FILE, '.session-tools', 'a.session.json', file);
    await panel.waitFor('option', 'From a file', { selected: true });
    await openSessionTab(panel, 'Cookies');
    await panel.waitFor('table', 'Cookie jar', { text: 'moved' });

    await panel.injectScript(AXE);
    for (const width of [320, 1200]) {
      await setWidth(bench, width);
      for (const tab of ['Headers', 'Adapters', 'Cookies'] as const) {
        await openSessionTab(panel, tab);
        expect(await panel.evaluate<unknown[]>(RUN_AXE), `${tab} at ${width}`).toEqual([]);
      }
    }
    await closeSessions(panel);
    echo.clear();
    await compose(panel, { url: `${mounted}/brought` });
    expect(await send(panel)).toContain('200 OK');
    expect(echo.requests.map((request) => request.field('cookie'))).toEqual([
      expect.stringMatching(/^(?=.*\bsid=alice\b)(?=.*\bown=made here\b)(?=.*\bbrought=in\b)(?!.*moved)/),
    ]);

    // A replay of what the page sent, as the user of the chosen session.
    await bench.inspect(`${mounted}/page`);
    await panel.click('option', /\/page/, { within: { role: 'listbox', name: 'Captured' } });
    await panel.select('combobox', 'Replay cookies', 'Session’s cookies');
    echo.clear();
    await panel.click('button', 'Replay');
    expect((await echo.next('/page')).field('cookie')).toContain('sid=alice');
    await panel.select('combobox', 'Replay cookies', 'Captured cookies');
  });

  test('a request whose session was deleted is refused, and goes out as nobody', async () => {
    const { panel, echo } = stage;
    await addSession(panel, 'short-lived');
    await panel.click('button', 'Delete session');
    await panel.waitFor('dialog', 'Sessions', { text: '“short-lived” was deleted.' });
    await closeSessions(panel);
    echo.clear();
    await compose(panel, { url: `${echo.origin}/nobody` });
    expect(await send(panel)).toContain('The session of this request is no longer there');
    expect(echo.requests).toHaveLength(0);
    await panel.select('combobox', 'Session', 'Default');
    expect(await send(panel)).toContain('200 OK');
    expect(echo.requests.map((request) => request.field('authorization'))).toEqual([undefined]);
  });
});

/** A cookie for every host. */
const own: StoredCookie = {
  name: 'own',
  value: '',
  domain: '',
  hostOnly: false,
  path: '/',
  secure: false,
  httpOnly: false,
  expires: null,
  creation: 1,
};

/** Gives the file field in there a file: a dialog of the browser cannot be driven, the field behind it can. */
const GIVE_FILE = `(within, name, text) => {
  const field = document.querySelector(within + ' input[type=file]');
  const chosen = new DataTransfer();
  chosen.items.add(new File([text], name));
  field.files = chosen.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}`;

/** The user of a Basic Authorization. */
function userOf(request: ReceivedRequest): string {
  const credentials = (request.field('authorization') ?? '').replace(/^Basic /, '');
  return Buffer.from(credentials, 'base64').toString().split(':')[0] ?? '';
}

/** Sends so many requests of each session at once, over a Port of its own, and waits until all have ended. */
const SEND_AS = `async (url, count, sessions) => {
  const api = globalThis.browser ?? globalThis.chrome;
  const port = api.runtime.connect({ name: 'workbench:' });
  let left = count * sessions.length;
  const failures = [];
  const done = new Promise((resolve, reject) => port.onMessage.addListener((message) => {
    if (message.type === 'error') reject(new Error(message.message));
    const last = message.type === 'events' ? message.updates.at(-1) : null;
    if (last?.kind !== 'end') return;
    if (last.error !== null) failures.push(last.error.message);
    if (--left === 0) resolve();
  }));
  for (const settings of sessions) port.postMessage({ type: 'put-session', id: 'put-' + settings.id, private: false, settings });
  for (let n = 0; n < count; n++) for (const { id, name } of sessions) {
    const request = {
      method: 'GET', url, headers: [], body: { kind: 'none' }, auth: null, followRedirects: true, maxRedirects: null,
      retries: null, verify: null, timeout: { connect: null, read: null, total: null }, cookies: 'session',
      storeBrowserCookies: false, keepAuthorization: false, session: id,
      inherited: { headers: [], params: [], auth: { type: 'basic', username: name, password: 'pw' } },
    };
    port.postMessage({ type: 'send', id: url.slice(-5) + id + n, request, private: false });
  }
  await done;
  port.disconnect();
  if (failures.length > 0) throw new Error(failures.join('; '));
}`;
