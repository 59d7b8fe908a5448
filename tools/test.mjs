import process from 'node:process';
import { buildExtension } from './build.mjs';
import { ensureEverything, explain, isMain, runTool } from './setup.mjs';
import { extensionLint } from './test/extension-lint.mjs';
import { packageSize } from './test/package-size.mjs';
import { check, counting, vitest } from './test/steps.mjs';

/** @typedef {import('./test/steps.mjs').Counts} Counts */

/** @type {readonly (readonly [name: string, run: () => Promise<Counts>])[]} */
const steps = [
  ['Build', build],
  ['Format', () => check('oxfmt', ['--check'])],
  ['Lint', () => check('oxlint', ['--type-aware'])],
  ['Types', () => check('tsc', ['-b'])],
  ['Dead code', () => check('knip', [])],
  ['Extension lint, Chrome', () => extensionLint('chrome')],
  ['Extension lint, Firefox', () => extensionLint('firefox')],
  ['Package sizes', packageSize],
  ['Unit tests and layer rules', () => vitest('unit')],
  ['Vectors', () => counting('test/vectors/run.ts')],
  ['Differential tests against Requests', () => vitest('differential')],
  ['End-to-end tests in Chromium and Firefox', () => vitest('e2e')],
];

/** @returns {Promise<Counts>} */
async function build() {
  try {
    await buildExtension();
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  }
}

/**
 * Runs every step, whatever came of those before, and prints the sum on the last line.
 * @param {{ slow: boolean }} options
 * @returns {Promise<number>} the exit code
 */
async function testEverything({ slow }) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const summary = [];
  /** @type {string[]} */
  const allFailures = [];
  const all = slow ? [...steps, /** @type {const} */ (['Slow tests', () => vitest('slow')])] : steps;
  for (const [name, run] of all) {
    console.log(`\n=== ${name}`);
    const start = performance.now();
    const { passed, failed, skipped = 0, failures = [] } = await run();
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
    allFailures.push(...failures);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    summary.push(`${failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
  }
  if (allFailures.length > 0) console.log(`\n=== What failed\n\n${allFailures.join('\n\n')}`);
  console.log(`\n${summary.join('\n')}`);
  if (sum.skipped > 0) console.log(`${sum.skipped} skipped`);
  console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 ? 0 : 1;
}

/**
 * Without its browsers and counterparts a test run proves nothing: lacking one is a failure.
 * @returns {Promise<boolean>}
 */
async function prepared() {
  try {
    const { chromium, firefox } = await ensureEverything();
    // The tests drive the very browsers that were found here.
    Object.assign(process.env, { CHROMIUM: chromium, FIREFOX: firefox });
    return true;
  } catch (error) {
    explain(error);
    console.log('\n0 passed, 1 failed');
    return false;
  }
}

if (isMain(import.meta.url)) {
  await runTool(async () => ((await prepared()) ? testEverything({ slow: process.argv.includes('--slow') }) : 1));
}
