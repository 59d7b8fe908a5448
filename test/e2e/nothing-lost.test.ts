import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startEchoServer } from '../support/echo-server.ts';
import { openWorkbench } from './driver/index.ts';
import type { Panel } from './driver/types.ts';
import { compose, openRequestTab, send } from './support/compose.ts';
import { surviveKills } from './support/kills.ts';

const HISTORY = { role: 'listbox', name: 'History' } as const;

async function openHistory(panel: Panel): Promise<void> {
  await panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
  await panel.waitFor('listbox', 'History');
}

describe('killed at random moments', () => {
  test.each([
    ['chromium', ['using', 2, 'using']],
    ['firefox', [1, 'using']],
  ] as const)(
    '%s loses nothing that was acknowledged',
    async (browser, kills) => {
      await surviveKills(browser, kills);
      // Each kill is a start of the browser as well.
    },
    300_000,
  );
});

/** Everything in the extension's databases as text, byte for byte where it is bytes. */
const DUMP = `async () => {
  const text = async (value) => {
    if (value instanceof Blob) return new TextDecoder('latin1').decode(await value.arrayBuffer());
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
    if (typeof value !== 'object' || value === null) return String(value);
    const members = await Promise.all(Object.entries(value).map(async ([key, member]) => key + ' ' + (await text(member))));
    return members.join('\\n');
  };
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = [JSON.stringify(localStorage)];
  for (const { name } of await indexedDB.databases()) {
    const db = await wait(indexedDB.open(name));
    for (const store of db.objectStoreNames) found.push(await text(await wait(db.transaction(store).objectStore(store).getAll())));
    db.close();
  }
  return found.join('\\n');
}`;

describe('secrets', () => {
  test.each(['chromium', 'firefox'] as const)('are readable nowhere on disk (%s)', async (browser) => {
    const profile = await mkdtemp(join(tmpdir(), 'request-workbench-secrets-'));
    const echo = await startEchoServer();
    echo.on('/plain', (_request, reply) =>
      reply.send({ fields: [['Set-Cookie', 'sid=planted-set-cookie; Path=/']], body: 'findable body' }),
    );
    const bench = await openWorkbench(browser, { profile });
    try {
      const { panel } = bench;
      await compose(panel, {
        method: 'POST',
        url: `${echo.origin.replace('://', '://user:planted-userinfo@')}/plain?api_key=planted-parameter`,
        headers: [
          ['X-Api-Key', 'planted-key'],
          ['Proxy-Authorization', 'Basic planted-proxy'],
          ['X-Findable', 'findable-field'],
        ],
        body: { type: 'Text', text: 'findable request' },
      });
      await openRequestTab(panel, 'Auth');
      await panel.select('combobox', 'Auth type', 'Bearer');
      await panel.fill('textbox', 'Token', 'planted-token');
      expect(await send(panel)).toContain('200');
      await compose(panel, { headers: [['Cookie', 'own=planted-cookie']] });
      expect(await send(panel)).toContain('200');
      await openHistory(panel);
      await expect.poll(() => panel.count('option', /plain/, { within: HISTORY })).toBe(2);
      await panel.fill('textbox', 'Filter', 'findable-field');
      await expect.poll(() => panel.count('option', /plain/, { within: HISTORY })).toBe(1);

      const stored = await panel.evaluate<string>(DUMP);
      expect(stored).toContain('findable body');
      expect(stored).not.toContain('planted');
    } finally {
      await bench.close();
    }
    try {
      expect(await filesWith(profile, 'planted-')).toEqual([]);
    } finally {
      await echo.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

/**
 * Files below a folder that hold the text, in one byte a character or in two. The browser's own HTTP cache does not count:
 * Firefox keeps answers to POST there, and only a request with `no-store`, which adds fields, would keep them out.
 */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes('/cache2/')) continue;
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (bytes.includes(text, 0, 'latin1') || bytes.includes(text, 0, 'utf16le')) found.push(path);
  }
  return found;
}

describe('a full disk', () => {
  test('is said clearly, costs bodies only, and sending goes on (firefox)', async () => {
    const echo = await startEchoServer();
    echo.on('/large', (_request, reply) => reply.send({ body: new Uint8Array(24 * 1024 * 1024).fill(120) }));
    // KiB.
    const bench = await openWorkbench('firefox', { prefs: { 'dom.quotaManager.temporaryStorage.fixedLimit': 8192 } });
    try {
      const { panel } = bench;
      await panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
      await compose(panel, { method: 'GET', url: `${echo.origin}/small` });
      expect(await send(panel)).toContain('200');
      await panel.waitFor('option', /small/, {}, { within: HISTORY });
      await compose(panel, { url: `${echo.origin}/large` });
      expect(await send(panel)).toContain('200');
      await panel.waitFor('alert', /.*/, { text: 'disk space' });
      await panel.waitFor('option', /large.*bodies not saved/, {}, { within: HISTORY });
      await panel.waitFor('option', /small/, {}, { within: HISTORY });
      await compose(panel, { url: `${echo.origin}/after` });
      expect(await send(panel)).toContain('200');
      await panel.waitFor('option', /after/, {}, { within: HISTORY });
    } finally {
      await bench.close();
      await echo.close();
    }
  });
});

describe('settings', () => {
  test.each(['chromium', 'firefox'] as const)(
    'count in every panel at once, and everything can be erased (%s)',
    async (browser) => {
      const echo = await startEchoServer();
      const bench = await openWorkbench(browser);
      try {
        const { panel } = bench;
        const other = await bench.openPanelTab();
        await compose(panel, { method: 'GET', url: `${echo.origin}/erased` });
        expect(await send(panel)).toContain('200');
        await openHistory(panel);
        await panel.waitFor('option', /erased/, {}, { within: HISTORY });

        await panel.click('button', 'Settings');
        await panel.select('combobox', 'Theme', 'Dark');
        await expect.poll(() => other.evaluate<string>('document.documentElement.dataset.theme')).toBe('dark');
        await panel.click('button', 'Erase everything');
        await panel.click('button', 'Erase it all');
        await panel.waitFor('region', 'Erase everything', { text: 'Erased.' });
        await panel.click('button', 'Done');
        await panel.waitUntilGone('option', /erased/, { within: HISTORY });
        await panel.waitFor('textbox', 'URL', { value: /^$/ });
        await expect.poll(() => panel.evaluate<string>(DUMP)).not.toContain('erased');
        await openHistory(other);
        await other.waitFor('listbox', 'History');
        expect(await other.count('option', /erased/, { within: HISTORY })).toBe(0);
        await compose(panel, { method: 'GET', url: `${echo.origin}/after` });
        expect(await send(panel)).toContain('200');
        await panel.waitFor('option', /after/, {}, { within: HISTORY });
        await other.close();
        expect(await panel.consoleErrors()).toEqual([]);
        expect(await bench.backgroundLog()).toEqual([]);
      } finally {
        await bench.close();
        await echo.close();
      }
    },
  );
});
