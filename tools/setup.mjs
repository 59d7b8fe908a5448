import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureBrowser, findBrowser } from './setup/browsers.mjs';
import { ensureOpenssl, ensurePythonCounterparts } from './setup/counterparts.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { SetupError } from './setup/run.mjs';

export { ensureBrowser, ensureDependencies, ensurePythonCounterparts, findBrowser };

/**
 * Everything that the tests need, installed where it is missing and may be installed.
 * @returns {Promise<{ chromium: string, firefox: string, python: string }>} where each program is
 */
export async function ensureEverything() {
  await ensureDependencies();
  const chromium = await ensureBrowser('chromium');
  const firefox = await ensureBrowser('firefox');
  const python = await ensurePythonCounterparts();
  await ensureOpenssl();
  return { chromium, firefox, python };
}

/**
 * Runs a tool's main function; where it throws, the tool fails.
 * @param {() => Promise<number | void>} main gives the exit code
 */
export async function runTool(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    explain(error);
    process.exitCode = 1;
  }
}

/**
 * Tells what the machine lacks, or the command line has too much, in a sentence; anything else with its stack.
 * @param {unknown} error
 */
export function explain(error) {
  const misused = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  console.error(error instanceof SetupError || misused ? error.message : error);
}

/** @param {string} url a module's own `import.meta.url` */
export function isMain(url) {
  return process.argv[1] !== undefined && url === pathToFileURL(process.argv[1]).href;
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    for (const [name, path] of Object.entries(await ensureEverything())) console.log(`${name}: ${path}`);
  });
}
