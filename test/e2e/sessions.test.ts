import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { startEchoServer, type ReceivedRequest } from '../support/echo-server.ts';
import { python } from '../support/httpbin.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, openRequestTab, openResponseTab, send } from './support/compose.ts';
import { addSession, closeSessions, fillSessionTable, openSessionTab, SESSIONS } from './support/sessions.ts';

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
});
