import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** Of each failure's message and stack, so that the end of a long run can be read at once. */
const LINES_OF_A_FAILURE = 12;

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * What a step of the test run came to; `failures` says of each failed test which and why, where the step can tell.
 * @typedef {{ passed: number, failed: number, skipped?: number, failures?: string[] }} Counts
 */

/**
 * A check that passes or fails as a whole: one test.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<Counts>}
 */
export async function check(command, args) {
  const { code } = await nodeProgram([programOf(command), ...args]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * The tests of one vitest project.
 * @param {string} project
 * @returns {Promise<Counts>}
 */
export async function vitest(project) {
  const folder = await mkdtemp(join(tmpdir(), 'request-workbench-report-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const { code } = await nodeProgram([programOf('vitest'), 'run', '--project', project, ...reporters]);
    return countReport(await readFile(report, 'utf8'), code);
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * What is read of vitest's JSON report.
 * @typedef {{ status: string, fullName?: string, failureMessages?: string[] }} TestResult
 * @typedef {{ name?: string, message?: string, status: string, assertionResults: TestResult[] }} FileResult
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, testResults: FileResult[] }} VitestReport
 */

/**
 * Counts vitest's JSON report. A file that could not be loaded has no tests to fail, and an error outside any test fails
 * none: each counts as one.
 * @param {string} text
 * @param {number} code vitest's exit code
 * @returns {Counts}
 */
export function countReport(text, code) {
  /** @type {VitestReport} */
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(text);
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = numFailedTests + unloaded.length;
  const failures = [
    ...unloaded.map(({ name, message }) => describeFailure(name, message)),
    ...testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => describeFailure(fullName, failureMessages?.join('\n'))),
    ),
  ];
  return {
    passed: numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: numPendingTests,
    failures,
  };
}

/**
 * @param {string | undefined} name
 * @param {string | undefined} why
 */
function describeFailure(name = 'A test', why = '') {
  return `${name}\n${why.split('\n').slice(0, LINES_OF_A_FAILURE).join('\n')}`;
}

/**
 * A TypeScript program that ends its output with `N passed, N failed`.
 * @param {string} file
 * @returns {Promise<Counts>}
 */
export async function counting(file) {
  const { code, output } = await nodeProgram(['--import', 'tsx', file]);
  return countLine(output, code);
}

/**
 * @param {string} output
 * @param {number} code the program's exit code
 * @returns {Counts}
 */
export function countLine(output, code) {
  const found = /(?:^|\n)(\d+) passed, (\d+) failed\s*$/.exec(output);
  const [passed, failed] = found ? [Number(found[1]), Number(found[2])] : [0, 1];
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/**
 * Runs Node with these arguments at the repository's root and keeps its output, shown as it comes unless `quiet`.
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function nodeProgram(args, { quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (!quiet) process.stdout.write(text);
    });
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * The JavaScript file behind a command that one of the dependencies brings.
 * @param {string} command
 */
export function programOf(command) {
  const manifest = join(root, 'node_modules', command === 'tsc' ? 'typescript' : command, 'package.json');
  /** @type {{ bin: string | Record<string, string> }} */
  const { bin } = createRequire(import.meta.url)(manifest);
  const file = typeof bin === 'string' ? bin : bin[command];
  if (file === undefined) throw new Error(`${manifest} has no command ${command}.`);
  return join(dirname(manifest), file);
}
