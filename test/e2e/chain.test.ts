import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { ReceivedRequest } from '../support/echo-server.ts';
import { python } from '../support/httpbin.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, openRequestTab, openResponseTab, send } from './support/compose.ts';

/** The real Requests on the same chain; the *.test names lead to this machine, as they do in the browsers. */
const REQUESTS = `
import socket, sys, requests
real = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: real('127.0.0.1' if str(host).endswith('.test') else host, *rest, **more)
session = requests.Session()
session.trust_env = False
session.auth = ('user', 'pass')
response = session.post(sys.argv[1], data={'a': '1'}, headers={'X-Api-Key': 'kept'})
print(response.status_code, [r.status_code for r in response.history])
`;

/** What Requests decides on each hop; the rest (Accept-Encoding, User-Agent …) is the client's own. */
const DECIDED = ['host', 'authorization', 'cookie', 'content-type', 'content-length', 'x-api-key'];

function decided(request: ReceivedRequest): unknown {
  const fields = DECIDED.map((name) => [name, request.field(name) ?? null]);
  return [request.method, request.target, Object.fromEntries(fields), request.body.toString()];
}

inBothBrowsers('A chain over three origins', (stage) => {
  test('sends what the real Requests sends, hop by hop', async () => {
    const { panel, echo } = stage;
    const at = (host: string, path: string): string => `http://${host}:${echo.port}${path}`;
    const hop = (path: string, status: number, location: string, cookie: string): void => {
      echo.on(path, (_request, reply) =>
        reply.send({
          status,
          fields: [
            ['Location', location],
            ['Set-Cookie', cookie],
          ],
        }),
      );
    };
    hop('/1', 307, at('other.test', '/2'), 'first=1; Path=/');
    hop('/2', 302, at('127.0.0.1', '/3'), 'second=2; Path=/');
    hop('/3', 301, at('workbench.test', '/4'), 'third=3; Path=/');
    hop('/4', 303, '/5', 'first=changed; Path=/');

    await promisify(execFile)(python, ['-c', REQUESTS, at('workbench.test', '/1')]);
    const theirs = echo.requests.splice(0).map(decided);
    expect(theirs).toHaveLength(5);

    await compose(panel, {
      method: 'POST',
      url: at('workbench.test', '/1'),
      headers: [['X-Api-Key', 'kept']],
      body: { type: 'Form', rows: [['a', '1']] },
    });
    await openRequestTab(panel, 'Auth');
    await panel.select('combobox', 'Auth type', 'Basic');
    await panel.fill('textbox', 'Username', 'user');
    await panel.fill('textbox', 'Password', 'pass');
    expect(await send(panel)).toContain('200 OK');
    expect(echo.requests.map(decided)).toEqual(theirs);

    await openResponseTab(panel, 'Hops');
    const hops = await panel.text('list', 'Hops');
    expect(hops).toMatch(/dropped\s*Authorization/i);
    expect(hops).toMatch(/dropped\s*(body|Content-)/i);
    await openResponseTab(panel, 'Body');
  });

  test('with the switch on, Authorization is kept across hosts', async () => {
    const { panel, echo } = stage;
    await openRequestTab(panel, 'Options');
    await panel.check('checkbox', 'Keep Authorization across hosts', true);
    echo.requests.splice(0);
    expect(await send(panel)).toContain('200 OK');
    const fields = echo.requests.map((request) => request.field('authorization'));
    expect(new Set(fields)).toEqual(new Set(['Basic dXNlcjpwYXNz']));
    await openRequestTab(panel, 'Options');
    await panel.check('checkbox', 'Keep Authorization across hosts', false);
  });
});
