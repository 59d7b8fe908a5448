import { expect, test } from 'vitest';
import { inBothBrowsers } from './support/browsers.ts';
import { assertSentIsTrue } from './support/recorded.ts';
import { compose, openResponseTab, send, type Composition } from './support/compose.ts';

/** A body that is on the wire, and the fields that frame and describe it. */
interface Expected {
  method: string;
  target: string;
  body: string;
  fields: Record<string, string | undefined>;
}

const verbs: [title: string, composition: Composition, expected: Expected][] = [
  [
    'GET with params',
    {
      method: 'GET',
      url: '/get',
      params: [
        ['q', 'a b'],
        ['q', 'ü&='],
        ['empty', ''],
      ],
      headers: [['X-MyCase', 'Value']],
      body: { type: 'None' },
    },
    {
      method: 'GET',
      target: '/get?q=a+b&q=%C3%BC%26%3D&empty=',
      body: '',
      fields: { 'x-mycase': 'Value', 'content-length': undefined },
    },
  ],
  [
    'POST with JSON',
    {
      method: 'POST',
      url: '/post',
      params: [],
      headers: [],
      body: { type: 'JSON', text: '{"n": 9007199254740993, "s": "ü"}' },
    },
    {
      method: 'POST',
      target: '/post',
      body: '{"n": 9007199254740993, "s": "ü"}',
      fields: { 'content-type': 'application/json', 'content-length': '34' },
    },
  ],
  [
    'POST with a form',
    {
      method: 'POST',
      url: '/form',
      body: {
        type: 'Form',
        rows: [
          ['a', '1'],
          ['a', 'x y'],
          ['ü', '*~'],
        ],
      },
    },
    {
      method: 'POST',
      target: '/form',
      body: 'a=1&a=x+y&%C3%BC=%2A~',
      fields: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '21' },
    },
  ],
  [
    'PUT',
    { method: 'PUT', url: '/put', body: { type: 'Text', text: 'line\nü' } },
    { method: 'PUT', target: '/put', body: 'line\nü', fields: { 'content-type': undefined, 'content-length': '7' } },
  ],
  [
    'PATCH',
    { method: 'PATCH', url: '/patch', body: { type: 'JSON', text: '[]' } },
    {
      method: 'PATCH',
      target: '/patch',
      body: '[]',
      fields: { 'content-type': 'application/json', 'content-length': '2' },
    },
  ],
  [
    'DELETE',
    { method: 'DELETE', url: '/delete', body: { type: 'None' } },
    { method: 'DELETE', target: '/delete', body: '', fields: { 'content-length': '0' } },
  ],
  [
    'HEAD',
    { method: 'HEAD', url: '/head' },
    { method: 'HEAD', target: '/head', body: '', fields: { 'content-length': undefined } },
  ],
  [
    'OPTIONS',
    { method: 'OPTIONS', url: '/options' },
    { method: 'OPTIONS', target: '/options', body: '', fields: { 'content-length': '0' } },
  ],
  [
    'a method of one’s own',
    { method: 'm-search', url: '/custom', body: { type: 'Text', text: 'x' } },
    { method: 'M-SEARCH', target: '/custom', body: 'x', fields: { 'content-length': '1' } },
  ],
];

inBothBrowsers('Sending', (stage) => {
  test.each(verbs)('%s reaches the server byte for byte', async (_title, composition, expected) => {
    const { panel, echo } = stage;
    await compose(panel, { ...composition, url: echo.origin + (composition.url ?? '') });
    expect(await send(panel)).toContain('200 OK');

    const received = await echo.next();
    expect(received.method).toBe(expected.method);
    expect(received.target).toBe(expected.target);
    expect(received.body.toString()).toBe(expected.body);
    for (const [name, value] of Object.entries(expected.fields)) expect(received.field(name), name).toBe(value);
    expect(received.field('user-agent')).toContain('Mozilla/5.0');
    expect(received.field('origin')).toBeUndefined();
  });

  test('the response’s status, fields and body are shown', async () => {
    const { panel, echo } = stage;
    echo.on('/shown', (_request, reply) =>
      reply.send({
        status: 404,
        reason: 'Nicht da',
        fields: [
          ['Content-Type', 'application/json'],
          ['X-Twice', 'one'],
          ['X-Twice', 'two'],
        ],
        body: '{"exact": 9007199254740993, "one": 1.0}',
      }),
    );
    await compose(panel, { method: 'GET', url: `${echo.origin}/shown`, body: { type: 'None' } });
    expect(await send(panel)).toContain('404 Nicht da');
    const body = await panel.waitFor('region', 'Response body', { text: '9007199254740993' });
    expect(body.text).toContain('1.0');
    await openResponseTab(panel, 'Headers');
    const rows = await panel.tableRows('Response headers');
    // Firefox hands over repeated lines joined (but Set-Cookie and WWW-Authenticate): the lines are lost below it.
    const twice = stage.browser === 'firefox' ? ['X-Twice: one, two'] : ['X-Twice: one', 'X-Twice: two'];
    expect(rows.map(([name, value]) => `${name}: ${value}`)).toEqual([
      'Content-Type: application/json',
      ...twice,
      'Content-Length: 39',
    ]);
    await openResponseTab(panel, 'Body');
  });

  test('three redirects are followed by Requests’ rules', async () => {
    const { panel, echo } = stage;
    const to = (status: number, location: string) => ({ status, fields: [['Location', location] as const] });
    echo.on('/r1', (_request, reply) => reply.send(to(302, '/r2?x=1')));
    echo.on('/r2', (_request, reply) => reply.send(to(301, `${echo.origin}/r3`)));
    echo.on('/r3', (_request, reply) => reply.send(to(307, 'end')));
    await compose(panel, { method: 'POST', url: `${echo.origin}/r1`, body: { type: 'Text', text: 'lost on the way' } });
    expect(await send(panel)).toContain('200 OK');
    const lines = [];
    for (const path of ['/r1', '/r2', '/r3', '/end']) {
      const { method, target, body } = await echo.next(path);
      lines.push([method, target, body.toString()]);
    }
    expect(lines).toEqual([
      ['POST', '/r1', 'lost on the way'],
      ['GET', '/r2?x=1', ''],
      ['GET', '/r3', ''],
      ['GET', '/end', ''],
    ]);
  });

  test('a host name that is not loopback is reached over http', async () => {
    const { panel, echo } = stage;
    await compose(panel, { method: 'GET', url: `http://workbench.test:${echo.port}/plain`, body: { type: 'None' } });
    expect(await send(panel)).toContain('200 OK');
    expect((await echo.next('/plain')).field('host')).toBe(`workbench.test:${echo.port}`);
  });

  test('a plain tab does the same', async () => {
    const { bench, echo } = stage;
    const tab = await bench.openPanelTab();
    try {
      await compose(tab, { method: 'GET', url: `${echo.origin}/tab` });
      expect(await send(tab)).toContain('200 OK');
      expect((await echo.next('/tab')).method).toBe('GET');
    } finally {
      await tab.close();
    }
  });

  test('what the history claims to have sent is what the server saw', async () => {
    // Checked at the end of every file: here it must be known to check something.
    expect(await assertSentIsTrue(stage.bench, stage.echo)).toBeGreaterThan(10);
  });
});
