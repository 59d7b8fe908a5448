import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEchoServer, type EchoServer } from '../support/echo-server.ts';
import { openWorkbench } from './driver/index.ts';
import type { Workbench } from './driver/types.ts';
import { compose, send } from './support/compose.ts';
import { filesWith } from './support/files-with.ts';

const HISTORY = { role: 'listbox', name: 'History' } as const;

describe.each(['chromium', 'firefox'] as const)('A private window (%s)', (browser) => {
  let profile: string;
  let bench: Workbench;
  let echo: EchoServer;

  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'request-workbench-private-'));
    echo = await startEchoServer();
    bench = await openWorkbench(browser, { profile, isPrivate: true });
  });
  afterAll(async () => {
    await bench.close();
    await echo.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test('what is sent goes out as everywhere, and is in memory alone', async () => {
    const { panel } = bench;
    expect(await panel.evaluate('(globalThis.browser ?? chrome).extension.inIncognitoContext')).toBe(true);
    echo.on('/planted-path', (_request, reply) =>
      reply.send({ fields: [['Set-Cookie', 'sid=planted-cookie; Path=/']], body: 'planted-answer' }),
    );
    await compose(panel, {
      method: 'POST',
      url: `${echo.origin}/planted-path?q=planted-query`,
      headers: [['X-Sent', 'planted-field']],
      body: { type: 'Text', text: 'planted-body' },
    });
    expect(await send(panel)).toContain('200');
    const first = await echo.next('/planted-path');
    expect(first.field('x-sent')).toBe('planted-field');
    expect(first.body.toString()).toBe('planted-body');
    await panel.waitFor('region', 'Response body', { text: 'planted-answer' });
    // The jar is there as long as the background.
    expect(await send(panel)).toContain('200');
    const [, second] = echo.requests.filter(({ path }) => path.startsWith('/planted-path'));
    expect(second?.field('cookie')).toBe('sid=planted-cookie');
    await panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
    await panel.waitFor('tabpanel', 'History', { text: 'private window this list is in memory only' });
    await panel.fill('textbox', 'Filter', 'planted-field');
    await panel.waitFor('tabpanel', 'History', { text: /2 exchanges/ });
    await panel.click('option', /planted-path.* 200/, { within: HISTORY, index: 0 });
    await panel.waitFor('region', 'Recorded exchange', { text: '/planted-path' });
    await panel.click('button', 'Replay');
    await panel.waitFor('region', 'Recorded exchange', { text: /Sent again.*No differences|difference/ });
    await panel.waitFor('tabpanel', 'History', { text: /3 exchanges/ });
    // Its end shows that nothing was kept anywhere else.
    await bench.reopenDevTools();
    await panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
    await panel.waitFor('tabpanel', 'History', { text: /0 exchanges/ });
  });

  test('nothing of it is on disk afterwards', async () => {
    expect(await bench.panel.consoleErrors()).toEqual([]);
    expect(await bench.backgroundLog()).toEqual([]);
    await bench.close();
    expect(await filesWith(profile, 'planted-')).toEqual([]);
  });
});
