import { beforeAll, describe, expect, test } from 'vitest';
import { startClosingPort, startRefusedPort } from '../support/hostile-server.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, openRequestTab, send, type Composition } from './support/compose.ts';

let refused: Awaited<ReturnType<typeof startRefusedPort>>;
let closing: Awaited<ReturnType<typeof startClosingPort>>;

beforeAll(async () => {
  refused = await startRefusedPort();
  closing = await startClosingPort();
  return async () => {
    await refused.close();
    await closing.close();
  };
});

interface Mistake {
  title: string;
  composition: (origin: string) => Composition;
  exception: string;
  /** Words that tell the way out. */
  remedy: RegExp;
  /** What must still stand in the panel afterwards. */
  kept: readonly [role: string, name: string, value: string];
}

const mistakes: Mistake[] = [
  {
    title: 'an empty URL',
    composition: () => ({ url: '' }),
    exception: 'MissingSchema',
    remedy: /https?:\/\//,
    kept: ['textbox', 'URL', ''],
  },
  {
    title: 'a URL without a host',
    composition: () => ({ url: 'http:/x' }),
    exception: 'InvalidURL',
    remedy: /host/i,
    kept: ['textbox', 'URL', 'http:/x'],
  },
  {
    title: 'another scheme',
    composition: () => ({ url: 'ftp://x' }),
    exception: 'InvalidSchema',
    remedy: /http/i,
    kept: ['textbox', 'URL', 'ftp://x'],
  },
  {
    title: 'JSON that is none',
    composition: (origin) => ({
      method: 'POST',
      url: `${origin}/json`,
      body: { type: 'JSON', text: '{"a": 1,\n "b": }' },
    }),
    exception: 'InvalidJSONError',
    remedy: /line 2/i,
    kept: ['textbox', 'Body', '{"a": 1,\n "b": }'],
  },
  {
    title: 'a host that is not known',
    composition: () => ({ method: 'GET', url: 'http://unknown-host.invalid/', body: { type: 'None' } }),
    exception: 'ConnectionError',
    remedy: /name|spell/i,
    kept: ['textbox', 'URL', 'http://unknown-host.invalid/'],
  },
  {
    title: 'a port that refuses',
    composition: () => ({ url: `http://127.0.0.1:${refused.port}/` }),
    exception: 'ConnectionError',
    remedy: /port|running|listen/i,
    kept: ['combobox', 'Method', 'GET'],
  },
  {
    title: 'a server that closes at once',
    composition: () => ({ url: `http://127.0.0.1:${closing.port}/` }),
    exception: 'ConnectionError',
    remedy: /clos|answer|empty/i,
    kept: ['combobox', 'Method', 'GET'],
  },
  {
    title: 'a port that browsers block',
    composition: () => ({ url: 'http://127.0.0.1:25/' }),
    exception: 'UnsupportedFeature',
    remedy: /another port/i,
    kept: ['textbox', 'URL', 'http://127.0.0.1:25/'],
  },
];

inBothBrowsers('Bad input', (stage) => {
  test.each(mistakes)('$title: $exception, with the way out', async ({ composition, exception, remedy, kept }) => {
    const { panel, echo } = stage;
    await compose(panel, composition(echo.origin));
    expect(await send(panel)).toContain(exception);
    expect(await panel.text('region', 'Response')).toMatch(remedy);
    const [role, name, value] = kept;
    expect(await panel.value(role, name)).toBe(value);
  });

  describe('a header with a line break', () => {
    test('stays visible as an error, is refused and nothing is sent', async () => {
      const { panel, echo } = stage;
      const before = echo.heads.length;
      await compose(panel, { url: `${echo.origin}/line-break`, headers: [['X-A', 'v']] });
      await panel.paste('textbox', 'Value', 'one\r\nX-Injected: two', {
        within: { role: 'table', name: 'Headers' },
        index: 0,
      });
      expect(await send(panel)).toContain('InvalidHeader');
      const state = await panel.state('textbox', 'Value', { within: { role: 'table', name: 'Headers' }, index: 0 });
      expect(state.invalid).toBe(true);
      expect(state.value).toMatch(/one.*X-Injected: two/s);
      expect(echo.heads.length).toBe(before);
    });

    test('and after its removal the request goes out', async () => {
      const { panel, echo } = stage;
      await openRequestTab(panel, 'Headers');
      await panel.fill('textbox', 'Value', 'fine', { within: { role: 'table', name: 'Headers' }, index: 0 });
      expect(await send(panel)).toContain('200 OK');
      expect((await echo.next('/line-break')).field('x-a')).toBe('fine');
    });
  });

  test('malformed messages get an error reply, and the background goes on', async () => {
    const { panel, echo } = stage;
    const replies = await panel.evaluate<unknown[]>(`async () => {
      const api = globalThis.browser ?? globalThis.chrome;
      const port = api.runtime.connect({ name: 'workbench:' });
      const replies = [];
      const heard = new Promise((resolve) => port.onMessage.addListener((message) => {
        if (message.type === 'hello') return;
        replies.push(message);
        if (replies.length === 5) resolve();
      }));
      for (const message of [null, 7, {}, { type: 'send', id: 'x' }, { type: 'nonsense', id: 'y' }]) port.postMessage(message);
      await heard;
      port.disconnect();
      return replies;
    }`);
    expect(replies).toHaveLength(5);
    for (const reply of replies)
      expect(reply).toMatchObject({ type: 'error', message: expect.stringContaining('Malformed') });
    await compose(panel, { url: `${echo.origin}/still-there`, headers: [] });
    expect(await send(panel)).toContain('200 OK');
  });
});
