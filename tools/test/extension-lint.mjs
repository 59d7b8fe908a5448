import { nodeProgram, programOf } from './steps.mjs';

/**
 * What Firefox's store demands and Chrome refuses or does not know: no error in the build for Chrome.
 * @type {Readonly<Record<'chrome' | 'firefox', readonly string[]>>}
 */
const notMeant = { chrome: ['ADDON_ID_REQUIRED', 'BACKGROUND_SERVICE_WORKER_NOFALLBACK'], firefox: [] };

/** @typedef {{ code: string, message: string, file?: string | null, line?: number | null }} Finding */

/**
 * `web-ext lint` on a build: one test, which passes where there is no error. Warnings are printed.
 * @param {'chrome' | 'firefox'} target
 * @returns {Promise<import('./steps.mjs').Counts>}
 */
export async function extensionLint(target) {
  const args = ['lint', '--no-config-discovery', '--output=json', '--source-dir', `dist/${target}`];
  const { output } = await nodeProgram([programOf('web-ext'), ...args], { quiet: true });
  const report = reportOf(output);
  if (!report) {
    console.log(output);
    return { passed: 0, failed: 1 };
  }
  const errors = report.errors.filter(({ code }) => !notMeant[target].includes(code));
  for (const { code, message, file, line } of [...errors, ...report.warnings]) {
    console.log(`${code} ${file ?? ''}${line ? `:${line}` : ''} ${message}`);
  }
  return errors.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {string} output
 * @returns {{ errors: Finding[], warnings: Finding[] } | undefined}
 */
function reportOf(output) {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}
