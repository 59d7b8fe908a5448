import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect } from 'vitest';
import { startEchoServer } from '../../support/echo-server.ts';
import { openWorkbench } from '../driver/index.ts';
import type { BrowserName, Panel } from '../driver/types.ts';
import { compose, ended } from './compose.ts';

const HISTORY = { role: 'listbox', name: 'History' } as const;

/** When the panel's tabs and drafts were written to disk last; 0 before the first time. */
const SAVED_AT = `() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('request-workbench-drafts');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const reading = opening.result.transaction('requests').objectStore('requests').getAll();
    reading.onsuccess = () => {
      opening.result.close();
      resolve(Math.max(0, ...reading.result.map(({ savedAt }) => savedAt)));
    };
    reading.onerror = () => reject(reading.error);
  };
})`;

/**
 * Kills the browser again and again, at random moments of sending and typing, and each time expects all that had been
 * acknowledged: exchanges that the history listed, a draft that was written to disk.
 */
export async function surviveKills(browser: BrowserName, times: number): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'request-workbench-kills-'));
  const echo = await startEchoServer();
  const listed: string[] = [];
  let typed: string | null = null;
  try {
    for (let round = 0; round <= times; round++) {
      const bench = await openWorkbench(browser, { profile });
      try {
        const { panel } = bench;
        await panel.waitFor('textbox', 'URL', typed === null ? {} : { value: typed });
        await openHistory(panel);
        for (const path of listed) await panel.waitFor('option', new RegExp(`/${path}\\b`), {}, { within: HISTORY });
        if (round === times) return;

        const path = `kept-${round}`;
        await compose(panel, { method: 'GET', url: `${echo.origin}/${path}` });
        await panel.click('button', 'Send');
        await ended(panel);
        await panel.waitFor('option', new RegExp(`/${path}\\b`), {}, { within: HISTORY });
        listed.push(path);

        const before = Date.now();
        typed = `${echo.origin}/typed-${round}`;
        await panel.fill('textbox', 'URL', typed);
        await expect.poll(() => panel.evaluate<number>(SAVED_AT), { timeout: 10_000 }).toBeGreaterThanOrEqual(before);
        // What follows is not acknowledged: it may be there afterwards or not, but must not damage the rest.
        const under = panel.click('button', 'Send').catch(() => {});
        const killed = killAfter(profile, Math.random() * 150);
        await Promise.all([under, killed]);
      } finally {
        await bench.close();
      }
    }
  } finally {
    await echo.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function openHistory(panel: Panel): Promise<void> {
  await panel.click('tab', 'History', { within: { role: 'tablist', name: 'Lists' } });
  await panel.waitFor('listbox', 'History');
}

async function killAfter(profile: string, ms: number): Promise<void> {
  // A random moment is the point here, not a wait for something.
  await new Promise((resolve) => setTimeout(resolve, ms));
  const pids = await mainProcesses(profile);
  expect(pids.length).toBeGreaterThan(0);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

/** The browser that has this profile open: its own processes' command lines name it, its helpers' a type as well. */
async function mainProcesses(profile: string): Promise<number[]> {
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
