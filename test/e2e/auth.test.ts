import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemoServer } from '../../tools/demo-server/server.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, openRequestTab, openResponseTab, send } from './support/compose.ts';

let demo: Awaited<ReturnType<typeof startDemoServer>>;
beforeAll(async () => {
  demo = await startDemoServer();
});
afterAll(() => demo.close());

inBothBrowsers('Auth and retries', (stage) => {
  test('Basic: 401 without credentials, 200 with them', async () => {
    const { panel } = stage;
    await compose(panel, { method: 'GET', url: `${demo.origin}/basic-auth/us%C3%A9r/p%20w`, body: { type: 'None' } });
    expect(await send(panel)).toContain('401');
    await openRequestTab(panel, 'Auth');
    await panel.select('combobox', 'Auth type', 'Basic');
    await panel.fill('textbox', 'Username', 'user');
    await panel.fill('textbox', 'Password', 'pass');
    await compose(panel, { url: `${demo.origin}/basic-auth/user/pass` });
    expect(await send(panel)).toContain('200 OK');
  });

  test.each(['MD5', 'SHA-256', 'SHA-512'])(
    'Digest with %s: the challenge is a hop, and the next request needs none',
    async (algorithm) => {
      const { panel } = stage;
      await openRequestTab(panel, 'Auth');
      await panel.select('combobox', 'Auth type', 'Digest');
      // A user of its own for each algorithm: a nonce that is known already would spare the challenge.
      await panel.fill('textbox', 'Username', algorithm);
      await panel.fill('textbox', 'Password', 'pass');
      await compose(panel, { url: `${demo.origin}/digest-auth/auth/${algorithm}/pass/${algorithm}` });
      expect(await send(panel)).toContain('200 OK');
      await openResponseTab(panel, 'Hops');
      expect(await panel.text('list', 'Hops')).toMatch(/401[\s\S]*200/);
      await openResponseTab(panel, 'Body');
    },
  );

  test('Bearer and a header scheme of one’s own', async () => {
    const { panel, echo } = stage;
    await openRequestTab(panel, 'Auth');
    await panel.select('combobox', 'Auth type', 'Bearer');
    await panel.fill('textbox', 'Token', 'abc.def');
    await compose(panel, { url: `${echo.origin}/bearer` });
    expect(await send(panel)).toContain('200 OK');
    expect((await echo.next('/bearer')).field('authorization')).toBe('Bearer abc.def');
    await openRequestTab(panel, 'Auth');
    await panel.select('combobox', 'Auth type', 'Custom header');
    await panel.fill('textbox', 'Header name', 'X-TokenAuth');
    await panel.fill('textbox', 'Header value', '12345');
    await compose(panel, { url: `${echo.origin}/own-scheme` });
    expect(await send(panel)).toContain('200 OK');
    expect((await echo.next('/own-scheme')).field('x-tokenauth')).toBe('12345');
    await openRequestTab(panel, 'Auth');
    await panel.select('combobox', 'Auth type', 'None');
  });

  test('three retries, each a hop, then the exception that Requests gives', async () => {
    const { panel, echo } = stage;
    echo.on('/flaky', (_request, reply) => reply.reset());
    await openRequestTab(panel, 'Options');
    await panel.fill('textbox', 'Retries', '3');
    await compose(panel, { url: `${echo.origin}/flaky` });
    expect(await send(panel)).toContain('ConnectionError');
    await openResponseTab(panel, 'Hops');
    await panel.waitFor('list', 'Hops', { text: /retry[\s\S]*retry[\s\S]*retry/ });
    await openRequestTab(panel, 'Options');
    await panel.fill('textbox', 'Retries', '');
    await openResponseTab(panel, 'Body');
  });
});
