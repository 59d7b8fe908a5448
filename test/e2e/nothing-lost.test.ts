import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEchoServer, type EchoServer } from '../support/echo-server.ts';
import { openWorkbench } from './driver/index.ts';
import type { Panel, Workbench } from './driver/types.ts';
import { throughReload } from './support/backup.ts';
import { compose, openRequestTab, openResponseTab, send } from './support/compose.ts';
import { filesWith } from './support/files-with.ts';
import { surviveKills } from './support/kills.ts';
import { expectOneOfEach, expectSealedLists, keepOneOfEach } from './support/one-of-each.ts';

const HISTORY = { role: 'listbox', name: 'History' } as const;
const CAPTURED = { role: 'listbox', name: 'Captured' } as const;

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
  // Not instanceof: in Firefox the driver's scope has types of its own.
  const isA = (type, value) => Object.prototype.toString.call(value) === '[object ' + type + ']';
  const text = async (value) => {
    if (isA('CryptoKey', value)) return '[object CryptoKey]';
    if (isA('Blob', value) || isA('File', value)) return new TextDecoder('latin1').decode(await value.arrayBuffer());
    if (isA('ArrayBuffer', value) || ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
    if (typeof value !== 'object' || value === null) return String(value);
    const members = await Promise.all(Object.entries(value).map(async ([key, member]) => key + ' ' + (await text(member))));
    return members.join('\\n');
  };
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const db = await wait(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const reading = db.transaction(store).objectStore(store);
      const [keys, values] = [await wait(reading.getAllKeys()), await wait(db.transaction(store).objectStore(store).getAll())];
      found.push(await text(keys), await text(values));
    }
    db.close();
  }
  return found.join('\\n');
}`;

/** What the background keeps outside databases; the panel's last moments are in memory alone, and told apart. */
const EXTENSION_STORAGE = `async () => {
  const { storage } = globalThis.browser ?? globalThis.chrome;
  const [local, synced, session] = await Promise.all([storage.local.get(null), storage.sync.get(null), storage.session.get(null)]);
  const [moments, others] = [{}, {}];
  for (const [key, value] of Object.entries(session)) (key.startsWith('draft:') ? moments : others)[key] = value;
  return JSON.stringify({ local, synced, others, moments: Object.keys(moments).length });
}`;

/** Notes what is written to the console, and what is copied: both leave the extension. */
const OVERHEAR = `(() => {
  globalThis.overheard = [];
  for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
    const real = console[level];
    console[level] = (...args) => {
      overheard.push(args.map((arg) => (arg instanceof Error ? String(arg) + arg.stack : JSON.stringify(arg) ?? String(arg))).join());
      real.apply(console, args);
    };
  }
  const clipboard = globalThis.navigator.clipboard;
  if (clipboard) clipboard.writeText = (text) => {
    overheard.push('copied: ' + text);
    return Promise.resolve();
  };
})()`;

/** Everything on screen, tooltips included, but for the request that is being edited: that is shown as typed. */
const SCREEN = `() => {
  const copy = document.body.cloneNode(true);
  for (const part of copy.querySelectorAll('.request-side')) part.remove();
  return copy.innerHTML;
}`;

describe.each(['chromium', 'firefox'] as const)('secrets, space and settings (%s)', (browser) => {
  let profile: string;
  let bench: Workbench;
  let echo: EchoServer;

  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'request-workbench-secrets-'));
    echo = await startEchoServer();
    const limited = join(profile, 'limited-extension');
    bench = await openWorkbench(browser, {
      profile,
      storageQuota: 8 * 1024 * 1024,
      // No quota counts in Chromium for who has asked for unlimited storage: only a full disk could be a test.
      ...(browser === 'chromium' && { extension: await copyWithout('unlimitedStorage', 'dist/chrome', limited) }),
    });
  });
  afterAll(async () => {
    await bench.close();
    await echo.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test('no secret is shown unasked, written, copied or logged', async () => {
    const { panel } = bench;
    echo.on('/plain', (_request, reply) =>
      reply.send({ fields: [['Set-Cookie', 'sid=planted-set-cookie; Path=/']], body: 'findable body' }),
    );
    echo.on('/of-page', (_request, reply) => reply.send({ body: 'its body' }));
    const base = echo.origin.replace('://', '://user:planted-userinfo@');
    await panel.injectScript(OVERHEAR);
    await bench.evaluateInBackground(OVERHEAR);
    await bench.inspect(`${echo.origin}/page`);
    await bench.evaluateInPage(async (url: string) => {
      await fetch(url, {
        headers: { Authorization: 'Bearer planted-captured', 'X-Api-Key': 'planted-captured-key' },
        // What the browser keeps of the page itself is not ours.
        cache: 'no-store',
      });
    }, `${echo.origin}/of-page?access_token=planted-captured-parameter`);
    await panel.waitFor('option', /of-page/, {}, { within: CAPTURED });
    await panel.click('option', /of-page/, { within: CAPTURED });
    await panel.waitFor('region', 'Captured request', { text: '/of-page?access_token=•' });
    await expectNothingOnScreen(panel);
    expect(await copyEverything(panel)).toBeGreaterThan(1);
    await panel.click('button', 'Show secrets');
    await panel.waitFor('option', /planted-captured-parameter/, {}, { within: CAPTURED });
    await panel.click('button', 'Show secrets');

    await compose(panel, {
      method: 'POST',
      url: `${base}/plain?api_key=planted-parameter`,
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
    for (const tab of ['Body', 'Headers', 'Cookies', 'Sent', 'Hops', 'Timing'] as const) {
      await openResponseTab(panel, tab);
      await panel.waitFor('tabpanel', new RegExp(`^${tab}`));
      await expectNothingOnScreen(panel);
      await copyEverything(panel);
    }
    await compose(panel, { headers: [['Cookie', 'own=planted-cookie']] });
    expect(await send(panel)).toContain('200');
    await openHistory(panel);
    await expect.poll(() => panel.count('option', /plain/, { within: HISTORY })).toBe(2);
    await panel.fill('textbox', 'Filter', 'findable-field');
    await expect.poll(() => panel.count('option', /plain/, { within: HISTORY })).toBe(1);
    await panel.click('option', /plain/, { within: HISTORY });
    await panel.waitFor('region', 'Recorded exchange', { text: '/plain?api_key=•' });
    await expectNothingOnScreen(panel);
    await panel.fill('textbox', 'Filter', '');
    // An error that names the URL.
    await compose(panel, { url: `${base.replace(/:\d+$/, ':1')}/refused?token=planted-refused` });
    await send(panel);
    await expectNothingOnScreen(panel);

    const stored = await panel.evaluate<string>(DUMP);
    expect(stored).toContain('findable body');
    expect(stored).not.toContain('planted');
    const kept = await bench.evaluateInBackground<string>(EXTENSION_STORAGE);
    expect(kept).toMatch(/"moments":[1-9]/);
    expect(kept).not.toContain('planted');
    const heard = [
      await panel.evaluate<string[]>('overheard'),
      await bench.evaluateInBackground<string[]>('overheard'),
    ];
    expect(JSON.stringify(heard)).toContain('copied: ');
    expect(JSON.stringify(heard)).not.toContain('planted');
  });

  test('settings count in every panel at once, and everything can be erased', async () => {
    const { panel } = bench;
    const other = await bench.openPanelTab();
    await panel.waitFor('option', /plain/, {}, { within: HISTORY, index: 0 });
    await panel.click('button', 'Settings');
    await panel.select('combobox', 'Theme', 'Dark');
    await expect.poll(() => other.evaluate<string>('document.documentElement.dataset.theme')).toBe('dark');
    await panel.click('button', 'Erase everything');
    await panel.click('button', 'Erase it all');
    await panel.waitFor('region', 'Erase everything', { text: 'Erased.' });
    await panel.click('button', 'Done');
    await panel.waitUntilGone('option', /plain/, { within: HISTORY });
    await panel.waitFor('textbox', 'URL', { value: /^$/ });
    await expect.poll(() => panel.evaluate<string>(DUMP)).not.toMatch(/plain|findable/);
    await openHistory(other);
    await other.waitFor('listbox', 'History');
    expect(await other.count('option', /plain/, { within: HISTORY })).toBe(0);
    await compose(panel, { method: 'GET', url: `${echo.origin}/after-erasing`, headers: [], body: { type: 'None' } });
    expect(await send(panel)).toContain('200');
    const { head } = await echo.next('/after-erasing');
    expect(head.toString('latin1')).not.toContain('planted');
    await panel.waitFor('option', /after-erasing/, {}, { within: HISTORY });
    await other.close();
    expect(await panel.consoleErrors()).toEqual([]);
    expect(await bench.backgroundLog()).toEqual([]);
  });

  test('a full disk is said clearly, costs bodies only, and sending goes on', async () => {
    const { panel } = bench;
    for (const path of ['/small', '/after-full']) echo.on(path, (_request, reply) => reply.send({ body: 'small' }));
    echo.on('/large', (_request, reply) => reply.send({ body: new Uint8Array(24 * 1024 * 1024).fill(120) }));
    await openHistory(panel);
    await compose(panel, { method: 'GET', url: `${echo.origin}/small`, headers: [], body: { type: 'None' } });
    expect(await send(panel)).toContain('200');
    await panel.waitFor('option', /small/, {}, { within: HISTORY });
    await compose(panel, { url: `${echo.origin}/large` });
    expect(await send(panel)).toContain('200');
    await panel.waitFor('alert', /.*/, { text: 'disk space' });
    await panel.waitFor('option', /large.*bodies not saved/, {}, { within: HISTORY });
    await panel.waitFor('option', /small/, {}, { within: HISTORY });
    await compose(panel, { url: `${echo.origin}/after-full` });
    expect(await send(panel)).toContain('200');
    await panel.waitFor('option', /after-full/, {}, { within: HISTORY });
  });

  test('a passphrase seals what is kept until it is entered', async () => {
    const { panel } = bench;
    await compose(panel, { method: 'GET', url: `${echo.origin}/small?sealed`, headers: [], body: { type: 'None' } });
    expect(await send(panel)).toContain('200');
    await openHistory(panel);
    await panel.click('option', /small\?sealed/, { within: HISTORY });
    await panel.waitFor('region', 'Recorded exchange', { text: 'small?sealed' });
    await keepOneOfEach(panel);
    await panel.click('button', 'Settings');
    await panel.fill('textbox', 'Passphrase', 'correct horse');
    await panel.fill('textbox', 'Once more', 'correct horse');
    await panel.click('button', 'Set passphrase');
    await panel.waitFor('button', 'Remove passphrase');
    await panel.click('button', 'Done');
    expect(await panel.evaluate<string>(DUMP)).not.toContain('[object CryptoKey]');

    // As when the browser starts again: what it remembers is gone.
    await bench.evaluateInBackground('() => (globalThis.browser ?? globalThis.chrome).storage.session.clear()');
    await bench.killBackground();
    await bench.reopenDevTools();
    await panel.fill('textbox', 'Passphrase', 'correct house');
    await panel.click('button', 'Unlock');
    await panel.waitFor('alert', /.*/, { text: 'not the passphrase' });
    await panel.click('button', 'Go on without');
    await panel.fill('textbox', 'URL', `${echo.origin}/small?while-locked`);
    expect(await send(panel)).toContain('200');
    await openHistory(panel);
    await panel.click('option', /small\?sealed/, { within: HISTORY });
    await panel.waitFor('alert', /.*/, { text: 'sealed' });
    expect(await panel.count('option', /while-locked/, { within: HISTORY })).toBe(0);
    await expectSealedLists(panel);

    // The page goes away under the click.
    await throughReload([panel], () => panel.click('button', 'Unlock…').catch(() => {}));
    await panel.fill('textbox', 'Passphrase', 'correct horse');
    await panel.click('button', 'Unlock');
    await panel.waitFor('textbox', 'URL', { value: /while-locked/ });
    await panel.waitFor('tab', /small/, {}, { within: { role: 'tablist', name: 'Requests' }, index: 0 });
    await openHistory(panel);
    await panel.click('option', /small\?sealed/, { within: HISTORY });
    await panel.waitFor('region', 'Recorded exchange', { text: 'small?sealed' });
    await expectOneOfEach(panel);
  });

  test('no file of the profile has held a secret', async () => {
    await bench.close();
    expect(await filesWith(profile, 'planted-')).toEqual([]);
  });
});

/** A copy of the unpacked extension that does not ask for a permission. */
async function copyWithout(permission: string, from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true });
  const manifest = join(to, 'manifest.json');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(`"${permission}",`, ''));
  return to;
}

async function expectNothingOnScreen(panel: Panel): Promise<void> {
  expect(await panel.evaluate<string>(SCREEN)).not.toContain('planted');
  const tabs = await panel.names('tab', { within: { role: 'tablist', name: 'Requests' } });
  expect(tabs.join()).not.toContain('planted');
}

/** Presses every button that copies, and waits until each has copied or said why not; the number of them. */
async function copyEverything(panel: Panel): Promise<number> {
  const answers = (): Promise<number> =>
    panel.evaluate<number>(`(() => {
      const refusals = [...document.querySelectorAll('.copy-message')].map(({ textContent }) => textContent);
      return overheard.filter((text) => text.startsWith('copied')).length +
        refusals.filter((text) => text !== '' && text !== 'Copied').length;
    })()`);
  const before = await answers();
  const buttons = await panel.evaluate<number>(`(() => {
    const all = [...document.querySelectorAll('.copy > button:not([aria-haspopup])')];
    for (const button of all) button.click();
    return all.length;
  })()`);
  await expect.poll(answers).toBeGreaterThanOrEqual(before + buttons);
  return buttons;
}
