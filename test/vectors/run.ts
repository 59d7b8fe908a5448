/**
 * Runs every case of every vector file in the folder $VECTORS (default: this one) against the engine.
 * Prints `area passed/total` for each area and ends with `N passed, N failed`; exits 1 when a case fails.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Area, Divergence, VectorCase } from './area.ts';
import { areas, leftOut } from './areas/index.ts';
import { decode, isRecord, list, matches, Raised, record, show, text } from './values.ts';

type Outcome =
  | { result: 'passed'; rule?: string }
  | { result: 'failed'; why: string }
  | { result: 'skipped'; why: string };

const POLICIES = ['exact', 'divergence', 'superset'] as const;
const APPLIES = ['direct', 'semantic', 'optional'] as const;

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T {
  const found = allowed.find((choice) => choice === value);
  if (found === undefined) throw new Error(`${show(value)} is none of ${allowed.join(', ')}`);
  return found;
}

function readCase(raw: unknown): VectorCase {
  const { id, area, input, expected, policy, applies, ...extra } = record(raw);
  return {
    id: text(id),
    area: text(area),
    input: record(decode(input)),
    expected: decode(expected),
    policy: oneOf(POLICIES, policy),
    applies: oneOf(APPLIES, applies),
    extra,
  };
}

async function readCases(folder: string): Promise<VectorCase[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) throw new Error(`no vector file in ${folder}`);
  const files = await Promise.all(names.map(async (name) => readFile(join(folder, name), 'utf8')));
  return files.flatMap((content) => {
    const parsed: unknown = JSON.parse(content);
    return list(isRecord(parsed) ? parsed['vectors'] : parsed).map(readCase);
  });
}

async function attempt(area: Area, c: VectorCase): Promise<unknown> {
  try {
    return await area.run(c.input, c);
  } catch (error) {
    return new Raised(error);
  }
}

function wanted(area: Area, c: VectorCase): Divergence | { expected: unknown } | undefined {
  return c.policy === 'divergence' ? area.divergence?.(c.input, c) : { expected: c.expected };
}

async function judge(c: VectorCase): Promise<Outcome> {
  const area = areas.get(c.area);
  if (area === undefined) {
    const reason = leftOut.get(c.area);
    if (c.applies === 'optional' && reason !== undefined) return { result: 'skipped', why: reason };
    return { result: 'failed', why: 'no handler for this area' };
  }
  const unreachable = c.applies === 'optional' ? area.leftOut?.(c.input, c) : undefined;
  if (unreachable !== undefined) return { result: 'skipped', why: unreachable };
  const actual = await attempt(area, c);
  const want = wanted(area, c);
  if (want === undefined)
    return { result: 'failed', why: `no documented rule covers this divergence; got ${show(actual)}` };
  if (!(area.compare ?? matches)(actual, want.expected, c)) {
    return { result: 'failed', why: `expected ${show(want.expected)}\n    got      ${show(actual)}` };
  }
  return 'rule' in want ? { result: 'passed', rule: want.rule } : { result: 'passed' };
}

async function runArea(name: string, cases: readonly VectorCase[]): Promise<{ passed: number; failed: number }> {
  const outcomes: { c: VectorCase; outcome: Outcome }[] = [];
  for (const c of cases) outcomes.push({ c, outcome: await judge(c) });
  const passed = outcomes.filter(({ outcome }) => outcome.result === 'passed').length;
  const skipped = outcomes.filter(({ outcome }) => outcome.result === 'skipped').length;
  const why = new Set(outcomes.map(({ outcome }) => (outcome.result === 'skipped' ? outcome.why : undefined)));
  why.delete(undefined);
  console.log(
    `${name} ${passed}/${cases.length}${skipped > 0 ? ` (${skipped} left out: ${[...why].join('; ')})` : ''}`,
  );
  for (const { c, outcome } of outcomes) {
    if (outcome.result === 'failed') console.log(`  ${c.id} (${c.policy}): ${outcome.why}`);
    if (outcome.result === 'passed' && outcome.rule !== undefined) console.log(`  ${c.id}: our rule: ${outcome.rule}`);
  }
  return { passed, failed: cases.length - passed - skipped };
}

const folder = process.env['VECTORS'] ?? fileURLToPath(new URL('.', import.meta.url));
const byArea = new Map<string, VectorCase[]>();
for (const c of await readCases(folder)) byArea.set(c.area, [...(byArea.get(c.area) ?? []), c]);
const totals = { passed: 0, failed: 0 };
for (const [name, cases] of byArea) {
  const { passed, failed } = await runArea(name, cases);
  totals.passed += passed;
  totals.failed += failed;
}
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;
