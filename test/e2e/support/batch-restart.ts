import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect } from 'vitest';
import { startEchoServer, type EchoServer } from '../../support/echo-server.ts';
import { openWorkbench } from '../driver/index.ts';
import type { BrowserName, Panel, Target } from '../driver/types.ts';
import { compose } from './compose.ts';
import { killAfter, mainProcesses } from './kills.ts';
import { resultRows } from './results.ts';

const LISTS: Target = { role: 'tablist', name: 'Lists' };
const BATCH: Target = { role: 'region', name: 'Batch' };
/** As many as are in flight at a time unless somebody says otherwise. */
const PARALLEL = 4;

/** How many results of the newest batch are on disk and tell what came back. */
const ON_DISK = `() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('request-workbench-drafts');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const reading = opening.result.transaction('batchResults').objectStore('batchResults').getAll();
    reading.onsuccess = () => {
      opening.result.close();
      resolve(reading.result.filter(({ row }) => row.state === 'done').length);
    };
    reading.onerror = () => reject(reading.error);
  };
})`;

/** A server that answers until it is told to keep some waiting. */
class Gate {
  readonly #echo: EchoServer;
  #waiting: (() => void)[] = [];
  #open = Number.POSITIVE_INFINITY;
  /** How often each item was asked for. */
  readonly seen = new Map<string, number>();
  arrived = 0;

  constructor(echo: EchoServer) {
    this.#echo = echo;
    echo.on(/^\/item\/\d+$/, async ({ path }, reply) => {
      this.seen.set(path, (this.seen.get(path) ?? 0) + 1);
      this.arrived++;
      if (this.arrived > this.#open) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      await reply.send({ body: path });
    });
  }

  get url(): string {
    return `${this.#echo.origin}/item/`;
  }

  get host(): string {
    return new URL(this.#echo.origin).host;
  }

  /** Answers what waits, and so many requests in all; those that come later wait. */
  answer(count: number): void {
    this.#open = count;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Resolves when so many requests have come. */
  reached(count: number): Promise<void> {
    return expect.poll(() => this.arrived, { interval: 5, timeout: 30_000 }).toBeGreaterThanOrEqual(count);
  }
}

async function startVariation(panel: Panel, gate: Gate, count: number): Promise<void> {
  await compose(panel, { method: 'GET', url: `${gate.url}§0§`, body: { type: 'None' } });
  await panel.click('button', 'Vary…');
  await panel.select('combobox', 'Values', 'A range of numbers');
  await panel.fill('textbox', 'To', String(count));
  await panel.click('button', 'Next: hosts');
  await panel.check('checkbox', new RegExp(`^Send to ${gate.host.replaceAll('.', String.raw`\.`)}`), true);
  await panel.click('button', 'Start');
}

async function resume(panel: Panel): Promise<void> {
  await panel.click('tab', 'Batches', { within: LISTS });
  await panel.click('option', /interrupted/);
  await panel.waitFor('region', 'Batch', { text: 'It was interrupted' });
  await panel.click('button', 'Resume');
}

/** Waits for the end; gives the numbers of those whose outcome nobody knows. */
async function unknownAtTheEnd(panel: Panel, total: number): Promise<string[]> {
  await panel.waitFor('status', /.*/, { text: /^done/ }, { within: BATCH, timeout: 60_000 });
  await panel.waitFor('status', /.*/, { text: `${total} of ${total}` }, { within: BATCH });
  await panel.select('combobox', 'Show', 'Not done');
  await panel.waitFor('grid', 'Results');
  const rows = await resultRows(panel);
  for (const row of rows) expect(row[2]).toContain('outcome unknown');
  return rows.map((row) => row[1] ?? '');
}

/**
 * Sends variations while the machine sleeps and while the browser is killed, resumes them after it was started again, and
 * counts at the server: each was sent once. What was in flight at the kill is told as unknown, and not sent again.
 * @param asleep milliseconds for which every process of the browser stands still
 */
export async function surviveSleepAndKill(browser: BrowserName, asleep: number): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'request-workbench-batch-'));
  const echo = await startEchoServer();
  const gate = new Gate(echo);
  const values = 150;
  const [sleepAt, killAt] = [30, 90];
  try {
    let bench = await openWorkbench(browser, { profile });
    try {
      gate.answer(sleepAt);
      await startVariation(bench.panel, gate, values);
      await gate.reached(sleepAt + PARALLEL);
      await sleeping(profile, async () => {
        // What comes back finds nobody awake.
        gate.answer(killAt);
        await new Promise((resolve) => setTimeout(resolve, asleep));
        expect(gate.arrived).toBe(sleepAt + PARALLEL);
      });
      await gate.reached(killAt + PARALLEL);
      await expect.poll(() => bench.panel.evaluate<number>(ON_DISK), { timeout: 20_000 }).toBe(killAt);
      await killAfter(profile, 0);
    } finally {
      await bench.close();
    }
    gate.answer(Number.POSITIVE_INFINITY);

    bench = await openWorkbench(browser, { profile });
    try {
      await resume(bench.panel);
      const unknown = await unknownAtTheEnd(bench.panel, values + 1);
      expect(unknown).toHaveLength(PARALLEL);
      expect(Math.max(...gate.seen.values())).toBe(1);
      expect(gate.seen.size).toBe(values + 1);
    } finally {
      await bench.close();
    }
  } finally {
    await echo.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Kills the browser at random moments of the same variation: nothing is sent twice, and what was never sent is among those
 * whose outcome is told as unknown.
 */
export async function surviveBatchKills(browser: BrowserName, kills: number): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'request-workbench-batch-'));
  const echo = await startEchoServer();
  const gate = new Gate(echo);
  const values = 100 * (kills + 1);
  try {
    for (let round = 0; round <= kills; round++) {
      const bench = await openWorkbench(browser, { profile });
      try {
        const { panel } = bench;
        if (round === 0) await startVariation(panel, gate, values);
        else await resume(panel);
        if (round < kills) {
          await gate.reached(gate.arrived + 50);
          await killAfter(profile, Math.random() * 100);
          continue;
        }
        const unknown = await unknownAtTheEnd(panel, values + 1);
        const never = Array.from({ length: values + 1 }, (_, n) => n).filter((n) => !gate.seen.has(`/item/${n}`));
        expect(Math.max(...gate.seen.values())).toBe(1);
        expect(never.filter((n) => !unknown.includes(String(n)))).toEqual([]);
        console.log(
          `  ${browser}: ${kills} kills, ${unknown.length} of ${values + 1} unknown, ${never.length} of those not sent`,
        );
      } finally {
        await bench.close();
      }
    }
  } finally {
    await echo.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** All processes of the browser stand still meanwhile, as they do when the machine sleeps. */
async function sleeping(profile: string, meanwhile: () => Promise<void>): Promise<void> {
  const pids = await withDescendants(await mainProcesses(profile));
  expect(pids.length).toBeGreaterThan(2);
  try {
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    await meanwhile();
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
}

async function withDescendants(roots: readonly number[]): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The name of a process stands in brackets, and may hold anything.
    const parent = /^ \S (\d+)/.exec(stat.slice(stat.lastIndexOf(')') + 1))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const found = new Set(roots);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}
