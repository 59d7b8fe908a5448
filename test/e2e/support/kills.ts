import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect } from 'vitest';
import { startEchoServer } from '../../support/echo-server.ts';
import { openWorkbench } from '../driver/index.ts';
import type { BrowserName, Panel } from '../driver/types.ts';
import { compose, ended } from './compose.ts';
import { plantOldVersion, readStored, type OldVersion } from './old-versions.ts';

const HISTORY = { role: 'listbox', name: 'History' } as const;

/** What the browser is doing when it is killed: typing and sending, or bringing the data of that version up to date. */
export type KilledWhile = 'using' | OldVersion;

/** All that was acknowledged, and must be there after every kill. */
interface Kept {
  url: string | null;
  /** What the history must list. */
  listed: string[];
  /** What must be readable in the databases. */
  stored: readonly string[];
}

/**
 * The addresses in the drafts on disk, which are encrypted. The time of the last write would not do: it may be that of
 * the draft before.
 */
const DRAFTS_ON_DISK = `async () => {
  const ended = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const db = await ended(indexedDB.open('request-workbench-drafts'));
  const [master, drafts, requests] = await Promise.all([
    ended(db.transaction('keys').objectStore('keys').get('master')),
    ended(db.transaction('keys').objectStore('keys').get('drafts')),
    ended(db.transaction('requests').objectStore('requests').getAll()),
  ]);
  db.close();
  const unwrap = (wrapped, by, algorithm, uses) =>
    crypto.subtle.unwrapKey('raw', wrapped, by, 'AES-KW', algorithm, false, uses);
  const unwrapped = async () => {
    const by = await unwrap(master.wrapped, master.key, { name: 'AES-KW', length: 256 }, ['unwrapKey']);
    return unwrap(drafts.wrapped, by, 'AES-GCM', ['decrypt']);
  };
  // An earlier version stored the key itself; while it is being replaced it stands beside the new one.
  const keys = drafts.wrapped === undefined ? [drafts] : [await unwrapped(), ...(drafts.earlier ? [drafts.earlier] : [])];
  return Promise.all(requests.map(async ({ sealed: { iv, data } }) => {
    const plain = await Promise.any(keys.map((key) => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data)));
    return JSON.parse(new TextDecoder().decode(plain)).url;
  }));
}`;

/**
 * Kills the browser again and again, at random moments, and each time expects all that had been acknowledged: exchanges
 * that the history listed, a draft that was written to disk, everything that an earlier version had stored.
 */
export async function surviveKills(browser: BrowserName, kills: readonly KilledWhile[]): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'request-workbench-kills-'));
  const echo = await startEchoServer();
  let kept: Kept = { url: null, listed: [], stored: [] };
  try {
    for (const [round, during] of [...kills, null].entries()) {
      const bench = await openWorkbench(browser, { profile });
      try {
        await expectKept(bench.panel, kept);
        if (during === null) return;
        if (during === 'using') {
          await use(bench.panel, kept, `${echo.origin}/`, round);
          // What follows is not acknowledged: it may be there afterwards or not, but must not damage the rest.
          const under = bench.panel.click('button', 'Send').catch(() => {});
          await Promise.all([under, killAfter(profile, Math.random() * 150)]);
        } else {
          // Sending opens the background's database, a panel that opens its own.
          await compose(bench.panel, { method: 'GET', url: `${echo.origin}/migrating` });
          // Else it would be saved after the planting, as the newest of all drafts.
          await savedOnDisk(bench.panel, `${echo.origin}/migrating`);
          kept = await plantOldVersion(bench.panel, during);
          const under = [bench.panel.click('button', 'Send'), bench.openPanelTab()].map((work) => work.catch(() => {}));
          await Promise.all([...under, killAfter(profile, Math.random() * MIGRATING)]);
        }
      } finally {
        await bench.close();
      }
    }
  } finally {
    await echo.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** From the moment when a panel is asked for until it has opened, roughly; milliseconds. */
const MIGRATING = 1000;

async function expectKept(panel: Panel, { url, listed, stored }: Kept): Promise<void> {
  await panel.waitFor('textbox', 'URL', url === null ? {} : { value: url });
  await openHistory(panel);
  for (const path of listed) await panel.waitFor('option', new RegExp(`/${path}\\b`), {}, { within: HISTORY });
  if (stored.length > 0) expect(await readStored(panel)).toEqual(expect.arrayContaining([...stored]));
}

/** Sends a request and types another, until both are acknowledged. */
async function use(panel: Panel, kept: Kept, base: string, round: number): Promise<void> {
  const path = `kept-${round}`;
  await compose(panel, { method: 'GET', url: base + path });
  await panel.click('button', 'Send');
  await ended(panel);
  await panel.waitFor('option', new RegExp(`/${path}\\b`), {}, { within: HISTORY });
  kept.listed.push(path);

  kept.url = `${base}typed-${round}`;
  await panel.fill('textbox', 'URL', kept.url);
  await savedOnDisk(panel, kept.url);
}

async function savedOnDisk(panel: Panel, url: string): Promise<void> {
  await expect.poll(() => panel.evaluate<string[]>(DRAFTS_ON_DISK), { timeout: 10_000 }).toContain(url);
}

async function openHistory(panel: Panel): Promise<void> {
  await panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
  await panel.waitFor('listbox', 'History');
}

export async function killAfter(profile: string, ms: number): Promise<void> {
  // A random moment is the point here, not a wait for something.
  await new Promise((resolve) => setTimeout(resolve, ms));
  const pids = await mainProcesses(profile);
  expect(pids.length).toBeGreaterThan(0);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

/** The browser that has this profile open: its own processes' command lines name it, its helpers' a type as well. */
export async function mainProcesses(profile: string): Promise<number[]> {
  const all = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => ({
        pid: Number(name),
        command: await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => ''),
      })),
  );
  return all
    .filter(({ command }) => command.includes(profile) && !/--type=|-contentproc/.test(command))
    .map(({ pid }) => pid);
}
