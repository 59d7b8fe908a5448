import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkbench } from '../e2e/driver/index.ts';
import type { Panel } from '../e2e/driver/types.ts';
import { openSettings, RESTORE, SAVE, SETTINGS, throughReload } from '../e2e/support/backup.ts';
import { compose, ended } from '../e2e/support/compose.ts';
import { watchMemory } from './support/memory.ts';

/** Milliseconds. */
const PATIENCE = 400_000;
const MIB = 2 ** 20;
/** 8 bodies of 132 MiB: 1.03 GiB. */
const BODIES = 8;
const PIECES = 132;
const PASSPHRASE = 'correct horse battery';
/** Bytes that the browser may take beside what it had: half of what goes through. */
const MEMORY = 512 * MIB;

/** No two pieces are alike. */
function piece(body: number, at: number): Buffer {
  return Buffer.alloc(MIB, `${String(body).padStart(4, '0')} ${String(at).padStart(9, '0')}\n`);
}

/** SHA-256 of the pieces' SHA-256. */
function expectedHash(body: number): string {
  const hash = createHash('sha256');
  for (let at = 0; at < PIECES; at++) hash.update(createHash('sha256').update(piece(body, at)).digest());
  return hash.digest('hex');
}

async function startServer(): Promise<Server & { origin: string }> {
  const server = createServer((request, response) => {
    const body = Number(request.url?.slice(1));
    let at = 0;
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': PIECES * MIB });
    const pour = (): void => {
      while (at < PIECES) if (!response.write(piece(body, at++))) return;
      response.end();
    };
    response.on('drain', pour);
    pour();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return Object.assign(server, { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

/** By the path of each exchange in the history, the hash of its body as it lies on disk. */
const HASHES = `async (size) => {
  const ended = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const db = await ended(indexedDB.open('request-workbench-sessions'));
  const found = {};
  for (const { id, url } of await ended(db.transaction('entries').objectStore('entries').getAll())) {
    const record = await ended(db.transaction('bodies').objectStore('bodies').get(id));
    const hashes = [];
    for (let at = 0; at < (record?.response?.size ?? 0); at += size)
      hashes.push(new Uint8Array(await crypto.subtle.digest('SHA-256', await record.response.slice(at, at + size).arrayBuffer())));
    found[new URL(url).pathname] = hex(await crypto.subtle.digest('SHA-256', await new Blob(hashes).arrayBuffer()));
  }
  db.close();
  return found;
}`;

/** Gives the settings' file field the backup that was made last, as it lies in the browser's private files. */
const CHOOSE = `async () => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('backups');
  for await (const handle of folder.values()) {
    const chosen = new DataTransfer();
    chosen.items.add(await handle.getFile());
    const field = document.querySelector('.backup-file');
    field.files = chosen.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    return;
  }
}`;

async function get(panel: Panel, url: string): Promise<void> {
  await compose(panel, { method: 'GET', url });
  await panel.click('button', 'Send');
  await panel.waitFor('button', 'Cancel');
  expect(await ended(panel, PATIENCE)).toContain('200 OK');
}

const seconds = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;

test.each(['chromium'] as const)(
  'a backup of 1 GiB is made and restored, within bounded memory (%s)',
  async (browser) => {
    const server = await startServer();
    const scratch = await mkdtemp(join(tmpdir(), 'request-workbench-large-backup-'));
    const [profile, downloads] = [join(scratch, 'profile'), join(scratch, 'downloads')];
    const bench = await openWorkbench(browser, { profile, downloads });
    try {
      const { panel } = bench;
      await openSettings(panel);
      await panel.fill('textbox', 'History budget (MiB)', '8192', { within: SETTINGS });
      await panel.click('button', 'Done', { within: SETTINGS });
      for (let body = 0; body < BODIES; body++) await get(panel, `${server.origin}/${body}`);
      const expected = Object.fromEntries(
        Array.from({ length: BODIES }, (_, body) => [`/${body}`, expectedHash(body)] as const),
      );
      await expect.poll(() => panel.evaluate(HASHES, MIB), { timeout: PATIENCE, interval: 2000 }).toEqual(expected);

      await openSettings(panel);
      await panel.click('button', 'Back up…', { within: SETTINGS });
      await panel.fill('textbox', 'Passphrase', PASSPHRASE, { within: SAVE });
      await panel.fill('textbox', 'Once more', PASSPHRASE, { within: SAVE });
      let watch = watchMemory(profile);
      let start = performance.now();
      await panel.click('button', 'Save file', { within: SAVE });
      const { text } = await panel.waitFor(
        'status',
        '',
        { text: /Saved as request-workbench-/ },
        { within: SAVE, timeout: PATIENCE },
      );
      const saving = { took: seconds(start), memory: watch.stop() };
      const path = join(downloads, /request-workbench-[\d-]+\.tar/.exec(text)?.[0] ?? '');
      const size = (): Promise<number> =>
        stat(path).then(
          ({ size }) => size,
          () => 0,
        );
      await expect.poll(size, { timeout: PATIENCE }).toBeGreaterThan(BODIES * PIECES * MIB);
      await panel.click('button', 'Close', { within: SAVE });
      await panel.click('button', 'Done', { within: SETTINGS });

      // What is there when it is restored goes.
      await get(panel, `${server.origin}/99`);
      await openSettings(panel);
      await panel.evaluate(CHOOSE);
      await panel.fill('textbox', 'Passphrase', PASSPHRASE, { within: RESTORE });
      watch = watchMemory(profile);
      start = performance.now();
      await throughReload([panel], () => panel.click('button', 'Replace everything', { within: RESTORE }), PATIENCE);
      const restoring = { took: seconds(start), memory: watch.stop() };
      expect(await panel.evaluate(HASHES, MIB)).toEqual(expected);
      const told = (what: { took: string; memory: number }): string =>
        `${what.took}, ${Math.round(what.memory / MIB)} MiB more memory at most`;
      console.log(
        `${browser}: ${Math.round((await size()) / MIB)} MiB saved in ${told(saving)}; restored in ${told(restoring)}`,
      );
      expect(Math.max(saving.memory, restoring.memory)).toBeLessThan(MEMORY);
      expect(await panel.consoleErrors()).toEqual([]);
      expect(await bench.backgroundLog()).toEqual([]);
    } finally {
      await bench.close();
      server.close();
      await rm(scratch, { recursive: true, force: true });
    }
  },
);
